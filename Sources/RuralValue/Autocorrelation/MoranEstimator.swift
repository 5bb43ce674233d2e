/// What is asked of Moran's I.
public struct MoranSpecification: Sendable, Equatable {
  /// How the weights are scaled.
  public var standardisation: WeightsStandardisation
  /// The number of random permutations, none for 0.
  public var permutations: Int
  /// The seed of the permutations.
  public var seed: UInt64
  /// Whether local Moran's I is measured too.
  public var isLocal: Bool

  /// A specification; by default row-standardised weights and 999 permutations.
  public init(
    standardisation: WeightsStandardisation = .row, permutations: Int = 999, seed: UInt64 = 1,
    isLocal: Bool = false
  ) {
    self.standardisation = standardisation
    self.permutations = permutations
    self.seed = seed
    self.isLocal = isLocal
  }
}

/// Measures spatial autocorrelation, every period by itself.
///
/// Weights are matched to the units of each period by id, and then standardised.
public enum MoranEstimator {
  /// Global and, if asked for, local Moran's I of a series.
  ///
  /// Throws `WeightsError` where a unit has no weights, and `AutocorrelationError`.
  public static func fit(
    _ series: SpatialSeries, weights: SpatialWeights, _ specification: MoranSpecification = .init()
  ) throws -> MoranResult {
    guard !series.sections.isEmpty else {
      throw AutocorrelationError.noValues(variable: series.variable, source: series.source)
    }
    var matching = WeightsMatching(weights, for: series)
    var global: [GlobalMoran] = []
    var local: [LocalMoran] = []
    for section in series.sections {
      let matched = try matching.weights(for: section.units, specification.standardisation)
      try requireOrdinarySize(matched)
      global.append(
        try GlobalMoran(
          section, variable: series.variable, weights: matched, permutations: specification.permutations,
          seed: specification.seed))
      guard specification.isLocal else { continue }
      local.append(
        try LocalMoran(
          section, variable: series.variable, weights: matched, permutations: specification.permutations,
          seed: specification.seed))
    }
    return MoranResult(
      variable: series.variable, specification: specification, global: global, local: local,
      fingerprint: matching.fingerprint, notes: series.notes + matching.notes)
  }

  /// Throws where squares of weights would be zero or infinite, as those of standardised weights never are.
  private static func requireOrdinarySize(_ weights: SpatialWeights) throws(AutocorrelationError) {
    let values = weights.links.map(\.weight)
    guard let least = values.min(), let most = values.max(), least < 1e-60 || most > 1e60 else { return }
    throw .extremeWeights(least: least, most: most)
  }

  /// Bivariate Moran's I of two series, over the units that have both in a period.
  ///
  /// Throws as `fit` does.
  public static func fitBivariate(
    _ x: SpatialSeries, _ y: SpatialSeries, weights: SpatialWeights,
    _ specification: MoranSpecification = .init()
  ) throws -> BivariateMoranResult {
    var matching = WeightsMatching(weights, for: x)
    var results: [BivariateMoran] = []
    for first in x.sections {
      guard let second = y.sections.first(where: { $0.period == first.period }) else { continue }
      let valueOfUnit = Dictionary(zip(second.units, second.values), uniquingKeysWith: { first, _ in first })
      let kept = first.units.indices.filter { valueOfUnit[first.units[$0]] != nil }
      let units = kept.map { first.units[$0] }
      let matched = try matching.weights(for: units, specification.standardisation)
      try requireOrdinarySize(matched)
      results.append(
        try BivariateMoran(
          CrossSection(period: first.period, units: units, values: kept.map { first.values[$0] }),
          CrossSection(period: first.period, units: units, values: units.map { valueOfUnit[$0] ?? .nan }),
          names: (x.variable, y.variable), weights: matched, permutations: specification.permutations,
          seed: specification.seed))
    }
    guard !results.isEmpty else {
      throw AutocorrelationError.noValues(variable: "\(x.variable) and \(y.variable)", source: x.source)
    }
    return BivariateMoranResult(
      variables: (x.variable, y.variable), results: results, fingerprint: matching.fingerprint,
      notes: x.notes + y.notes.filter { !x.notes.contains($0) } + matching.notes)
  }
}

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
  /// One statistic a period.
  public let results: [BivariateMoran]
  /// The fingerprint of the links among the units of the data.
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
