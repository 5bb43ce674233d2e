import RuralValue

/// `ruralvalue simulate dynamic-panel`: dynamic panels for `gmm`.
extension SimulateCommand {
  static let lagOptions: [Option<SimulateCommand>] = [
    Option(
      \.lag, "lag", .number.called("A"),
      "coefficient of the outcome a period earlier (default 0.5; for sdm, and where fe estimates, none unless given)"
    )
  ]

  /// The call of `gmm` that estimates the panels.
  func gmm() throws -> GMMCommand? {
    let formula = try DynamicPanelSimulationSpecification(design, lag: lag ?? 0.5).formula
    let call = try estimate.call(of: GMMCommand.self) { _ in [("--formula", formula.text)] }
    let gmm = call.command as? GMMCommand
    if let column = gmm?.groupColumn {
      throw UsageError.conflict(
        "--estimate has --by \(column), but a simulated panel has no such column; expected another option.")
    }
    if let column = gmm?.clusterColumn {
      throw UsageError.conflict(
        "--estimate has --cluster \(column), but a simulated panel has no such column; its units are the clusters."
      )
    }
    return gmm
  }

  /// Whether the panels are estimated by `fe`.
  var estimatesEffects: Bool { estimate.needsEstimator && estimate.names(FECommand.self) }

  /// The call of `fe` that estimates the panels; nil where it does not.
  func fe() throws -> FECommand? {
    guard estimatesEffects else { return nil }
    let lags = (lag ?? 0) == 0 ? [] : ["lag(\(FormulaFactor.variable(design.outcome).name), 1)"]
    let terms = lags + design.coefficients.map(\.term.name)
    let formula = "\(FormulaFactor.variable(design.outcome).name) ~ \(terms.joined(separator: " + "))"
    let call = try estimate.call(of: FECommand.self) { _ in [("--formula", formula)] }
    let fe = call.command as? FECommand
    guard let model = fe?.specification else { return fe }
    let named =
      model.clusterColumns.map { ("cluster", $0) } + model.absorbedColumns.map { ("absorb", $0) }
      + [model.groupColumn.map { ("by", $0) }, model.weightsColumn.map { ("weights-column", $0) }].compactMap(
        \.self)
    if let (option, column) = named.first {
      throw UsageError.conflict(
        "--estimate has --\(option) \(column), but a simulated panel has no such column; its units are the clusters."
      )
    }
    guard fe?.places.isGiven != true else {
      throw UsageError.conflict(
        "--estimate has --se conley, but the units of a simulated panel have no places; expected other errors."
      )
    }
    return fe
  }

  /// The answer where `fe` estimates.
  private func effectsAnswer(
    _ fe: FECommand, _ simulation: DynamicPanelSimulationSpecification, _ members: [JSONMember],
    _ inputs: InputReader
  ) throws -> CommandAnswer {
    let members =
      members + [JSONMember("estimator", .object(FECommand.estimatorOptions.map { $0.member(fe) }))]
    guard let count = estimate.replications else {
      var replication = simulation
      replication.design = simulation.design.replication(estimate.replication ?? 0)
      let exact = try DynamicPanelSimulator().draw(replication).exact(fe.specification)
      return SimulatedAnswer.answer(
        exact.result, estimates: exact.estimates, members: members, inputs: inputs)
    }
    let trial = FixedEffectsTrial(simulation, estimator: fe.specification)
    return Replications(count: count, delivery: call.delivery).answer(
      try MonteCarlo.run(
        replications: count, confidenceLevel: fe.specification.confidenceLevel, trial.draw),
      simulation.design, members: members, inputs: inputs)
  }

  mutating func drawDynamicPanel(_ inputs: InputReader) throws -> CommandAnswer {
    let fe = try fe()
    let gmm = estimate.needsEstimator && fe == nil ? try gmm() : nil
    lag = lag ?? (fe == nil ? 0.5 : 0)
    var design = design
    try setUnits(of: &design, inputs)
    let simulation = DynamicPanelSimulationSpecification(design, lag: lag ?? 0.5)
    inputs.note(SimulatedAnswer.notes(isSteady: simulation.isSteady))
    let members =
      [JSONMember("coefficients", .object(simulation.truth.map { JSONMember($0.name, .number($0.value)) }))]
      + (gmm.map { gmm in
        [JSONMember("estimator", .object(GMMCommand.estimatorOptions.map { $0.member(gmm) }))]
      } ?? [])
    if let fe { return try effectsAnswer(fe, simulation, members, inputs) }
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
