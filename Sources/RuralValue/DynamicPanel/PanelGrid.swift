/// A panel's cells on a common calendar, laid out period by period: cell (i, t) stands at t · N + i.
///
/// The calendar runs from the first to the last period in the panel's own steps; a period at which nobody
/// was observed has its cells too, all missing, so that lags count time and not rows.
struct PanelGrid: Sendable, Equatable {
  /// N, the number of units.
  let unitCount: Int
  /// The periods of the calendar, T of them.
  let periods: [Int]
  /// For each row of the panel its cell.
  private let cellOfRow: [Int]

  init(_ panel: Panel) {
    let (first, calendar) = (panel.periods[0], panel.calendar)
    unitCount = panel.units.count
    periods = calendar.periods(from: first, through: panel.periods.last!)
    let positions = panel.periods.map { calendar.distance(from: first, to: $0) / calendar.step }
    let units = panel.units.count
    cellOfRow = (0..<panel.rowCount).map { positions[panel.periodOfRow[$0]] * units + panel.unitOfRow[$0] }
  }

  /// The most periods of a calendar: a century of weeks. Of many periods one in ten at least must be observed, or a
  /// stray year costs more than all others.
  private static let longest = 5200

  /// Throws `DynamicPanelError.calendarTooLong` where a grid would have far more cells than the panel has rows, as
  /// with dates written as numbers.
  static func requireCalendar(of panel: Panel) throws(DynamicPanelError) {
    let (first, last) = (panel.periods.first ?? 0, panel.periods.last ?? 0)
    let most = min(longest, max(400, 10 * panel.periods.count))
    guard panel.calendar.distance(from: first, to: last) / panel.periodStep < most else {
      throw .calendarTooLong(
        source: panel.source, timeColumn: panel.timeColumn, first: first, last: last, step: panel.periodStep,
        most: most)
    }
  }

  /// Throws where so many columns over the calendar of a panel would not fit.
  static func requireMemory(_ panel: Panel, columns: Double) throws(MemoryLimitError) {
    let (first, last) = (panel.periods.first ?? 0, panel.periods.last ?? 0)
    let periods = panel.calendar.distance(from: first, to: last) / panel.periodStep + 1
    try MemoryLimit.require(
      bytes: 8 * Double(panel.units.count) * Double(periods) * columns,
      for: "\(panel.source): \(grouped(columns)) columns over \(grouped(panel.units.count)) units × the"
        + " \(grouped(periods)) periods from \(first) to \(last)",
      remedy: "Check the periods of column \"\(panel.timeColumn)\", take fewer periods or terms, or"
        + " \(Setting("time-effects")) none")
  }

  /// T, the number of periods of the calendar.
  var periodCount: Int { periods.count }

  /// N · T.
  var cellCount: Int { unitCount * periodCount }

  /// The cells of a period.
  func cells(_ period: Int) -> Range<Int> { period * unitCount..<(period + 1) * unitCount }

  /// Values in row order as cells, NaN where there is no row.
  func cells(_ values: [Double]) -> [Double] {
    var cells = [Double](repeating: .nan, count: cellCount)
    for (row, value) in values.enumerated() { cells[cellOfRow[row]] = value }
    return cells
  }

  /// Truth in row order as cells, false where there is no row.
  func cells(_ values: [Bool]) -> [Bool] {
    var cells = [Bool](repeating: false, count: cellCount)
    for (row, value) in values.enumerated() { cells[cellOfRow[row]] = value }
    return cells
  }

  /// Cells in the panel's row order.
  func rows(_ cells: [Double]) -> [Double] { cellOfRow.map { cells[$0] } }
}
