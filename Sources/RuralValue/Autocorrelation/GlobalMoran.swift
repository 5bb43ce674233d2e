internal import RuralValueNumerics

/// Global Moran's I and Geary's C of one cross-section.
///
/// I = (n / S₀) z′Wz / z′z with z = x − x̄; E(I) = −1 / (n − 1).
/// C = ((n − 1) / 2S₀) Σ w_ij (x_i − x_j)² / z′z; E(C) = 1.
/// Variances under randomisation and, for I, under normality. Source: Cliff & Ord (1981), ch. 2.
public struct GlobalMoran: Sendable, Equatable {
  /// The period; nil where the data have none.
  public let period: Int?
  /// The number of units, n.
  public let unitCount: Int
  /// Moran's I.
  public let i: Double
  /// E(I) = −1 / (n − 1).
  public let expected: Double
  /// The variance of I under randomisation.
  public let variance: Double
  /// The variance of I under normality.
  public let normalVariance: Double
  /// Geary's C.
  public let geary: Double
  /// The variance of C under randomisation.
  public let gearyVariance: Double
  /// (1 + #{I* ≥ I}) / (1 + R) over R random permutations; nil without permutations.
  public let permutationP: Double?

  /// (I − E) / sd under randomisation.
  public var z: Double { (i - expected) / variance.squareRoot() }
  /// The two-sided p value of z.
  public var pValue: Double { Normal().twoSidedTail(at: z) }
  /// (I − E) / sd under normality.
  public var normalZ: Double { (i - expected) / normalVariance.squareRoot() }
  /// The two-sided p value of the z under normality.
  public var normalP: Double { Normal().twoSidedTail(at: normalZ) }
  /// (1 − C) / sd: above zero where neighbours resemble each other, as spdep has it.
  public var gearyZ: Double { (1 - geary) / gearyVariance.squareRoot() }
  /// The two-sided p value of Geary's z.
  public var gearyP: Double { Normal().twoSidedTail(at: gearyZ) }

  /// Measures a cross-section with weights over the same units.
  init(
    _ section: CrossSection, variable: String, weights: SpatialWeights, permutations: Int, seed: UInt64
  ) throws(AutocorrelationError) {
    let deviations = try Deviations(section, variable: variable, needed: 4, statistic: "Moran's I")
    let moments = WeightsMoments(weights)
    guard moments.s0 > 0 else { throw .noLinks(period: section.period) }
    let n = Double(deviations.count)
    let (s0, s1, s2) = (moments.s0, moments.s1, moments.s2)
    let (n2, s02) = (n * n, s0 * s0)
    let kurtosis = deviations.fourthMoment / (deviations.variance * deviations.variance)

    period = section.period
    unitCount = deviations.count
    i = n / s0 * deviations.crossProduct(weights) / deviations.sumOfSquares
    expected = -1 / (n - 1)
    let squaredMean = expected * expected
    normalVariance = (n2 * s1 - n * s2 + 3 * s02) / ((n2 - 1) * s02) - squaredMean
    variance =
      (n * ((n2 - 3 * n + 3) * s1 - n * s2 + 3 * s02)
        - kurtosis * ((n2 - n) * s1 - 2 * n * s2 + 6 * s02)) / ((n - 1) * (n - 2) * (n - 3) * s02)
      - squaredMean
    geary = (n - 1) / (2 * s0) * deviations.squaredDifferences(weights) / deviations.sumOfSquares
    gearyVariance =
      ((n - 1) * s1 * (n2 - 3 * n + 3 - kurtosis * (n - 1))
        - 0.25 * (n - 1) * s2 * (n2 + 3 * n - 6 - kurtosis * (n2 - n + 2))
        + s02 * (n2 - 3 - kurtosis * (n - 1) * (n - 1))) / (n * (n - 2) * (n - 3) * s02)
    permutationP =
      permutations == 0
      ? nil
      : GlobalPermutations(weights, seed: seed, period: section.period)
        .upperP(of: deviations.z, permutations: permutations)
  }
}
