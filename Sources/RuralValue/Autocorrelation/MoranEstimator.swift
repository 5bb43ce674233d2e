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
  /// The largest p value of a unit that counts as a cluster or an outlier.
  public var significance: Double

  /// A specification; by default row-standardised weights and 999 permutations.
  public init(
    standardisation: WeightsStandardisation = .row, permutations: Int = 999, seed: UInt64 = 1,
    isLocal: Bool = false, significance: Double = 0.05
  ) {
    self.standardisation = standardisation
    self.permutations = permutations
    self.seed = seed
    self.isLocal = isLocal
    self.significance = significance
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
    var scatters: [MoranScatter] = []
    for section in series.sections {
      let matched = try matching.weights(for: section.units, specification.standardisation)
      try requireOrdinarySize(matched)
      global.append(
        try GlobalMoran(
          section, variable: series.variable, weights: matched, permutations: specification.permutations,
          seed: specification.seed))
      let deviations = try Deviations(section, variable: series.variable, needed: 4, statistic: "Moran's I")
      scatters.append(MoranScatter(section, deviations, deviations, weights: matched))
      guard specification.isLocal else { continue }
      local.append(
        try LocalMoran(
          section, variable: series.variable, weights: matched, permutations: specification.permutations,
          seed: specification.seed))
    }
    return MoranResult(
      variable: series.variable, specification: specification, units: series.units, global: global,
      local: local, scatters: scatters, fingerprint: matching.fingerprint,
      notes: series.notes + matching.notes)
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
    var local: [LocalMoran] = []
    var scatters: [MoranScatter] = []
    let names = (x: x.variable, y: y.variable)
    for first in x.sections {
      guard let second = y.sections.first(where: { $0.period == first.period }) else { continue }
      let valueOfUnit = Dictionary(zip(second.units, second.values), uniquingKeysWith: { first, _ in first })
      let kept = first.units.indices.filter { valueOfUnit[first.units[$0]] != nil }
      let units = kept.map { first.units[$0] }
      let matched = try matching.weights(for: units, specification.standardisation)
      try requireOrdinarySize(matched)
      let own = CrossSection(period: first.period, units: units, values: kept.map { first.values[$0] })
      let other = CrossSection(
        period: first.period, units: units, values: units.map { valueOfUnit[$0] ?? .nan })
      results.append(
        try BivariateMoran(
          own, other, names: names, weights: matched, permutations: specification.permutations,
          seed: specification.seed))
      let statistic = "Bivariate Moran's I"
      scatters.append(
        MoranScatter(
          own, try Deviations(own, variable: names.x, needed: 3, statistic: statistic),
          try Deviations(other, variable: names.y, needed: 3, statistic: statistic), weights: matched))
      guard specification.isLocal else { continue }
      local.append(
        try LocalMoran(
          own, other, names: names, weights: matched, permutations: specification.permutations,
          seed: specification.seed))
    }
    guard !results.isEmpty else {
      throw AutocorrelationError.noValues(variable: "\(x.variable) and \(y.variable)", source: x.source)
    }
    return BivariateMoranResult(
      variable: x.variable, laggedVariable: y.variable, specification: specification, units: x.units,
      results: results, local: local, scatters: scatters, fingerprint: matching.fingerprint,
      notes: x.notes + y.notes.filter { !x.notes.contains($0) } + matching.notes)
  }

  /// The join counts of a series of classes; only who is a neighbour counts.
  ///
  /// Throws `WeightsError` where a unit has no weights, and `AutocorrelationError`, also for values that are no classes.
  public static func countJoins(
    _ series: SpatialSeries, weights: SpatialWeights, _ specification: MoranSpecification = .init()
  ) throws -> JoinCountResult {
    guard !series.sections.isEmpty else {
      throw AutocorrelationError.noValues(variable: series.variable, source: series.source)
    }
    var matching = WeightsMatching(weights, for: series)
    let counts = try series.sections.map { section in
      try JoinCounts(
        section, variable: series.variable, weights: try matching.weights(for: section.units, .none),
        permutations: specification.permutations, seed: specification.seed)
    }
    return JoinCountResult(
      variable: series.variable, specification: specification, counts: counts,
      fingerprint: matching.fingerprint, notes: series.notes + matching.notes)
  }
}
