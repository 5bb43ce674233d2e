/// A continuous probability distribution on the line, exact in both tails.
///
/// A tail is accurate to about 12 digits relative to itself, down to 10⁻³⁰⁰; beyond, its logarithm
/// is. Distributions with parameters outside their range give NaN throughout, as does a NaN argument.
public protocol ContinuousDistribution: Sendable, Equatable {
  /// log f(x), the logarithm of the density; −∞ outside the support.
  func logDensity(at x: Double) -> Double
  /// log P(X ≤ x).
  func logLowerTail(at x: Double) -> Double
  /// log P(X > x).
  func logUpperTail(at x: Double) -> Double
  /// The x with P(X ≤ x) = p; NaN for a p outside 0…1.
  func quantile(lowerTail probability: Double) -> Double
  /// The x with P(X > x) = q; NaN for a q outside 0…1.
  func quantile(upperTail probability: Double) -> Double
}

extension ContinuousDistribution {
  /// f(x), the density.
  public func density(at x: Double) -> Double { exp(logDensity(at: x)) }

  /// P(X ≤ x), the cumulative distribution function.
  public func lowerTail(at x: Double) -> Double { exp(logLowerTail(at: x)) }

  /// P(X > x), the survival function: a one-sided p-value.
  public func upperTail(at x: Double) -> Double { exp(logUpperTail(at: x)) }
}

/// A distribution that is symmetric around zero.
public protocol SymmetricDistribution: ContinuousDistribution {}

extension SymmetricDistribution {
  /// P(|X| > |x|), a two-sided p-value.
  public func twoSidedTail(at x: Double) -> Double { 2 * upperTail(at: abs(x)) }

  /// The critical value c with P(|X| ≤ c) = level, for confidence intervals: 1.96 at 0.95.
  public func criticalValue(level: Double) -> Double { quantile(upperTail: 0.5 * (1 - level)) }
}

/// The logarithms of a probability and of its complement, of which one was computed and the other
/// follows without loss where the first is not near one.
struct Tails {
  let logLower: Double
  let logUpper: Double

  init(logLower: Double) {
    self.logLower = min(0, logLower)
    logUpper = logOfComplement(min(0, logLower))
  }

  init(logUpper: Double) {
    self.logUpper = min(0, logUpper)
    logLower = logOfComplement(min(0, logUpper))
  }

  /// Neither tail exists: a parameter or the argument is not a number or out of range.
  static let undefined = Tails(logLower: .nan, logUpper: .nan)

  /// The same probabilities with the direction of the axis turned.
  var reversed: Tails { Tails(logLower: logUpper, logUpper: logLower) }

  private init(logLower: Double, logUpper: Double) {
    self.logLower = logLower
    self.logUpper = logUpper
  }
}

/// log(1 − eˣ) for x ≤ 0.
///
/// Source: Mächler (2012), "Accurately computing log(1 − exp(−|a|))".
func logOfComplement(_ x: Double) -> Double {
  x > -0.6931471805599453 ? log(-expm1(x)) : log1p(-exp(x))
}

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
