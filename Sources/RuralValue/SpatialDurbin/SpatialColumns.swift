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

extension SpatialColumns {
  /// The unit-periods, in the periods of the model, in which a column has no value.
  func cells(without column: KeyPath<SpatialColumns, [Double]>) -> [SpatialGaps.Cell] {
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
  func interpolating(_ specification: SpatialDurbinSpecification) throws -> SpatialColumns {
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
