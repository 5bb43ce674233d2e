import RuralValue

extension GMMCommand {
  static let modelOptions: [OptionDefinition] = [
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

  static let instrumentOptions: [OptionDefinition] = [
    OptionDefinition(
      "--gmm", "VARS,A:B", repeats: true, "GMM-style instruments: lags A to B, e.g. \"V,2:4\""),
    OptionDefinition("--iv", "VARS", repeats: true, "standard instruments, e.g. \"x,z;eq=level\""),
    OptionDefinition("--collapse", help: "collapse every GMM-style set: one column a lag"),
    OptionDefinition("--exogenous", "VARS", repeats: true, "the same as --iv"),
    OptionDefinition("--predetermined", "VARS", repeats: true, "GMM-style instruments from lag 1"),
    OptionDefinition("--endogenous", "VARS", repeats: true, "GMM-style instruments from lag 2"),
  ]

  static let reportOptions: [OptionDefinition] = [
    OptionDefinition("--ar", "M", "orders of the tests for serial correlation (default 2)"),
    OptionDefinition(
      "--lincom", "EXPR", repeats: true, "a linear combination, e.g. \"P+C\" or \"P - 2*P:C\""),
    OptionDefinition("--sums", "A,B,C", "every sum of two or more of these coefficients"),
    OptionDefinition("--margins", "VARS", "marginal effects of variables in products"),
    OptionDefinition(
      "--quantiles", "LIST", "quantiles of the moderators for --margins (default 0.1,0.25,0.5,0.75,0.9)"),
    OptionDefinition("--sweep-lags", help: "estimate anew over lag limits, collapsed and not"),
  ]

  /// Checks the options that make up the model.
  static func specification(
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
    specification.confidenceLevel = try arguments.confidenceLevel()
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
}
