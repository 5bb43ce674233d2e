/// Describes the variables of a panel: location and spread, correlations, variance inflation.
public struct DescriptiveEstimator: Sendable {
  /// What is computed.
  public let specification: DescriptiveSpecification

  /// An estimator of a specification.
  public init(_ specification: DescriptiveSpecification) { self.specification = specification }

  /// The description of a panel.
  ///
  /// Throws `DescriptiveError` for the list of variables and `PanelError.noSuchVariable`.
  public func fit(_ panel: Panel) throws -> DescriptiveResult {
    let names = specification.variables
    guard !names.isEmpty else {
      throw DescriptiveError.noVariables(source: panel.source, candidates: panel.variableNames)
    }
    for outcome in specification.outcomes where !names.contains(outcome) {
      throw DescriptiveError.outcomeNotDescribed(name: outcome, variables: names)
    }
    if let position = names.indices.first(where: { names[..<$0].contains(names[$0]) }) {
      throw DescriptiveError.repeatedVariable(name: names[position])
    }
    // Pairs of variables as estimates, and as cells of the tables that show them.
    let count = Double(names.count)
    try MemoryLimit.require(
      bytes: 250 * count * count,
      for: "The correlations of \(grouped(names.count)) variables",
      remedy: "Name fewer with \(Setting("variables"))")
    let values = try names.map { name throws in try panel.values(of: name) }
    let summaries = zip(names, values).map { VariableSummary($0, values: $1, panel: panel) }

    if let summary = summaries.first(where: { $0.standardDeviation.isInfinite }) {
      throw DescriptiveError.overflow(name: summary.name)
    }
    // A variable that is nowhere known or never varies would empty the common sample of the others.
    let varying = names.indices.filter { summaries[$0].varies }
    let complete = panel.completeRows(of: varying.map { values[$0] })
    let common = varying.map { zip(values[$0], complete).filter(\.1).map(\.0) }
    let variables = varying.map { (name: names[$0], values: values[$0]) }
    let regressors = zip(variables, common).filter { !specification.outcomes.contains($0.0.name) }
    return DescriptiveResult(
      specification: specification, summaries: summaries,
      correlations: correlations(variables, common: common),
      varianceInflation: specification.includesVarianceInflation
        ? try VarianceInflation.factors(names: regressors.map(\.0.name), columns: regressors.map(\.1)) : [],
      commonRows: varying.isEmpty ? 0 : complete.count(where: { $0 }),
      sample: ResultDocument.Sample(
        observations: panel.rowCount, units: panel.units.count, periods: panel.periods.count))
  }

  private func correlations(
    _ variables: [(name: String, values: [Double])], common: [[Double]]
  ) -> [Correlation] {
    guard let method = specification.correlation else { return [] }
    // One sample for all pairs is ranked once a variable, not once a pair.
    let commonScores = specification.missing == .listwise ? common.map { scores($0, method) } : []
    return variables.indices.flatMap { j in
      (0..<j).map { i in
        let (a, b) = (variables[i], variables[j])
        guard specification.missing == .pairwise else {
          return Correlation(a.name, commonScores[i], b.name, commonScores[j])
        }
        let pairs = zip(a.values, b.values).filter { !$0.isNaN && !$1.isNaN }
        return Correlation(a.name, scores(pairs.map(\.0), method), b.name, scores(pairs.map(\.1), method))
      }
    }
  }

  private func scores(
    _ values: [Double], _ method: DescriptiveSpecification.CorrelationMethod
  ) -> [Double] {
    switch method {
    case .pearson: values
    case .spearman: Ranks.ascending(values)
    }
  }
}

/// The description of a panel's variables.
public struct DescriptiveResult: Sendable, Equatable {
  /// What was asked.
  public let specification: DescriptiveSpecification
  /// One a variable, in the order asked.
  public let summaries: [VariableSummary]
  /// One a pair of variables that vary: (1, 2), (1, 3), (2, 3), …
  public let correlations: [Correlation]
  /// One a variable that varies and is no outcome.
  public let varianceInflation: [VarianceInflation]
  /// The rows in which all varying variables are known: the sample of listwise correlations and of VIF.
  public let commonRows: Int
  /// The size of the panel.
  public let sample: ResultDocument.Sample

  /// The mean of the variance inflation factors; infinite with one of them, NaN where none exists.
  public var meanVarianceInflation: Double {
    let factors = varianceInflation.map(\.factor).filter { !$0.isNaN }
    return factors.contains(.infinity) ? .infinity : Moments(factors).mean
  }

  /// The correlation of two variables in either order; nil where one of them does not vary.
  public func correlation(_ a: String, _ b: String) -> Correlation? {
    correlations.first { ($0.first == a && $0.second == b) || ($0.first == b && $0.second == a) }
  }
}

/// What can be wrong with a request for descriptive statistics.
public enum DescriptiveError: Fault {
  /// No variable was named.
  case noVariables(source: String, candidates: [String])
  /// A variable was named twice.
  case repeatedVariable(name: String)
  /// An outcome is not among the variables.
  case outcomeNotDescribed(name: String, variables: [String])
  /// A variable's spread is beyond the range of numbers.
  case overflow(name: String)

  /// The call is off.
  public var kind: FaultKind {
    if case .overflow = self { .data } else { .usage }
  }

  /// What was found, what was expected and what to do.
  public var description: String {
    switch self {
    case .noVariables(let source, let candidates):
      "\(source): no variable is named; expected at least one of its columns: \(listed(candidates))."
    case .overflow(let name):
      "The standard deviation of \"\(name)\" is beyond the range of double precision; expected values of a plausible"
        + " size. Check its cells, or use another unit of measurement."
    case .outcomeNotDescribed(let name, let variables):
      "\(Setting("outcome")) names \"\(name)\", which is not among the variables; expected one of \(listed(variables))."
        + NearestName.question(for: name, among: variables)
    case .repeatedVariable(let name):
      "The variable \"\(name)\" is named twice; expected each once. Remove one of the two."
    }
  }
}
