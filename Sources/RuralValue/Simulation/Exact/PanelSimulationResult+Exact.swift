extension PanelSimulationResult {
  /// An exact panel beside its estimates.
  public struct Exact: Sendable {
    /// The panel, with its errors moved.
    public let result: PanelSimulationResult
    /// What the estimator returns: the terms, and what else the parameters name.
    public let estimates: [KnownParameter]
  }

  /// The same panel with errors moved so that GMM returns the parameters.
  ///
  /// Terms of the estimated formula that the simulated model does not have are planted at zero. Throws
  /// `ExactPanelError` and what the estimator throws.
  public func exact(_ specification: DynamicPanelSpecification) throws -> Exact {
    let parameters = specification.formula.parameters
    let planted = try ExactDynamicPanel.plant(
      panel, truth: truth(adding: parameters), errors: errors,
      unitEffects: unitEffects, periodEffects: periodEffects, initial: outcome, specification)
    let estimate = try DynamicPanelEstimator.fit(planted.panel, specification)
    return exact(
      planted, adding: parameters,
      estimate.estimates.filter { $0.parameter.isSlope })
  }

  /// The same panel with errors moved so that a spatial model returns the parameters.
  public func exact(_ specification: SpatialDurbinSpecification, weights: SpatialWeights) throws -> Exact {
    let terms = specification.formula.parameters
    let durbin = terms.filter {
      specification.durbin?.contains($0.name) ?? specification.model.hasDurbinTerms
    }
    let parameters = terms + durbin.map(\.spatialLag)
    let planted = try ExactSpatialPanel.plant(
      panel, weights: weights, truth: truth(adding: parameters), errors: errors,
      unitEffects: unitEffects, periodEffects: periodEffects, initial: outcome, specification)
    var quick = specification
    (quick.draws, quick.isTested) = (0, false)
    let estimate = try SpatialDurbinEstimator.fit(planted.panel, weights: weights, quick)
    return exact(
      planted, adding: parameters,
      estimate.estimates.filter { $0.parameter != .constant })
  }

  /// The same with another panel; terms that were planted at zero are parameters as well.
  private func exact(
    _ planted: ExactPanel, adding parameters: [Parameter], _ estimates: [Estimate]
  ) -> Exact {
    let zeros = parameters.filter { truth($0) == nil }.map { KnownParameter($0, 0) }
    return Exact(
      result: replacing(planted.panel, adding: zeros),
      estimates: estimates.map { KnownParameter($0.parameter, $0.value) })
  }

  private func truth(adding parameters: [Parameter]) -> [Parameter: Double] {
    (truth + parameters.map { KnownParameter($0, 0) }).values
  }
}
