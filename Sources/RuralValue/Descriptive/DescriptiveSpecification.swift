/// What `describe` is to compute.
public struct DescriptiveSpecification: Sendable, Equatable {
  /// The variables, in the order of the tables.
  public let variables: [String]
  /// How correlations are measured; nil for none.
  public let correlation: CorrelationMethod?
  /// Which rows a correlation is computed from.
  public let missing: MissingRule
  /// Whether variance inflation factors are computed.
  public let includesVarianceInflation: Bool
  /// The variables that models explain: they have no variance inflation factor and enter none.
  public let outcomes: [String]

  /// A specification from its parts.
  public init(
    variables: [String], correlation: CorrelationMethod? = .pearson, missing: MissingRule = .listwise,
    includesVarianceInflation: Bool = true, outcomes: [String] = []
  ) {
    self.variables = variables
    self.correlation = correlation
    self.missing = missing
    self.includesVarianceInflation = includesVarianceInflation
    self.outcomes = outcomes
  }

  /// The measures of correlation.
  public enum CorrelationMethod: String, Sendable, CaseIterable {
    /// Of the values.
    case pearson
    /// Of their ranks, ties sharing the mean of theirs.
    case spearman
  }

  /// Which rows enter a correlation.
  public enum MissingRule: String, Sendable, CaseIterable {
    /// Those in which all the variables are known: one sample for the whole table, as regressions have it.
    case listwise
    /// For each pair those in which both are known: the samples differ from cell to cell.
    case pairwise
  }
}
