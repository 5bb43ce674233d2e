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
    options: modelOptions + instrumentOptions + reportOptions + OptionDefinition.table,
    remarks: [
      """
      Formulas: lag(x), lag(x, 0:2), diff(x), log(x), center(x), scale(x); a:b is a product, a*b is a + b + a:b, \
      - term drops a term.
      """,
      """
      GMM-style instruments: "VARS,FIRST:LAST", lags of the levels for the transformed equation and, in system GMM, \
      the change at lag FIRST - 1 for the level equation; suffixes ;collapse and ;eq=diff, ;eq=level or ;eq=both. \
      Standard instruments: "VARS" with ;eq=… and ;mz (missing counts as zero). Without any, lags 2 and deeper of \
      the outcome are used, collapsed, and every other regressor for itself.
      """,
      """
      Conventions are those of xtabond2 3.7.2. More instruments than units: the estimate is Stata's, by the same \
      generalized inverse, and a warning says why not to trust it.
      """,
      """
      Files of --out: coefficients, tests, fit, instruments, gmm_table (as journals print it), and where asked for \
      linear_combinations, marginal_effects, vif, lag_sweep.
      """,
    ])

  private static let modelOptions: [OptionDefinition] = [
    OptionDefinition("--formula", "F", "the model, such as \"V ~ lag(V) + P*C\""),
    OptionDefinition(
      "--estimator", choices: DynamicPanelSpecification.Estimator.allCases.map(\.rawValue),
      "both equations (default system) or the transformed one"),
    OptionDefinition(
      "--transform", choices: DynamicPanelSpecification.Transform.allCases.map(\.rawValue),
      "first differences (default fd) or forward orthogonal deviations"),
    OptionDefinition(
      "--steps", choices: DynamicPanelSpecification.Steps.allCases.map(\.rawValue),
      "how often the weight matrix is renewed (default 2)"),
    OptionDefinition(
      "--se", choices: DynamicPanelSpecification.StandardErrors.allCases.map(\.rawValue),
      "robust (default), with Windmeijer's correction after two steps; or classical"),
    OptionDefinition(
      "--time-effects", choices: DynamicPanelSpecification.TimeEffects.allCases.map(\.rawValue),
      "time dummies as instruments of both equations (default both), of the level equation, or none"),
    OptionDefinition("--center", help: "centre variables that enter products; reports VIF before and after"),
    OptionDefinition("--small", help: "small-sample correction, with t and F in place of z and χ²"),
    OptionDefinition("--cluster", "COL", "a column of clusters wider than units"),
    OptionDefinition("--initial-weight", choices: ["3", "2", "1"], "xtabond2's h() (default 3)"),
  ]

  private static let instrumentOptions: [OptionDefinition] = [
    OptionDefinition(
      "--gmm", "VARS,A:B", repeats: true, "GMM-style instruments: lags A to B, e.g. \"V,2:4\""),
    OptionDefinition("--iv", "VARS", repeats: true, "standard instruments, e.g. \"x,z;eq=level\""),
    OptionDefinition("--collapse", help: "collapse every GMM-style set: one column a lag"),
    OptionDefinition("--exogenous", "VARS", repeats: true, "the same as --iv"),
    OptionDefinition("--predetermined", "VARS", repeats: true, "GMM-style instruments from lag 1"),
    OptionDefinition("--endogenous", "VARS", repeats: true, "GMM-style instruments from lag 2"),
  ]

  private static let reportOptions: [OptionDefinition] = [
    OptionDefinition("--ar", "M", "orders of the tests for serial correlation (default 2)"),
    OptionDefinition(
      "--lincom", "EXPR", repeats: true, "a linear combination, e.g. \"P+C\" or \"P - 2*P:C\""),
    OptionDefinition("--sums", "A,B,C", "every sum of two or more of these coefficients"),
    OptionDefinition("--margins", "VARS", "marginal effects of variables in products"),
    OptionDefinition(
      "--quantiles", "LIST", "quantiles of the moderators for --margins (default 0.1,0.25,0.5,0.75,0.9)"),
    OptionDefinition("--sweep-lags", help: "estimate anew over lag limits, collapsed and not"),
    OptionDefinition("--confidence", "LEVEL", "level of intervals (default 0.95)"),
  ]

  let input: TableInput
  let specification: DynamicPanelSpecification
  let clusterColumn: String?
  let combinations: [(combination: LinearCombination, option: String)]
  let sweepsLags: Bool
  let language: Language
  let directory: String?

  init(_ arguments: ParsedArguments) throws {
    input = try TableInput(arguments)
    guard let text = arguments.text("--formula") else {
      throw UsageError.missingOption(
        option: "--formula F", command: "gmm", purpose: "the model, such as \"V ~ lag(V) + P*C\"")
    }
    specification = try GMMCommand.specification(FormulaSpecification(text), arguments)
    clusterColumn = arguments.text("--cluster")
    let sums = arguments.list("--sums")
    guard sums.isEmpty || (2...10).contains(sums.count) else {
      throw UsageError.notANumber(
        option: "--sums", found: arguments.text("--sums")!,
        expected: "two to ten coefficients, such as P,C,I,T")
    }
    combinations =
      try arguments.texts("--lincom").map { (try LinearCombination($0), "--lincom") }
      + LinearCombination.sums(of: sums).map { ($0, "--sums") }
    sweepsLags = arguments.has("--sweep-lags")
    language = arguments.choice("--lang", default: .english)
    directory = arguments.text("--out")
  }

  func run(_ inputs: InputReader) throws -> CommandAnswer {
    let table = try input.table(inputs)
    let variables = try self.variables(in: table)
    let panel = try Panel(
      table, unitColumn: input.unitColumn, timeColumn: input.timeColumn, variables: variables)
    var specification = specification
    if let clusterColumn {
      specification.clusterOfUnit = try UnitClusters(table, panel, column: clusterColumn).clusterOfUnit
    }
    let result = try DynamicPanelEstimator.fit(panel, specification)
    let estimates = try combinations.map { try result.estimate($0.combination, option: $0.option) }
    let sweep = sweepsLags ? try LagSweep(panel, specification, base: result) : nil
    let members = [
      JSONMember("cluster", JSONValue(clusterColumn)), JSONMember("sweep_lags", .boolean(sweepsLags)),
      JSONMember("lincom", JSONValue(combinations.map(\.combination.name))),
    ]
    let figureNotes = try sweep.map(draw) ?? []
    return CommandAnswer(
      document: result.document(
        specification: members + input.specification, combinations: estimates, sweep: sweep
      ).adding(notes: inputs.notes + panel.shapeNotes + figureNotes))
  }

  /// Draws the coefficient's path into the folder of `--out`, if there is one.
  private func draw(_ sweep: LagSweep) throws -> [Term] {
    guard let directory else {
      return [
        Term(
          "With --out DIR the coefficient's path is also drawn, as lag_sweep.svg.",
          zh: "加上--out DIR可同时输出系数路径图lag_sweep.svg。")
      ]
    }
    let svg = CoefficientPathPlot(sweep, language: language).svg
    try OutputFolder(directory).write(Array(svg.utf8), to: "lag_sweep.svg")
    return [
      Term(
        "The coefficient's path is drawn in \(directory)/lag_sweep.svg.",
        zh: "系数路径图：\(directory)/lag_sweep.svg。")
    ]
  }

  /// The columns of the formula and of the instruments; the keys may be among them, as numbers.
  private func variables(in table: Table) throws -> [String] {
    try specification.formula.requireVariables(in: table.columnNames, source: table.source)
    let terms =
      specification.gmmInstruments.flatMap(\.terms) + specification.standardInstruments.flatMap(\.terms)
    let others = terms.flatMap(\.factors).map(\.variable)
    for name in others { _ = try table.column(named: name) }
    return (specification.formula.variables + others).firstAppearances
  }

  private static func specification(
    _ formula: FormulaSpecification, _ arguments: ParsedArguments
  ) throws -> DynamicPanelSpecification {
    var specification = DynamicPanelSpecification(formula)
    specification.estimator = arguments.choice("--estimator", default: .system)
    specification.transform = arguments.choice("--transform", default: .firstDifferences)
    specification.steps = arguments.choice("--steps", default: .two)
    specification.standardErrors = arguments.choice("--se", default: .robust)
    specification.timeEffects = arguments.choice("--time-effects", default: .both)
    specification.isCentred = arguments.has("--center")
    specification.isSmallSample = arguments.has("--small")
    specification.initialWeight = arguments.text("--initial-weight").flatMap(Int.init) ?? 3
    specification.serialCorrelationOrders = try arguments.integer("--ar", in: 1...20) ?? 2
    specification.marginVariables = try variables(arguments.texts("--margins")).map(\.name)
    if arguments.text("--quantiles") != nil { specification.marginQuantiles = try quantiles(arguments) }
    specification.confidenceLevel = try confidenceLevel(arguments)
    try addInstruments(to: &specification, arguments)
    return specification
  }

  private static func addInstruments(
    to specification: inout DynamicPanelSpecification, _ arguments: ParsedArguments
  ) throws {
    var sets = try arguments.texts("--gmm").map { try GMMInstruments($0) }
    for (option, lag) in [("--predetermined", 1), ("--endogenous", 2)] {
      for text in arguments.texts(option) {
        sets += try StandardInstruments(text).terms.map { GMMInstruments([$0], firstLag: lag, lastLag: nil) }
      }
    }
    if arguments.has("--collapse") {
      for index in sets.indices { sets[index].isCollapsed = true }
    }
    specification.gmmInstruments = sets
    specification.standardInstruments =
      try (arguments.texts("--iv") + arguments.texts("--exogenous")).map { try StandardInstruments($0) }
  }

  private static func variables(_ texts: [String]) throws -> [FormulaTerm] {
    try texts.flatMap { try StandardInstruments($0).terms }
  }

  private static func quantiles(_ arguments: ParsedArguments) throws -> [Double] {
    let words = arguments.list("--quantiles")
    let quantiles = words.compactMap(Double.init).filter { (0...1).contains($0) }
    guard !quantiles.isEmpty, quantiles.count == words.count else {
      throw UsageError.notANumber(
        option: "--quantiles", found: arguments.text("--quantiles")!,
        expected: "fractions between 0 and 1, such as 0.25,0.5,0.75")
    }
    return quantiles
  }

  private static func confidenceLevel(_ arguments: ParsedArguments) throws -> Double {
    guard let level = try arguments.number("--confidence") else { return 0.95 }
    guard level > 0 && level < 1 else {
      throw UsageError.notANumber(
        option: "--confidence", found: arguments.text("--confidence")!, expected: "a level such as 0.95")
    }
    return level
  }
}
