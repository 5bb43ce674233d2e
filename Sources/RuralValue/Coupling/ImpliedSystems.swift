/// The two systems that a classical and a corrected coupling degree imply together.
///
/// Of the systems u ≤ v the classical C gives the ratio r = u/v = ((1 − √(1 − C²))/C)², and the corrected one, C′² = (1 − (v − u)) r,
/// the gap v − u = 1 − C′²/r; v = (v − u)/(1 − r). Both lie in [0, 1] where r ≤ C′ ≤ √r.
///
/// Source: methods/evaluation.md, 2.2 and 2.6.
struct ImpliedSystems: Sendable, Equatable {
  /// r.
  let ratio: Double
  /// v; nil where the systems are equal, for any two equal ones then do.
  let larger: Double?

  /// u.
  var smaller: Double? { larger.map { $0 * ratio } }

  /// The systems of two degrees, the classical above zero and at most one.
  init(classical: Double, corrected: Double) {
    ratio = Self.ratio(classical)
    larger = ratio < 1 ? (1 - corrected * corrected / ratio) / (1 - ratio) : nil
  }

  private static func ratio(_ classical: Double) -> Double {
    guard classical > 0 else { return 0 }
    let root = (1 - (1 - classical * classical).squareRoot()) / classical
    return root * root
  }

  /// Whether printed degrees can be those of two systems in [0, 1].
  static func arePossible(classical: RoundingInterval, corrected: RoundingInterval) -> Bool {
    guard classical.lower <= 1, classical.upper >= 0 else { return false }
    let (low, high) = (ratio(min(max(classical.lower, 0), 1)), ratio(min(classical.upper, 1)))
    return RoundingInterval(low, high.squareRoot()).overlaps(corrected)
  }
}
