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
      .init(
        purpose: "P depends on the errors: two-stage least squares with an instrument for it",
        call:
          "ruralvalue sdm panel.csv --formula \"V ~ P + C\" --iv \"P ~ Z\" --weights queen.csv --model sar"),
    ],
    remarks: remarks)

  static let options: [Option<SDMCommand>] =
    modelOptions + inferenceOptions + PlacesInput.options.lifted(\.places)
    + PolygonOptions.options.lifted(\.polygons)
    + WeightsReadingOptions.options.lifted(\.weightsReading)
    + TableInput.options.lifted(\.input)

  private static let modelOptions: [Option<SDMCommand>] = [
    Option(
      \.specification.formula, "formula", .formula, default: FormulaSpecification(),
      required: "the outcome and the regressors, such as \"V ~ P + C\"",
      "the outcome and the regressors: \"V ~ log(P) + C + P:C\""),
    Option(
      \.weightPaths, "weights", .severalWeights.called("W[,W2…]"),
      required: "a file of spatial weights, as `ruralvalue weights` writes it",
      "the weights: an edge list or square matrix (CSV), GAL, GWT, or polygons (GeoJSON), then queen contiguity;"
        + " several compare the model under each; {time} in a name stands for the period, for weights that change"
    ),
    Option(
      \.regressorWeightsPath, "weights-x", .weights,
      "other weights for WX alone, read as those of --weights are"),
    Option(
      \.errorWeightsPath, "weights-error", .weights,
      "other weights for Wu alone, in sem, sdem and sac"),
    Option(
      \.polygons.identifier, "id", .property, "the property with the units' ids, where W is GeoJSON"),
    Option(\.specification.model, "model", .choice, default: .sdm, "the model"),
    Option(
      \.specification.effects, "effects", .choice, default: .twoways,
      "fixed effects of units, periods or both {default}, none, or random effects of units; beside a spatial error"
        + " random ones depend on the neighbours' as errors do, random-independent ones do not"),
    Option(
      \.specification.correction, "lee-yu", .choice,
      "for the bias that fixed effects cause: Lee and Yu's transformation, or what stands for it under any"
        + " weights and in dynamic models (transform, the default), Elhorst's"
        + " correction of the direct estimate, or none"),
    Option(
      \.specification.durbin, "durbin", .terms,
      "the terms that enter with their spatial lag (default: all, in sdm, slx, sdem)"),
    Option(
      \.specification.dynamics, "dynamic", .choice,
      "the outcome a period earlier, the neighbours' outcome a period earlier, or both"),
    Option(
      \.specification.gaps, "gaps", .choice, default: .integrate,
      "a unit-period without an outcome: the exact likelihood of the others, with regressors interpolated {default}; or the"
        + " units or periods with gaps left out, or an error"),
    Option(
      \.specification.instruments, "iv", .instrumented,
      "endogenous regressors, which stand in the formula as well, and their instruments: \"P ~ Z1 + Z2\"; their spatial lags"
        + " are endogenous too, and those of the instruments are instruments"),
    Option(
      \.specification.estimator, "estimator", .choice,
      "maximum likelihood (ml, the default), two-stage least squares, which --iv implies and which needs no normal errors"
        + " of one variance, or for random effects with a spatial error generalised moments (gm)"),
    Option(
      \.specification.instrumentLags, "instrument-lags", .integer(1...5).called("Q"),
      "the highest power of W among the instruments of 2sls (default one more than among the regressors: 1 in sar, 2 in sdm)"
    ),
    Option(
      \.specification.standardisation, "standardise", .choice, default: .row,
      "how the weights are scaled {default}; none keeps them"),
  ]

  private static let inferenceOptions: [Option<SDMCommand>] =
    [
      Option(
        \.specification.standardError, "se", .spatialErrors,
        "standard errors: expected or observed information, robust to unequal variances, clustered by unit, Driscoll and"
          + " Kraay's, or Conley's up to KM kilometres (default information up to 500 units, observed above; of 2sls cluster, of"
          + " gm classical)"),
      Option(
        \.clusterColumn, "cluster", .column,
        "a column of groups wider than units, such as prefectures, by which errors are clustered"),
      Option(
        \.specification.draws, "draws", .integer(0...1_000_000), default: 1000,
        "simulated draws for the errors of effects; 0 for none"),
      Option(\.specification.seed, "seed", .seed.called("S"), default: 1, "the seed of the draws"),
      Option(
        \.specification.orders, "orders", .integer(0...20).called("Q"),
        "also the effects by order of neighbours, from 0 to Q"),
      Option(
        \.regimeColumn, "regimes", .column,
        "coefficients by the groups of a column, in one model; the Chow test, and ρ by group beside"),
      Option(
        \.regionColumn, "regions", .column,
        "effects by the groups of a column: direct, spill-in, spill-out, and from each group to each"),
      Option(
        repeating: \.specification.moderatorValues, "at", .moderatorValues,
        "where a moderator of a product stands in marginal effects, e.g. \"C=0,p50,1\" (default p10, p50, p90)"
      ),
      Option(
        \.residualsPath, "residuals", .csvOutput,
        "write predictions and residuals by unit and period, ready for moran and map; periods at the end that have regressors"
          + " and no outcome are predicted as well; - is standard output"),
      Option(
        \.groupColumn, "by", .column,
        "estimate the model in each group of a column, on the links within it, and test whether the coefficients differ"
      ),
      Option(
        \.showsPosterior, "posterior", .flag,
        "posterior probabilities of OLS, SLX, SAR, SDM, SEM and SDEM, and of several weights, beside AIC and BIC"
      ),
      Option(
        \.prior, "prior", .choice, default: .g,
        "what --posterior believes of coefficients: Fernández, Ley and Steel's g prior, or flat, which compares only"
          + " models with the same regressors"),
      Option(\.specification.isTested, "no-tests", .negativeFlag, "no tests for the choice of a model"),
    ]
    + Option.ofModel(
      layout: \.layout, default: .rows, confidence: \.specification.confidenceLevel,
      covariance: \.showsCovariance)

  private static let remarks = [
    """
    Weights are matched to the panel by unit id. The spatial lag is taken first and fixed effects after it, \
    as explicit dummies would have it. A likelihood after Lee and Yu's transformation is not comparable with a \
    direct one; the tests compare like with like.
    """,
    """
    --se cluster allows for any correlation within a unit over time; with --cluster COL, which implies it, within a \
    group of units, of which there should be thirty. --se conley:KM lets dependence fade with the great-circle distance, \
    to nothing at KM kilometres (Bartlett's kernel); a table has the errors at half, once and twice the cutoff. --se \
    robust is for effects of periods, none, or more than 20 periods.
    """,
    """
    --iv, or --estimator 2sls without it, is two-stage least squares (Kelejian and Prucha): the neighbours' outcome and what \
    --iv names are endogenous; instruments are those of --iv and spatial lags one power of W beyond the regressors'. It needs \
    no normal errors of one variance, but in an SDM the lags of lags are often weak, which every table says. Errors are held \
    against t; --se conley:KM allows for errors that depend on those of near units.
    """,
    """
    Formulas are those of gmm: x^2 and x:x are the square, x/y is the ratio, factor(region) is a dummy for every level \
    but the first.
    """,
    """
    A gap in one county is a gap in its neighbours' lags: an outcome that is missing is integrated out of the likelihood, \
    which is exact, and a regressor's is interpolated over time, which a caution says; --gaps has the other ways. Files of \
    --out: coefficients, effects, sdm_table and effects_wide (as papers print them), tests, fit, with --covariance covariance, with --orders effects_by_order, with --iv or \
    --estimator 2sls first_stage and, for one endogenous regressor, anderson_rubin, with --se conley errors_by_cutoff, with \
    several weights weights_comparison, with --posterior posterior, with --by groups and group_differences: links between \
    groups are cut there.
    """,
  ]

  var call = CallFrame()
  var input = TableInput()
  var specification = SpatialDurbinSpecification(formula: FormulaSpecification())
  var weightPaths: [String] = []
  var regressorWeightsPath: String?
  var errorWeightsPath: String?
  var showsPosterior = false
  var prior = CoefficientPrior.g
  var polygons = PolygonOptions()
  var weightsReading = WeightsReadingOptions()
  var clusterColumn: String?
  var groupColumn: String?
  var regimeColumn: String?
  var regionColumn: String?
  var residualsPath: String?
  var places = PlacesInput()
  var showsCovariance = false
  var layout = CoefficientLayout.Shape.rows

  func check() throws {
    try weightsReading.requireUse(
      by: weightPaths + [regressorWeightsPath, errorWeightsPath].compactMap(\.self))
    let errors = specification.standardError
    if let clusterColumn, let errors, errors != .cluster {
      throw UsageError.conflict(
        "--cluster \(clusterColumn) names the groups of --se cluster; found --se \(errors.text). Take one of them."
      )
    }
    if let groupColumn, let regimeColumn {
      throw UsageError.conflict(
        "--by \(groupColumn) estimates the groups apart and --regimes \(regimeColumn) together; expected one of them."
      )
    }
    if residualsPath != nil, weightPaths.count > 1 {
      throw UsageError.conflict(
        "--residuals is of one model; expected one of --weights, found \(weightPaths.count).")
    }
    if let groupColumn, weightPaths.count > 1 {
      throw UsageError.conflict(
        "--by \(groupColumn) compares groups and several --weights compare weights; expected one of them.")
    }
    if let groupColumn, showsPosterior {
      throw UsageError.conflict(
        "--by \(groupColumn) estimates a model in each group and --posterior compares models over all units; expected one of"
          + " them.")
    }
    if prior != .g, !showsPosterior {
      throw UsageError.conflict(
        "--prior \(prior.rawValue) is the prior of --posterior, which is missing. Add it, or leave out --prior."
      )
    }
    try places.check(errors: errors?.text, goByDistance: errors?.name == "conley")
  }

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    let table = try input.table(at: call.inputs[0], inputs)
    let formula = specification.formula
    let keys = try KeyColumns(table, unitColumn: input.unitColumn, timeColumn: input.timeColumn)
    try formula.requireVariables(
      in: table.columnNames.indices.filter { $0 != keys.unit && $0 != keys.time }.map {
        table.columnNames[$0]
      },
      source: table.source)
    let instruments = specification.instruments
    for name in instruments?.variables ?? [] { _ = try table.column(named: name) }
    let levels = try FormulaLevels(
      table, columns: (formula.levelColumns + (instruments?.levelColumns ?? [])).firstAppearances)
    inputs.note(levels.notes(on: formula.terms, hasIntercept: formula.hasIntercept))
    try specification.expand(levels)
    let terms = specification.formula.terms
    let groups = try groupColumn.map { try GroupColumn(table, column: $0) }
    specification.durbin = specification.durbin?.flatMap { levels.names(of: $0, among: terms) }
    let panel = try input.panel(
      table,
      variables: (formula.numericVariables + (instruments?.numericVariables ?? []) + places.panelColumns)
        .firstAppearances, levels: levels,
      groups: groups.map { [$0] } ?? [], needsPeriods: true, inputs)
    specification.clusters = try clusterColumn.map { try UnitClusters(table, panel, column: $0) }
    specification.regimes = try regimeColumn.map {
      try UnitClusters(table, panel, column: $0, option: Setting("regimes"))
    }
    specification.regions = try regionColumn.map {
      try UnitClusters(table, panel, column: $0, option: Setting("regions"))
    }
    specification.keepsPredictions = residualsPath != nil
    specification.places = try places.read(panel, polygons: polygons, inputs)
    specification.prior = showsPosterior ? prior : nil
    var results = try weightPaths.map { try fit(panel, weights: $0, specification, inputs) }
    let comparison = try groups.map { try compare(panel, $0, inputs) }
    if let comparison { results[0] = results[0].adding(comparison) }
    var further: [ResultDocument.Part] = []
    if results.count > 1 {
      let comparison = WeightsComparison(
        zip(weightPaths, results).map { WeightsComparison.Model(name: name(of: $0), result: $1) })
      further.append(.init(comparison.table, jsonKey: "weights_comparison"))
    }
    let candidates = zip(weightPaths, results).compactMap { path, result in
      result.candidates.map { (weights: name(of: path), candidates: $0) }
    }
    if !candidates.isEmpty {
      further.append(.init(ModelProbabilities(candidates).table, jsonKey: "posterior"))
    }
    specification = results[0].specification
    specification.formula = formula
    specification.instruments = instruments
    specification.estimator = specification.resolvedEstimator
    specification.correction = specification.correction ?? SpatialDurbinSpecification.Correction.none
    specification.standardError = specification.standardError ?? .information
    specification.durbin = specification.durbin ?? []
    var document = results[0].document(showsCovariance: showsCovariance, layout: layout, further: further)
      .adding(notes: inputs.notes)
    document.specification = [JSONMember("tests", .boolean(specification.isTested))]
    if results.count > 1 {
      document.models = zip(weightPaths, results).map { path, result in
        var column = result.column
        column.name = Phrase(verbatim: name(of: path))
        return column
      }
    }
    if let comparison { document = document.adding(comparison) }
    let weights = weightPaths.map(name(of:))
    document.models = document.models.enumerated().map { place, column in
      let own = Phrase(verbatim: weights[min(place, weights.count - 1)])
      return column.adding(
        FitStatistic("weights", Phrase("Weights W", zh: "空间权重矩阵W"), .phrase(own)), behind: "time_effects")
    }
    var answer = CommandAnswer(document: document)
    if let residualsPath, let predictions = results[0].predictions {
      answer.product = .init(predictions.table, path: residualsPath, call.delivery)
    }
    return answer
  }

  /// The model in each group of units.
  private func compare(
    _ panel: Panel, _ groups: GroupColumn, _ inputs: InputReader
  ) throws -> GroupComparison {
    try GroupComparison.fitting(
      panel, column: groups.name, labels: groups.labels,
      notes: [
        Phrase(
          "Links between groups are cut, so that neighbours in another group do not count. No permutation test: units that"
            + " depend on their neighbours are not exchangeable.",
          zh: "组间邻接关系已切断，不计其他组的邻居。未作置换检验：空间相关的个体不可交换。")
      ]
    ) { part in
      var own = specification
      own.clusters = specification.clusters?.restricted(to: part.units, of: panel.units)
      own.regions = specification.regions?.restricted(to: part.units, of: panel.units)
      own.keepsPredictions = false
      let result = try fit(part, weights: weightPaths[0], own, inputs)
      return (result, result.effects.map(\.estimate))
    }
  }

  private func fit(
    _ panel: Panel, weights path: String, _ specification: SpatialDurbinSpecification, _ inputs: InputReader
  ) throws -> SpatialDurbinResult {
    try SpatialDurbinEstimator.fit(
      panel,
      WeightRoles(
        outcome: try source(path, panel, inputs),
        regressors: try regressorWeightsPath.map { try source($0, panel, inputs) },
        errors: try errorWeightsPath.map { try source($0, panel, inputs) }), specification)
  }

  /// The weights of a file, or of the files of all periods.
  private func source(_ path: String, _ panel: Panel, _ inputs: InputReader) throws -> WeightRoles.Source {
    guard path.contains("{time}") else { return .constant(try weights(path, panel, inputs)) }
    var weights: [Int: SpatialWeights] = [:]
    for period in panel.periods {
      let name = path.split(separator: "{time}", omittingEmptySubsequences: false).joined(
        separator: "\(period)")
      weights[period] = try self.weights(name, panel, inputs)
    }
    return .byPeriod(weights)
  }

  private func weights(_ path: String, _ panel: Panel, _ inputs: InputReader) throws -> SpatialWeights {
    try weightsInput(path).read(inputs, for: .init(source: panel.source, ids: panel.units))
  }

  /// A file of weights, and how it is to be read.
  func weightsInput(_ path: String) -> WeightsInput {
    WeightsInput(path: path, polygons: polygons, reading: weightsReading)
  }

  /// A file's name without folders and ending.
  private func name(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.split(separator: ".").dropLast().joined(separator: ".").isEmpty
      ? file : file.split(separator: ".").dropLast().joined(separator: ".")
  }
}
