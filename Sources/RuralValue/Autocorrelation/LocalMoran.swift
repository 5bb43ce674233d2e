internal import RuralValueNumerics

/// Local Moran's I of one cross-section: where values cluster and where they stand out.
///
/// I_i = (z_i / m₂) Σ_j w_ij z_j with m₂ = z′z / n. Moments under conditional randomisation, in which z_i
/// stays and the others are dealt at random: E = −z_i² W_i / ((n − 1) m₂),
/// Var = (z_i / m₂)² (n / (n − 2)) (Σ_j w_ij² − W_i² / (n − 1)) (m₂ − z_i² / (n − 1)).
/// As spdep computes them; esda divides by n − 1 instead of n. Sources: Anselin (1995), Sokal et al. (1998).
///
/// The bivariate form has the neighbours' values of a second variable, I_i = x_i / √(m₂ₓ m₂ᵧ) Σ_j w_ij y_j, and deals
/// the second variable's values at random: E = −x_i y_i W_i / ((n − 1) √(m₂ₓ m₂ᵧ)), and in the variance y_i and m₂ᵧ
/// stand in the last factor. esda's values are (n − 1)/n of these. Source: Anselin, Syabri & Smirnov (2002).
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

    /// 1 to 4: HH, LL, LH, HL, as GeoDa numbers them; 0 stands for what is not significant.
    public var code: Int {
      switch self {
      case .highHigh: 1
      case .lowLow: 2
      case .lowHigh: 3
      case .highLow: 4
      }
    }
  }

  /// (I_i − E) / sd; NaN for islands.
  public var z: [Double] {
    i.indices.map { variance[$0] > 0 ? (i[$0] - expected[$0]) / variance[$0].squareRoot() : .nan }
  }

  /// Two-sided p values of z.
  public var pValues: [Double] { z.map { Normal().twoSidedTail(at: $0) } }

  /// The two-sided p values on which classes rest: of permutations, or without these of z.
  public var classP: [Double] { permutationP ?? pValues }

  /// For each unit its quadrant where a p value is at most a level; nil where it is not significant.
  public func clusters(_ pValues: [Double], level: Double) -> [Quadrant?] {
    zip(quadrants, pValues).map { $1 <= level ? $0 : nil }
  }

  /// Measures a cross-section with weights over the same units.
  init(
    _ section: CrossSection, variable: String, weights: SpatialWeights, permutations: Int, seed: UInt64
  ) throws(AutocorrelationError) {
    let deviations = try Deviations(section, variable: variable, needed: 3, statistic: "Local Moran's I")
    self.init(
      section, deviations, deviations, scale: deviations.variance, weights: weights,
      permutations: permutations, seed: seed)
  }

  /// Measures a variable beside its neighbours' values of another, both over the same units.
  init(
    _ x: CrossSection, _ y: CrossSection, names: (x: String, y: String), weights: SpatialWeights,
    permutations: Int, seed: UInt64
  ) throws(AutocorrelationError) {
    let statistic = "Local bivariate Moran's I"
    let own = try Deviations(x, variable: names.x, needed: 3, statistic: statistic)
    let other = try Deviations(y, variable: names.y, needed: 3, statistic: statistic)
    self.init(
      x, own, other, scale: own.variance.squareRoot() * other.variance.squareRoot(), weights: weights,
      permutations: permutations, seed: seed)
  }

  private init(
    _ section: CrossSection, _ x: Deviations, _ y: Deviations, scale: Double, weights: SpatialWeights,
    permutations: Int, seed: UInt64
  ) {
    let weights = weights.withoutSelf
    let (z, n) = (x.z, Double(x.count))
    let lag = weights.spatialLag(y.z)
    period = section.period
    units = section.units
    i = z.indices.map { z[$0] / scale * lag[$0] }
    let sums = weights.rowSums
    let squares = z.indices.map { unit in
      weights.links(of: unit).reduce(0) { $0 + $1.weight * $1.weight }
    }
    expected = z.indices.map { -z[$0] * y.z[$0] * sums[$0] / ((n - 1) * scale) }
    variance = z.indices.map { unit in
      let factor = z[unit] / scale
      return factor * factor * (n / (n - 2)) * (squares[unit] - sums[unit] * sums[unit] / (n - 1))
        * (y.variance - y.z[unit] * y.z[unit] / (n - 1))
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
        y.z, weights, permutations: permutations, seed: seed, period: section.period
      ).twoSidedP()
  }
}
