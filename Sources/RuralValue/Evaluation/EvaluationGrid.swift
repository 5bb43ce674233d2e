/// A panel with a place for each unit in each period, whether or not it was observed.
///
/// A unit that a period lacks is a county without values there, not a county that is not there.
struct EvaluationGrid {
  let panel: Panel
  /// The number of periods.
  let width: Int
  /// For each place, unit by unit, the panel's row.
  private let rows: [Int?]
  /// The place of the period one step earlier, for each period.
  let previous: [Int?]
  /// The time of each period in years.
  let years: [Double]

  init(_ panel: Panel) {
    self.panel = panel
    width = panel.periods.count
    rows = panel.units.indices.flatMap { unit in
      panel.periods.indices.map { panel.row(unit: unit, period: $0) }
    }
    let positions = panel.periods.positions
    previous = panel.periods.map { period in
      panel.calendar.period(period, movedBy: -1).flatMap { positions[$0] }
    }
    let frequency = panel.frequency
    let perYear =
      frequency.ordinal(of: frequency.period(year: 1, part: 1))
      - frequency.ordinal(of: frequency.period(year: 0, part: 1))
    years = panel.periods.map { Double(frequency.ordinal(of: $0)) / Double(max(perYear, 1)) }
  }

  /// The number of places.
  var count: Int { rows.count }

  /// The places of a period.
  func places(ofPeriod period: Int) -> [Int] { panel.units.indices.map { $0 * width + period } }

  /// The places of a unit.
  func places(ofUnit unit: Int) -> Range<Int> { unit * width..<(unit + 1) * width }

  /// A column with NaN where there is no row.
  func values(of column: String) throws(PanelError) -> [Double] {
    let values = try panel.values(of: column)
    // Rows stand unit by unit and by period: a balanced panel's are the places.
    return panel.isBalanced ? values : rows.map { $0.map { values[$0] } ?? .nan }
  }

  /// The group of each place; where a period lacks the unit, that of its nearest earlier period, else of the next later one.
  func groups(of column: String) throws(PanelError) -> [Int?] {
    let groups = try panel.groups(of: column)
    var known: [Int?] = rows.map { $0.flatMap { groups[$0] } }
    guard !panel.isBalanced else { return known }
    for unit in panel.units.indices {
      let places = places(ofUnit: unit)
      for place in places.dropFirst() where rows[place] == nil { known[place] = known[place - 1] }
      for place in places.dropLast().reversed() where rows[place] == nil && known[place] == nil {
        known[place] = known[place + 1]
      }
    }
    return known
  }
}
