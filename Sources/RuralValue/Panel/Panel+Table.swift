extension Panel {
  /// A panel from a table: its keys, and the columns that are to be variables.
  ///
  /// Keys default to the first and the second column. Units stay text as written, without the spaces
  /// around them. Throws `PanelError` for keys and `TableError` for columns and cells.
  public init(
    _ table: Table, unitColumn: String? = nil, timeColumn: String? = nil, variables names: [String]
  ) throws {
    let keys = try PanelKeys(table, unitColumn: unitColumn, timeColumn: timeColumn)
    var positions: [Int] = []
    for name in names { positions.append(try table.column(named: name)) }
    let variables = zip(names, try table.numbers(columns: positions)).map { (name: $0, values: $1) }
    try self.init(
      source: table.source, unitColumn: keys.unitColumn, timeColumn: keys.timeColumn, unitOfRow: keys.units,
      timeOfRow: keys.periods, lines: table.lines, variables: variables)
  }
}

/// The units and periods of a table's rows.
public struct PanelKeys: Sendable, Equatable {
  /// The name of the unit column.
  public let unitColumn: String
  /// The name of the time column.
  public let timeColumn: String
  /// The unit of each row, as text.
  public let units: [String]
  /// The period of each row.
  public let periods: [Int]

  /// Reads the keys of a table, by default from its first and second column.
  ///
  /// Throws `TableError.noSuchColumn`, `PanelError.noKeyColumns`, `.sameKeyColumn`, `.missingUnit` and
  /// `.unreadablePeriod`.
  public init(_ table: Table, unitColumn: String? = nil, timeColumn: String? = nil) throws {
    guard table.columnCount >= 2 else { throw PanelError.noKeyColumns(source: table.source) }
    let unitPosition = try unitColumn.map { name throws in try table.column(named: name) } ?? 0
    let timePosition = try timeColumn.map { name throws in try table.column(named: name) } ?? 1
    guard unitPosition != timePosition else {
      throw PanelError.sameKeyColumn(
        name: table.columnNames[unitPosition], source: table.source, columns: table.columnNames)
    }
    self.unitColumn = table.columnNames[unitPosition]
    self.timeColumn = table.columnNames[timePosition]
    var units: [String] = []
    var periods: [Int] = []
    units.reserveCapacity(table.rowCount)
    periods.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      let unit = CellText.trimmed(table.text(row: row, column: unitPosition))
      guard !unit.isEmpty else {
        throw PanelError.missingUnit(source: table.source, line: table.lines[row], column: self.unitColumn)
      }
      units.append(unit)
      let time = table.text(row: row, column: timePosition)
      guard let period = PeriodReading.period(time) else {
        throw PanelError.unreadablePeriod(
          found: time, source: table.source, line: table.lines[row], column: self.timeColumn)
      }
      periods.append(period)
    }
    self.units = units
    self.periods = periods
  }
}
