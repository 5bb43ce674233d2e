import RuralValue
import RuralValueFormats

/// `ruralvalue fe`: linear panel models with effects, instruments and groups.
struct FECommand: Command {
  static let definition = CommandDefinition(
    name: "fe",
    summary: "fixed and random effects, instruments, groups, turning points",
    usage: "PANEL.csv --formula F [options]",
    examples: [
      .init(
        purpose: "effects of counties and years, errors clustered by county",
        call: "ruralvalue fe panel.csv --formula \"V ~ P*C + I(P^2)\""),
      .init(
        purpose: "P depends on the errors: two instruments for it, with the first stage",
        call: "ruralvalue fe panel.csv --formula \"V ~ P + C\" --iv \"P ~ Z1 + Z2\""),
      .init(
        purpose: "is the difference between regions real? Columns by region, and its test",
        call: "ruralvalue fe panel.csv --formula \"V ~ P + C\" --by region --cluster prefecture"),
      .init(
        purpose: "Stata's reghdfe V P C, absorb(county year region#year) vce(cluster county)",
        call: "ruralvalue fe panel.csv --formula \"V ~ P + C\" --absorb region_year"),
    ],
    remarks: remarks)

  static let options: [Option<FECommand>] =
    modelOptions + errorOptions + reportOptions + PlacesInput.options.lifted(\.places)
    + PolygonOptions.options.lifted(\.polygons) + TableInput.options.lifted(\.input)

  /// The options but for those of places and tables.
  static let estimatorOptions = modelOptions + errorOptions + reportOptions

  private static let modelOptions: [Option<FECommand>] = [
    Option(
      \.specification.formula, "formula", .formula, default: FormulaSpecification(),
      required: "the outcome and the regressors, such as \"V ~ P + C\"",
      "the outcome and the regressors: \"V ~ log(P) + C + P:C + I(P^2)\""),
    Option(
      \.specification.effects, "effects", .choice, default: .twoways,
      "fixed effects of units and periods {default}, of one of them or none, random effects of units, the regression of"
        + " units' means, or first differences"),
    Option(
      \.specification.absorbedColumns, "absorb", .columns,
      "further columns whose groups have fixed effects, such as industry or region_year"),
    Option(
      \.specification.instruments, "iv", .instrumented,
      "endogenous regressors, which stand in the formula as well, and their instruments: \"P ~ Z1 + Z2\""),
    Option(
      \.specification.instrumentalEstimator, "estimator", .choice, default: .twoStage,
      "two-stage least squares {default}, or efficient GMM with the variance of --se"),
    Option(\.specification.weightsColumn, "weights-column", .column, "a column of weights of the rows"),
    Option(
      \.specification.components, "components", .choice, default: .swamyArora,
      "variances of random effects: as xtreg has them {default}, or Baltagi and Chang's, as plm"),
    Option(\.specification.hasConstant, "constant", .flag, "a constant in a model of first differences"),
    Option(
      \.specification.keepsSingletons, "keep-singletons", .flag,
      "keep rows that are alone in a group with an effect, as xtreg does"),
  ]

  private static let errorOptions: [Option<FECommand>] = [
    Option(
      \.specification.standardError, "se", .linearErrors,
      "standard errors (default cluster, by unit; in a cross-section robust); twoway-cluster is by unit and period, or by"
        + " the two columns of --cluster"),
    Option(
      \.specification.clusterColumns, "cluster", .columns.called("COL[,COL]"),
      "the columns of the clusters: one, such as prefecture, or two for two-way clusters"),
    Option(
      \.specification.lags, "lags", .integer(0...1000),
      "lags of Driscoll and Kraay's errors (default ⌊4(T/100)^(2/9)⌋)"),
  ]

  private static let reportOptions: [Option<FECommand>] =
    [
      Option(
        \.specification.groupColumn, "by", .column,
        "estimate the model in each group of a column, and test whether the coefficients differ"),
      Option(
        \.specification.permutations, "permutations", .integer(0...1_000_000).called("R"), default: 999,
        "random assignments of units to the groups of --by; 0 for none"),
      Option(
        \.specification.seed, "seed", .seed.called("S"), default: 1, "the seed of permutations and draws"),
      Option(
        repeating: \.specification.ranges, "range", .variableRange,
        "the range on which the U shape of a variable with its square is tested, such as \"P=0.1:0.9\" (default that of"
          + " the data)"),
      Option(
        \.specification.mediators, "mechanism", .formulaTerms,
        "mediators, each of which is regressed on the same regressors: \"M1,M2\""),
      Option(\.specification.isTested, "no-tests", .negativeFlag, "no tests"),
    ]
    + Option.ofModel(
      layout: \.layout, default: .full, confidence: \.specification.confidenceLevel,
      covariance: \.showsCovariance)

