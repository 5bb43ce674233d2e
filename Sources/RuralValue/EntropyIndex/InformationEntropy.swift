import RuralValueNumerics

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The information entropy of one indicator's shares over n rows.
///
/// With p_i = x_i / Σ x, the entropy is e = −(1/ln n) Σ p_i ln p_i, where 0 ln 0 = 0, and the divergence is
/// d = 1 − e. It is n, the number of rows summed over, that stands in 1/ln n, so that 0 ≤ e ≤ 1: a do-file
/// in wide use sums over counties and years but divides by the logarithm of the number of years, which puts
/// e above 1, turns all divergences negative and reverses the ranking of the indicators.
///
/// The divergence is computed first, as a sum of terms none of which is negative,
/// d = (1/(n ln n)) Σ φ(x_i / x̄) with φ(u) = u ln u − u + 1: nothing cancels, even where e is nearly 1.
/// Source: Shannon (1948); methods/entropy.md, steps 2 to 4.
struct InformationEntropy: Equatable {
  /// d, between 0 (all shares equal) and 1 (one row has everything).
  let divergence: Double

  /// e = 1 − d.
  var entropy: Double { 1 - divergence }

  /// The entropy of non-negative values over at least two rows; where they are all zero, shares are not
  /// defined, nothing tells the rows apart and the divergence is 0.
  init(of values: [Double], rows: [Int], shift: Double) {
    precondition(rows.count >= 2, "Entropy needs two rows.")
    let count = Double(rows.count)
    let mean = rows.lazy.map { values[$0] + shift }.compensatedSum / count
    guard mean > 0 else {
      divergence = 0
      return
    }
    let sum = rows.lazy.map { Self.excess((values[$0] + shift - mean) / mean) }.compensatedSum
    let divergence = sum / (count * log(count))
    // By Jensen's inequality; anything beyond rounding would be an error of this program.
    precondition(divergence >= 0 && divergence < 1 + 1e-9, "Entropy left the interval from 0 to 1.")
    self.divergence = min(divergence, 1)
  }

  /// φ(1 + δ) = (1 + δ) ln(1 + δ) − δ, which is 1 at δ = −1 and never negative.
  private static func excess(_ delta: Double) -> Double {
    delta <= -1 ? 1 : max(0, (1 + delta) * log1p(delta) - delta)
  }
}
