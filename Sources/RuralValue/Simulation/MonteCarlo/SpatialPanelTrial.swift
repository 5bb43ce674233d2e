/// One replication for spatial panel models: draw, estimate, hold against the truth.
public struct SpatialPanelTrial {
  private let simulation: SpatialPanelSimulationSpecification
  private let weights: SpatialWeights
  private let estimator: SpatialDurbinSpecification
  private let system: SpatialSystem
  private let effects: [String: Double]

  /// A trial from what is drawn, on which weights and how it is estimated; both weights may differ.
  ///
  /// Throws `SpatialDurbinError` for weights without links.
  public init(
    _ simulation: SpatialPanelSimulationSpecification, weights: SpatialWeights? = nil,
    estimator: SpatialDurbinSpecification
  ) throws {
    self.simulation = simulation
    self.weights = weights ?? simulation.weights
    self.estimator = estimator
    system = try SpatialSystem([simulation.weights], matrixOfPeriod: [0])
    effects = try Self.effects(simulation, system)
  }

  /// The replication of this number. A term that the simulated model does not have has the true value zero.
  public func draw(_ replication: Int) throws -> MonteCarloDraw {
    var simulation = simulation
    simulation.design = simulation.design.replication(replication)
    let panel = try SpatialPanelSimulator().draw(simulation, setting: system).result
    let result = try SpatialDurbinEstimator.fit(panel.panel, weights: weights, estimator)
    let truth = Dictionary(panel.truth.map { ($0.name, $0.value) }) { first, _ in first }
    let shown = result.coefficients.filter { $0.term != ModelFrame.interceptName && $0.term != "theta" }
    let impacts = result.effects.filter { $0.horizon == nil }.compactMap { effect in
      let name = "\(effect.kind.rawValue) \(effect.estimate.term)"
      return effects[name].map { MonteCarloDraw.Estimate(effect.estimate, name: name, truth: $0) }
    }
    return MonteCarloDraw(
      estimates: shown.map { .init($0, name: $0.term, truth: truth[$0.term] ?? 0) } + impacts,
      tests: result.tests.map { .init(name: $0.name, pValue: $0.pValue) })
  }

  /// The true effects of a static model by kind and term.
  private static func effects(
    _ simulation: SpatialPanelSimulationSpecification, _ system: SpatialSystem
  ) throws -> [String: Double] {
    guard simulation.laggedOutcome == nil, simulation.laggedNeighbours == nil else { return [:] }
    let multipliers =
      simulation.rho == 0
      ? ImpactMultipliers(withoutLag: system) : try ImpactMultipliers(system, rho: simulation.rho)
    var effects: [String: Double] = [:]
    for coefficient in simulation.design.coefficients {
      let name = coefficient.term.name
      let theta = simulation.durbin.first { $0.term.name == name }?.value ?? 0
      let direct = multipliers.direct.b * coefficient.value + multipliers.direct.theta * theta
      let total = multipliers.total.b * coefficient.value + multipliers.total.theta * theta
      effects["direct \(name)"] = direct
      effects["indirect \(name)"] = total - direct
      effects["total \(name)"] = total
    }
    return effects
  }
}

extension MonteCarloDraw.Estimate {
  fileprivate init(_ estimate: SpatialEstimate, name: String, truth: Double) {
    self.init(
      name: name, truth: truth, estimate: estimate.estimate, standardError: estimate.standardError,
      low: estimate.low, high: estimate.high, pValue: name == "sigma2" ? .nan : estimate.pValue)
  }
}
