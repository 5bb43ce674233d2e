internal import RuralValueNumerics

/// The correlation of two variables and its test against zero.
public struct Correlation: Sendable, Equatable {
  /// The two variables.
  public let first: String, second: String
  /// r; NaN where it does not exist.
  public let coefficient: Double
  /// The two-sided p value of t = r √((n − 2)/(1 − r²)) with n − 2 degrees of freedom; NaN where there is
  /// none. For ranks this is the usual approximation, not the exact permutation distribution.
  public let pValue: Double
  /// The rows it was computed from, n.
  public let count: Int
  /// Why r or its p value does not exist.
  public let reason: Phrase?

  /// The correlation of two lists of known values, or of their ranks, of one length.
  init(_ first: String, _ x: [Double], _ second: String, _ y: [Double]) {
    self.first = first
    self.second = second
    count = x.count
    let r = Self.pearson(x, y)
    coefficient = r
    if r.isNaN {
      pValue = .nan
      reason =
        x.count < 2
        ? Phrase("fewer than two common rows", zh: "共同观测少于两个")
        : Phrase("constant in the common rows", zh: "在共同观测中为常数")
    } else if x.count < 3 {
      pValue = .nan
      reason = Phrase("two rows leave no degree of freedom", zh: "仅两个观测，无自由度")
    } else {
      let freedom = Double(x.count - 2)
      let t = r * (freedom / ((1 - r) * (1 + r))).squareRoot()
      pValue = StudentT(degreesOfFreedom: freedom).twoSidedTail(at: t)
      reason = nil
    }
  }

  /// Pearson's r, from deviations scaled to at most one so that their squares neither overflow nor vanish.
  private static func pearson(_ x: [Double], _ y: [Double]) -> Double {
    let (x, y) = (deviations(x), deviations(y))
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for (a, b) in zip(x, y) {
      xx += a * a
      yy += b * b
      xy += a * b
    }
    guard xx > 0, yy > 0 else { return .nan }
    return min(1, max(-1, xy / (xx * yy).squareRoot()))
  }

  private static func deviations(_ values: [Double]) -> [Double] {
    let mean = Moments(values).mean
    let unit = PowerOfTwo.below(abs(mean) + (values.map(abs).max() ?? 0) / 2, unlessWithin: 900)
    let rest = values.map { $0 / unit - mean / unit }
    let largest = rest.reduce(0) { max($0, abs($1)) }
    return largest > 0 ? rest.map { $0 / largest } : rest
  }
}
