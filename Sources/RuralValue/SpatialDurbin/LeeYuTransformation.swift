internal import RuralValueNumerics

/// How many units and periods count once the fixed effects are out, and what that does to the determinant.
///
/// Where all rows of W sum to the same c, the orthogonal transformation of Lee and Yu (2010) leaves n units and t
/// periods with independent errors; its likelihood needs no matrix F, for the sum of squares is that of the demeaned
/// data and |I_{N−1} − rF′WF| = |I − rW| / (1 − cr). For any other W, effects of periods are taken out of
///
/// - an error process by the restricted likelihood, the density of the contrasts orthogonal to the filtered dummies
///   g = (I − λW)1: ½ log(g′g/N) stands for log(1 − cr);
/// - a lag by the adjusted profile likelihood, whose score has mean zero: −c(ρ), c(ρ) = ∫₀^ρ 1′G(s)1/N ds, stands for
///   it. It is no density of any data.
///
/// Both are Lee and Yu's where the rows have one sum. Weights that change over time have averages over the periods for
/// traces and shares; an error process under them has a `ChangingFilter`.
/// Sources: methods/spatial-durbin.md, item 2; methods/spatial-corrections.md, 1.3, 1.4 and 1.6.
struct LeeYuTransformation: Sendable, Equatable {
  /// n: N, or N − 1 where effects of periods are transformed away.
  let unitCount: Int
  /// t: T, or T − 1 where effects of units are transformed away.
  let periodCount: Int
  /// Whether effects of periods are transformed away, and with them what they share with the spatial process.
  let removesPeriods: Bool
  /// The outcomes that are missing; only where nothing is transformed away.
  let missingCount: Int

  /// Which of the two kinds of effects are transformed away; the others count as dummies would.
  enum Scope: Sendable, Equatable {
    /// Both: the static model.
    case both
    /// Those of periods: the dynamic model, whose bias of order 1/T is corrected afterwards.
    case periods
    /// Neither: the direct estimate.
    case neither
  }

  /// Which of the spatial processes a parameter belongs to.
  enum Process: Sendable, Equatable {
    case lag, error
  }

  init(_ effects: PanelEffects, scope: Scope, unitCount: Int, periodCount: Int, missingCount: Int = 0) {
    self.missingCount = missingCount
    removesPeriods = scope != .neither && effects.hasPeriodMeans
    self.unitCount = removesPeriods ? unitCount - 1 : unitCount
    self.periodCount = scope == .both && effects.hasUnitMeans ? periodCount - 1 : periodCount
  }

  /// n·t less the missing outcomes, the number of observations that count.
  var observationCount: Double { Double(unitCount) * Double(periodCount) - Double(missingCount) }

  /// t · (L(r) − share(r)) and its first two derivatives.
  func jacobian(
    _ traces: SpatialSystem.Traces, at r: Double, of process: Process, in system: SpatialSystem
  ) throws(SpatialDurbinError) -> (value: Double, first: Double, second: Double) {
    let t = Double(periodCount)
    let share = try periodShare(at: r, of: process, in: system)
    return (
      t * (traces.logDeterminant - share.logarithm), -t * (traces.g - share.g),
      -t * (traces.gSquared - share.gSquared)
    )
  }

  /// What effects of periods take of log|I − rW|, tr G and tr G², where they are transformed away; else zero.
  func periodShare(
    at r: Double, of process: Process, in system: SpatialSystem
  ) throws(SpatialDurbinError) -> (logarithm: Double, g: Double, gSquared: Double) {
    guard removesPeriods else { return (0, 0, 0) }
    if let c = system.commonRowSum ?? (system.isRowStochastic ? 1 : nil) {
      let gap = 1 - c * r
      return (log1p(-c * r), c / gap, c * c / (gap * gap))
    }
    switch process {
    case .lag:
      let mean = try system.meanMultiplier(r)
      return (-(try system.meanMultiplierIntegral(r)), mean.value, mean.derivative)
    case .error:
      let filter = FilteredPeriods(system)
      let (length, slope) = (filter.squaredLength(r), filter.slope(r))
      return (
        0.5 * log(length / Double(system.unitCount)), slope / length,
        (2 * slope * slope - filter.sumsSquared * length) / (length * length)
      )
    }
  }
}
