/// One replication for linear panel models: draw, estimate, hold against the truth.
public struct FixedEffectsTrial: Sendable {
  private let simulation: DynamicPanelSimulationSpecification
  private let estimator: FixedEffectsSpecification

  /// A trial from what is drawn and how it is estimated.
  public init(_ simulation: DynamicPanelSimulationSpecification, estimator: FixedEffectsSpecification) {
    self.simulation = simulation
    self.estimator = estimator
  }

  /// The replication of this number. A term that the simulated model does not have has the true value zero.
  public func draw(_ replication: Int) throws -> MonteCarloDraw {
    var simulation = simulation
    simulation.design = simulation.design.replication(replication)
    let panel = try DynamicPanelSimulator().draw(simulation)
    let result = try FixedEffectsEstimator.fit(panel.panel, estimator)
    let truth = panel.truth.values
    let slopes = result.estimates.filter { $0.parameter.isSlope }
    return MonteCarloDraw(
      estimates: slopes, truth: slopes.map { truth[$0.parameter] ?? 0 }, tests: result.tests)
  }
}

extension PanelSimulationResult {
  /// The same panel with errors moved so that a linear model returns the parameters.
  ///
  /// The estimate is linear in the outcome, so that what it misses is taken out of it: y − Σ_k (b_k − β_k)x_k. Throws
  /// `FixedEffectsError.notOffered` for a model with lags of the outcome, and what the estimator throws.
  public func exact(_ specification: FixedEffectsSpecification) throws -> Exact {
    let formula = specification.formula
    guard !formula.terms.contains(where: { $0.factors.contains { $0.variables.contains(design.outcome) } })
    else {
      throw FixedEffectsError.notOffered(
        "\(Setting("exact")) with fe is for models without lags of the outcome; expected such as V ~ P + C.")
    }
    var quick = specification
    (quick.isTested, quick.groupColumn, quick.mediators) = (false, nil, [])
    let first = try FixedEffectsEstimator.fit(panel, quick)
    let evaluator = FormulaEvaluator(panel)
    var outcome = outcome
    for estimate in first.estimates where estimate.parameter.isSlope {
      guard let term = formula.terms.first(where: { $0.name == estimate.name }) else { continue }
      let miss = estimate.value - (truth(estimate.parameter) ?? 0)
      for (row, value) in try evaluator.values(of: term).enumerated() where !value.isNaN {
        outcome[row] -= miss * value
      }
    }
    let filled = panel.with([(design.outcome, outcome)])
    let estimate = try FixedEffectsEstimator.fit(filled, quick)
    let zeros = formula.parameters.filter { truth($0) == nil }.map { KnownParameter($0, 0) }
    return Exact(
      result: replacing(filled, adding: zeros),
      estimates: estimate.estimates.filter { $0.parameter.isSlope }.map {
        KnownParameter($0.parameter, $0.value)
      })
  }
}
