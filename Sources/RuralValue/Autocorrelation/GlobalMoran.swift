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

/// Bivariate Moran's I: whether a variable goes with its neighbours' values of another.
///
/// I_xy = (n / S₀) z_x′W z_y / √(z_x′z_x · z_y′z_y); inference by permutation of y.
/// Source: Wartenberg (1985), in the form of Anselin, Syabri & Smirnov (2002).
public struct BivariateMoran: Sendable, Equatable {
  /// The period; nil where the data have none.
  public let period: Int?
  /// The number of units, n.
  public let unitCount: Int
  /// I_xy.
  public let i: Double
  /// Pearson's correlation of the two variables of the same units.
  public let correlation: Double
  /// (1 + #{I* ≥ I}) / (1 + R); nil without permutations.
  public let permutationP: Double?

  /// Measures two variables over the same units.
  init(
    _ x: CrossSection, _ y: CrossSection, names: (x: String, y: String), weights: SpatialWeights,
    permutations: Int, seed: UInt64
  ) throws(AutocorrelationError) {
    let zx = try Deviations(x, variable: names.x, needed: 3, statistic: "Bivariate Moran's I")
    let zy = try Deviations(y, variable: names.y, needed: 3, statistic: "Bivariate Moran's I")
    let s0 = weights.rowSums.reduce(0, +)
    guard s0 > 0 else { throw .noLinks(period: x.period) }
    let lag = weights.spatialLag(zy.z)
    let product = zx.z.indices.reduce(0) { $0 + zx.z[$1] * lag[$1] }
    period = x.period
    unitCount = zx.count
    correlation =
      zx.z.indices.reduce(0) { $0 + zx.z[$1] * zy.z[$1] } / (zx.sumOfSquares * zy.sumOfSquares).squareRoot()
    i = Double(zx.count) / s0 * product / (zx.sumOfSquares * zy.sumOfSquares).squareRoot()
    permutationP =
      permutations == 0
      ? nil
      : GlobalPermutations(weights, seed: seed, period: x.period)
        .upperP(of: zx.z, with: zy.z, permutations: permutations)
  }
}

/// The sums of weights on which the moments of Moran's I and Geary's C depend.
///
/// S₀ = Σ w_ij, S₁ = ½ Σ (w_ij + w_ji)², S₂ = Σ_i (w_i. + w_.i)². Source: Cliff & Ord (1981), ch. 1.
struct WeightsMoments: Equatable {
  let s0: Double
  let s1: Double
  let s2: Double

  init(_ weights: SpatialWeights) {
    let matrix = weights.sparseMatrix
    let (rows, columns) = (matrix.rowSums, matrix.columnSums)
    let transposed = matrix.transposed
    s0 = rows.reduce(0, +)
    s2 = zip(rows, columns).reduce(0) { $0 + ($1.0 + $1.1) * ($1.0 + $1.1) }
    // Σ (w_ij + w_ji)² = 2 Σ w_ij² + 2 Σ w_ij w_ji.
    var sum = 0.0
    for i in 0..<matrix.size {
      var back = transposed.rowStarts[i]
      let backEnd = transposed.rowStarts[i + 1]
      for place in matrix.row(i) {
        let j = matrix.columns[place]
        while back < backEnd, transposed.columns[back] < j { back += 1 }
        let counterpart = back < backEnd && transposed.columns[back] == j ? transposed.values[back] : 0
        sum += matrix.values[place] * (matrix.values[place] + counterpart)
      }
    }
    s1 = sum
  }
}
