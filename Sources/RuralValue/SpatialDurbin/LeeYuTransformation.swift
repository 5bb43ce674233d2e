internal import RuralValueNumerics

/// How many units and periods count once the fixed effects are out, and what that does to the determinant.
///
/// The orthogonal transformation of Lee and Yu (2010) leaves n units and t periods with independent
/// errors; its likelihood needs no matrix F, for the sum of squares is that of the demeaned data and
/// |I_{N−1} − rF′WF| = |I − rW| / (1 − r).
/// Source: methods/spatial-durbin.md, item 2.
struct LeeYuTransformation: Sendable, Equatable {
  /// n: N, or N − 1 where effects of periods are transformed away.
  let unitCount: Int
  /// t: T, or T − 1 where effects of units are transformed away.
  let periodCount: Int
  /// Whether the unit eigenvalue of W is transformed away with the effects of periods.
  let removesUnitRoot: Bool

  /// Which of the two kinds of effects are transformed away; the others count as dummies would.
  enum Scope: Sendable, Equatable {
    /// Both: the static model.
    case both
    /// Those of periods: the dynamic model, whose bias of order 1/T is corrected afterwards.
    case periods
    /// Neither: the direct estimate.
    case neither
  }

  init(_ effects: PanelEffects, scope: Scope, unitCount: Int, periodCount: Int) {
    removesUnitRoot = scope != .neither && effects.hasPeriodMeans
    self.unitCount = removesUnitRoot ? unitCount - 1 : unitCount
    self.periodCount = scope == .both && effects.hasUnitMeans ? periodCount - 1 : periodCount
  }

  /// n·t, the number of observations that count.
  var observationCount: Double { Double(unitCount) * Double(periodCount) }

  /// t · (L(r) − a log(1 − r)) and its first two derivatives.
  func jacobian(_ traces: SpatialSystem.Traces, at r: Double) -> (
    value: Double, first: Double, second: Double
  ) {
    let t = Double(periodCount)
    let root = unitRoot(at: r)
    return (
      t * (traces.logDeterminant - root.logarithm), -t * (traces.g - root.g),
      -t * (traces.gSquared - root.gSquared)
    )
  }

  /// What the unit eigenvalue adds to log|I − rW|, tr G and tr G², where it is to be taken out; else zero.
  func unitRoot(at r: Double) -> (logarithm: Double, g: Double, gSquared: Double) {
    guard removesUnitRoot else { return (0, 0, 0) }
    return (log1p(-r), 1 / (1 - r), 1 / ((1 - r) * (1 - r)))
  }
}
