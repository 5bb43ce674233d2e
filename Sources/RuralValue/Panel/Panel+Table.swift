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
      timeOfRow: keys.periods, lines: table.lines, variables: variables, sourceOfRow: table.sourceOfRow)
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
        throw PanelError.missingUnit(
          source: table.source(ofRow: row), line: table.lines[row], column: self.unitColumn)
      }
      units.append(unit)
      let time = table.text(row: row, column: timePosition)
      guard let period = PeriodReading.period(time) else {
        throw PanelError.unreadablePeriod(
          found: time, source: table.source(ofRow: row), line: table.lines[row], column: self.timeColumn)
      }
      periods.append(period)
    }
    self.units = units
    self.periods = periods
  }
}

/// The names that stand beside units' codes in tables for people.
public struct UnitLabels: Sendable, Equatable {
  private let nameOfUnit: [String: String]

  /// Reads names from a column; without one, units have no names. The last non-empty name of a unit counts.
  ///
  /// Throws `TableError.noSuchColumn` where a column is not there.
  public init(_ table: Table, column: String?, unitColumn: String) throws(TableError) {
    guard let column else {
      nameOfUnit = [:]
      return
    }
    let names = try table.column(named: column)
    let units = try table.column(named: unitColumn)
    var nameOfUnit: [String: String] = [:]
    for row in 0..<table.rowCount {
      let name = CellText.trimmed(table.text(row: row, column: names))
      if !name.isEmpty { nameOfUnit[CellText.trimmed(table.text(row: row, column: units))] = name }
    }
    self.nameOfUnit = nameOfUnit
  }

  /// The name of a unit, or nil.
  public func name(of unit: String) -> String? { nameOfUnit[unit] }
}

/// Reads periods as statistical tables write them.
public enum PeriodReading {
  /// The period in a text: a whole number, or the year of `2012年`, `2012年度`, `2012.0`, `2012-12-31`,
  /// `2012/12`, `2012-12-31 00:00:00`, `2012年12月`; full-width digits count as digits. Nil where the text
  /// says nothing of the kind.
  public static func period(_ text: String) -> Int? {
    if let plain = Int(text) { return inRange(plain) }
    var word = CellText.halfWidth(CellText.trimmed(text))
    for suffix in ["年度", "年末", "年底", "年"] where word.hasSuffix(suffix) {
      word.removeLast(suffix.count)
      break
    }
    if word.hasSuffix(".0") { word.removeLast(2) }
    word = CellText.trimmed(word)
    return Int(word).flatMap(inRange) ?? yearOfDate(word)
  }

  /// The year of a date: year, month and perhaps day, parted by -, /, . or 年 and 月, and perhaps a time.
  private static func yearOfDate(_ word: String) -> Int? {
    let date = word.prefix { $0 != " " && $0 != "T" }
    let parts = date.split { "-/.年月日".contains($0) }
    guard (2...3).contains(parts.count), parts[0].utf8.count == 4, let year = Int(parts[0]),
      let month = Int(parts[1]), (1...12).contains(month),
      // Text such as 2012.5 is a number; with points only a whole date is a date.
      parts.count == 3 || !date.contains("."),
      parts.count == 2 || (1...31).contains(Int(parts[2]) ?? 0)
    else { return nil }
    return year
  }

  /// A period that calendars can count with; distances between larger ones would leave the integers.
  private static func inRange(_ period: Int) -> Int? {
    (-1_000_000_000_000...1_000_000_000_000).contains(period) ? period : nil
  }
}
