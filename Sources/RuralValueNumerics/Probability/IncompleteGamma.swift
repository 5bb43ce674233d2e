internal import Glibc

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
