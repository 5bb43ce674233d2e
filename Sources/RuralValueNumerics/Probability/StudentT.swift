/// Student's t distribution with ν degrees of freedom, which need not be an integer; ν > 0, and ν = ∞
/// is the normal distribution.
public struct StudentT: SymmetricDistribution {
  /// ν.
  public let degreesOfFreedom: Double

  /// The distribution with ν degrees of freedom.
  public init(degreesOfFreedom: Double) {
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// log of Γ(½(ν + 1)) / (√(νπ) Γ(½ν)) · (1 + x²/ν)^{−½(ν + 1)}.
  public func logDensity(at x: Double) -> Double {
    let n = degreesOfFreedom
    guard n > 0 && !x.isNaN else { return .nan }
    if n == .infinity { return Normal().logDensity(at: x) }
    let b = 0.5 * n
    // log 1/B(½, b) − ½ log ν, by Stirling's formula for each gamma function.
    let logScale =
      -0.5 * log(2) - SaddlePoint.halfLogTwoPi + b * log1p(1 / n)
      + SaddlePoint.stirlingError(b + 0.5) - SaddlePoint.stirlingError(0.5)
      - SaddlePoint.stirlingError(b)
    let ratio = abs(x) / n.squareRoot()
    let logSquare = ratio < 1e150 ? log1p(ratio * ratio) : 2 * log(ratio)
    return logScale - (b + 0.5) * logSquare
  }

  /// log P(X ≤ x).
  public func logLowerTail(at x: Double) -> Double { logUpperTail(at: -x) }

  /// log P(X > x).
  public func logUpperTail(at x: Double) -> Double {
    guard degreesOfFreedom > 0 && !x.isNaN else { return .nan }
    if degreesOfFreedom == .infinity { return Normal().logUpperTail(at: x) }
    if x == 0 { return log(0.5) }
    if abs(x) == .infinity { return x > 0 ? -.infinity : 0 }
    // P(X > |x|) = ½ P(F > x²) = ½ − ½ P(F ≤ x²), with F on 1 and ν degrees of freedom.
    let square = squared.evaluate(x * x, 2 * log(abs(x))).tails
    let logHalf = log(0.5)
    return x > 0 ? logHalf + square.logUpper : logOfComplement(logHalf + square.logUpper)
  }

  /// The x with P(X ≤ x) = p; NaN for a p outside 0…1.
  public func quantile(lowerTail probability: Double) -> Double {
    -quantile(upperTail: probability)
  }

  /// The x with P(X > x) = q; NaN for a q outside 0…1.
  public func quantile(upperTail probability: Double) -> Double {
    guard degreesOfFreedom > 0 else { return .nan }
    if degreesOfFreedom == .infinity { return Normal().quantile(upperTail: probability) }
    // 1 − 2p is exact near ½, so that a quantile near zero keeps all its digits.
    if probability <= 0.25 { return exp(0.5 * squared.logQuantile(2 * probability, isLower: false)) }
    if probability <= 0.5 { return exp(0.5 * squared.logQuantile(1 - 2 * probability, isLower: true)) }
    return -quantile(upperTail: 1 - probability)
  }

  /// The distribution of the square, F(1, ν).
  private var squared: FDistribution {
    FDistribution(numeratorDegreesOfFreedom: 1, denominatorDegreesOfFreedom: degreesOfFreedom)
  }
}
