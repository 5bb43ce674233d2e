import RuralValue

/// `ruralvalue simulate dynamic-panel`: dynamic panels for `gmm`.
struct SimulateDynamicPanel: SimulationTask {
  static let kind = "dynamic-panel"
  static let options: [OptionDefinition] = [
    OptionDefinition(
      "--lag", "A", "coefficient of the outcome a period earlier (default 0.5; for sdm none unless given)")
  ]
  static let usedOptions =
    options.map(\.name) + SimulatedDesignOptions.usedOptions + EstimateOptions.usedOptions

  private let unitPath: String?
  private let unitCount: Int?
  private let design: SimulationDesign
  private let lag: Double
  private let estimate: EstimateOptions
  /// The call of `gmm`, where an estimator is needed.
  private let gmm: GMMCommand?

  init(_ arguments: ParsedArguments, seed: UInt64, periods: ClosedRange<Int>) throws {
    unitPath = arguments.text("--units")
    unitCount = try arguments.integer("--counties", in: 2...99_999)
    guard (unitPath == nil) != (unitCount == nil) else {
      throw UsageError.conflict(
        "simulate dynamic-panel needs --counties N or --units FILE.csv, and not both.")
    }
    design = try SimulatedDesignOptions.design(arguments, kind: Self.kind, seed: seed, periods: periods)
    lag = try arguments.number("--lag") ?? 0.5
    estimate = try EstimateOptions(arguments)
    let formula = try DynamicPanelSimulationSpecification(design, lag: lag).formula
    let needsEstimator = estimate.isExact || estimate.replications != nil
    gmm =
      needsEstimator
      ? try GMMCommand(
        estimate.arguments(GMMCommand.definition, standard: [("--formula", formula.text)])) : nil
    if let column = gmm?.clusterColumn {
      throw UsageError.conflict(
        "--estimate has --cluster \(column), but a simulated panel has no such column; its units are the clusters."
      )
    }
  }

  func run(_ inputs: InputReader) throws -> CommandAnswer {
    var design = design
    try setUnits(of: &design, inputs)
    let simulation = DynamicPanelSimulationSpecification(design, lag: lag)
    inputs.note(SimulatedAnswer.notes(isSteady: simulation.isSteady))
    let members =
      SimulatedAnswer.members(design, kind: Self.kind, estimate)
      + [JSONMember("coefficients", .object(simulation.truth.map { JSONMember($0.name, .number($0.value)) }))]
      + (gmm.map { gmm in
        [JSONMember("estimator", .object(GMMCommand.estimatorOptions.map { $0.member(gmm) }))]
      } ?? [])
    if let gmm, let count = estimate.replications {
      let trial = DynamicPanelTrial(
        simulation, estimator: gmm.model, combinations: gmm.combinations.map(\.combination))
      return estimate.answer(
        try estimate.monteCarlo(
          count, confidenceLevel: gmm.specification.confidenceLevel, inputs, trial.draw), design,
        members: members, inputs: inputs)
    }
    var replication = simulation
    replication.design = design.replication(estimate.replication)
    let drawn = try DynamicPanelSimulator().draw(replication)
    guard let gmm else {
      return SimulatedAnswer.answer(drawn, estimates: nil, members: members, inputs: inputs)
    }
    let exact = try drawn.exact(gmm.model)
    return SimulatedAnswer.answer(
      exact.result, estimates: exact.estimates, members: members, inputs: inputs)
  }

  private func setUnits(of design: inout SimulationDesign, _ inputs: InputReader) throws {
    guard let unitPath else {
      design.units = (1...(unitCount ?? 1)).map { String(900_000 + $0) }
      return
    }
    let counties = try inputs.table(unitPath)
    let names = counties.columnNames.indices.filter { counties.columnNames[$0].hasPrefix("name") }
    design.units = counties.texts(column: 0).map(CellText.trimmed)
    design.nameColumns = names.map { counties.columnNames[$0] }
    design.names = names.map(counties.texts)
    if let row = design.units.firstIndex(of: "") {
      throw UsageError.conflict(
        "\(counties.source), line \(counties.lines[row]): the first column is empty; expected a county's code."
      )
    }
    guard design.units.count >= 2 else {
      throw UsageError.conflict("\(counties.source) has \(design.units.count) county; expected two or more.")
    }
  }
}
