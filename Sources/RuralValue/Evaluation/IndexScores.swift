internal import RuralValueNumerics

/// The scores of one index over all units and periods, with ranks and the counts of colours.
public struct IndexScores: Sendable, Equatable {
  /// The index.
  public let index: String
  /// The places of its indicators in the card.
  public let members: [Int]
  /// The weights of its indicators, which add up to one.
  public let weights: [Double]
  /// The scores by place, NaN where undefined.
  public let scores: [Double]
  /// The scores of its dimensions, weights brought to one inside; none under TOPSIS.
  public let dimensions: [Dimension]
  /// The distances to the ideal and to its opposite, under TOPSIS.
  public let distances: Distances?
  /// The rank among the period's units, 1 the best; ties share the best rank.
  public let ranks: [Int?]
  /// The rank one period before less the rank: above zero is up.
  public let rankChanges: [Int?]
  /// The numbers of its indicators by place, in the order of colours.
  public let counts: [[Int]]
  /// The county's colour by today's colours of its indicators.
  public let colours: [WarningColour?]
  /// The county's colour by what stands.
  public let standings: [WarningColour?]
  /// How many of its indicators have no value.
  public let missing: [Int]

  /// A dimension's scores.
  public struct Dimension: Sendable, Equatable {
    /// The dimension.
    public let name: String
    /// The scores by place.
    public let scores: [Double]
  }

  /// Distances of TOPSIS.
  public struct Distances: Sendable, Equatable {
    /// D⁺ by place.
    public let toIdeal: [Double]
    /// D⁻ by place.
    public let toOpposite: [Double]
    /// The indicators that are the same everywhere.
    let constant: [Int]
  }
}

extension IndexScores {
  /// The scores of an index from its evaluated indicators and its weights.
  init(
    _ index: String, members: [Int], weights: [Double], _ indicators: [EvaluatedIndicator],
    grid: EvaluationGrid, _ specification: EvaluationSpecification
  ) {
    let own = members.map { indicators[$0] }
    let renormalises = specification.missing == .renormalise
    self.index = index
    self.members = members
    self.weights = weights
    let scores: [Double]
    if specification.weighting == .topsis {
      let topsis = TopsisCloseness(
        own.map(\.values), isPositive: own.map(\.entry.isPositive), weights: weights,
        variant: specification.topsis, groups: (0..<grid.width).map { grid.places(ofPeriod: $0) })
      scores = topsis.closeness
      distances = Distances(
        toIdeal: topsis.toIdeal, toOpposite: topsis.toOpposite,
        constant: topsis.constantColumns.map { members[$0] })
      dimensions = []
    } else {
      scores = Self.sums(own, weights, count: grid.count, total: 1, renormalises: renormalises)
      distances = nil
      let names = own.map(\.entry.indicator.dimension).firstAppearances.filter { !$0.isEmpty }
      dimensions =
        names.isEmpty
        ? []
        : names.map { name in
          let places = own.indices.filter { own[$0].entry.indicator.dimension == name }
          let parts = places.map { weights[$0] }
          return Dimension(
            name: name,
            scores: Self.sums(
              places.map { own[$0] }, parts, count: grid.count, total: parts.reduce(0, +),
              renormalises: renormalises))
        }
    }
    self.scores = scores
    let ranks = Self.ranks(scores, grid)
    self.ranks = ranks
    rankChanges = ranks.indices.map { place in
      guard let before = grid.previous[place % grid.width], let rank = ranks[place],
        let earlier = ranks[place - place % grid.width + before]
      else { return nil }
      return earlier - rank
    }
    // Indicator by indicator, for whole columns are read in a row.
    let none = [[Int]](repeating: [0, 0, 0], count: grid.count)
    var (today, standing) = (none, none)
    var absent = [Int](repeating: 0, count: grid.count)
    for indicator in own {
      for (place, colour) in indicator.colours.enumerated() {
        if let colour { today[place][colour.rawValue] += 1 }
      }
      for (place, warning) in indicator.standings.enumerated() {
        if let colour = warning.colour { standing[place][colour.rawValue] += 1 }
      }
      for (place, value) in indicator.values.enumerated() where value.isNaN { absent[place] += 1 }
    }
    counts = today
    missing = absent
    let rule = specification.countyRule
    colours = today.map { rule.colour(reds: $0[2], yellows: $0[1], greens: $0[0]) }
    standings = standing.map { rule.colour(reds: $0[2], yellows: $0[1], greens: $0[0]) }
  }

  /// Σ w a / total with a cut to 0 … 1; where one is missing NaN, or over the weights that are present.
  private static func sums(
    _ indicators: [EvaluatedIndicator], _ weights: [Double], count: Int, total: Double, renormalises: Bool
  ) -> [Double] {
    var (sums, present) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
    var isWhole = [Bool](repeating: true, count: count)
    for (indicator, weight) in zip(indicators, weights) where weight > 0 {
      for (place, attainment) in indicator.attainments.enumerated() {
        if attainment.isNaN {
          isWhole[place] = false
        } else {
          sums[place] += weight * min(1, max(0, attainment))
          present[place] += weight
        }
      }
    }
    return (0..<count).map { place in
      if isWhole[place] { return total > 0 ? sums[place] / total : .nan }
      return renormalises && present[place] > 0 ? sums[place] / present[place] : .nan
    }
  }

  private static func ranks(_ scores: [Double], _ grid: EvaluationGrid) -> [Int?] {
    var ranks = [Int?](repeating: nil, count: scores.count)
    for period in 0..<grid.width {
      let places = grid.places(ofPeriod: period).filter { !scores[$0].isNaN }
      for (place, rank) in zip(places, RankMobility.bestRanks(places.map { scores[$0] })) {
        ranks[place] = rank
      }
    }
    return ranks
  }

  /// What each indicator costs the score at a place, attainments cut to 0 … 1: shares of what is missing.
  func obstacleShares(_ place: Int, _ indicators: [EvaluatedIndicator]) -> [Double?] {
    ObstacleDegrees(
      weights: weights,
      attainments: members.map { member in
        let attainment = indicators[member].attainments[place]
        return attainment.isNaN ? nil : min(1, max(0, attainment))
      }
    ).shares
  }
}
