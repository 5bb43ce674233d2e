/// Where a cell of a panel stands, for messages.
public struct CellPlace: Sendable, Equatable {
  /// What the data's source is called.
  public let source: String
  /// The line of the source; nil for a row that preparation added.
  public let line: Int?
  /// The variable's column.
  public let column: String
  /// The name of the unit column and the unit.
  public let unitColumn: String
  /// The unit.
  public let unit: String
  /// The name of the time column.
  public let timeColumn: String
  /// The period.
  public let period: Int

  init(_ panel: Panel, row: Int, column: String) {
    source = panel.source
    line = panel.lines[row] > 0 ? panel.lines[row] : nil
    self.column = column
    unitColumn = panel.unitColumn
    unit = panel.unit(ofRow: row)
    timeColumn = panel.timeColumn
    period = panel.period(ofRow: row)
  }

  /// `panel.csv, line 14, column "gdp" (county "430102", year 2013)`.
  var text: String {
    "\(source)\(line.map { ", line \($0)" } ?? ""), column \"\(column)\""
      + " (\(unitColumn) \"\(unit)\", \(timeColumn) \(period))"
  }
}
