internal import RuralValueNumerics

/// The trend of one indicator of one unit: the median of the slopes between every two observations.
///
/// Besides, from eight observations on, Mann and Kendall's test: S = Σ sign(x_u − x_t), its variance with ties, z with the
/// correction for continuity. Source: Sen (1968); Mann (1945); methods/evaluation.md, 5.6.
public struct SensSlope: Sendable, Equatable {
  /// The change a year.
  public let slope: Double
  /// The two-sided p of no trend; nil with fewer than eight observations, or where all are equal.
  public let mannKendall: Double?

  /// Whether a test says that no trend would do as well: p of .1 or more.
  public var couldBeNoise: Bool { mannKendall.map { $0 >= 0.1 } ?? false }

  /// How many observations the test needs to mean anything.
  public static let leastForTest = 8

  /// The trend of observations in ascending time; nil with fewer than two.
  public init?(times: [Double], values: [Double]) {
    guard values.count > 1 else { return nil }
    var slopes: [Double] = []
    slopes.reserveCapacity(values.count * (values.count - 1) / 2)
    var score = 0
    for later in values.indices {
      for earlier in 0..<later {
        let change = values[later] - values[earlier]
        slopes.append(change / (times[later] - times[earlier]))
        score += change > 0 ? 1 : change < 0 ? -1 : 0
      }
    }
    slopes.sort()
    // Halves first, so that the sum of two large slopes stays finite.
    slope = slopes[slopes.count / 2] / 2 + slopes[(slopes.count - 1) / 2] / 2
    mannKendall =
      values.count < Self.leastForTest ? nil : Self.pValue(score: Double(score), values: values)
  }

  private static func pValue(score: Double, values: [Double]) -> Double? {
    func part(_ n: Double) -> Double { n * (n - 1) * (2 * n + 5) }
    let ties = Dictionary(grouping: values, by: \.self).values.map { part(Double($0.count)) }
    let variance = (part(Double(values.count)) - ties.sorted().reduce(0, +)) / 18
    guard variance > 0 else { return nil }
    return min(1, 2 * Normal().upperTail(at: max(abs(score) - 1, 0) / variance.squareRoot()))
  }
}
