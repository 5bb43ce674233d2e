import RuralValue
import RuralValueFormats

/// `ruralvalue gmm`: dynamic panel GMM with interactions.
struct GMMCommand: Command {
  static let definition = CommandDefinition(
    name: "gmm",
    summary: "dynamic panel GMM with interactions, tests and linear combinations",
    usage: "PANEL.csv --formula FORMULA [options]",
    examples: [
      .init(
        purpose: "two-step system GMM with every interaction of four flows, centred first",
        call: "ruralvalue gmm scores.csv --formula \"V ~ lag(V) + P*C*I*T\" --center"),
      .init(
        purpose: "four flows, and every sum of two or more of their coefficients",
        call: "ruralvalue gmm scores.csv --formula \"V ~ lag(V) + P + C + I + T\" --sums P,C,I,T"),
      .init(
        purpose: "xtabond2 n L.n w k yr*, gmm(n w, lag(2 4) collapse) iv(k yr*) twostep robust",
        call: "ruralvalue gmm firms.csv --formula \"n ~ lag(n) + w + k\" --gmm \"n,w,2:4;collapse\" --iv k"),
      .init(
        purpose: "does the estimate depend on the number of lags? A table, and lag_sweep.svg",
        call: "ruralvalue gmm firms.csv --formula \"n ~ lag(n) + w + k\" --sweep-lags --out results"),
    ],
    remarks: [
      """
      Formulas: lag(x), lag(x, 0:2), lead(x), diff(x), log(x), center(x), scale(x); a:b is a product, a*b is a + b + a:b, \
      x^2, x:x and I(x^2) are the square, x/y is the ratio (not R's nesting), factor(region) is a dummy for every level but \
      the first, (a + b + c)^2 is every product of two; - term drops a term. Names with spaces or \
      signs stand in backticks, also in --lincom: `P flow`.
      """,
      """
      GMM-style instruments: "VARS,FIRST:LAST", lags of the levels for the transformed equation and, in system GMM, \
      the change at lag FIRST - 1 for the level equation; suffixes ;collapse and ;eq=diff, ;eq=level or ;eq=both. \
      Standard instruments: "VARS" with ;eq=… and ;mz (missing counts as zero). Without any, lags 2 to 4 of the outcome \
      are used and, in the transformed equation, lags 1 to 3 of every other regressor, which takes it for predetermined: \
      it may hold the unit effects and answer to past outcomes, but not to the outcome of the same year. All are \
      collapsed, and fewer where they would be more than half of the units. Difference GMM with the same instruments \
      stands beside.
      """,
      """
      Conventions are those of xtabond2 3.7.2. More instruments than units: the estimate is Stata's, by the same \
      generalized inverse, and a warning says why not to trust it.
      """,
      """
      Files of --out: coefficients, tests, fit, instruments, gmm_table (as journals print it), and where asked for \
      covariance, nonlinear_gmm, long_run, linear_combinations, marginal_effects (also drawn), turning_points (also drawn), vif, \
      lag_sweep, groups, group_differences.
      """,
    ])

  var call = CallFrame()
  var input = TableInput()
  var specification = DynamicPanelSpecification(FormulaSpecification())
  var gmm: [GMMInstruments] = []
  var iv: [StandardInstruments] = []
  var collapses = false
  var exogenous: [StandardInstruments] = []
  var predetermined: [StandardInstruments] = []
  var endogenous: [StandardInstruments] = []
  var clusterColumn: String?
  var lincom: [LinearCombination] = []
  var sums: [String] = []
  var hypotheses: [CoefficientTest] = []
  var isNonlinear = false
  var residualsPath: String?
  var groupColumn: String?
  var permutations = 0
  var seed: UInt64 = 1
  var sweepsLags = false
  var showsCovariance = false
  var layout = CoefficientLayout.Shape.full

