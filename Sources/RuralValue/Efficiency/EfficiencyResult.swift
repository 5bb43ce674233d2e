/// Efficiency of units by period, and its changes.
public struct EfficiencyResult: Sendable, Equatable {
  /// What was asked for.
  public let specification: EfficiencySpecification
  /// How the periods count.
  public let frequency: PeriodFrequency
  /// Whether there are periods; a cross-section has none.
  public let hasPeriods: Bool
  /// The number of units.
  public let unitCount: Int
  /// The periods that have a complete unit, ascending.
  public let periods: [Period]
  /// The changes between neighbouring periods, in their order.
  public let changes: [ProductivityChange]
  /// The changes from the first to the last of three periods or more.
  public let wholeChanges: [ProductivityChange]
  /// Who is left out, and where.
  public let sampleNotes: [Phrase]
  /// The group of each unit of each period, where groups are wanted.
  let groups: [[Int?]]

  /// One period.
  public struct Period: Sendable, Equatable {
    /// The period.
    public let period: Int
    /// Its units.
    public let units: [UnitEfficiency]

    /// The mean score.
    public var meanScore: Double { units.map(\.score).reduce(0, +) / Double(units.count) }
    /// Ranks by the super-score or the score, the best first; equal ones share the best rank: 1, 2, 2, 4.
    var ranks: [Int] {
      let scores = units.map(\.rankedScore)
      let order = scores.sorted(by: >)
      var first: [Double: Int] = [:]
      for (place, score) in order.enumerated() where first[score] == nil { first[score] = place + 1 }
      return scores.map { first[$0] ?? 0 }
    }
  }

  /// All units of all periods.
  public var units: [UnitEfficiency] { periods.flatMap(\.units) }

  /// The largest duality gap of all programmes.
  public var largestGap: Double {
    (units.map(\.dualityGap) + (changes + wholeChanges).map(\.dualityGap)).max() ?? 0
  }

  /// The size of the sample.
  public var sample: ResultDocument.Sample {
    .init(observations: units.count, units: unitCount, periods: periods.count)
  }
}
