import RuralValue

/// `ruralvalue sdm`: spatial panel models with direct, indirect and total effects.
struct SDMCommand: Command {
  static let definition = CommandDefinition(
    name: "sdm",
    summary: "spatial Durbin and related panel models, with effects and model-choice tests",
    usage: "PANEL.csv --formula F --weights W [options]",
    examples: [
      .init(
        purpose: "a spatial Durbin model with effects of counties and years",
        call: "ruralvalue sdm panel.csv --formula \"V ~ P + C + I\" --weights queen.csv"),
      .init(
        purpose: "the same under two weights, as a table for a paper",
        call:
          "ruralvalue sdm panel.csv --formula \"V ~ P + C\" --weights queen.csv,knn.gwt --out out --format tex"
      ),
      .init(
        purpose: "a dynamic model with short- and long-run effects",
        call: "ruralvalue sdm panel.csv --formula \"V ~ P + C\" --weights queen.csv --dynamic both"),
    ],
    options: modelOptions + inferenceOptions + OptionDefinition.model + OptionDefinition.table,
    remarks: remarks)

  private static let modelOptions: [OptionDefinition] = [
    OptionDefinition("--formula", "F", "the outcome and the regressors: \"V ~ log(P) + C + P:C\""),
    OptionDefinition(
      "--weights", "W[,W2…]",
      "the weights: an edge list or square matrix (CSV), GAL, GWT, or polygons (GeoJSON), then queen contiguity;"
        + " several compare the model under each; {time} in a name stands for the period, for weights that change"
    ),
    OptionDefinition("--id", "PROP", "the property with the units' ids, where W is GeoJSON"),
    OptionDefinition(
      "--model", choices: SpatialDurbinSpecification.Model.allCases.map(\.rawValue), "the model (default sdm)"
    ),
    OptionDefinition(
      "--effects", choices: SpatialDurbinSpecification.Effects.allCases.map(\.rawValue),
      "fixed effects of units, periods or both (default twoways), none, or random effects of units"),
    OptionDefinition(
      "--lee-yu", choices: SpatialDurbinSpecification.Correction.allCases.map(\.rawValue),
      "for the bias that fixed effects cause: Lee and Yu's transformation (default where it applies), Elhorst's"
        + " correction of the direct estimate, or none"),
    OptionDefinition(
      "--durbin", "LIST", "the terms that enter with their spatial lag (default: all, in sdm, slx, sdem)"),
    OptionDefinition(
      "--dynamic", choices: SpatialDurbinSpecification.Dynamics.allCases.map(\.rawValue),
      "the outcome a period earlier, the neighbours' outcome a period earlier, or both"),
    OptionDefinition(
      "--standardise", choices: WeightsStandardisation.allCases.map(\.rawValue),
      "how the weights are scaled (default row; none keeps them)"),
  ]

  private static let inferenceOptions: [OptionDefinition] = [
    OptionDefinition(
      "--se", choices: SpatialDurbinSpecification.StandardError.allCases.map(\.rawValue),
      "standard errors: expected or observed information, clustered by unit, or Driscoll and Kraay"
        + " (default information up to 500 units, observed above)"),
    OptionDefinition("--draws", "N", "simulated draws for the errors of effects (default 1000; 0 for none)"),
    OptionDefinition("--seed", "S", "the seed of the draws (default 1)"),
    OptionDefinition("--orders", "Q", "also the effects by order of neighbours, from 0 to Q"),
    OptionDefinition("--no-tests", help: "no tests for the choice of a model"),
  ]

  private static let remarks = [
    """
    Weights are matched to the panel by unit id. The spatial lag is taken first and fixed effects after it, \
    as explicit dummies would have it. A likelihood after Lee and Yu's transformation is not comparable with a \
    direct one; the tests compare like with like.
    """,
    """
    Every unit needs every period: a gap in one county is a gap in its neighbours' lags. Files of --out: \
    coefficients, effects, tests, fit, with --covariance covariance, with --orders effects_by_order, with several \
    weights weights_comparison.
    """,
  ]

