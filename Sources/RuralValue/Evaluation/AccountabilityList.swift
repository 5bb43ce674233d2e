/// What a county has to answer for: every indicator whose standing colour is yellow or red in one period.
///
/// Red before yellow, then by obstacle share, then by county and by the card's order.
///
/// Source: methods/evaluation.md, 5.6.
public struct AccountabilityList: Sendable, Equatable {
  /// The period, by its place.
  public let period: Int
  /// The rows.
  public let entries: [Entry]

  /// One county's indicator.
  public struct Entry: Sendable, Equatable {
    /// The place of unit and period.
    public let place: Int
    /// The unit, by its place in the panel.
    public let unit: Int
    /// The indicator, by its place in the card.
    public let indicator: Int
    /// w(1 − a) as a share of all that the county's index lacks; nil where the value is missing or nothing is lacking.
    public let obstacleShare: Double?
    /// The trend up to the period; nil with fewer than two observations.
    public let trend: SensSlope?
    /// How many years the gap takes at that trend; nil unless it improves beyond noise, and without a value or a target.
    public let yearsToTarget: Double?
  }

  init(
    _ indicators: [EvaluatedIndicator], _ indices: [IndexScores], grid: EvaluationGrid, period: Int
  ) {
    self.period = period
    var entries: [Entry] = []
    for unit in grid.panel.units.indices {
      let place = unit * grid.width + period
      for index in indices {
        let shares = index.obstacleShares(place, indicators)
        for (position, member) in index.members.enumerated() {
          guard let colour = indicators[member].standings[place].colour, colour != .green else { continue }
          let indicator = indicators[member]
          let trend = indicator.trend(ofUnit: unit, through: period, years: grid.years)
          entries.append(
            Entry(
              place: place, unit: unit, indicator: member, obstacleShare: shares[position], trend: trend,
              yearsToTarget: indicator.yearsToTarget(place, trend)))
        }
      }
    }
    let order = grid.panel.units.indices.sorted {
      grid.panel.units[$0].unicodeScalars.lexicographicallyPrecedes(grid.panel.units[$1].unicodeScalars)
    }
    var rankOfUnit = [Int](repeating: 0, count: order.count)
    for (rank, unit) in order.enumerated() { rankOfUnit[unit] = rank }
    func key(_ entry: Entry) -> (Int, Double, Int, Int) {
      let colour = indicators[entry.indicator].standings[entry.place].colour ?? .green
      return (-colour.rawValue, -(entry.obstacleShare ?? -1), rankOfUnit[entry.unit], entry.indicator)
    }
    self.entries = entries.map { (key($0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }
}

extension EvaluatedIndicator {
  /// The trend of a unit's values up to a period; nil with fewer than two.
  func trend(ofUnit unit: Int, through period: Int, years: [Double]) -> SensSlope? {
    let first = unit * years.count
    let known = (first...first + period).filter { !values[$0].isNaN }
    return SensSlope(times: known.map { years[$0 - first] }, values: known.map { values[$0] })
  }

  /// A slope in the good direction.
  func improvement(_ trend: SensSlope) -> Double { entry.isPositive ? trend.slope : -trend.slope }

  /// How many years a place's gap takes at a trend; nil unless it improves, and where noise would do as well.
  func yearsToTarget(_ place: Int, _ trend: SensSlope?) -> Double? {
    guard let trend, !trend.couldBeNoise, improvement(trend) > 0, !gaps[place].isNaN else { return nil }
    return gaps[place] / improvement(trend)
  }
}
