internal import Glibc

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
