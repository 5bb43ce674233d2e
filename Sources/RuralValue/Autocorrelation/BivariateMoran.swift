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
    i = Double(zx.count) / s0 * product / (zx.sumOfSquares * zy.sumOfSquares).squareRoot()
    permutationP =
      permutations == 0
      ? nil
      : GlobalPermutations(weights, seed: seed, period: x.period)
        .upperP(of: zx.z, with: zy.z, permutations: permutations)
  }
}