  let input: TableInput
  let specification: SpatialDurbinSpecification
  let weightPaths: [String]
  let identifier: String?
  let showsCovariance: Bool

  init(_ arguments: ParsedArguments) throws {
    input = try TableInput(arguments)
    guard let formula = arguments.text("--formula") else {
      throw UsageError.missingOption(
        option: "--formula F", command: "sdm",
        purpose: "the outcome and the regressors, such as \"V ~ P + C\"")
    }
    weightPaths = arguments.list("--weights")
    identifier = arguments.text("--id")
    showsCovariance = arguments.has("--covariance")
    guard !weightPaths.isEmpty else {
      throw UsageError.missingOption(
        option: "--weights W", command: "sdm",
        purpose: "a file of spatial weights, as `ruralvalue weights` writes it")
    }
    specification = SpatialDurbinSpecification(
      formula: try FormulaSpecification(formula), model: arguments.choice("--model", default: .sdm),
      effects: arguments.choice("--effects", default: .twoways),
      correction: arguments.text("--lee-yu").flatMap(SpatialDurbinSpecification.Correction.init),
      durbin: arguments.text("--durbin") == nil ? nil : arguments.list("--durbin"),
      dynamics: arguments.text("--dynamic").flatMap(SpatialDurbinSpecification.Dynamics.init),
      standardError: arguments.text("--se").flatMap(SpatialDurbinSpecification.StandardError.init),
      standardisation: arguments.choice("--standardise", default: .row),
      draws: try arguments.integer("--draws", in: 0...1_000_000) ?? 1000,
      seed: UInt64(try arguments.integer("--seed", in: 0...Int.max) ?? 1),
      orders: try arguments.integer("--orders", in: 0...20), isTested: !arguments.has("--no-tests"),
      confidenceLevel: try arguments.confidenceLevel())
  }

  func run(_ inputs: InputReader) throws -> CommandAnswer {
    let table = try input.table(inputs)
    let formula = specification.formula
    let keys = try PanelKeys(table, unitColumn: input.unitColumn, timeColumn: input.timeColumn)
    try formula.requireVariables(
      in: table.columnNames.filter { $0 != keys.unitColumn && $0 != keys.timeColumn }, source: table.source)
    let panel = try Panel(
      table, unitColumn: input.unitColumn, timeColumn: input.timeColumn, variables: formula.variables)
    let results = try weightPaths.map { try fit(panel, weights: $0, inputs) }
    var further: [ResultDocument.Part] = []
    if results.count > 1 {
      let comparison = WeightsComparison(
        zip(weightPaths, results).map { WeightsComparison.Model(name: name(of: $0), result: $1) })
      further.append(.init(comparison.table, jsonKey: "weights_comparison"))
    }
    let members = [
      JSONMember("weights", JSONValue(weightPaths)), JSONMember("covariance", .boolean(showsCovariance)),
    ]
    return CommandAnswer(
      document: results[0].document(
        specification: members + results[0].specificationMembers + input.specification(panel),
        showsCovariance: showsCovariance, further: further
      ).adding(notes: inputs.notes))
  }

  private func fit(_ panel: Panel, weights path: String, _ inputs: InputReader) throws -> SpatialDurbinResult
  {
    guard path.contains("{time}") else {
      return try SpatialDurbinEstimator.fit(panel, weights: try weights(path, inputs), specification)
    }
    var weights: [Int: SpatialWeights] = [:]
    for period in panel.periods {
      let name = path.split(separator: "{time}", omittingEmptySubsequences: false).joined(
        separator: "\(period)")
      weights[period] = try self.weights(name, inputs)
    }
    return try SpatialDurbinEstimator.fit(panel, weightsByPeriod: weights, specification)
  }

  private func weights(_ path: String, _ inputs: InputReader) throws -> SpatialWeights {
    let reading = try WeightsInput.read(path, identifier: identifier, inputs)
    inputs.note(reading.notes)
    return reading.weights
  }

  /// A file's name without folders and ending.
  private func name(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.split(separator: ".").dropLast().joined(separator: ".").isEmpty
      ? file : file.split(separator: ".").dropLast().joined(separator: ".")
  }
}
