/// Moran's I, period by period.
public struct MoranResult: Sendable, Equatable {
  /// The variable.
  public let variable: String
  /// What was asked.
  public let specification: MoranSpecification
  /// Global statistics, one a period.
  public let global: [GlobalMoran]
  /// Local statistics, one set a period; empty where they were not asked for.
  public let local: [LocalMoran]
  /// The fingerprint of the standardised weights.
  public let fingerprint: String
  /// What the reader must know.
  public let notes: [Phrase]
}

/// Bivariate Moran's I, period by period.
public struct BivariateMoranResult: Sendable, Equatable {
  /// The variable.
  public let variable: String
  /// The variable whose neighbours' values count.
  public let laggedVariable: String
  /// One statistic a period.
  public let results: [BivariateMoran]
  /// The fingerprint of the standardised weights.
  public let fingerprint: String
  /// What the reader must know.
  public let notes: [Phrase]

  init(variables: (String, String), results: [BivariateMoran], fingerprint: String, notes: [Phrase]) {
    (variable, laggedVariable) = variables
    self.results = results
    self.fingerprint = fingerprint
    self.notes = notes
  }
}
