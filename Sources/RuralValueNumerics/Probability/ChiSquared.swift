/// The χ² distribution with k degrees of freedom, which need not be an integer; k > 0 and finite.
public struct ChiSquared: ContinuousDistribution {
  /// k.
  public let degreesOfFreedom: Double

  /// The distribution with k degrees of freedom.
  public init(degreesOfFreedom: Double) {
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// log f(x), the logarithm of the density.
  public func logDensity(at x: Double) -> Double {
    guard isDefined && !x.isNaN else { return .nan }
    if x < 0 || x == .infinity { return -.infinity }
    if x == 0 { return degreesOfFreedom < 2 ? .infinity : degreesOfFreedom == 2 ? log(0.5) : -.infinity }
    let gamma = IncompleteGamma(a: 0.5 * degreesOfFreedom, x: 0.5 * x)
    return gamma.logPrefactor + log(0.5 * degreesOfFreedom / x)
  }

  /// log P(X ≤ x).
  public func logLowerTail(at x: Double) -> Double { tails(at: x).logLower }

  /// log P(X > x).
  public func logUpperTail(at x: Double) -> Double { tails(at: x).logUpper }

  /// The x with P(X ≤ x) = p; NaN for a p outside 0…1.
  public func quantile(lowerTail probability: Double) -> Double {
    quantile(probability, isLower: true)
  }

  /// The x with P(X > x) = q; NaN for a q outside 0…1.
  public func quantile(upperTail probability: Double) -> Double {
    quantile(probability, isLower: false)
  }

  private var isDefined: Bool { degreesOfFreedom > 0 && degreesOfFreedom < .infinity }

  private func tails(at x: Double) -> Tails {
    guard isDefined && !x.isNaN else { return .undefined }
    return IncompleteGamma(a: 0.5 * degreesOfFreedom, x: 0.5 * max(0, x)).tails
  }

  private func quantile(_ probability: Double, isLower: Bool) -> Double {
    guard isDefined else { return .nan }
    guard let tail = smallerTail(probability) else {
      return probability == 0
        ? (isLower ? 0 : .infinity) : probability == 1 ? (isLower ? .infinity : 0) : .nan
    }
    let solvesLower = tail.isGiven == isLower
    let a = 0.5 * degreesOfFreedom
    let inversion = TailInversion(
      target: tail.log,
      evaluate: { u in
        let gamma = IncompleteGamma(a: a, x: exp(u))
        let tails = gamma.tails
        return (solvesLower ? tails.logLower : tails.logUpper, gamma.logPrefactor + log(a))
      },
      isLower: solvesLower)
    return 2 * exp(inversion.solve(from: start(tail.log, isLower: solvesLower)))
  }

  /// log of half of Wilson and Hilferty's approximate quantile, or of the leading term for a small x.
  private func start(_ logTail: Double, isLower: Bool) -> Double {
    let a = 0.5 * degreesOfFreedom
    let z = (isLower ? 1 : -1) * normalQuantile(exp(max(-700, logTail)))
    let spread = 1 / (9 * a)
    let root = 1 - spread + z * spread.squareRoot()
    return root > 0.3 ? 3 * log(root) + log(a) : (logTail + SaddlePoint.logGammaOnePlus(a)) / a
  }
}
