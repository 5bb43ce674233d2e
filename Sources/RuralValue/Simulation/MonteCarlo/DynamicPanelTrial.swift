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
    let truth = Dictionary(panel.truth.map { ($0.name, $0.value) }) { first, _ in first }
    let coefficients = result.coefficients.filter { $0.kind != .time && $0.kind != .constant }
    let sums = try combinations.map { combination in
      let value = combination.parts.reduce(0) { $0 + $1.factor * (truth[$1.name] ?? 0) }
      return MonteCarloDraw.Estimate(try result.estimate(combination), truth: value)
    }
    return MonteCarloDraw(
      estimates: coefficients.map { .init($0, truth: truth[$0.name] ?? 0) } + sums,
      tests: result.tests.filter { $0.name.hasPrefix("ar") || ["sargan", "hansen"].contains($0.name) }
        .map { .init(name: $0.name, pValue: $0.pValue) })
  }
}

extension MonteCarloDraw.Estimate {
  fileprivate init(_ estimate: CoefficientEstimate, truth: Double) {
    self.init(
      name: estimate.name, truth: truth, estimate: estimate.estimate,
      standardError: estimate.standardError, low: estimate.low, high: estimate.high,
      pValue: estimate.pValue)
  }
}
