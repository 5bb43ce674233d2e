/// The balanced panel on which a model is estimated, in period-major order.
struct SpatialSample: Sendable {
  let source: String
  let unitColumn: String
  let timeColumn: String
  let frequency: PeriodFrequency
  let units: [String]
  let periods: [Int]
  /// The outcome's name and values.
  let outcomeName: String
  private(set) var outcome: [Double]
  /// The outcome a period earlier, for a dynamic model.
  let laggedOutcome: [Double]?
  /// The regressors' coefficients, and the regressors.
  let parameters: [Parameter]
  let regressors: [[Double]]
  /// The terms of the regressors.
  let terms: [FormulaTerm]
  /// The values of the factors that stand in products.
  let factors: [FormulaFactor: [Double]]
  let hasIntercept: Bool
  /// Periods after the others of which all regressors are known and no outcome: what a prediction is wanted for.
  let future: [FuturePeriod]
  /// Rows of the panel outside the periods and units of the sample.
  let droppedRows: Int

  /// The regressors' names.
  var regressorNames: [String] { parameters.map(\.name) }
  var unitCount: Int { units.count }
  var periodCount: Int { periods.count }

  /// The places of missing outcomes, ascending; the outcome is NaN there.
  let missing: [Int]
  /// What the panel lacked, and what was done about it.
  let gaps: SpatialGaps

  /// Takes the columns of a formula from a panel.
  ///
  /// Periods in which no unit has all values, as lags leave them at the start, are left out; gaps among the others are
  /// what `specification.gaps` makes of them. Throws what `GapFilling` throws, `SpatialDurbinError.overflow`.
  init(_ given: Panel, _ specification: SpatialDurbinSpecification) throws {
    let filling = try GapFilling(given, specification)
    let (columns, panel) = (filling.columns, filling.columns.panel)
    if let column = columns.named.first(where: { $0.values.contains(where: \.isInfinite) }) {
      throw SpatialDurbinError.overflow(what: column.name)
    }
    let rows = filling.periods.flatMap { panel.rows(ofPeriod: $0) }
    func taken(_ values: [Double]) -> [Double] { rows.map { values[$0] } }
    let frame = columns.frame
    source = panel.source
    unitColumn = panel.unitColumn
    timeColumn = panel.timeColumn
    frequency = panel.frequency
    units = panel.units
    periods = filling.periods.map { panel.periods[$0] }
    outcomeName = frame.outcome.name
    outcome = taken(frame.outcome.values)
    laggedOutcome = columns.laggedOutcome.map(taken)
    parameters = frame.regressors.map { Parameter($0.term, outcome: specification.formula.outcome) }
    regressors = frame.regressors.map { taken($0.values) }
    terms = frame.regressors.map(\.term)
    let evaluator = FormulaEvaluator(panel)
    factors = try Dictionary(
      uniqueKeysWithValues: terms.filter(\.isProduct).flatMap(\.factors).firstAppearances.map {
        factor throws in
        (factor, taken(try evaluator.values(of: factor)))
      })
    future = specification.dynamics == nil ? FuturePeriod.all(of: columns, after: filling.periods) : []
    hasIntercept = frame.hasIntercept
    missing = outcome.indices.filter { [outcome] in outcome[$0].isNaN }
    gaps = filling.gaps
    let used = Set(units)
    let kept = Set(periods)
    droppedRows = (0..<given.rowCount).count {
      !used.contains(given.unit(ofRow: $0)) || !kept.contains(given.period(ofRow: $0))
    }
  }

  /// The outcomes that are there.
  var observedOutcome: [Double] { missing.isEmpty ? outcome : outcome.filter { !$0.isNaN } }

  /// The sample with these outcomes in the places of the missing ones.
  func completed(with values: [Double]) -> SpatialSample {
    var result = self
    for (place, value) in zip(missing, values) { result.outcome[place] = value }
    return result
  }
}

/// A period of which all regressors are known and no outcome.
struct FuturePeriod: Sendable {
  let period: Int
  /// The regressors, one column each.
  let regressors: [[Double]]

  /// The periods after the last of these that are like this.
  static func all(of columns: SpatialColumns, after periods: [Int]) -> [FuturePeriod] {
    let panel = columns.panel
    guard let last = periods.last else { return [] }
    return panel.periods.indices.filter { $0 > last }.compactMap { period in
      let rows = panel.rows(ofPeriod: period)
      let values = columns.frame.regressors.map { column in rows.map { column.values[$0] } }
      guard rows.count == panel.units.count, !values.joined().contains(where: \.isNaN),
        rows.allSatisfy({ columns.frame.outcome.values[$0].isNaN })
      else { return nil }
      return FuturePeriod(period: panel.periods[period], regressors: values)
    }
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
