import RuralValue

extension GMMCommand {
  static let options: [Option<GMMCommand>] = estimatorOptions + TableInput.options.lifted(\.input)

  /// The options but for those of the table.
  static let estimatorOptions = modelOptions + instrumentOptions + reportOptions

  private static let modelOptions: [Option<GMMCommand>] = [
    Option(
      \.specification.formula, "formula", .formula, default: FormulaSpecification(),
      required: "the model, such as \"V ~ lag(V) + P*C\"", "the model, such as \"V ~ lag(V) + P*C\""),
    Option(
      \.specification.estimator, "estimator", .choice, default: .system,
      "both equations {default} or the transformed one"),
    Option(
      \.specification.transform, "transform", .choice, default: .firstDifferences,
      "first differences {default} or forward orthogonal deviations"),
    Option(
      \.specification.steps, "steps", .choice, default: .two, "how often the weight matrix is renewed"),
    Option(
      \.specification.standardErrors, "se", .choice, default: .robust,
      "robust, with Windmeijer's correction after two steps {default}; classical; or doubly-corrected, which holds where moments fail"
    ),
    Option(
      \.specification.timeEffects, "time-effects", .choice, default: .both,
      "time dummies as instruments of both equations {default}, of the level equation, or none"),
    Option(
      \.specification.isCentred, "center", .flag,
      "centre variables that enter products; reports VIF before and after"),
    Option(
      \.specification.isSmallSample, "small", .flag,
      "small-sample correction, with t and F in place of z and χ²"),
    Option(\.clusterColumn, "cluster", .column, "a column of clusters wider than units"),
    Option(
      \.specification.collinearTerms, "collinear", .choice, default: .error,
      "what becomes of terms that others determine: an error naming them all {default}, or left out"),
    Option(
      \.specification.initialWeight, "initial-weight", .choice([3, 2, 1]), default: 3, "xtabond2's h()"),
  ]

  private static let instrumentOptions: [Option<GMMCommand>] = [
    Option(
      repeating: \.gmm, "gmm", .gmmInstruments, "GMM-style instruments: lags A to B, e.g. \"V,2:4\""),
    Option(repeating: \.iv, "iv", .instruments, "standard instruments, e.g. \"x,z;eq=level\""),
    Option(
      \.collapses, "collapse", .flag,
      "collapse every GMM-style set: one column a lag; also the moments of --nonlinear"),
    Option(repeating: \.exogenous, "exogenous", .instruments, "the same as --iv"),
    Option(
      repeating: \.predetermined, "predetermined", .instruments, "GMM-style instruments from lag 1"),
    Option(repeating: \.endogenous, "endogenous", .instruments, "GMM-style instruments from lag 2"),
  ]

  private static let reportOptions: [Option<GMMCommand>] =
    [
      Option(
        \.specification.serialCorrelationOrders, "ar", .integer(1...20).called("M"), default: 2,
        "orders of the tests for serial correlation"),
      Option(
        \.specification.underidentificationSearch, "underidentification", .choice, default: .worst,
        "search for the worst identified combination from the two worst terms {default} or from all"),
      Option(
        repeating: \.lincom, "lincom", .combination,
        "a linear combination, e.g. \"P+C\" or \"P - 2*P:C\""),
      Option(
        \.sums, "sums",
        .terms.called("A,B,C").limited(
          to: { $0.isEmpty || (2...10).contains($0.count) },
          expected: "two to ten coefficients, such as P,C,I,T"),
        "every sum of two or more of these coefficients"),
      Option(
        \.specification.marginVariables, "margins", .marginVariables,
        "marginal effects of variables in products"),
      Option(
        \.specification.marginQuantiles, "quantiles",
        .numbers(
          expected: "fractions between 0 and 1, such as 0.25,0.5,0.75",
          where: { quantiles in !quantiles.isEmpty && quantiles.allSatisfy { (0...1).contains($0) } }),
        default: [0.1, 0.25, 0.5, 0.75, 0.9], "quantiles of the moderators for --margins"),
      Option(
        repeating: \.specification.moderatorValues, "at", .moderatorValues,
        "where a moderator stands in marginal effects, e.g. \"C=0,p50,1\": numbers, p0 to p100, mean, min, max"
      ),
      Option(
        repeating: \.hypotheses, "test", .hypothesis,
        "a joint test, e.g. \"P:C,P:I\", \"P:*\" (all products of P) or \"P = C\""),
      Option(
        \.specification.reportsLongRun, "long-run", .flag,
        "what a lasting change in a regressor adds up to, with Fieller's sets where 1 - the lags is near 0"),
      Option(
        \.isNonlinear, "nonlinear", .flag,
        "difference GMM with Ahn and Schmidt's moments beside: no level equation, no steady first period"),
      Option(
        \.residualsPath, "residuals", .csvOutput,
        "write the residuals by unit and period, ready for moran; - is standard output"),
      Option(
        \.groupColumn, "by", .column,
        "estimate the model in each group of a column, and test whether the coefficients differ"),
      Option(
        \.permutations, "permutations", .integer(0...100_000).called("R"), default: 0,
        "random assignments of units to the groups of --by, each estimated anew"),
      Option(\.seed, "seed", .seed.called("S"), default: 1, "the seed of permutations"),
      Option(\.sweepsLags, "sweep-lags", .flag, "estimate anew over lag limits, collapsed and not"),
    ]
    + Option.ofModel(
      layout: \.layout, default: .full, confidence: \.specification.confidenceLevel,
      covariance: \.showsCovariance)

  /// The model with the instruments that the call names.
  var model: DynamicPanelSpecification {
    var model = specification
    model.gmmInstruments = gmm
    for (sets, lag) in [(predetermined, 1), (endogenous, 2)] {
      model.gmmInstruments += sets.flatMap(\.terms).map {
        GMMInstruments([$0], firstLag: lag, lastLag: nil)
      }
    }
    if collapses {
      for index in model.gmmInstruments.indices { model.gmmInstruments[index].isCollapsed = true }
    }
    model.standardInstruments = iv + exogenous
    if isNonlinear { model.nonlinearMoments = collapses ? .collapsed : .byPeriod }
    return model
  }

  /// The combinations that are asked for, each with the option that asks for it.
  var combinations: [(combination: LinearCombination, option: Setting)] {
    lincom.map { ($0, Setting("lincom")) } + LinearCombination.sums(of: sums).map { ($0, Setting("sums")) }
  }
}

extension OptionKind where Value == ModeratorValues {
  /// A moderator and where it stands.
  static let moderatorValues = OptionKind(
    shape: .terms, placeholder: "VAR=A,B", read: { text, _ in try ModeratorValues(text) },
    json: { .string($0.text) }, mentions: { [.factor($0.variable)] })
}

extension OptionKind where Value == [String] {
  /// Variables that stand in products, as a formula writes them.
  fileprivate static let marginVariables = OptionKind(
    shape: .terms, placeholder: "VARS",
    read: { text, _ in try StandardInstruments(text).terms.map(\.name) }, json: { JSONValue($0) },
    mentions: { $0.map(OptionMention.factor) })
}
