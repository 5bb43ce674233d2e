internal import RuralValueNumerics

/// Local Moran's I of one cross-section: where values cluster and where they stand out.
///
/// I_i = (z_i / m₂) Σ_j w_ij z_j with m₂ = z′z / n. Moments under conditional randomisation, in which z_i
/// stays and the others are dealt at random: E = −z_i² W_i / ((n − 1) m₂),
/// Var = (z_i / m₂)² (n / (n − 2)) (Σ_j w_ij² − W_i² / (n − 1)) (m₂ − z_i² / (n − 1)).
/// As spdep computes them; esda divides by n − 1 instead of n. Sources: Anselin (1995), Sokal et al. (1998).
public struct LocalMoran: Sendable, Equatable {
  /// The period; nil where the data have none.
  public let period: Int?
  /// The units, in the order of the data.
  public let units: [String]
  /// I_i, zero for islands.
  public let i: [Double]
  /// E(I_i).
  public let expected: [Double]
  /// Var(I_i).
  public let variance: [Double]
  /// Where a unit and its neighbours lie beside the mean; nil for islands.
  public let quadrants: [Quadrant?]
  /// Two-sided p values of conditional permutation; nil without permutations, NaN for islands.
  public let permutationP: [Double]?

  /// A unit's value and its neighbours' mean, both beside the overall mean.
  public enum Quadrant: String, Sendable, CaseIterable {
    /// High among high.
    case highHigh = "HH"
    /// Low among low.
    case lowLow = "LL"
    /// Low among high.
    case lowHigh = "LH"
    /// High among low.
    case highLow = "HL"
  }

  /// (I_i − E) / sd; NaN for islands.
  public var z: [Double] {
    i.indices.map { variance[$0] > 0 ? (i[$0] - expected[$0]) / variance[$0].squareRoot() : .nan }
  }

  /// Two-sided p values of z.
  public var pValues: [Double] { z.map { Normal().twoSidedTail(at: $0) } }

  /// Measures a cross-section with weights over the same units.
  init(
    _ section: CrossSection, variable: String, weights: SpatialWeights, permutations: Int, seed: UInt64
  ) throws(AutocorrelationError) {
    let weights = weights.withoutSelf
    let deviations = try Deviations(section, variable: variable, needed: 3, statistic: "Local Moran's I")
    let (z, m2, n) = (deviations.z, deviations.variance, Double(deviations.count))
    let lag = weights.spatialLag(z)
    period = section.period
    units = section.units
    i = z.indices.map { z[$0] / m2 * lag[$0] }
    let sums = weights.rowSums
    let squares = z.indices.map { unit in
      weights.links(of: unit).reduce(0) { $0 + $1.weight * $1.weight }
    }
    expected = z.indices.map { -z[$0] * z[$0] * sums[$0] / ((n - 1) * m2) }
    variance = z.indices.map { unit in
      let scale = z[unit] / m2
      return scale * scale * (n / (n - 2)) * (squares[unit] - sums[unit] * sums[unit] / (n - 1))
        * (m2 - z[unit] * z[unit] / (n - 1))
    }
    quadrants = z.indices.map { unit in
      guard !weights.sparseMatrix.row(unit).isEmpty else { return nil }
      return switch (z[unit] > 0, lag[unit] > 0) {
      case (true, true): .highHigh
      case (false, false): .lowLow
      case (false, true): .lowHigh
      case (true, false): .highLow
      }
    }
    permutationP =
      permutations == 0
      ? nil
      : ConditionalPermutations(
        z, weights, permutations: permutations, seed: seed, period: section.period
      ).twoSidedP()
  }
}
