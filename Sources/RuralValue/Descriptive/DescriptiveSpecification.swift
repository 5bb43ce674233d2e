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

  /// A specification from its parts.
  public init(
    variables: [String], correlation: CorrelationMethod? = .pearson, missing: MissingRule = .listwise,
    includesVarianceInflation: Bool = true
  ) {
    self.variables = variables
    self.correlation = correlation
    self.missing = missing
    self.includesVarianceInflation = includesVarianceInflation
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
