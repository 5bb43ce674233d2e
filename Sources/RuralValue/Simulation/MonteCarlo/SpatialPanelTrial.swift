/// One replication for spatial panel models: draw, estimate, hold against the truth.
public struct SpatialPanelTrial {
  private let simulation: SpatialPanelSimulationSpecification
  private let weights: SpatialWeights
  private let estimator: SpatialDurbinSpecification
  private let system: SpatialSystem
  private let effects: [Parameter: Double]

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
    let truth = panel.truth.values
    let shown = result.estimates.filter {
      $0.parameter != .constant && $0.parameter != .randomEffectsWeight
    }
    let impacts = result.effects.map(\.estimate).filter { effects[$0.parameter] != nil }
    return MonteCarloDraw(
      estimates: shown + impacts,
      truth: shown.map { truth[$0.parameter] ?? 0 } + impacts.compactMap { effects[$0.parameter] },
      tests: result.tests)
  }

  /// The true effects of a static model by kind and term.
  private static func effects(
    _ simulation: SpatialPanelSimulationSpecification, _ system: SpatialSystem
  ) throws -> [Parameter: Double] {
    guard simulation.laggedOutcome == nil, simulation.laggedNeighbours == nil else { return [:] }
    let multipliers =
      simulation.rho == 0
      ? ImpactMultipliers(withoutLag: system) : try ImpactMultipliers(system, rho: simulation.rho)
    var effects: [Parameter: Double] = [:]
    for coefficient in simulation.design.coefficients {
      let name = coefficient.term.name
      let theta = simulation.durbin.first { $0.term.name == name }?.value ?? 0
      let direct = multipliers.direct.b * coefficient.value + multipliers.direct.theta * theta
      let total = multipliers.total.b * coefficient.value + multipliers.total.theta * theta
      effects[Parameter(name, .effect(.direct, nil))] = direct
      effects[Parameter(name, .effect(.indirect, nil))] = total - direct
      effects[Parameter(name, .effect(.total, nil))] = total
    }
    return effects
  }
}
