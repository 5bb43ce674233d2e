internal import Glibc

/// Parts of the gamma function's logarithm in the saddle-point form, where nothing large cancels.
///
/// Source: Loader (2000), "Fast and accurate computation of binomial probabilities".
enum SaddlePoint {
  static let halfLogTwoPi = 0.9189385332046727418

  /// δ(a) = log Γ(a + 1) − (a + ½) log a + a − ½ log 2π, the error of Stirling's formula.
  static func stirlingError(_ a: Double) -> Double {
    guard a >= 15 else { return logGammaOnePlus(a) - (a + 0.5) * log(a) + a - halfLogTwoPi }
    let square = 1 / (a * a)
    var series = 1.0 / 156
    for coefficient in [-691.0 / 360360, 1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12] {
      series = series * square + coefficient
    }
    return series / a
  }

  /// φ(r) = r − log(1 + r) ≥ 0, given log(1 + r) for an r that is not small.
  ///
  /// With v = r / (2 + r), φ = rv − 2v³ (1/3 + v²/5 + v⁴/7 + …).
  static func deviance(_ r: Double, logOnePlus: Double) -> Double {
    guard abs(r) < 0.5 else { return r - logOnePlus }
    let v = r / (2 + r)
    let square = v * v
    var power = 1.0
    var sum = 0.0
    var n = 3.0
    while true {
      let next = sum + power / n
      if next == sum { break }
      sum = next
      power *= square
      n += 2
    }
    return r * v - 2 * v * square * sum
  }

  /// log Γ(1 + a) for a ≥ 0, exact relative to itself for small a.
  static func logGammaOnePlus(_ a: Double) -> Double {
    let rounded = 1 + a
    let logGamma: Double = lgamma(rounded).0
    guard a < 0.01 else { return logGamma }
    // What 1 + a lost to rounding, times ψ(1 + a) = −γ + ζ(2) a − ζ(3) a² + ….
    let lost = a - (rounded - 1)
    let digamma = -0.5772156649015328606 + a * (1.6449340668482264365 - a * 1.2020569031595942854)
    return logGamma + lost * digamma
  }
}
