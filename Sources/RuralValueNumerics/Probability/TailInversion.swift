internal import Glibc

/// Solves log-tail(eᵘ) = target for u = log x by Newton's method, kept inside a bracket.
///
/// The logarithm of a tail is concave in log x for the distributions here, so that Newton's method
/// converges from anywhere, monotonically after its first step; the bracket guards the overshooting
/// first step and the last digits.
struct TailInversion {
  /// The logarithm of the probability that the tail must have.
  let target: Double
  /// The logarithm of the tail, and of the density of log x, at u.
  let evaluate: (_ u: Double) -> (logTail: Double, logSlope: Double)
  /// Whether the tail grows with x.
  let isLower: Bool

  /// The solution u, from a starting value.
  func solve(from start: Double) -> Double {
    var low = -Double.infinity
    var high = Double.infinity
    var u = start
    for _ in 0..<200 {
      let (logTail, logSlope) = evaluate(u)
      let gap = logTail - target
      if gap == 0 { return u }
      if (gap < 0) == isLower { low = max(low, u) } else { high = min(high, u) }
      let slope = (isLower ? 1 : -1) * exp(logSlope - logTail)
      let next = safeguarded(u - gap / slope, from: u, tail: logTail, low: low, high: high)
      if abs(next - u) <= 4e-16 * max(1, abs(u)) { return next }
      u = next
    }
    return u
  }

  /// Newton's point, or the bracket's middle where that leaves the bracket or the tail is far too small.
  private func safeguarded(
    _ proposal: Double, from u: Double, tail: Double, low: Double, high: Double
  ) -> Double {
    let overshot = tail < 20 * target - 20
    if proposal.isFinite && proposal > low && proposal < high && !(overshot && low.isFinite && high.isFinite)
    {
      return proposal
    }
    if low.isFinite && high.isFinite { return low + 0.5 * (high - low) }
    return low.isFinite ? low + 1 + abs(low) : high - 1 - abs(high)
  }
}

/// Splits a probability into the tail that it is solved in, never the one near one.
///
/// Returns the logarithm to solve for, and whether in the tail given or in its complement; nil for
/// a probability of exactly 0 or 1, or none at all.
func smallerTail(_ probability: Double) -> (log: Double, isGiven: Bool)? {
  guard probability > 0 && probability < 1 else { return nil }
  return probability <= 0.5 ? (log(probability), true) : (log1p(-probability), false)
}
