/// The description of a panel's variables.
public struct DescriptiveResult: Sendable, Equatable {
  /// What was asked.
  public let specification: DescriptiveSpecification
  /// One a variable, in the order asked.
  public let summaries: [VariableSummary]
  /// One a pair of variables that vary: (1, 2), (1, 3), (2, 3), …
  public let correlations: [Correlation]
  /// One a variable that varies.
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
