/// Draws panels from spatial models.
///
/// A static model needs no past; one with lags of the outcome runs through the burn-in from the units' effects.
public struct SpatialPanelSimulator: Sendable {
  /// A simulator; it has no state.
  public init() {}

  /// The panel that a specification describes, the same on every machine.
  ///
  /// Throws `SimulationError`, `ExactPanelError.explosive`, `SpatialDurbinError` and what the formula throws.
  public func draw(_ specification: SpatialPanelSimulationSpecification) throws -> PanelSimulationResult {
    try draw(specification, setting: nil).result
  }

  /// The same; a setting of an earlier draw on the same weights saves the work that depends on them alone.
  func draw(
    _ specification: SpatialPanelSimulationSpecification, setting known: SpatialSystem?
  ) throws -> (result: PanelSimulationResult, system: SpatialSystem) {
    let design = specification.design
    try design.check()
    try check(specification)
    let isDynamic = specification.laggedOutcome != nil || specification.laggedNeighbours != nil
    let draws = try SimulationDraws(design, burnIn: isDynamic ? design.burnIn : 0)
    var truth = specification.truth.values
    truth[.rho] = specification.rho
    truth[.lambda] = specification.lambda ?? 0
    var estimator = try specification.estimator
    estimator.effects = .twoways
    let initial = (0..<draws.panel.rowCount).map { row in
      draws.unitEffects[draws.panel.unitOfRow[row]] + draws.errors[row]
    }
    let setting = try SpatialSetting(
      draws.panel, weights: specification.weights, truth: truth, unitEffects: draws.unitEffects,
      periodEffects: draws.periodEffects, initial: initial, estimator, system: known)
    let result = try PanelSimulationResult(
      design, draws, outcome: setting.process.outcome(draws.errors), truth: specification.truth,
      formula: estimator.formula)
    return (result, setting.process.system)
  }

  private func check(_ specification: SpatialPanelSimulationSpecification) throws(SimulationError) {
    for (name, value) in [("rho", specification.rho), ("lambda", specification.lambda ?? 0)]
    where abs(value) >= 1 || value.isNaN {
      throw .outsideUnitInterval(what: name, value: value)
    }
    let terms = specification.design.coefficients.map(\.term.name)
    for term in specification.durbin where !terms.contains(term.term.name) {
      throw .durbinWithoutTerm(term.term.name, terms: terms)
    }
  }
}
