/// How far weights and ranks depend on choices that the data do not make.
///
/// Estimates the index under other variants of the method and without each indicator in turn, and compares
/// ranks of units within each period with those of the specification that was asked for.
public struct EntropySensitivity: Sendable, Equatable {
  /// The result that everything is compared with.
  public let base: EntropyResult
  /// The other variants of the method.
  public let variants: [Variant]
  /// The index without one indicator, for each indicator whose index has others.
  public let leaveOneOut: [LeftOut]

  /// A variant of the method and what came of it.
  public struct Variant: Sendable, Equatable {
    /// The variant's specification.
    public let specification: EntropySpecification
    /// Its result, or nil where it cannot be computed.
    public let result: EntropyResult?
    /// Why it cannot be computed.
    public let reason: String?
    /// One comparison an index.
    public let comparisons: [Comparison]
  }

  /// An indicator left out and what that does to its index.
  public struct LeftOut: Sendable, Equatable {
    /// What was found for the indicator with all others present.
    public let indicator: EntropyResult.IndicatorResult
    /// Ranks with and without it, or nil where the rest cannot be weighed.
    public let comparison: Comparison?
  }

  /// The ranks of an index in two results.
  public struct Comparison: Sendable, Equatable {
    /// The index.
    public let index: String
    /// Spearman's correlation of ranks, averaged over the periods.
    public let meanRankCorrelation: Double
    /// The lowest of the periods' correlations.
    public let lowestRankCorrelation: Double
    /// The largest change of a final weight, and the indicator's column.
    public let largestWeightChange: (change: Double, column: String)?
    /// In the last period, each unit with its rank before and after, those that move most first.
    public let movers: [Mover]

    /// Compares all parts.
    public static func == (a: Comparison, b: Comparison) -> Bool {
      a.index == b.index && a.meanRankCorrelation == b.meanRankCorrelation
        && a.lowestRankCorrelation == b.lowestRankCorrelation && a.movers == b.movers
        && a.largestWeightChange?.change == b.largestWeightChange?.change
        && a.largestWeightChange?.column == b.largestWeightChange?.column
    }
  }

  /// A unit's rank before and after.
  public struct Mover: Sendable, Equatable {
    /// The unit.
    public let unit: String
    /// Its rank under the specification that was asked for.
    public let rankBefore: Double
    /// Its rank under the other.
    public let rankAfter: Double

    /// How many places it moves.
    public var distance: Double { abs(rankAfter - rankBefore) }
  }

  /// Estimates all variants of a specification on a panel.
  ///
  /// Throws `EntropyError` where the specification itself cannot be estimated.
  public init(_ panel: Panel, _ specification: EntropySpecification) throws(EntropyError) {
    let base = try EntropyEstimator.fit(panel, specification)
    self.base = base
    let others = try Self.otherVariants(of: specification)
    let progress = ProgressReport.steps(
      others.count + specification.system.indicators.count, Phrase("variants", zh: "种方案"))
    var tried = 0
    variants = try others.map { other throws(EntropyError) in
      defer {
        tried += 1
        progress.done(tried)
      }
      do throws(EntropyError) {
        let result = try EntropyEstimator.fit(panel, other)
        return Variant(
          specification: other, result: result, reason: nil,
          comparisons: specification.system.indices.map { Comparison(index: $0, base, result) })
      } catch {
        return Variant(specification: other, result: nil, reason: error.description, comparisons: [])
      }
    }
    leaveOneOut = specification.system.indicators.indices.compactMap { position in
      progress.done(others.count + position)
      guard let rest = specification.system.without(position) else { return nil }
      let reduced = try? specification.with(system: rest)
      let result = reduced.flatMap { try? EntropyEstimator.fit(panel, $0) }
      let index = specification.system.indicators[position].index
      return LeftOut(
        indicator: base.indicators[position], comparison: result.map { Comparison(index: index, base, $0) })
    }
  }

  /// Every other weighting × normalisation at the same shift, then other shifts.
  private static func otherVariants(of base: EntropySpecification) throws(EntropyError)
    -> [EntropySpecification]
  {
    var variants: [EntropySpecification] = []
    for normalisation in EntropySpecification.Normalisation.allCases {
      for weighting in EntropySpecification.Weighting.allCases {
        variants.append(try base.with(weighting: weighting, normalisation: normalisation))
      }
    }
    for shift in [0, 0.0001, 0.01, 1] {
      variants.append(try base.with(shift: shift))
    }
    var distinct: [EntropySpecification] = []
    for variant in variants where variant != base && !distinct.contains(variant) { distinct.append(variant) }
    return distinct
  }
}

extension EntropySensitivity.Comparison {
  /// Compares an index's ranks and weights in two results on the same rows.
  init(index: String, _ before: EntropyResult, _ after: EntropyResult) {
    func scores(_ result: EntropyResult) -> [Double] {
      result.scores.first { $0.index == index && $0.dimension == nil }!.values
    }
    let (a, b) = (scores(before), scores(after))
    let rowsOfPeriod = before.periods.map { period in
      before.periodOfRow.indices.filter { before.periodOfRow[$0] == period }
    }
    let correlations = rowsOfPeriod.map { rows in
      Ranks.spearman(rows.map { a[$0] }, rows.map { b[$0] })
    }.filter { !$0.isNaN }
    self.index = index
    meanRankCorrelation =
      correlations.isEmpty ? .nan : correlations.reduce(0, +) / Double(correlations.count)
    lowestRankCorrelation = correlations.min() ?? .nan

    let changes = before.indicators.filter { $0.indicator.index == index }.compactMap { old in
      after.indicators.first { $0.indicator.index == index && $0.indicator.column == old.indicator.column }
        .map { (change: $0.weight - old.weight, column: old.indicator.column) }
    }
    largestWeightChange = changes.filter { $0.change != 0 }.max { abs($0.change) < abs($1.change) }

    let last = rowsOfPeriod[rowsOfPeriod.count - 1]
    let ranksBefore = Ranks.descending(last.map { a[$0] })
    let ranksAfter = Ranks.descending(last.map { b[$0] })
    let movers = last.indices.map { place in
      EntropySensitivity.Mover(
        unit: before.unitOfRow[last[place]], rankBefore: ranksBefore[place], rankAfter: ranksAfter[place])
    }
    self.movers = movers.enumerated().sorted {
      ($0.element.distance, $1.offset) > ($1.element.distance, $0.offset)
    }
    .map(\.element)
  }
}
