import RuralValue

/// The values of options that only spatial panels have.
struct SimulatedSpace: Sendable {
  var weights = WeightsInput()
  var rho: Double?
  var lambda: Double?
  var durbin: [TermCoefficient] = []
  var neighbourLag: Double?
}

/// `ruralvalue simulate sdm`: spatial panels on any weights, for `sdm`.
extension SimulateCommand {
  static let spatialOptions: [Option<SimulateCommand>] =
    weightsOptions.map { $0.lifted(\SimulateCommand.spatial.weights).unrequired } + [
      Option(
        \.spatial.rho, "rho", .number.called("R"),
        "coefficient of the neighbours' outcome (default 0.4; 0 with --lambda)"),
      Option(
        \.spatial.lambda, "lambda", .number.called("L"),
        "coefficient of the neighbours' errors (default none)"),
      Option(
        \.spatial.durbin, "durbin", .coefficients,
        "coefficients of the neighbours' regressors: \"P=0.1,C=0\" (default none: SAR)"),
      Option(
        \.spatial.neighbourLag, "neighbour-lag", .number.called("A"),
        "coefficient of the neighbours' outcome a period earlier (default none)"),
    ]

  /// The options of weights but for `--links`, which here names the links of simulated indicators.
  private static let weightsOptions = WeightsInput.options.filter { $0.definition.key != "links" }

  private var hasWeights: Bool { !spatial.weights.path.isEmpty }

  func checkSpace() throws(UsageError) {
    try spatial.weights.reading.requireUse(by: [spatial.weights.path])
    guard unitPath == nil else {
      throw .conflict("simulate sdm takes its counties from --weights; leave --units out.")
    }
    guard hasWeights != (unitCount != nil) else {
      throw .conflict("simulate sdm needs --weights W or --counties N (a grid), and not both.")
    }
  }

  mutating func drawSpatialPanel(_ inputs: InputReader) throws -> CommandAnswer {
    spatial.rho = spatial.rho ?? (spatial.lambda == nil ? 0.4 : 0)
    let given = try weights(inputs)
    var simulation = SpatialPanelSimulationSpecification(design, weights: given, rho: spatial.rho ?? 0)
    simulation.lambda = spatial.lambda
    simulation.laggedOutcome = lag
    simulation.laggedNeighbours = spatial.neighbourLag
    simulation.durbin = spatial.durbin
    inputs.note(SimulatedAnswer.notes(isSteady: simulation.isSteady) + islandNotes(simulation.weights))
    let sdm = estimate.needsEstimator ? try sdm(simulation) : nil
    let members = [
      JSONMember("weights", hasWeights ? .string(spatial.weights.path) : .null),
      JSONMember("weights_fingerprint", .string(given.fingerprint(among: simulation.weights.units))),
      JSONMember(
        "coefficients", .object(simulation.truth.map { JSONMember($0.name, .number($0.value)) })),
    ]
    let grid = hasWeights ? nil : simulation.weights
    var replication = simulation
    replication.design = simulation.design.replication(estimate.replication ?? 0)
    guard let sdm else {
      return SimulatedAnswer.answer(
        try SpatialPanelSimulator().draw(replication), estimates: nil, members: members,
        grid: grid, inputs: inputs)
    }
    let own = try estimationWeights(sdm, simulation, inputs)
    guard let count = estimate.replications else {
      let exact = try SpatialPanelSimulator().draw(replication).exact(sdm.specification, weights: own)
      return SimulatedAnswer.answer(
        exact.result, estimates: exact.estimates, members: members, grid: grid, inputs: inputs)
    }
    let trial = try SpatialPanelTrial(simulation, weights: own, estimator: sdm.specification)
    let replications = Replications(count: count, delivery: call.delivery)
    return replications.answer(
      try MonteCarlo.run(
        replications: count, confidenceLevel: sdm.specification.confidenceLevel, trial.draw),
      simulation.design, members: members, inputs: inputs)
  }

  /// The call of `sdm` that estimates the panels; draws and tests only where the call asks for them.
  private func sdm(_ simulation: SpatialPanelSimulationSpecification) throws -> SDMCommand? {
    let standard = try simulation.estimator
    let call = try estimate.call(of: SDMCommand.self) { call in
      var options = [
        ("--formula", standard.formula.text), ("--weights", Self.simulatedWeights), ("--draws", "0"),
      ]
      // Whoever names a model decides about its terms.
      if !call.gives("--model") {
        options.append(("--model", standard.model.rawValue))
        if let durbin = standard.durbin { options.append(("--durbin", durbin.joined(separator: ","))) }
      }
      if let dynamics = standard.dynamics { options.append(("--dynamic", dynamics.rawValue)) }
      return options
    }
    let sdm = call.command as? SDMCommand
    if let sdm, let column = sdm.clusterColumn {
      throw UsageError.conflict(
        "--estimate has --cluster \(column), but a simulated panel has no such column; expected --se cluster, by unit."
      )
    }
    if let column = sdm?.groupColumn {
      throw UsageError.conflict(
        "--estimate has --by \(column), but a simulated panel has no such column; expected another option.")
    }
    guard sdm?.places.isGiven != true else {
      throw UsageError.conflict(
        "--estimate has --se conley, but the units of a simulated panel have no places; expected other errors."
      )
    }
    return sdm
  }

  private func islandNotes(_ weights: SpatialWeights) -> [Phrase] {
    let islands = weights.islands
    guard !islands.isEmpty else { return [] }
    let more = islands.count > 5 ? ", … (\(islands.count))" : ""
    let names = islands.prefix(5).joined(separator: ", ") + more
    return [
      Phrase(
        "Without neighbours, so that their spatial lags are zero: \(names).", zh: "没有邻居、空间滞后为零的单元：\(names)。")
    ]
  }

  private static let simulatedWeights = "the simulated panel's"

  /// The weights of the estimate: others, where the words of `--estimate` name a file.
  private func estimationWeights(
    _ sdm: SDMCommand, _ simulation: SpatialPanelSimulationSpecification, _ inputs: InputReader
  ) throws -> SpatialWeights {
    guard sdm.weightPaths != [Self.simulatedWeights] else { return simulation.weights }
    guard sdm.weightPaths.count == 1, !sdm.weightPaths[0].contains("{time}") else {
      throw UsageError.conflict("--estimate may name one weights file for sdm, the same for all periods.")
    }
    let weights = simulation.weights
    return try sdm.weightsInput(sdm.weightPaths[0]).read(
      inputs, for: .init(source: "the simulated panel", ids: weights.units))
  }

  private func weights(_ inputs: InputReader) throws -> SpatialWeights {
    guard hasWeights else { return try CountyNetwork.grid(unitCount: unitCount ?? 4).weights }
    let reading = try spatial.weights.found(inputs)
    inputs.note(
      reading.notes.map { Phrase(Self.elsewhere($0.english), zh: Self.elsewhere($0.chinese)) })
    return reading.weights
  }

  /// A sentence in which the direction of links is stated where it can be: by the verb that writes weights.
  private static func elsewhere(_ sentence: String) -> String {
    Setting.spelled(in: sentence) { name in
      name == "links" ? "`ruralvalue weights --links`" : "\(Setting(name))"
    }
  }
}
