import RuralValue

/// `ruralvalue simulate sdm`: spatial panels on any weights, for `sdm`.
struct SimulateSpatialPanel: SimulationTask {
  static let kind = "sdm"
  static let options: [OptionDefinition] =
    WeightsInput.options + [
      OptionDefinition("--rho", "R", "coefficient of the neighbours' outcome (default 0.4; 0 with --lambda)"),
      OptionDefinition("--lambda", "L", "coefficient of the neighbours' errors (default none)"),
      OptionDefinition(
        "--durbin", "LIST", "coefficients of the neighbours' regressors: \"P=0.1,C=0\" (default none: SAR)"),
      OptionDefinition(
        "--neighbour-lag", "A", "coefficient of the neighbours' outcome a period earlier (default none)"),
    ]
  static let usedOptions =
    options.map(\.name) + ["--lag"] + SimulatedDesignOptions.usedOptions + EstimateOptions.usedOptions

  private let weightsPath: String?
  private let identifier: String?
  private let unitCount: Int?
  private let design: SimulationDesign
  private let change: (inout SpatialPanelSimulationSpecification) -> Void
  private let estimate: EstimateOptions

  init(_ arguments: ParsedArguments, seed: UInt64, periods: ClosedRange<Int>) throws {
    weightsPath = arguments.text("--weights")
    identifier = arguments.text("--id")
    unitCount = try arguments.integer("--counties", in: 4...99_999)
    guard arguments.text("--units") == nil else {
      throw UsageError.conflict("simulate sdm takes its counties from --weights; leave --units out.")
    }
    guard (weightsPath == nil) != (unitCount == nil) else {
      throw UsageError.conflict(
        "simulate sdm needs --weights W or --counties N (a grid), and not both.")
    }
    design = try SimulatedDesignOptions.design(arguments, kind: Self.kind, seed: seed, periods: periods)
    estimate = try EstimateOptions(arguments)
    let lambda = try arguments.number("--lambda")
    let rho = try arguments.number("--rho") ?? (lambda == nil ? 0.4 : 0)
    let (lag, neighbourLag) = (try arguments.number("--lag"), try arguments.number("--neighbour-lag"))
    let durbin =
      try arguments.text("--durbin").map { try SimulatedDesignOptions.terms($0, option: "--durbin") } ?? []
    change = { specification in
      (specification.rho, specification.lambda) = (rho, lambda)
      (specification.laggedOutcome, specification.laggedNeighbours) = (lag, neighbourLag)
      specification.durbin = durbin
    }
  }

  func run(_ inputs: InputReader) throws -> CommandAnswer {
    var simulation = SpatialPanelSimulationSpecification(
      design, weights: try weights(inputs), rho: 0)
    change(&simulation)
    inputs.note(SimulatedAnswer.notes(isSteady: simulation.isSteady) + islandNotes(simulation.weights))
    let needsEstimator = estimate.isExact || estimate.replications != nil
    let sdm = needsEstimator ? try command(simulation) : nil
    let members =
      SimulatedAnswer.members(design, kind: Self.kind, estimate)
      + [
        JSONMember("weights", JSONValue(weightsPath)),
        JSONMember("weights_fingerprint", .string(simulation.weights.fingerprint)),
        JSONMember(
          "coefficients", .object(simulation.truth.map { JSONMember($0.name, .number($0.value)) })),
      ]
    var replication = simulation
    replication.design = simulation.design.replication(estimate.replication)
    guard let sdm else {
      return SimulatedAnswer.answer(
        try SpatialPanelSimulator().draw(replication), estimates: nil, members: members,
        grid: weightsPath == nil ? simulation.weights : nil, inputs: inputs)
    }
    let own = try estimationWeights(sdm, simulation, inputs)
    guard let count = estimate.replications else {
      let exact = try SpatialPanelSimulator().draw(replication).exact(sdm.specification, weights: own)
      return SimulatedAnswer.answer(
        exact.result, estimates: exact.estimates, members: members,
        grid: weightsPath == nil ? simulation.weights : nil, inputs: inputs)
    }
    let trial = try SpatialPanelTrial(simulation, weights: own, estimator: sdm.specification)
    return estimate.answer(
      try estimate.monteCarlo(
        count, confidenceLevel: sdm.specification.confidenceLevel, inputs, trial.draw), simulation.design,
      members: members, inputs: inputs)
  }

  /// The call of `sdm`; draws and tests only where the call asks for them.
  private func command(_ simulation: SpatialPanelSimulationSpecification) throws -> SDMCommand {
    let standard = try simulation.estimator
    var options: [(String, String)] = [
      ("--formula", standard.formula.text), ("--weights", Self.simulatedWeights), ("--draws", "0"),
    ]
    // Whoever names a model decides about its terms.
    let isNamed = estimate.text?.contains("--model") ?? false
    if !isNamed {
      options.append(("--model", standard.model.rawValue))
      if let durbin = standard.durbin { options.append(("--durbin", durbin.joined(separator: ","))) }
    }
    if let dynamics = standard.dynamics { options.append(("--dynamic", dynamics.rawValue)) }
    return try SDMCommand(estimate.arguments(SDMCommand.definition, standard: options))
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
    let reading = try WeightsInput.read(sdm.weightPaths[0], identifier: sdm.identifier, inputs)
    inputs.note(reading.notes)
    return reading.weights
  }

  private func weights(_ inputs: InputReader) throws -> SpatialWeights {
    if let weightsPath {
      let reading = try WeightsInput.read(weightsPath, identifier: identifier, inputs)
      inputs.note(reading.notes)
      return reading.weights
    }
    let network = try CountyNetwork.grid(unitCount: unitCount ?? 4)
    return try network.weights
  }
}
