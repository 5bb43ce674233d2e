/// Finds the row of a table that belongs to a unit, or to a unit and period.
struct JoinLookup {
  /// The unit column's name.
  let unitColumn: String
  /// The time column's name, or nil where the table has one row a unit.
  let timeColumn: String?
  /// The first row's keys, for messages.
  let example: String
  private let keyPositions: Set<Int>
  private let rowOfKey: [Key: Int]

  private struct Key: Hashable {
    let unit: String
    let period: Int?
  }

  /// The table's rows by the keys that a panel has.
  ///
  /// Throws `TableJoinError.twoRows` where a key stands twice, `PanelError` for an empty unit or an
  /// unreadable period.
  init(_ table: Table, unitColumn: String, timeColumn: String) throws {
    let unitPosition = table.columnNames.firstIndex(of: unitColumn) ?? 0
    let timePosition = table.columnNames.firstIndex(of: timeColumn)
    guard table.columnCount > (timePosition == nil ? 1 : 2), unitPosition != timePosition else {
      throw TableJoinError.noColumns(source: table.source)
    }
    self.unitColumn = table.columnNames[unitPosition]
    self.timeColumn = timePosition.map { table.columnNames[$0] }
    var rowOfKey: [Key: Int] = [:]
    var example = ""
    for row in 0..<table.rowCount {
      let unit = CellText.trimmed(table.text(row: row, column: unitPosition))
      guard !unit.isEmpty else {
        throw PanelError.missingUnit(source: table.source, line: table.lines[row], column: self.unitColumn)
      }
      let period = try timePosition.map { position throws in
        let text = table.text(row: row, column: position)
        guard let period = PeriodReading.period(text) else {
          throw PanelError.unreadablePeriod(
            found: text, source: table.source, line: table.lines[row], column: timeColumn)
        }
        return period
      }
      if row == 0 { example = unit + (period.map { ", \($0)" } ?? "") }
      if let first = rowOfKey.updateValue(row, forKey: Key(unit: unit, period: period)) {
        throw TableJoinError.twoRows(
          source: table.source, unit: unit, period: period, timeColumn: timeColumn,
          firstLine: table.lines[first], secondLine: table.lines[row])
      }
    }
    self.rowOfKey = rowOfKey
    self.example = example
    keyPositions = Set([unitPosition] + (timePosition.map { [$0] } ?? []))
  }

  /// The row of a unit, and of a period where the table has periods.
  func row(unit: String, period: Int) -> Int? {
    rowOfKey[Key(unit: unit, period: timeColumn == nil ? nil : period)]
  }

  /// Whether the column is one of the keys.
  func isKey(_ position: Int) -> Bool { keyPositions.contains(position) }
}

/// What can keep two tables from being joined.
public enum TableJoinError: Fault {
  /// The other table has keys only.
  case noColumns(source: String)
  /// A unit, or a unit and period, stands twice in the other table.
  case twoRows(
    source: String, unit: String, period: Int?, timeColumn: String, firstLine: Int, secondLine: Int)
  /// No row of the panel has its row in the other table.
  case nothingMeets(
    source: String, unitColumn: String, timeColumn: String?, found: String, panel: String, wanted: String)
  /// A column that both tables have says different things.
  case columnsDiffer(
    column: String, panel: String, panelLine: Int, panelText: String, source: String, line: Int, text: String)

  /// The data are off.
  public var kind: FaultKind { .data }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .noColumns(let source):
      return "\(source) has no column besides its keys; expected at least one to join."
    case .twoRows(let source, let unit, let period, let timeColumn, let first, let second):
      let advice =
        period == nil
        ? " It is joined by unit alone, for it has no column \"\(timeColumn)\"; rename its column of time to"
          + " that if it has one."
        : " Remove one of them."
      return "\(source): \"\(unit)\"\(period.map { ", \($0)," } ?? "") has two rows, on lines \(first) and"
        + " \(second); expected one.\(advice)"
    case .nothingMeets(let source, let unitColumn, let timeColumn, let found, let panel, let wanted):
      let keys = timeColumn.map { "\"\(unitColumn)\" and \"\($0)\"" } ?? "\"\(unitColumn)\""
      return "\(source): no row belongs to a row of \(panel) by \(keys): it begins with \(found), the panel"
        + " with \(wanted). Use the same codes or names in both."
    case .columnsDiffer(
      let column, let panel, let panelLine, let panelText, let source, let line, let text):
      return "Both tables have a column \"\(column)\", with \"\(panelText)\" in \(panel), line \(panelLine),"
        + " and \"\(text)\" in \(source), line \(line); expected different names or equal cells. Take only"
        + " some columns with ;columns=A,B or rename them with ;prefix=X."
    }
  }
}

/// The units of a table's rows after old codes became the newest ones.
struct JoinedUnits {
  /// The unit of each row.
  let units: [String]
  /// What was joined, in the order of first appearance.
  let joins: [CodeChanges.Join]

  /// Every row's newest unit.
  ///
  /// Throws `PreparationError.changeConflict` where two of a unit's codes stand in one period, unless such rows are
  /// put together.
  init(
    _ keys: PanelKeys, of table: Table, by changes: CodeChanges, allowsConflicts: Bool = false
  ) throws(PreparationError) {
    let areCodes = changes.areCodes(Set(keys.units))
    var newestOf: [String: String] = [:]
    var units: [String] = []
    for unit in keys.units {
      if newestOf[unit] == nil {
        newestOf[unit] = areCodes ? try changes.newestCode(of: unit) : try changes.newestName(of: unit)
      }
      units.append(newestOf[unit]!)
    }
    if !allowsConflicts { try Self.checkConflicts(keys, newest: units, table: table) }
    self.units = units

    var periodsOfOld: [String: [Int]] = [:]
    var order: [String] = []
    for (row, unit) in keys.units.enumerated() where units[row] != unit {
      if periodsOfOld[unit] == nil { order.append(unit) }
      periodsOfOld[unit, default: []].append(keys.periods[row])
    }
    let names = areCodes ? try changes.namesOfNewestCode() : [:]
    joins = order.map { old in
      let new = newestOf[old]!
      return CodeChanges.Join(
        old: old, new: new, nameOld: changes.changes.first { $0.codeOld == old }?.nameOld,
        nameNew: names[new]?.newest, periods: periodsOfOld[old]!.sorted())
    }
  }

  private struct Key: Hashable {
    let unit: String
    let period: Int
  }

  private static func checkConflicts(
    _ keys: PanelKeys, newest: [String], table: Table
  ) throws(PreparationError) {
    let changed = Set(newest.indices.filter { newest[$0] != keys.units[$0] }.map { newest[$0] })
    guard !changed.isEmpty else { return }
    var rowOfKey: [Key: Int] = [:]
    for row in newest.indices where changed.contains(newest[row]) {
      let key = Key(unit: newest[row], period: keys.periods[row])
      if let other = rowOfKey[key], keys.units[other] != keys.units[row] {
        throw .changeConflict(
          source: table.sources(ofRows: other, row), unitColumn: keys.unitColumn, first: keys.units[other],
          second: keys.units[row], newest: newest[row], timeColumn: keys.timeColumn,
          period: keys.periods[row], firstLine: table.lines[other], secondLine: table.lines[row])
      }
      rowOfKey[key] = row
    }
  }
}
