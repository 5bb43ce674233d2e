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

/// The columns of a model over a panel, and the periods in which some unit has them all.
struct SpatialColumns {
  let panel: Panel
  let frame: ModelFrame
  /// The outcome a period earlier, of a dynamic model.
  let laggedOutcome: [Double]?
  /// The places of the periods in the panel.
  let periods: [Int]

  /// A unit-period that lacks its row or a value.
  struct Gap {
    let unit: Int
    let period: Int
    /// The first term without a value; nil where there is no row.
    let term: String?
    /// Whether a regressor or a lagged outcome is missing.
    let lacksRegressor: Bool
  }

  /// Throws what the formula's evaluation throws, `MemoryLimitError`, `SpatialDurbinError.noCompletePeriod`.
  init(_ panel: Panel, _ specification: SpatialDurbinSpecification) throws {
    self.panel = panel
    frame = try ModelFrame(specification.formula, over: panel)
    laggedOutcome = specification.dynamics == nil ? nil : panel.lag(frame.outcome.values)
    // The regressors, their lags and what demeaning makes of both, for several models at a time.
    let cells = Double(panel.units.count) * Double(panel.periods.count)
    let count = frame.regressors.count + (laggedOutcome == nil ? 1 : 2)
    try MemoryLimit.require(
      bytes: 8 * cells * (8 * Double(count) + 24),
      for: "\(grouped(count)) columns over \(grouped(panel.units.count)) units ×"
        + " \(grouped(panel.periods.count)) periods",
      remedy: "Take fewer periods or terms")
    let complete = Self.complete(
      [frame.outcome.values, laggedOutcome].compactMap(\.self) + frame.regressors.map(\.values))
    periods = panel.periods.indices.filter { period in panel.rows(ofPeriod: period).contains { complete[$0] }
    }
    guard !periods.isEmpty else { throw SpatialDurbinError.noCompletePeriod(source: panel.source) }
  }

  private static func complete(_ columns: [[Double]]) -> [Bool] {
    columns[0].indices.map { row in columns.allSatisfy { !$0[row].isNaN } }
  }

  /// The outcome first, then the regressors and the lagged outcome.
  var named: [(name: String, values: [Double])] {
    [(frame.outcome.name, frame.outcome.values)] + frame.regressors.map { ($0.name, $0.values) }
      + (laggedOutcome.map { [("lag(\(frame.outcome.name), 1)", $0)] } ?? [])
  }

  /// The gaps in these periods.
  func gaps(in periods: [Int]) -> [Gap] {
    let columns = named
    var gaps: [Gap] = []
    for period in periods {
      for unit in panel.units.indices {
        guard let row = panel.row(unit: unit, period: period) else {
          gaps.append(Gap(unit: unit, period: period, term: nil, lacksRegressor: true))
          continue
        }
        guard let first = columns.firstIndex(where: { $0.values[row].isNaN }) else { continue }
        gaps.append(
          Gap(
            unit: unit, period: period, term: columns[first].name,
            lacksRegressor: columns.dropFirst().contains { $0.values[row].isNaN }))
      }
    }
    return gaps
  }
}

/// A panel with what a model needs of it, once the rule about gaps has been followed.
struct GapFilling {
  /// The columns, without gaps but in the outcome.
  let columns: SpatialColumns
  /// The places of the periods in the panel.
  let periods: [Int]
  let gaps: SpatialGaps

  /// Throws `SpatialDurbinError` where the rule leaves nothing to estimate.
  init(_ panel: Panel, _ specification: SpatialDurbinSpecification) throws {
    let given = try SpatialColumns(panel, specification)
    let found = given.gaps(in: given.periods)
    var record = SpatialGaps(cellCount: panel.units.count * given.periods.count)
    let label = { panel.frequency.label(panel.periods[$0]) }
    guard !found.isEmpty else {
      self.init(columns: given, periods: given.periods, gaps: record)
      return
    }
    switch specification.gaps {
    case .refuse: throw Self.missing(found, given, because: nil)
    case .dropUnits:
      let dropped = Set(found.map(\.unit))
      let kept = panel.units.indices.filter { !dropped.contains($0) }
      guard kept.count >= 2 else {
        throw SpatialDurbinError.nothingLeft(
          source: panel.source, rule: .dropUnits, left: kept.count, of: panel.units.count)
      }
      let columns = try SpatialColumns(try panel.keeping(units: kept), specification)
      record.units = dropped.sorted().map { panel.units[$0] }
      record.cellCount = kept.count * columns.periods.count
      self.init(columns: columns, periods: columns.periods, gaps: record)
    case .dropPeriods:
      let dropped = Set(found.map(\.period))
      let kept = given.periods.filter { !dropped.contains($0) }
      guard !kept.isEmpty else {
        throw SpatialDurbinError.nothingLeft(
          source: panel.source, rule: .dropPeriods, left: 0, of: given.periods.count)
      }
      record.periods = dropped.sorted().map(label)
      record.cellCount = panel.units.count * kept.count
      self.init(columns: given, periods: kept, gaps: record)
    case .integrate:
      if let reason = Self.obstacle(specification) { throw Self.missing(found, given, because: reason) }
      record.outcomes = given.cells(without: \.frame.outcome.values)
      let interpolated = found.filter(\.lacksRegressor)
      record.regressors = interpolated.map {
        SpatialGaps.Cell(unit: panel.units[$0.unit], period: label($0.period))
      }
      guard Double(interpolated.count) <= SpatialGaps.mostInterpolated * Double(record.cellCount) else {
        throw SpatialDurbinError.tooManyGaps(
          source: panel.source, count: interpolated.count, total: record.cellCount,
          units: Set(interpolated.map(\.unit)).count, periods: Set(interpolated.map(\.period)).count)
      }
      let columns = interpolated.isEmpty ? given : try given.interpolating(specification)
      try Self.requireOutcomes(columns, given.periods)
      self.init(columns: columns, periods: given.periods, gaps: record)
    }
  }

