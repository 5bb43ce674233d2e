import RuralValue

/// `ruralvalue simulate dynamic-panel`: dynamic panels for `gmm`.
extension SimulateCommand {
  static let lagOptions: [Option<SimulateCommand>] = [
    Option(
      \.lag, "lag", .number.called("A"),
      "coefficient of the outcome a period earlier (default 0.5; for sdm none unless given)")
  ]

  /// The call of `gmm` that estimates the panels.
  func gmm() throws -> GMMCommand? {
    let formula = try DynamicPanelSimulationSpecification(design, lag: lag ?? 0.5).formula
    let call = try estimate.call(of: GMMCommand.self) { _ in [("--formula", formula.text)] }
    let gmm = call.command as? GMMCommand
    if let column = gmm?.clusterColumn {
      throw UsageError.conflict(
        "--estimate has --cluster \(column), but a simulated panel has no such column; its units are the clusters."
      )
    }
    return gmm
  }

  mutating func drawDynamicPanel(_ inputs: InputReader) throws -> CommandAnswer {
    let gmm = estimate.needsEstimator ? try gmm() : nil
    lag = lag ?? 0.5
    var design = design
    try setUnits(of: &design, inputs)
    let simulation = DynamicPanelSimulationSpecification(design, lag: lag ?? 0.5)
    inputs.note(SimulatedAnswer.notes(isSteady: simulation.isSteady))
    let members =
      [JSONMember("coefficients", .object(simulation.truth.map { JSONMember($0.name, .number($0.value)) }))]
      + (gmm.map { gmm in
        [JSONMember("estimator", .object(GMMCommand.estimatorOptions.map { $0.member(gmm) }))]
      } ?? [])
    if let gmm, let count = estimate.replications {
      let trial = DynamicPanelTrial(
        simulation, estimator: gmm.model, combinations: gmm.combinations.map(\.combination))
      let replications = Replications(count: count, delivery: call.delivery)
      return replications.answer(
        try MonteCarlo.run(
          replications: count, confidenceLevel: gmm.specification.confidenceLevel, trial.draw), design,
        members: members, inputs: inputs)
    }
    var replication = simulation
    replication.design = design.replication(estimate.replication ?? 0)
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
