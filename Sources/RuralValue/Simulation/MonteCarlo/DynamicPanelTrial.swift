/// One replication for dynamic panel GMM: draw, estimate, hold against the truth.
public struct DynamicPanelTrial: Sendable {
  private let simulation: DynamicPanelSimulationSpecification
  private let estimator: DynamicPanelSpecification
  private let combinations: [LinearCombination]

  /// A trial from what is drawn and how it is estimated; `combinations` are sums of coefficients.
  public init(
    _ simulation: DynamicPanelSimulationSpecification, estimator: DynamicPanelSpecification,
    combinations: [LinearCombination] = []
  ) {
    self.simulation = simulation
    self.estimator = estimator
    self.combinations = combinations
  }

  /// The replication of this number. A term that the simulated model does not have has the true value zero.
  public func draw(_ replication: Int) throws -> MonteCarloDraw {
    var simulation = simulation
    simulation.design = simulation.design.replication(replication)
    let panel = try DynamicPanelSimulator().draw(simulation)
    let result = try DynamicPanelEstimator.fit(panel.panel, estimator)
    let truth = panel.truth.values
    let slopes = result.estimates.filter { $0.parameter.isSlope }
    return MonteCarloDraw(
      estimates: slopes + (try combinations.map { try result.estimate($0) }),
      truth: slopes.map { truth[$0.parameter] ?? 0 }
        + combinations.map { combination in
          combination.parts.reduce(0) { sum, part in
            let parameter = result.coefficient(part.name)?.parameter
            return sum + part.factor * (parameter.flatMap { truth[$0] } ?? 0)
          }
        },
      tests: result.tests.filter { $0.key.hasPrefix("ar") || ["sargan", "hansen"].contains($0.key) })
  }
}