  private init(columns: SpatialColumns, periods: [Int], gaps: SpatialGaps) {
    self.columns = columns
    self.periods = periods
    self.gaps = gaps
  }

  /// Why the missing outcomes cannot be integrated out, if they cannot.
  private static func obstacle(_ specification: SpatialDurbinSpecification) -> String? {
    if specification.dynamics != nil {
      return "\(Setting("dynamic")) needs every unit-period, for a gap is also a gap in the next period's lag"
    }
    if specification.resolvedEstimator != .likelihood {
      return
        "\(Setting("estimator")) \(specification.resolvedEstimator.rawValue) needs every unit-period; only a likelihood can"
        + " do without an outcome"
    }
    if specification.effects.isRandom {
      return
        "\(Setting("effects")) random needs every unit-period; its likelihood with gaps is not worked out"
    }
    let outcome = Set(specification.formula.outcome.variables)
    if let term = specification.formula.terms.first(where: { term in
      term.factors.contains { !outcome.isDisjoint(with: $0.variables) }
    }) {
      return
        "the formula has the outcome on the right as well (\(term.name)), where a gap cannot be integrated out"
    }
    return nil
  }

  private static func missing(
    _ gaps: [SpatialColumns.Gap], _ columns: SpatialColumns, because reason: String?
  ) -> SpatialDurbinError {
    let panel = columns.panel
    return .missingValue(
      .init(
        source: panel.source, term: gaps[0].term, unit: panel.units[gaps[0].unit],
        period: panel.periods[gaps[0].period], count: gaps.count,
        total: panel.units.count * columns.periods.count, reason: reason))
  }

  /// Every unit needs an outcome in one of the periods, and a value of every regressor.
  private static func requireOutcomes(_ columns: SpatialColumns, _ periods: [Int]) throws(SpatialDurbinError)
  {
    let panel = columns.panel
    for unit in panel.units.indices {
      let rows = periods.compactMap { panel.row(unit: unit, period: $0) }
      let absent = columns.named.first { column in rows.allSatisfy { column.values[$0].isNaN } }
      if let absent { throw .neverObserved(source: panel.source, term: absent.name, unit: panel.units[unit]) }
      let gap = columns.frame.regressors.first { column in rows.contains { column.values[$0].isNaN } }
      if let gap { throw .neverObserved(source: panel.source, term: gap.name, unit: panel.units[unit]) }
    }
  }
}

extension SpatialColumns {
  /// The unit-periods, in the periods of the model, in which a column has no value.
  fileprivate func cells(without column: KeyPath<SpatialColumns, [Double]>) -> [SpatialGaps.Cell] {
    let values = self[keyPath: column]
    return periods.flatMap { period in
      panel.units.indices.filter { unit in
        panel.row(unit: unit, period: period).map { values[$0].isNaN } ?? true
      }
      .map { SpatialGaps.Cell(unit: panel.units[$0], period: panel.frequency.label(panel.periods[period])) }
    }
  }

  /// The same with every row, and with variables on the right interpolated within units, at their ends held; never in a
  /// period in which no unit has the variable.
  fileprivate func interpolating(_ specification: SpatialDurbinSpecification) throws -> SpatialColumns {
    let absent = panel.units.indices.flatMap { unit in
      panel.periods.indices.filter { panel.row(unit: unit, period: $0) == nil }
        .map { (unit: unit, period: panel.periods[$0]) }
    }
    let whole = absent.isEmpty ? panel : try panel.adding(absent)
    let names = specification.formula.terms.flatMap { $0.factors.flatMap(Self.variables) }.firstAppearances
    let filled = try names.map { name throws in
      let values = try whole.values(of: name)
      let known = Set(values.indices.filter { !values[$0].isNaN }.map { whole.periodOfRow[$0] })
      var outcome = LinearInterpolation(extend: true, missingRows: .none)
        .outcome(PreparedVariable(panel: whole, name: name, values: values)).values
      for row in outcome.indices where !known.contains(whole.periodOfRow[row]) { outcome[row] = values[row] }
      return (name: name, values: outcome)
    }
    return try SpatialColumns(whole.with(filled), specification)
  }

  /// The panel's variables on which a factor rests: of a level, its dummy.
  private static func variables(of factor: FormulaFactor) -> [String] {
    guard case .level(let column, let level) = factor else { return factor.variables }
    return [FormulaLevels.variable(of: column, level: level)]
  }
}
