/// The F distribution with d₁ and d₂ degrees of freedom, which need not be integers; either, not both,
/// may be infinite: F(d₁, ∞) is χ²(d₁) / d₁.
public struct FDistribution: ContinuousDistribution {
  /// d₁.
  public let numeratorDegreesOfFreedom: Double
  /// d₂.
  public let denominatorDegreesOfFreedom: Double

  /// The distribution with d₁ and d₂ degrees of freedom.
  public init(numeratorDegreesOfFreedom: Double, denominatorDegreesOfFreedom: Double) {
    self.numeratorDegreesOfFreedom = numeratorDegreesOfFreedom
    self.denominatorDegreesOfFreedom = denominatorDegreesOfFreedom
  }

  /// log f(x), the logarithm of the density.
  public func logDensity(at x: Double) -> Double {
    guard isDefined && !x.isNaN else { return .nan }
    if x < 0 || x == .infinity { return -.infinity }
    if x == 0 {
      let d = numeratorDegreesOfFreedom
      return d < 2 ? .infinity : d == 2 ? 0 : -.infinity
    }
    return evaluate(x, log(x)).logSlope - log(x)
  }

  /// log P(X ≤ x).
  public func logLowerTail(at x: Double) -> Double { tails(at: x).logLower }

  /// log P(X > x).
  public func logUpperTail(at x: Double) -> Double { tails(at: x).logUpper }

  /// The x with P(X ≤ x) = p; NaN for a p outside 0…1.
  public func quantile(lowerTail probability: Double) -> Double {
    exp(logQuantile(probability, isLower: true))
  }

  /// The x with P(X > x) = q; NaN for a q outside 0…1.
  public func quantile(upperTail probability: Double) -> Double {
    exp(logQuantile(probability, isLower: false))
  }

  private var isDefined: Bool {
    numeratorDegreesOfFreedom > 0 && denominatorDegreesOfFreedom > 0
      && !(numeratorDegreesOfFreedom == .infinity && denominatorDegreesOfFreedom == .infinity)
  }

  private func tails(at x: Double) -> Tails {
    guard isDefined && !x.isNaN else { return .undefined }
    if x <= 0 { return Tails(logLower: -.infinity) }
    if x == .infinity { return Tails(logUpper: -.infinity) }
    return evaluate(x, log(x)).tails
  }

  /// The tails at f and log of f · density, for f and log f; log f serves where f overflows.
  func evaluate(_ f: Double, _ logF: Double) -> (tails: Tails, logSlope: Double) {
    let a = 0.5 * numeratorDegreesOfFreedom
    let b = 0.5 * denominatorDegreesOfFreedom
    if b == .infinity {
      let gamma = IncompleteGamma(a: a, x: a * f)
      return (gamma.tails, gamma.logPrefactor + log(a))
    }
    if a == .infinity {
      let gamma = IncompleteGamma(a: b, x: b / f)
      return (gamma.tails.reversed, gamma.logPrefactor + log(b))
    }
    let beta = IncompleteBeta(a: a, b: b, f: f, logF: logF)
    return (beta.tails, beta.logKernel)
  }

  /// log of the quantile, which exists where the quantile itself overflows.
  func logQuantile(_ probability: Double, isLower: Bool) -> Double {
    guard isDefined else { return .nan }
    guard let tail = smallerTail(probability) else {
      guard probability == 0 || probability == 1 else { return .nan }
      return (probability == 0) == isLower ? -.infinity : .infinity
    }
    let solvesLower = tail.isGiven == isLower
    let inversion = TailInversion(
      target: tail.log,
      evaluate: { u in
        let (tails, logSlope) = evaluate(exp(u), u)
        return (solvesLower ? tails.logLower : tails.logUpper, logSlope)
      },
      isLower: solvesLower)
    return inversion.solve(from: 0)
  }
}
