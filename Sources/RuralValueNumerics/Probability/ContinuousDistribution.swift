internal import Glibc

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

  /// log P(|X| > |x|).
  public func logTwoSidedTail(at x: Double) -> Double { logUpperTail(at: abs(x)) + log(2) }

  /// The critical value c with P(|X| ≤ c) = level, for confidence intervals: 1.96 at 0.95.
  public func criticalValue(level: Double) -> Double { quantile(upperTail: 0.5 * (1 - level)) }
}
