internal import RuralValueNumerics

/// The counties of one group in one period by one index.
///
/// Source: methods/evaluation.md, 5.7.
public struct GroupEvaluation: Sendable, Equatable {
  /// The index.
  public let index: String
  /// The group; nil for all counties.
  public let group: String?
  /// The period, by its place.
  public let period: Int
  /// How many have a score.
  public let count: Int
  /// The mean of their scores; nil where none has one.
  public let mean: Double?
  /// The mean weighted by people, of those whose population is known.
  public let weightedMean: Double?
  /// The lowest and the highest score.
  public let range: (low: Double, high: Double)?
  /// The units, by their places, with the highest and the lowest score.
  public let best: Int?
  /// The unit with the lowest score.
  public let worst: Int?
  /// The numbers of counties by today's colour, green, yellow, red.
  public let colours: [Int]
  /// How many have no colour.
  public let colourless: Int

  /// Whether two groups are the same.
  public static func == (one: GroupEvaluation, other: GroupEvaluation) -> Bool {
    one.index == other.index && one.group == other.group && one.period == other.period
      && one.count == other.count && one.mean == other.mean && one.weightedMean == other.weightedMean
      && one.range?.low == other.range?.low && one.range?.high == other.range?.high && one.best == other.best
      && one.worst == other.worst && one.colours == other.colours && one.colourless == other.colourless
  }

  init(
    _ scores: IndexScores, group: String?, period: Int, places: [Int], population: [Double]?, width: Int
  ) {
    index = scores.index
    self.group = group
    self.period = period
    let scored = places.filter { !scores.scores[$0].isNaN }
    let values = scored.map { scores.scores[$0] }
    count = scored.count
    mean = values.isEmpty ? nil : values.mean
    weightedMean = population.flatMap { population in
      let counted = scored.filter { population[$0] > 0 }
      let people = counted.map { population[$0] }.compensatedSum
      guard people > 0 else { return nil }
      return counted.map { population[$0] * scores.scores[$0] }.compensatedSum / people
    }
    range = values.min().flatMap { low in values.max().map { (low, $0) } }
    best = values.firstIndex { $0 == values.max() }.map { scored[$0] / width }
    worst = values.firstIndex { $0 == values.min() }.map { scored[$0] / width }
    colours = WarningColour.allCases.map { colour in places.count { scores.colours[$0] == colour } }
    colourless = places.count { scores.colours[$0] == nil }
  }
}

/// How unequal the scores of one period are within groups, between them and where they overlap: Dagum's parts.
struct GroupDisparity: Sendable, Equatable {
  let index: String
  let period: Int
  /// The parts; nil where undefined.
  let dagum: DagumDecomposition?

  init(_ scores: IndexScores, period: Int, places: [Int], groupOfPlace: [Int?], population: [Double]?) {
    index = scores.index
    self.period = period
    let known = places.filter { place in
      !scores.scores[place].isNaN && groupOfPlace[place] != nil
        && (population.map { $0[place] > 0 } ?? true)
    }
    let present = Set(known.compactMap { groupOfPlace[$0] }).sorted()
    let number = present.positions
    dagum =
      known.isEmpty
      ? nil
      : DagumDecomposition(
        WeightedValues(known.map { scores.scores[$0] }, weights: population.map { p in known.map { p[$0] } }),
        groupOfValue: known.compactMap { groupOfPlace[$0].flatMap { number[$0] } }, groupCount: present.count)
  }
}

/// Town and country in one group and period.
struct GroupGap: Sendable, Equatable {
  let group: String?
  let period: Int
  /// How many counties have both incomes.
  let count: Int
  let ratioOfMeans: Double?
  let meanOfRatios: Double?
  /// The mean of y_u − y_r over the counties.
  let meanGap: Double?

  init(group: String?, period: Int, _ sectors: [UrbanRuralDisparity.Sectors]) {
    self.group = group
    self.period = period
    count = sectors.count
    let units = sectors.map(UrbanRuralDisparity.init)
    let total = units.isEmpty ? nil : UrbanRuralDisparity.Total(units)
    (ratioOfMeans, meanOfRatios) = (total?.ratioOfMeans, total?.meanOfRatios)
    let gaps = units.compactMap(\.gap)
    meanGap = gaps.isEmpty ? nil : gaps.mean
  }
}
