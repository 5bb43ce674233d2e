internal import RuralValueNumerics

/// Disparity period by period: measures, their parts by groups, town and country, ranks, and whether dispersion fell.
public struct DisparityResult: Sendable, Equatable {
  /// What was asked.
  public let specification: DisparitySpecification
  /// Whether the data have periods.
  let hasPeriods: Bool
  let frequency: PeriodFrequency
  /// The units of the panel.
  let units: [String]
  /// The variable period by period; none without a variable.
  let years: [Year]
  /// Ranks between each two periods that follow each other, and between the first and the last.
  let mobility: [Mobility]
  /// How dispersion changed; none with one period or without a variable.
  let dispersion: [Dispersion]
  /// Town and country; none where they are not asked for.
  let urbanRural: [UrbanRuralYear]
  /// The tests: `sigma`, `sigma_trend`, `cv_trend`, `kendall_w`.
  public let tests: [TestResult]
  /// What was left out and what is undefined, and why.
  public let notes: [Phrase]
  /// The size of the sample.
  public let sample: ResultDocument.Sample

  /// The variable in one period.
  struct Year: Sendable, Equatable {
    let period: Int
    /// The units that count, by their places in the panel, and the value of each.
    let units: [Int]
    let values: WeightedValues
    /// The sum of the weights; nil without.
    let population: Double?
    let variation: Double?
    let logDeviation: Double?
    let gini: Double?
    let theilT: Double?
    let theilL: Double?
    /// The parts by groups; nil without groups or without units.
    let parts: Parts?
  }

  /// The parts of one period by groups.
  struct Parts: Sendable, Equatable {
    /// The groups of the first column that have a unit, in the order of their letters.
    let names: [String]
    let grouped: GroupedValues
    /// Nil where a value is negative or the mean is not above zero.
    let dagum: DagumDecomposition?
    /// T and L by one column; none with two.
    let theil: [TheilDecomposition]
    /// The groups of the second column, and T and L at both levels; none with one column.
    let innerNames: [String]
    let nested: [NestedTheilDecomposition]
  }

  /// Ranks between two periods.
  struct Mobility: Sendable, Equatable {
    let from: Int
    let to: Int
    let ranks: RankMobility
  }

  /// One measure of dispersion over the periods.
  struct Dispersion: Sendable, Equatable {
    /// What it is called: `sd_log` or `cv`.
    let measure: String
    let from: Int
    let to: Int
    let first: Double?
    let last: Double?
    let trend: DispersionTrend?
  }

  /// Town and country in one period.
  struct UrbanRuralYear: Sendable, Equatable {
    /// A unit, and its measures where they are known.
    struct Row: Sendable, Equatable {
      let unit: Int
      let measures: UrbanRuralDisparity?
    }

    /// Units together.
    struct Group: Sendable, Equatable {
      let name: String
      let total: UrbanRuralDisparity.Total
    }

    let period: Int
    let rows: [Row]
    /// Nil where no unit is known.
    let total: UrbanRuralDisparity.Total?
    /// By the first column of groups.
    let groups: [Group]
  }
}
