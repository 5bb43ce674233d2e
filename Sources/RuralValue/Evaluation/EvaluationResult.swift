/// What a scorecard says of a panel.
public struct EvaluationResult: Sendable, Equatable {
  /// What was asked for.
  public let specification: EvaluationSpecification
  /// The units, in the panel's order.
  public let units: [String]
  /// The periods, ascending.
  public let periods: [Int]
  /// The time of each period in years.
  let years: [Double]
  /// How the periods count.
  public let frequency: PeriodFrequency
  /// Whether there are periods; a cross-section has none.
  public let hasPeriods: Bool
  /// How many rows the panel has; a place without a row is a county without values.
  public let rowCount: Int
  /// One an indicator of the card. A place is a unit times the number of periods, plus a period.
  public let indicators: [EvaluatedIndicator]
  /// One an index.
  public let indices: [IndexScores]
  /// How many units entropy weights rest on, an index; nil for others.
  public let completeUnits: [Int]?
  /// The accountability list.
  public let list: AccountabilityList
  /// Groups, with Dagum's parts and the gap of town and country.
  let grouped: GroupedEvaluation
  /// The alarms of control limits; nil under other rules.
  let alarms: AlarmBalance?

  /// All counties and each group, in every period.
  public var groups: [GroupEvaluation] { grouped.rows }

  init(
    specification: EvaluationSpecification, grid: EvaluationGrid, indicators: [EvaluatedIndicator],
    indices: [IndexScores], completeUnits: [Int]?, list: AccountabilityList, groups: GroupedEvaluation
  ) {
    self.specification = specification
    units = grid.panel.units
    periods = grid.panel.periods
    years = grid.years
    frequency = grid.panel.frequency
    hasPeriods = grid.panel.hasPeriods
    rowCount = grid.panel.rowCount
    self.indicators = indicators
    self.indices = indices
    self.completeUnits = completeUnits
    self.list = list
    grouped = groups
    if case .control = specification.rule { alarms = AlarmBalance(indicators) } else { alarms = nil }
  }

  /// The number of places.
  var count: Int { units.count * periods.count }
  /// The unit of a place.
  func unit(_ place: Int) -> String { units[place / periods.count] }
  /// The period of a place; nil for a cross-section.
  func time(_ place: Int) -> Int? { hasPeriods ? periods[place % periods.count] : nil }
  /// A period as people write it, by its place.
  func label(_ period: Int) -> String { frequency.label(periods[period]) }
  /// The group of a place.
  func group(_ place: Int) -> String? { grouped.groupOfPlace?[place].map { grouped.labels[$0] } }
  /// The group of each unit in the period of the list, of those that have one.
  public var groupOfUnit: [String: String] {
    var groups: [String: String] = [:]
    for (unit, name) in units.enumerated() { groups[name] = group(unit * periods.count + list.period) }
    return groups
  }
  /// The period of the list as people write it; nil for a cross-section.
  public var listLabel: String? { hasPeriods ? label(list.period) : nil }
}
