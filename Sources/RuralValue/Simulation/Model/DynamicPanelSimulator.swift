/// A dynamic panel to be drawn: y_it = α y_i,t−1 + Σ β_k x_k,it + μ_i + τ_t + ε_it.
public struct DynamicPanelSimulationSpecification: Sendable, Equatable {
  /// Units, periods, regressors, effects and errors.
  public var design: SimulationDesign
  /// α.
  public var lag: Double

  /// A specification from its parts.
  public init(_ design: SimulationDesign, lag: Double) {
    self.design = design
    self.lag = lag
  }

  /// Whether the outcome returns to a level: the coefficients of its lags add up to less than one.
  public var isSteady: Bool {
    let lags = design.coefficients.filter { coefficient in
      coefficient.term.factors.count == 1 && coefficient.term.factors[0].variables == [design.outcome]
    }
    return abs(lag + lags.reduce(0) { $0 + $1.value }) < 1
  }

  /// The model as a formula: `V ~ lag(V, 1) + P + C`.
  public var formula: FormulaSpecification {
    get throws {
      let outcome = FormulaFactor.variable(design.outcome).name
      let terms = ["lag(\(outcome), 1)"] + design.coefficients.map(\.term.name)
      return try FormulaSpecification("\(outcome) ~ \(terms.joined(separator: " + "))")
    }
  }

  /// The parameters that estimates are of.
  public var truth: [KnownParameter] {
    let outcome = FormulaFactor.variable(design.outcome)
    let terms = [TermCoefficient(FormulaTerm([.lag(outcome, steps: 1)]), lag)] + design.coefficients
    return terms.map { KnownParameter(Parameter($0.term, outcome: outcome), $0.value) }
  }
}

/// Draws dynamic panels.
///
/// The outcome starts a burn-in before the first period at μ_i/(1 − α), the unit's own level. An α of one or
/// more is drawn as it is: it has no level, and starts at μ_i.
public struct DynamicPanelSimulator: Sendable {
  /// A simulator; it has no state.
  public init() {}

  /// The panel that a specification describes, the same on every machine.
  ///
  /// Throws `SimulationError`, `ExactPanelError.explosive` and what the formula throws.
  public func draw(_ specification: DynamicPanelSimulationSpecification) throws -> PanelSimulationResult {
    let design = specification.design
    try design.check()
    let draws = try SimulationDraws(design, burnIn: design.burnIn)
    let formula = try specification.formula
    let scale = abs(specification.lag) < 1 ? 1 / (1 - specification.lag) : 1
    let initial = (0..<draws.panel.rowCount).map { row in
      scale * draws.unitEffects[draws.panel.unitOfRow[row]] + draws.errors[row]
    }
    let process = try ExactDynamicPanel.process(
      draws.panel, specification.truth.values, unitEffects: draws.unitEffects,
      periodEffects: draws.periodEffects,
      initial: initial, DynamicPanelSpecification(formula))
    return try PanelSimulationResult(
      design, draws, outcome: process.outcome(draws.errors), truth: specification.truth, formula: formula)
  }
}
