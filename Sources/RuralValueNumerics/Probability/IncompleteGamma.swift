/// The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x), a > 0, x ≥ 0.
///
/// By the series for P below a, the continued fraction for Q above, both with a saddle-point prefactor;
/// by Temme's uniform expansion for a large a with x near it. The relative error is below 10⁻¹².
///
/// Source: Gautschi (1979), "A computational procedure for incomplete gamma functions"; DLMF §8.
struct IncompleteGamma {
  let a: Double
  let x: Double

  /// log of P (lower) and Q (upper).
  var tails: Tails {
    if x == 0 { return Tails(logLower: -.infinity) }
    if x == .infinity { return Tails(logUpper: -.infinity) }
    if a >= 1e4 && abs(x - a) < 0.25 * a { return TemmeExpansion(a: a, x: x, deviance: deviance).tails }
    if a < 1 && x <= 1 { return smallTails }
    return x <= a ? Tails(logLower: logSeries) : Tails(logUpper: logFraction)
  }

  /// log of x^a e^{−x} / Γ(a + 1).
  var logPrefactor: Double {
    a < 15
      ? a * log(x) - x - SaddlePoint.logGammaOnePlus(a)
      : -0.5 * log(a) - SaddlePoint.halfLogTwoPi - SaddlePoint.stirlingError(a) - a * deviance
  }

  /// φ(x/a − 1), with which x^a e^{−x} = a^a e^{−a} e^{−aφ}.
  private var deviance: Double {
    let r = (x - a) / a
    return SaddlePoint.deviance(r, logOnePlus: log(x / a))
  }

  /// P = prefactor · Σ xⁿ / ((a + 1) … (a + n)), n from 0.
  private var logSeries: Double {
    var term = 1.0
    var sum = 1.0
    var n = a
    while term > sum * 1e-17 {
      n += 1
      term *= x / n
      sum += term
    }
    return logPrefactor + log(sum)
  }

  /// Q = a · prefactor / (x + 1 − a − 1(1 − a)/(x + 3 − a − 2(2 − a)/(x + 5 − a − …))), by Lentz's method.
  private var logFraction: Double {
    var b = x + 1 - a
    var c = Double.infinity
    var d = 1 / b
    var value = d
    for n in 1...1_000_000 {
      let n = Double(n)
      let numerator = -n * (n - a)
      b += 2
      d = 1 / (b + numerator * d)
      c = b + numerator / c
      let factor = c * d
      value *= factor
      if abs(factor - 1) < 2e-16 { break }
    }
    return logPrefactor + log(a) + log(value)
  }

  /// For a < 1 and x ≤ 1 the smaller tail directly: with u = x^a / Γ(a + 1),
  /// P = u (1 + a s) and Q = (1 − u) − a u s, s = Σ (−x)ⁿ / ((a + n) n!), n from 1.
  private var smallTails: Tails {
    var term = 1.0
    var s = 0.0
    var n = 0.0
    repeat {
      n += 1
      term *= -x / n
      s += term / (a + n)
    } while abs(term) > 1e-18 * abs(s)
    let logU = a * log(x) - SaddlePoint.logGammaOnePlus(a)
    let upper = -expm1(logU) - a * exp(logU) * s
    return upper < 0.5 ? Tails(logUpper: log(upper)) : Tails(logLower: logU + log1p(a * s))
  }
}

/// The uniform expansion of the incomplete gamma functions for a large a and x near a,
///
///     Q(a, x) = ½ erfc(η √(a/2)) + e^{−aη²/2} / √(2πa) · Σ cₖ(η) a^{−k},
///
/// with ½η² = x/a − 1 − log(x/a) and η of the sign of x − a. From a = 10⁴ four terms are exact to 10⁻¹⁶.
///
/// Source: Temme (1979); DLMF 8.12.3–8.12.11. The Taylor coefficients of cₖ follow in exact fractions
/// from cₖ = cₖ₋₁′/η + (−1)ᵏ gₖ / (x/a − 1), where Γ*(a) = Σ gₖ a^{−k}.
struct TemmeExpansion {
  let a: Double
  let x: Double
  /// ½η².
  let deviance: Double

  var tails: Tails {
    let above = x >= a
    let eta = above ? (2 * deviance).squareRoot() : -(2 * deviance).squareRoot()
    // For x below a, P takes the place of Q, and the correction changes its sign.
    let correction = (above ? 1 : -1) * TemmeExpansion.series(eta, 1 / a) / (2 * .pi * a).squareRoot()
    let scaled = 0.5 * scaledComplementaryErrorFunction((a * deviance).squareRoot()) + correction
    let logTail = log(scaled) - a * deviance
    return above ? Tails(logUpper: logTail) : Tails(logLower: logTail)
  }

  /// Σ cₖ(η) a^{−k}.
  private static func series(_ eta: Double, _ inverse: Double) -> Double {
    coefficients.reversed().reduce(0) { sum, taylor in
      sum * inverse + taylor.reversed().reduce(0) { $0 * eta + $1 }
    }
  }

  private static let coefficients: [[Double]] = [
    [
      -0.3333333333333333, 0.08333333333333333, -0.014814814814814815, 0.0011574074074074073,
      0.0003527336860670194, -0.0001787551440329218, 3.919263178522438e-05, -2.185448510679992e-06,
      -1.85406221071516e-06, 8.296711340953087e-07, -1.7665952736826078e-07, 6.707853543401498e-09,
      1.0261809784240309e-08, -4.382036018453353e-09, 9.14769958223679e-10, -2.5514193994946248e-11,
    ],
    [
      -0.001851851851851852, -0.003472222222222222, 0.0026455026455026454, -0.0009902263374485596,
      0.00020576131687242798, -4.018775720164609e-07, -1.8098550334489977e-05, 7.64916091608111e-06,
      -1.6120900894563446e-06, 4.647127802807434e-09, 1.378633446915721e-07,
    ],
    [
      0.004133597883597883, -0.0026813271604938273, 0.0007716049382716049, 2.0093878600823047e-06,
      -0.0001073665322636516, 5.2923448829120125e-05, -1.2760635188618728e-05,
    ],
    [0.0006494341563786008, 0.00022947209362139917, -0.0004691894943952557],
  ]
}

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