  func check() throws {
    if call.given.contains("--permutations"), groupColumn == nil {
      throw UsageError.conflict("--permutations tests the difference of groups; expected --by COL beside it.")
    }
  }

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    let table = try input.table(at: call.inputs[0], inputs)
    var model = model
    let formula = model.formula
    let (variables, levelColumns) = try columns(of: model, in: table)
    let levels = try FormulaLevels(table, columns: levelColumns)
    inputs.note(levels.notes(on: formula.terms, hasIntercept: formula.hasIntercept))
    try model.expand(levels)
    let groups = try groupColumn.map { try GroupColumn(table, column: $0) }
    let panel = try input.panel(
      table, variables: variables, levels: levels, groups: groups.map { [$0] } ?? [], needsPeriods: true,
      inputs)
    let clusters = try clusterColumn.map { try UnitClusters(table, panel, column: $0) }
    model.clusterOfUnit = clusters?.clusterOfUnit
    model.keepsResiduals = residualsPath != nil
    var result = try DynamicPanelEstimator.fit(panel, model).adding(combinations).adding(tests: hypotheses)
    let comparison = try groups.map { try compare(panel, model, clusters, $0) }
    if let comparison { result = result.adding(comparison) }
    let sweep = sweepsLags ? try LagSweep(panel, base: result) : nil
    let notes = inputs.notes + inputs.shapeNotes(of: panel) + (sweep == nil ? [] : [drawingNote])
    var document = result.document(
      showsCovariance: showsCovariance, layout: layout,
      further: sweep.map { [.init($0.table, jsonKey: "lag_sweep")] } ?? []
    ).adding(notes: notes)
    if let comparison { document = document.adding(comparison) }
    var answer = CommandAnswer(document: document)
    answer.drawings =
      CommandAnswer.Drawing.bands(result.bands, in: call)
      + (sweep.map { [drawing($0)] } ?? [])
    if let residualsPath, let residuals = result.residuals {
      answer.product = .init(residuals.table, path: residualsPath, call.delivery)
    }
    specification = result.specification
    specification.formula = formula
    (gmm, iv) = (specification.gmmInstruments, specification.standardInstruments)
    lincom = combinations.map(\.combination)
    return answer
  }

  /// The model in each group of units.
  private func compare(
    _ panel: Panel, _ model: DynamicPanelSpecification, _ clusters: UnitClusters?, _ groups: GroupColumn
  ) throws -> GroupComparison {
    let combinations = combinations
    return try GroupComparison.fitting(
      panel, column: groups.name, labels: groups.labels, permutations: permutations, seed: seed
    ) { part in
      var own = model
      own.clusterOfUnit = clusters?.restricted(to: part.units, of: panel.units).clusterOfUnit
      let result = try DynamicPanelEstimator.fit(part, own).adding(combinations)
      return (result, result.combinations)
    }
  }

  /// The coefficient's path over lag limits, for the folder of `--out`.
  private func drawing(_ sweep: LagSweep) -> CommandAnswer.Drawing {
    CommandAnswer.Drawing(
      name: "lag_sweep.svg",
      svg: CoefficientPathPlot(
        sweep, labels: call.labels, language: call.delivery.rendering.language
      ).svg,
      caption: Phrase("The coefficient's path over lag limits", zh: "系数随滞后阶数上限的变化"))
  }

  private var drawingNote: Phrase {
    guard let directory = call.delivery.directory else {
      return Phrase(
        "With --out DIR the coefficient's path is also drawn, as lag_sweep.svg.",
        zh: "加上--out DIR可同时输出系数路径图lag_sweep.svg。")
    }
    return Phrase(
      "The coefficient's path is drawn in \(directory)/lag_sweep.svg.",
      zh: "系数路径图：\(directory)/lag_sweep.svg。")
  }

  /// The columns of the formula and of the instruments, as numbers and as levels; the keys may be among them.
  private func columns(
    of model: DynamicPanelSpecification, in table: Table
  ) throws -> (variables: [String], levels: [String]) {
    try model.formula.requireVariables(in: table.columnNames, source: table.source)
    let terms = model.gmmInstruments.flatMap(\.terms) + model.standardInstruments.flatMap(\.terms)
    let others = terms.flatMap(\.factors)
    for name in others.flatMap(\.variables) { _ = try table.column(named: name) }
    let numeric = others.filter { $0.levelColumn == nil }.flatMap(\.variables)
    return (
      (model.formula.numericVariables + numeric).firstAppearances,
      (model.formula.levelColumns + others.compactMap(\.levelColumn)).firstAppearances
    )
  }
}
