/// A parameter whose value is known: a true one, or one that an exact panel returns.
public struct KnownParameter: Sendable, Equatable {
  /// The parameter.
  public let parameter: Parameter
  /// Its value.
  public let value: Double

  /// A parameter with its value.
  public init(_ parameter: Parameter, _ value: Double) {
    self.parameter = parameter
    self.value = value
  }

  /// The parameter's name.
  public var name: String { parameter.name }
}

extension [KnownParameter] {
  /// The values by parameter.
  var values: [Parameter: Double] {
    Dictionary(map { ($0.parameter, $0.value) }) { first, _ in first }
  }
}

/// A panel drawn from a model with known parameters.
public struct PanelSimulationResult: Sendable, Equatable {
  /// What was asked.
  public let design: SimulationDesign
  /// The outcome and the regressors over the design's periods.
  public let panel: Panel
  /// The parameters that its estimates are of.
  public let truth: [KnownParameter]
  /// The formula of the model.
  public let formula: FormulaSpecification
  /// The errors, in row order.
  public let errors: [Double]
  /// One a unit.
  public let unitEffects: [Double]
  /// One a period.
  public let periodEffects: [Double]

  /// The value of a parameter, or nil.
  public func truth(_ parameter: Parameter) -> Double? { truth.first { $0.parameter == parameter }?.value }

  /// The outcome in row order.
  public var outcome: [Double] { (try? panel.values(of: design.outcome)) ?? [] }

  /// The same with another panel of the same regressors, such as an exact one, and more parameters.
  func replacing(_ panel: Panel, adding more: [KnownParameter]) -> PanelSimulationResult {
    PanelSimulationResult(
      design: design, panel: panel, truth: truth + more, formula: formula, errors: errors,
      unitEffects: unitEffects, periodEffects: periodEffects)
  }
}

extension PanelSimulationResult {
  /// The result of an outcome made over all periods: those before the first are cut off.
  init(
    _ design: SimulationDesign, _ draws: SimulationDraws, outcome: [Double], truth: [KnownParameter],
    formula: FormulaSpecification
  ) throws {
    let all = draws.panel
    let kept = (0..<all.rowCount).filter { all.period(ofRow: $0) >= design.periods.lowerBound }
    let columns = try design.regressors.map { name in (name, try all.values(of: name)) }
    self.init(
      design: design,
      panel: try Panel(
        source: all.source, unitColumn: all.unitColumn, timeColumn: all.timeColumn,
        unitOfRow: kept.map { all.unit(ofRow: $0) }, timeOfRow: kept.map { all.period(ofRow: $0) },
        variables: ([(design.outcome, outcome)] + columns).map { column in
          (name: column.0, values: kept.map { column.1[$0] })
        }),
      truth: truth, formula: formula, errors: kept.map { draws.errors[$0] }, unitEffects: draws.unitEffects,
      periodEffects: Array(draws.periodEffects.suffix(design.periods.count)))
  }
}
