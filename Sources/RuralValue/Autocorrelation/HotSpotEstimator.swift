/// What is asked of the hot-spot analysis.
public struct HotSpotSpecification: Sendable, Equatable {
  /// The number of conditional permutations, none for 0.
  public var permutations: Int
  /// The seed of the permutations.
  public var seed: UInt64

  /// A specification; by default without permutations.
  public init(permutations: Int = 0, seed: UInt64 = 1) {
    self.permutations = permutations
    self.seed = seed
  }
}

/// Finds hot and cold spots by Gi*, every period by itself; weights count as binary, with self.
public enum HotSpotEstimator {
  /// Gi* of a series.
  ///
  /// Throws `WeightsError` where a unit has no weights, and `AutocorrelationError`.
  public static func fit(
    _ series: SpatialSeries, weights: SpatialWeights, _ specification: HotSpotSpecification = .init()
  ) throws -> HotSpotResult {
    guard !series.sections.isEmpty else {
      throw AutocorrelationError.noValues(variable: series.variable, source: series.source)
    }
    var matching = WeightsMatching(weights, source: series.source)
    var spots: [HotSpots] = []
    var fingerprint = ""
    for section in series.sections {
      let matched = try matching.weights(for: section.units, .none)
      if spots.isEmpty { fingerprint = matched.binaryWithSelf.fingerprint }
      spots.append(
        try HotSpots(
          section, variable: series.variable, weights: matched, permutations: specification.permutations,
          seed: specification.seed))
    }
    return HotSpotResult(
      variable: series.variable, specification: specification, spots: spots,
      fingerprint: fingerprint, notes: series.notes + matching.notes)
  }
}
