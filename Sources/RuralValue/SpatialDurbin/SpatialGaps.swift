/// What a panel lacks of the unit-periods that a spatial model needs, and what was done about it.
///
/// Where outcomes alone are missing, the likelihood is that of the outcomes that are there (`MissingOutcomes`). A
/// regressor's gap is another matter: without a model of the regressors nothing is identified, and its value is taken
/// from the straight line between the unit's neighbouring periods, and said.
///
/// Source: methods/spatial-corrections.md, 4.5.
public struct SpatialGaps: Sendable, Equatable {
  /// What is done about a unit-period that is not there, or that lacks a value.
  public enum Rule: String, Sendable, CaseIterable {
    /// The exact likelihood of the outcomes that are there; regressors are interpolated over time.
    case integrate
    /// Units with a gap are left out, and their neighbours have a neighbour less.
    case dropUnits = "drop-units"
    /// Periods with a gap are left out.
    case dropPeriods = "drop-periods"
    /// A gap is an error.
    case refuse
  }

  /// A unit-period.
  struct Cell: Sendable, Equatable {
    let unit: String
    let period: String

    /// `430102 in 2014`.
    var phrase: Phrase { Phrase("\(unit) in \(period)", zh: "\(unit)（\(period)年）") }
  }

  /// The unit-periods without an outcome.
  var outcomes: [Cell] = []
  /// The unit-periods with an interpolated regressor, which are among them or not.
  var regressors: [Cell] = []
  /// The units that were left out.
  var units: [String] = []
  /// The periods that were left out.
  var periods: [String] = []
  /// The unit-periods of the panel.
  var cellCount = 0

  /// Of all unit-periods so many may have interpolated regressors; above, the data are the interpolation's.
  static let mostInterpolated = 0.05

  /// What the reader must know.
  var notes: [Phrase] {
    var notes: [Phrase] = []
    if !units.isEmpty {
      notes.append(
        Phrase(
          "Left out for a gap: \(units.count == 1 ? "unit" : "\(units.count) units") \(listed(units, most: 5)); their"
            + " neighbours count as having a neighbour less.",
          zh: "因数据缺口剔除\(units.count)个单元（\(listed(units, most: 5, in: .chinese))），其邻居的邻接关系相应减少。"))
    }
    if !periods.isEmpty {
      notes.append(
        Phrase(
          "Left out for a gap: \(listed(periods, most: 5)).",
          zh: "因数据缺口剔除时期：\(listed(periods, most: 5, in: .chinese))。"))
    }
    return notes
  }

  /// What decides how far the estimates can be believed.
  var cautions: [Phrase] {
    [outcomeCaution, regressorCaution].compactMap(\.self)
  }

  private var outcomeCaution: Phrase? {
    guard !outcomes.isEmpty else { return nil }
    return Phrase(
      "\(grouped(outcomes.count)) of \(grouped(cellCount)) unit-periods \(outcomes.count == 1 ? "has" : "have") no outcome"
        + " (\(listed(outcomes.map(\.phrase.english), most: 5))): the likelihood is the exact one of the others, direct and"
        + " without a correction for bias, none being known; σ² is divided by the observations less the effects, and a"
        + " gap is taken to have nothing to do with the value that is missing.",
      zh: "\(cellCount)个个体—时期中有\(outcomes.count)个缺失被解释变量"
        + "（\(listed(outcomes.map(\.phrase.chinese), most: 5, in: .chinese))）：采用其余观测值的精确似然（直接法，无偏误修正），"
        + "σ²按观测数减效应数计算；假定缺失与缺失值本身无关。")
  }

  private var regressorCaution: Phrase? {
    guard !regressors.isEmpty else { return nil }
    return Phrase(
      "Regressors of \(grouped(regressors.count)) of \(grouped(cellCount)) unit-periods are interpolated over time"
        + " (\(listed(regressors.map(\.phrase.english), most: 5))): a spatial lag needs a value. Compare with"
        + " \(Setting("gaps")) drop-units.",
      zh: "\(cellCount)个个体—时期中有\(regressors.count)个的解释变量由时间插值补齐"
        + "（\(listed(regressors.map(\.phrase.chinese), most: 5, in: .chinese))），因空间滞后需要取值；"
        + "请与\(Setting("gaps")) drop-units的结果对照。")
  }
}
