/// Puts the rows of several tables under each other.
///
/// Columns meet by name and not by place. Where a table lacks a column its cells are empty, which is said; where
/// two tables lack each other's column and the names are near, it is asked whether they are one.
public struct TableStack: Sendable {
  /// Whether columns of similar names are known to be different ones.
  public let areDistinct: Bool

  /// A stack that asks about similar names, unless they are known to be different columns.
  public init(areDistinct: Bool = false) { self.areDistinct = areDistinct }

  /// All rows, table by table, and what the reader must know; a row keeps its own file and line.
  ///
  /// Columns stand in the order of first appearance. Keys that are not named are those of the first table
  /// (`KeyColumns`).
  /// Throws `StackError`, and `MemoryLimitError` for more than 4 GB of text.
  public func stacked(
    _ tables: [Table], unitColumn: String? = nil, timeColumn: String? = nil
  ) throws -> (table: Table, notes: [Phrase]) {
    guard let first = tables.first, tables.count > 1 else { return (tables[0], []) }
    try requireKeys(tables, keys: keyNames(of: first, unitColumn, timeColumn))
    if !areDistinct { try requireNoLikeNames(tables) }
    let names = tables.flatMap(\.columnNames).firstAppearances
    let source = listed(tables.map(\.source), most: 3)
    try Table.requirePlaces(bytes: tables.reduce(0) { $0 + $1.bytes.count }, source: source)
    var (starts, ends): ([UInt32], [UInt32]) = ([], [])
    var (bytes, lines, sources): ([UInt8], [Int], [String]) = ([], [], [])
    for table in tables {
      let offset = UInt32(bytes.count)
      let places = names.map { table.columnNames.firstIndex(of: $0) }
      for row in 0..<table.rowCount {
        for place in places {
          let cell = place.map { row * table.columnCount + $0 }
          starts.append(cell.map { table.starts[$0] + offset } ?? 0)
          ends.append(cell.map { table.ends[$0] + offset } ?? 0)
        }
      }
      bytes += table.bytes
      lines += table.lines
      sources += (0..<table.rowCount).map(table.source(ofRow:))
    }
    let stacked = Table(
      source: source, columnNames: names, headerLine: first.headerLine, lines: lines, bytes: bytes,
      starts: starts, ends: ends, sourceOfRow: sources)
    return (stacked, [Self.countNote(tables)] + Self.absenceNotes(tables, names: names))
  }

  /// The names of the units' and the periods' columns, as far as they are named or the first table tells them.
  private func keyNames(of first: Table, _ unitColumn: String?, _ timeColumn: String?) -> [String?] {
    let isTimeless = timeColumn == KeyColumns.noTime && !first.columnNames.contains(KeyColumns.noTime)
    let found = try? KeyColumns(first, unitColumn: unitColumn, timeColumn: timeColumn)
    return [
      unitColumn ?? found.map { first.columnNames[$0.unit] },
      isTimeless ? nil : timeColumn ?? found?.time.map { first.columnNames[$0] },
    ]
  }

  /// Throws for the first table without a key column, whose rows would belong to nobody.
  private func requireKeys(_ tables: [Table], keys: [String?]) throws(StackError) {
    for (position, key) in keys.enumerated() {
      guard let name = key else { continue }
      for table in tables where !table.columnNames.contains(name) {
        throw .noKey(
          source: table.source, column: name, isUnit: position == 0, first: tables[0].source,
          columns: table.columnNames)
      }
    }
  }

  /// Throws for two columns of similar names, each of which the other's table lacks.
  private func requireNoLikeNames(_ tables: [Table]) throws(StackError) {
    for (position, one) in tables.enumerated() {
      for other in tables[..<position] {
        let missing = other.columnNames.filter { !one.columnNames.contains($0) }
        for name in one.columnNames where !other.columnNames.contains(name) {
          guard let like = NearestName.suggestion(for: name, among: missing) else { continue }
          throw .likeNames(first: like, firstSource: other.source, second: name, secondSource: one.source)
        }
      }
    }
  }

  private static func countNote(_ tables: [Table]) -> Phrase {
    let rows = tables.reduce(0) { $0 + $1.rowCount }
    let files = tables.map { "\($0.source) (\($0.rowCount))" }
    return Phrase(
      "\(tables.count) files were stacked, \(rows) rows in all: \(listed(files, most: 12)).",
      zh: "纵向合并\(tables.count)个文件，共\(rows)行：\(listed(files, most: 12, in: .chinese))。")
  }

  private static func absenceNotes(_ tables: [Table], names: [String]) -> [Phrase] {
    tables.compactMap { table in
      let absent = names.filter { !table.columnNames.contains($0) }
      guard !absent.isEmpty else { return nil }
      return Phrase(
        "\(table.source) has no column \(listed(absent, most: 12)): its cells are empty in the file's rows.",
        zh: "\(table.source)没有\(listed(absent, most: 12, in: .chinese))列，相应单元格留空。")
    }
  }
}

/// What can keep tables from being stacked.
public enum StackError: Fault {
  /// A table lacks a key column.
  case noKey(source: String, column: String, isUnit: Bool, first: String, columns: [String])
  /// Two columns look like one under two names.
  case likeNames(first: String, firstSource: String, second: String, secondSource: String)
  /// A file's name holds no year, or several.
  case yearsInName(source: String, years: [Int])
  /// The table has the column already that its file's name would fill.
  case hasYearColumn(source: String, column: String)
  /// The table has a column of years, and its file's name says the year too.
  case twoTimes(source: String, line: Int, column: String, found: String, year: Int, differs: Bool)

  /// The files are off.
  public var kind: FaultKind { .data }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .noKey(let source, let column, let isUnit, let first, let columns):
      let key = isUnit ? "unit" : "time"
      return
        "\(source): there is no column \"\(column)\", the \(key) column of \(first), so that its rows belong to no"
        + " \(isUnit ? "unit" : "period").\(NearestName.question(for: column, among: columns)) Use the same name in every file, or"
        + " name the column that all have with \(Setting(key)). The columns are: \(listed(columns))."
    case .likeNames(let first, let firstSource, let second, let secondSource):
      return
        "Column \"\(first)\" stands in \(firstSource) only and \"\(second)\" in \(secondSource) only: are they one under"
        + " two names? Use one name in both files, or say that they are different with \(Setting("stack")) …;distinct."
    case .yearsInName(let source, let years):
      let found = years.isEmpty ? "no year" : "the years \(years.map(String.init).joined(separator: " and "))"
      return "The file name \(source) holds \(found); expected one year of four digits, as in gdp_2012.csv or"
        + " 统计年鉴2013.csv. Rename the file, or add a column of years and leave \(Setting("year-from-name")) out."
    case .hasYearColumn(let source, let column):
      return
        "\(source) has a column \"\(column)\" already, which \(Setting("year-from-name")) would make a second time; expected"
        + " none. Leave the option out, or rename the column in the file."
    case .twoTimes(let source, let line, let column, let found, let year, let differs):
      return differs
        ? "\(source), line \(line), column \"\(column)\": found \"\(found)\", but the file's name says \(year), which"
          + " \(Setting("year-from-name")) would put beside it; expected one year. Leave the option out where the column is"
          + " right; where the name is, take the column out of the file."
        : "\(source) has the year twice: column \"\(column)\" says \(year) as the file's name does, which"
          + " \(Setting("year-from-name")) would put beside it; expected one column of time. Leave the option out"
          + " (\(Setting("time")) names the column where it is not found), or take the column out of the file."
    }
  }
}
