internal import RuralValueNumerics

/// Wilson's interval for a share that was counted in a sample.
///
///     (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)
///
/// Unlike p ± z √(p(1 − p)/n) it has a length where the count is none or all. Source: Wilson (1927).
public struct WilsonInterval: Sendable, Equatable {
  /// The lower end, at least 0.
  public let lower: Double
  /// The upper end, at most 1.
  public let upper: Double

  /// The interval of a level for a count among trials; from 0 to 1 where there are no trials.
  public init(successes: Int, trials: Int, level: Double = 0.95) {
    guard trials > 0 else {
      (lower, upper) = (0, 1)
      return
    }
    let (n, share) = (Double(trials), Double(successes) / Double(trials))
    let z = Normal().quantile(upperTail: (1 - level) / 2)
    let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    let (middle, scale) = (share + z * z / (2 * n), 1 + z * z / n)
    // At the ends the two terms are equal but for rounding.
    lower = successes == 0 ? 0 : (middle - half) / scale
    upper = successes == trials ? 1 : (middle + half) / scale
  }
}