  private static let remarks = [
    """
    The small-sample convention is that of reghdfe and fixest, stated below the table: errors clustered by unit count the \
    slopes, one constant and the effects of periods, but not those of units, which lie within clusters. --se robust \
    does not allow for serial correlation (in Stata, xtreg's robust is --se cluster). Singletons are left out and counted.
    """,
    """
    --iv prints the first stage, Kleibergen and Paap's rank statistics, Hansen's J and the Anderson–Rubin set, which holds \
    whatever the instruments' strength. A product with an endogenous regressor is endogenous too: \
    --iv "P + P:C ~ Z + Z:C". Lags in --iv are of the calendar and made before rows are left out.
    """,
    """
    A variable that stands beside its square is tested for a U shape (Lind and Mehlum), with the Fieller interval of the \
    turning point; --out draws it. --by tests the difference in one regression with all interactions, effects of periods \
    included, and by assigning units to groups anew. --mechanism shows how regressors move mediators; with --se \
    bootstrap:R also the products of both ways.
    """,
    """
    Formulas are those of gmm: lag(x), diff(x), log(x), a:b, a*b, x^2, x/y is the ratio, factor(region) is a dummy for every level but \
    the first. Files of --out: coefficients, tests, fit, fe_table (as journals print it), and where asked for first_stage, \
    anderson_rubin, turning_points, groups, group_differences, mechanism, indirect_effects, errors_by_cutoff, covariance.
    """,
  ]

  var call = CallFrame()
  var input = TableInput()
  var specification = FixedEffectsSpecification(formula: FormulaSpecification())
  var polygons = PolygonOptions()
  var places = PlacesInput()
  var showsCovariance = false
  var layout = CoefficientLayout.Shape.full

  func check() throws {
    let errors = specification.standardError
    try places.check(errors: errors?.text, goByDistance: errors?.name == "conley")
    if call.given.contains("--permutations"), specification.groupColumn == nil {
      throw UsageError.conflict("--permutations tests the difference of groups; expected --by COL beside it.")
    }
  }

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    let table = try input.table(at: call.inputs[0], inputs)
    let formula = specification.formula
    try formula.requireVariables(in: table.columnNames, source: table.source)
    var model = specification
    let others =
      (model.instruments.map { $0.endogenous + $0.instruments } ?? []).flatMap(\.factors)
      + model.mediators.flatMap(\.factors)
    for name in others.flatMap(\.variables) { _ = try table.column(named: name) }
    let levels = try FormulaLevels(
      table,
      columns: (formula.levelColumns + others.compactMap(\.levelColumn)).firstAppearances)
    inputs.note(levels.notes(on: formula.terms, hasIntercept: formula.hasIntercept))
    try model.expand(levels)
    let names =
      model.clusterColumns + model.absorbedColumns + [model.groupColumn].compactMap(\.self)
    let groups = try names.firstAppearances.map { try GroupColumn(table, column: $0) }
    model.groupLabels = groups.first { $0.name == model.groupColumn }?.labels
    let numeric = others.filter { $0.levelColumn == nil }.flatMap(\.variables)
    let panel = try input.panel(
      table,
      variables: (formula.numericVariables + numeric + [model.weightsColumn].compactMap(\.self)
        + places.panelColumns).firstAppearances,
      levels: levels, groups: groups, inputs)
    model.places = try places.read(panel, polygons: polygons, inputs)
    let result = try FixedEffectsEstimator.fit(panel, model)
    let notes = inputs.notes + (panel.hasPeriods ? inputs.shapeNotes(of: panel) : [])
    var answer = CommandAnswer(
      document: result.document(showsCovariance: showsCovariance, layout: layout).adding(notes: notes))
    answer.drawings = CommandAnswer.Drawing.bands(
      result.turningPointFigures, in: call)
    var resolved = result.specification
    resolved.formula = formula
    resolved.instruments = specification.instruments
    specification = resolved
    return answer
  }
}
