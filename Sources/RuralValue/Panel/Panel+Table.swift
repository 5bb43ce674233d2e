extension Panel {
  /// A panel from a table: its keys, and the columns that are to be variables.
  ///
  /// Keys that are not named are found (`KeyColumns`). Units stay text as written, without the spaces around them.
  /// Throws `KeyColumnError` and `PanelError` for keys and `TableError` for columns and cells.
  public init(
    _ table: Table, unitColumn: String? = nil, timeColumn: String? = nil, variables names: [String]
  ) throws {
    try self.init(
      table, unitColumn: unitColumn, timeColumn: timeColumn, variables: names, made: [])
  }

  /// The same with variables that are no columns of the table, in its row order.
  init(
    _ table: Table, unitColumn: String?, timeColumn: String?, variables names: [String],
    made others: [(name: String, values: [Double])]
  ) throws {
    let keys = try PanelKeys(table, unitColumn: unitColumn, timeColumn: timeColumn, besides: names)
    var positions: [Int] = []
    for name in names { positions.append(try table.column(named: name)) }
    let variables = zip(names, try table.numbers(columns: positions)).map { (name: $0, values: $1) } + others
    do {
      try self.init(
        source: table.source, unitColumn: keys.unitColumn, timeColumn: keys.timeColumn, unitOfRow: keys.units,
        timeOfRow: keys.periods, frequency: keys.frequency, hasPeriods: keys.hasPeriods,
        keyNotes: keys.notes + keys.likeUnits(in: table), lines: table.lines, variables: variables,
        sourceOfRow: table.sourceOfRow)
    } catch {
      throw keys.explained(error, in: table)
    }
  }
}

/// The units and periods of a table's rows.
public struct PanelKeys: Sendable, Equatable {
  /// The name of the unit column.
  public let unitColumn: String
  /// The name of the time column; `period` for a cross-section.
  public let timeColumn: String
  /// Whether the table has a column of periods; without one it is a cross-section, whose rows have the period 0.
  public let hasPeriods: Bool
  /// The name of a column that only counts the rows, if there is one.
  let rowNumberColumn: String?
  /// The unit of each row, as text.
  public let units: [String]
  /// The period of each row.
  public let periods: [Int]
  /// How the periods count.
  public let frequency: PeriodFrequency
  /// What was found out or taken for granted.
  public let notes: [Phrase]

  /// Reads the keys of a table: those that are named, or those that `KeyColumns` finds.
  ///
  /// Throws `TableError.noSuchColumn`, `KeyColumnError`, `PanelError.noKeyColumns`, `.sameKeyColumn`, `.missingUnit`
  /// and `.unreadablePeriod`.
  public init(
    _ table: Table, unitColumn: String? = nil, timeColumn: String? = nil, besides variables: [String] = []
  ) throws {
    let columns = try KeyColumns(
      table, unitColumn: unitColumn, timeColumn: timeColumn, besides: variables)
    self.unitColumn = table.columnNames[columns.unit]
    hasPeriods = columns.time != nil
    rowNumberColumn = columns.rowNumbers.map { table.columnNames[$0] }
    self.timeColumn =
      columns.time.map { table.columnNames[$0] } ?? DistinctNames.name("period", besides: table.columnNames)
    let codes = try UnitCodes(table, column: columns.unit)
    units = codes.units
    var notes = columns.notes + codes.notes
    if let time = columns.time {
      let read = try PeriodColumn(table, column: time)
      (periods, frequency) = (read.periods, read.frequency)
      if let note = read.note {
        notes.append(
          Phrase("\(table.source): \(note.english)", zh: "\(table.source)：\(note.chinese)"))
      }
    } else {
      (periods, frequency) = ([Int](repeating: 0, count: table.rowCount), .whole)
    }
    self.notes = notes
  }

  /// What is to be said of units that may be one.
  func likeUnits(in table: Table) -> [Phrase] {
    // A unit's rows mostly stand together.
    let runs = units.indices.filter { $0 == 0 || units[$0] != units[$0 - 1] }.map { units[$0] }
    return LikeUnits(runs.firstAppearances).notes(unitColumn: unitColumn) { unit in
      units.firstIndex(of: unit).map { (table.source(ofRow: $0), table.lines[$0]) }
    }
  }

  /// The error that a unit-period stands twice, with the column that tells the two rows apart, if one does.
  func explained(_ error: any Error, in table: Table) -> any Error {
    guard table.sourceOfRow == nil,
      case .duplicateKey(
        let source, let unit, let unitColumn, let period, let timeColumn, let first, let second, _)? = error
        as? PanelError,
      let one = table.lines.firstIndex(of: first), let other = table.lines.firstIndex(of: second)
    else { return error }
    guard hasPeriods else {
      return KeyColumnError.unitTwice(
        source: source, unitColumn: unitColumn, unit: unit, firstLine: first, secondLine: second)
    }
    let apart = table.columnNames.indices.filter { column in
      ![unitColumn, timeColumn].contains(table.columnNames[column])
        && table.trimmedText(row: one, column: column) != table.trimmedText(row: other, column: column)
    }
    let texts = zip(apart, table.columnKinds(apart)).filter { $0.1 == .text }.map { table.columnNames[$0.0] }
    let times = apart.map { table.columnNames[$0] }.filter(ColumnWords.isTime)
    return PanelError.duplicateKey(
      source: source, unit: unit, unitColumn: unitColumn, period: period, timeColumn: timeColumn,
      firstLine: first, secondLine: second, apart: times.first ?? texts.first)
  }
}

/// The units' codes or names as a column holds them, without what spreadsheets and data frames put to them.
struct UnitCodes {
  let units: [String]
  let notes: [Phrase]

  init(_ table: Table, column: Int) throws {
    var units: [String] = []
    units.reserveCapacity(table.rowCount)
    var last: ArraySlice<UInt8> = []
    for row in 0..<table.rowCount {
      let bytes = table.utf8(row: row, column: column)
      // A unit's rows mostly stand together.
      if !last.isEmpty, bytes.elementsEqual(last) {
        units.append(units[units.count - 1])
        continue
      }
      last = bytes
      let unit = CellText.trimmed(String(decoding: bytes, as: UTF8.self))
      guard !unit.isEmpty else {
        throw PanelError.missingUnit(
          source: table.source(ofRow: row), line: table.lines[row],
          column: table.sourceColumn(row: row, column: column))
      }
      if PlainIds.isRounded(bytes) {
        throw KeyColumnError.roundedCode(
          found: unit, source: table.source(ofRow: row), line: table.line(row: row, column: column),
          column: table.sourceColumn(row: row, column: column))
      }
      units.append(unit)
    }
    let plain = PlainIds(units)
    self.units = plain.ids
    notes = PlainIds.notes(table.source, [plain], column: table.columnNames[column])
  }
}
