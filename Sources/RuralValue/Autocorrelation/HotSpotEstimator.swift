internal import RuralValueNumerics

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
    var matching = WeightsMatching(weights, for: series)
    var spots: [HotSpots] = []
    var general: [GeneralG] = []
    for section in series.sections {
      let matched = try matching.weights(for: section.units, .none)
      spots.append(
        try HotSpots(
          section, variable: series.variable, weights: matched, permutations: specification.permutations,
          seed: specification.seed))
      general.append(
        GeneralG(
          section, variable: series.variable, weights: matched, permutations: specification.permutations,
          seed: specification.seed))
    }
    return HotSpotResult(
      variable: series.variable, specification: specification, units: series.units, spots: spots,
      general: general,
      fingerprint: matching.fingerprint, notes: series.notes + matching.notes)
  }
}

/// Getis–Ord Gi* of one cross-section: hot and cold spots.
///
/// z_i = (Σ_j w_ij x_j − x̄ W_i) / (s √((n S₁ᵢ − W_i²) / (n − 1))), binary weights with self,
/// W_i = Σ_j w_ij, S₁ᵢ = Σ_j w_ij², s² = z′z / n. Nothing is divided by Σ x, so that negative sums do not
/// turn signs round. Sources: Getis & Ord (1992), Ord & Getis (1995); as ArcGIS and spdep have it.
public struct HotSpots: Sendable, Equatable {
  /// The period; nil where the data have none.
  public let period: Int?
  /// The units, in the order of the data.
  public let units: [String]
  /// Gi*, a z value; NaN where every unit is a neighbour.
  public let gi: [Double]
  /// Two-sided p values of Gi*.
  public let pValues: [Double]
  /// The p values adjusted by Benjamini and Hochberg over the units of the period.
  public let adjustedP: [Double]
  /// Two-sided p values of conditional permutation; nil without permutations, NaN for islands.
  public let permutationP: [Double]?

  /// −3 … 3: cold and hot at 99, 95 and 90 %, by |Gi*| ≥ 2.576, 1.960 and 1.645; 0 is not significant.
  public var classes: [Int] { gi.map(GiStatistic.level) }

  /// The same classes by adjusted p values of at most 0.01, 0.05 and 0.10.
  public var adjustedClasses: [Int] { HotSpots.classes(gi, by: adjustedP) }

  /// The same classes by permutation p values of at most 0.01, 0.05 and 0.10.
  public var permutationClasses: [Int]? { permutationP.map { HotSpots.classes(gi, by: $0) } }

  private static func classes(_ gi: [Double], by pValues: [Double]) -> [Int] {
    zip(gi, pValues).map { z, p in
      let size = p <= 0.01 ? 3 : p <= 0.05 ? 2 : p <= 0.10 ? 1 : 0
      return z < 0 ? -size : size
    }
  }

  /// Measures a cross-section with weights over the same units; only who is a neighbour counts.
  init(
    _ section: CrossSection, variable: String, weights: SpatialWeights, permutations: Int, seed: UInt64
  ) throws(AutocorrelationError) {
    let deviations = try Deviations(section, variable: variable, needed: 3, statistic: "Gi*")
    period = section.period
    units = section.units
    gi = GiStatistic(weights).values(deviations.z, deviation: deviations.variance.squareRoot())
    pValues = gi.map { Normal().twoSidedTail(at: $0) }
    adjustedP = BenjaminiHochberg.adjusted(pValues)
    permutationP =
      permutations == 0
      ? nil
      : ConditionalPermutations(
        deviations.z, weights.withoutSelf.binary, permutations: permutations, seed: seed,
        period: section.period
      ).twoSidedP()
  }
}

/// Hot and cold spots of one variable, period by period.
public struct HotSpotResult: Sendable, Equatable {
  /// The variable.
  public let variable: String
  /// What was asked.
  public let specification: HotSpotSpecification
  /// The units of the data, those too that have no value.
  public let units: [String]
  /// One set a period.
  public let spots: [HotSpots]
  /// General G, one a period.
  public let general: [GeneralG]
  /// The fingerprint of the links among the units of the data.
  public let fingerprint: String
  /// What the reader must know.
  public let notes: [Phrase]
}

/// The false discovery rate of Benjamini and Hochberg (1995).
public enum BenjaminiHochberg {
  /// Adjusted p values: min over j ≥ rank(i) of p₍ⱼ₎ m / j, at most one; NaN stays and does not count.
  public static func adjusted(_ pValues: [Double]) -> [Double] {
    let order = pValues.indices.filter { !pValues[$0].isNaN }.sorted { pValues[$0] < pValues[$1] }
    var adjusted = pValues
    var smallest = 1.0
    for (rank, position) in order.enumerated().reversed() {
      smallest = min(smallest, pValues[position] * Double(order.count) / Double(rank + 1))
      adjusted[position] = smallest
    }
    return adjusted
  }
}
