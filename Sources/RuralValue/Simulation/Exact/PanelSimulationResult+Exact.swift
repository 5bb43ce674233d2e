extension PanelSimulationResult {
  /// An exact panel beside its estimates.
  public struct Exact: Sendable {
    /// The panel, with its errors moved.
    public let result: PanelSimulationResult
    /// What the estimator returns: the terms, and what else the parameters name.
    public let estimates: [Parameter]
  }

  /// The same panel with errors moved so that GMM returns the parameters.
  ///
  /// Terms of the estimated formula that the simulated model does not have are planted at zero. Throws
  /// `ExactPanelError` and what the estimator throws.
  public func exact(_ specification: DynamicPanelSpecification) throws -> Exact {
    let names = specification.formula.terms.map(\.name)
    let planted = try ExactDynamicPanel.plant(
      panel, truth: truth(adding: names), errors: errors,
      unitEffects: unitEffects, periodEffects: periodEffects, initial: outcome, specification)
    let estimate = try DynamicPanelEstimator.fit(planted.panel, specification)
    return exact(
      planted, adding: names,
      estimate.coefficients.filter { $0.kind != .time && $0.kind != .constant }
        .map { Parameter($0.name, $0.estimate) })
  }

  /// The same panel with errors moved so that a spatial model returns the parameters.
  public func exact(_ specification: SpatialDurbinSpecification, weights: SpatialWeights) throws -> Exact {
    let terms = specification.formula.terms.map(\.name)
    let durbin = specification.durbin ?? (specification.model.hasDurbinTerms ? terms : [])
    let names = terms + durbin.map { "W*\($0)" }
    let planted = try ExactSpatialPanel.plant(
      panel, weights: weights, truth: truth(adding: names), errors: errors,
      unitEffects: unitEffects, periodEffects: periodEffects, initial: outcome, specification)
    var quick = specification
    (quick.draws, quick.isTested) = (0, false)
    let estimate = try SpatialDurbinEstimator.fit(planted.panel, weights: weights, quick)
    return exact(
      planted, adding: names,
      estimate.coefficients.filter { $0.term != ModelFrame.interceptName }
        .map { Parameter($0.term, $0.estimate) })
  }

  /// The same with another panel; terms that were planted at zero are parameters as well.
  private func exact(_ planted: ExactPanel, adding names: [String], _ estimates: [Parameter]) -> Exact {
    let zeros = names.filter { truth($0) == nil }.map { Parameter($0, 0) }
    return Exact(result: replacing(planted.panel, adding: zeros), estimates: estimates)
  }

  private func truth(adding names: [String]) -> [String: Double] {
    Dictionary(truth.map { ($0.name, $0.value) } + names.map { ($0, 0) }) { first, _ in first }
  }
}
