/// The standard normal distribution, density e^{−x²/2} / √(2π).
public struct Normal: SymmetricDistribution {
  /// The standard normal distribution.
  public init() {}

  /// log f(x), the logarithm of the density.
  public func logDensity(at x: Double) -> Double {
    -0.5 * x * x - SaddlePoint.halfLogTwoPi
  }

  /// log P(X ≤ x).
  public func logLowerTail(at x: Double) -> Double { logUpperTail(at: -x) }

  /// log P(X > x).
  public func logUpperTail(at x: Double) -> Double {
    let outer = abs(x) < 2.8 ? log(0.5 * erfc(abs(x) * 0.5.squareRoot())) : Normal.logOuterTail(abs(x))
    return x < 0 ? logOfComplement(outer) : outer
  }

  /// The x with P(X ≤ x) = p; NaN for a p outside 0…1.
  public func quantile(lowerTail probability: Double) -> Double {
    normalQuantile(probability)
  }

  /// The x with P(X > x) = q; NaN for a q outside 0…1.
  public func quantile(upperTail probability: Double) -> Double {
    -normalQuantile(probability)
  }

  /// log P(X > x) for x ≥ 2.8; x²/2 is not rounded twice, as it would be through x/√2.
  private static func logOuterTail(_ x: Double) -> Double {
    log(0.5 * scaledComplementaryErrorFunction(x * 0.5.squareRoot())) - 0.5 * x * x
  }
}

/// e^{z²} erfc(z) for z ≥ 0, which does not underflow.
///
/// Below 2 from the C library's erfc; above by the continued fraction
/// 1/√π · 1/(z + ½/(z + 1/(z + (3/2)/(z + …)))), from the back.
///
/// Source: Abramowitz and Stegun, 7.1.14.
func scaledComplementaryErrorFunction(_ z: Double) -> Double {
  guard z >= 2 else { return exp(z * z) * erfc(z) }
  // The error falls as exp(−2z √(2n)): 12 terms and 160/z² more leave less than 10⁻¹⁶.
  var fraction = z
  for n in stride(from: 12 + (160 / (z * z)).rounded(), to: 0, by: -1) {
    fraction = z + 0.5 * n / fraction
  }
  return 0.5641895835477562869 / fraction
}
