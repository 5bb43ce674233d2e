/// Moran's I, period by period.
public struct MoranResult: Sendable, Equatable {
  /// The variable.
  public let variable: String
  /// What was asked.
  public let specification: MoranSpecification
  /// The units of the data, those too that have no value.
  public let units: [String]
  /// Global statistics, one a period.
  public let global: [GlobalMoran]
  /// Local statistics, one set a period; empty where they were not asked for.
  public let local: [LocalMoran]
  /// Values and their lags, one set a period.
  public let scatters: [MoranScatter]
  /// The fingerprint of the links among the units of the data.
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
  /// What was asked.
  public let specification: MoranSpecification
  /// The units of the data, those too that have no value.
  public let units: [String]
  /// One statistic a period.
  public let results: [BivariateMoran]
  /// Local statistics, one set a period; empty where they were not asked for.
  public let local: [LocalMoran]
  /// Values and the lags of the other variable, one set a period.
  public let scatters: [MoranScatter]
  /// The fingerprint of the links among the units of the data.
  public let fingerprint: String
  /// What the reader must know.
  public let notes: [Phrase]
}

/// Join counts, period by period.
public struct JoinCountResult: Sendable, Equatable {
  /// The variable of classes.
  public let variable: String
  /// What was asked.
  public let specification: MoranSpecification
  /// One set a period.
  public let counts: [JoinCounts]
  /// The fingerprint of the links among the units of the data.
  public let fingerprint: String
  /// What the reader must know.
  public let notes: [Phrase]
}
