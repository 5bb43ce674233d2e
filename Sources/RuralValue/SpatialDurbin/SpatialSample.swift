/// The balanced panel on which a model is estimated, in period-major order.
struct SpatialSample: Sendable {
  let source: String
  let units: [String]
  let periods: [Int]
  /// The outcome's name and values.
  let outcomeName: String
  let outcome: [Double]
  /// The outcome a period earlier, for a dynamic model.
  let laggedOutcome: [Double]?
  /// The regressors' coefficients, and the regressors.
  let parameters: [Parameter]
  let regressors: [[Double]]
  let hasIntercept: Bool
  /// Rows of the panel outside the periods that are complete.
  let droppedRows: Int

  /// The regressors' names.
  var regressorNames: [String] { parameters.map(\.name) }
  var unitCount: Int { units.count }
  var periodCount: Int { periods.count }

  /// Takes the columns of a formula from a panel.
  ///
  /// Periods in which no unit has all values, as lags leave them at the start, are left out. Throws
  /// `SpatialDurbinError.missingValue` where a unit-period among the others is incomplete.
  init(_ panel: Panel, _ specification: SpatialDurbinSpecification) throws {
    let frame = try ModelFrame(specification.formula, over: panel)
    var columns = [(name: frame.outcome.name, values: frame.outcome.values)]
    columns += frame.regressors.map { ($0.name, $0.values) }
    if specification.dynamics != nil {
      columns.append(("lag(\(frame.outcome.name), 1)", panel.lag(frame.outcome.values)))
    }
    // The regressors, their lags and what demeaning makes of both, for several models at a time.
    let cells = Double(panel.units.count) * Double(panel.periods.count)
    try MemoryLimit.require(
      bytes: 8 * cells * (8 * Double(columns.count) + 24),
      for: "\(grouped(columns.count)) columns over \(grouped(panel.units.count)) units ×"
        + " \(grouped(panel.periods.count)) periods",
      remedy: "Take fewer periods or terms")
    let rowsOfPeriod = panel.periods.indices.map { panel.rows(ofPeriod: $0) }
    let kept = rowsOfPeriod.indices.filter { period in
      rowsOfPeriod[period].contains { row in columns.allSatisfy { !$0.values[row].isNaN } }
    }
    guard !kept.isEmpty else { throw SpatialDurbinError.noCompletePeriod(source: panel.source) }
    try SpatialSample.requireComplete(panel, columns, periods: kept)
    if let column = columns.first(where: { $0.values.contains(where: \.isInfinite) }) {
      throw SpatialDurbinError.overflow(what: column.name)
    }

    let rows = kept.flatMap { rowsOfPeriod[$0] }
    func taken(_ values: [Double]) -> [Double] { rows.map { values[$0] } }
    source = panel.source
    units = panel.units
    periods = kept.map { panel.periods[$0] }
    outcomeName = frame.outcome.name
    outcome = taken(frame.outcome.values)
    laggedOutcome = specification.dynamics == nil ? nil : taken(columns[columns.count - 1].values)
    parameters = frame.regressors.map { Parameter($0.term, outcome: specification.formula.outcome) }
    regressors = frame.regressors.map { taken($0.values) }
    hasIntercept = frame.hasIntercept
    droppedRows = panel.rowCount - rows.count
  }

  private static func requireComplete(
    _ panel: Panel, _ columns: [(name: String, values: [Double])], periods: [Int]
  ) throws(SpatialDurbinError) {
    var count = 0
    var first: (unit: Int, period: Int, term: String?)?
    for period in periods {
      for unit in panel.units.indices {
        let row = panel.row(unit: unit, period: period)
        let term = row.flatMap { row in columns.first { $0.values[row].isNaN }?.name }
        guard row == nil || term != nil else { continue }
        count += 1
        if first == nil { first = (unit, period, term) }
      }
    }
    guard let first else { return }
    throw .missingValue(
      .init(
        source: panel.source, term: first.term, unit: panel.units[first.unit],
        period: panel.periods[first.period], count: count, total: panel.units.count * periods.count))
  }
}

/// The effects that a likelihood has, one notch finer than what a call can ask for: random effects of units
/// may stand beside fixed effects of periods, as the Hausman test of a two-way model needs them.
struct PanelEffects: Sendable, Equatable {
  /// What becomes of the units' effects.
  enum UnitEffects: Sendable, Equatable {
    case none, fixed, random, independent
  }

  let units: UnitEffects
  let hasPeriodMeans: Bool

  var hasUnitMeans: Bool { units == .fixed }
  var isRandom: Bool { units == .random || units == .independent }
  /// Whether the data have no mean left, so that a constant has no place.
  var isCentred: Bool { hasUnitMeans || hasPeriodMeans }

  init(units: UnitEffects, periods: Bool) {
    self.units = units
    hasPeriodMeans = periods
  }

  /// The same without effects of periods.
  var withoutPeriods: PanelEffects { PanelEffects(units: units, periods: false) }

  init(_ effects: SpatialDurbinSpecification.Effects) {
    switch effects {
    case .unit: self.init(units: .fixed, periods: false)
    case .time: self.init(units: .none, periods: true)
    case .twoways: self.init(units: .fixed, periods: true)
    case .none: self.init(units: .none, periods: false)
    case .random: self.init(units: .random, periods: false)
    case .randomIndependent: self.init(units: .independent, periods: false)
    }
  }

  /// Takes fixed effects out of values in period-major order, after the spatial lag and never before it.
  ///
  /// With effects of periods D(Wy) ≠ W·D(y) unless the columns of W sum to one as well; only D(Wy) gives the
  /// estimate that explicit dummies give. Source: methods/spatial-durbin.md, item 1.
  func demeaning(unitCount: Int, periodCount: Int) -> Demeaning {
    var ways: [Grouping] = []
    if hasUnitMeans { ways.append(.units(unitCount: unitCount, periodCount: periodCount)) }
    if hasPeriodMeans {
      let periods = (0..<unitCount * periodCount).map { $0 / unitCount }
      ways.append(Grouping(periods, groupCount: periodCount))
    }
    return Demeaning(ways)
  }
}

extension Grouping {
  /// The units of values in period-major order.
  static func units(unitCount: Int, periodCount: Int) -> Grouping {
    Grouping((0..<unitCount * periodCount).map { $0 % unitCount }, groupCount: unitCount)
  }
}
