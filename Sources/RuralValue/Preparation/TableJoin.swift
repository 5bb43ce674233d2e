/// Sets the columns of another table beside those of a panel.
///
/// Rows meet by unit and period where both tables have a column of the time column's name, by period alone where the
/// other table has no units (a price index), by another column of the panel (a prefecture) where that is the other
/// table's key, else by unit alone. Units meet also where they differ by spaces or leading zeros only. Every row of the panel stays, in its place; where the other table has no row, its cells are empty.
public struct TableJoin: Sendable {
  /// Which columns of the other table are taken; nil for all but its keys.
  public let columns: [String]?
  /// What stands before their names.
  public let prefix: String
  /// The other table's column of units where it is called otherwise than the panel's.
  public let unitColumn: String?
  /// The other table's column of time where it is called otherwise than the panel's; `none` for none.
  public let timeColumn: String?
  /// The panel's column by which rows meet in place of its units.
  public let panelColumn: String?

  /// A join of some columns, or of all.
  public init(
    columns: [String]? = nil, prefix: String = "", unitColumn: String? = nil, timeColumn: String? = nil,
    panelColumn: String? = nil
  ) {
    self.columns = columns
    self.prefix = prefix
    self.unitColumn = unitColumn
    self.timeColumn = timeColumn
    self.panelColumn = panelColumn
  }

  /// The panel with the other table's columns, and what the reader must know.
  ///
  /// `JoinKeys` says by which columns rows meet. A column that both have is
  /// taken once if its cells agree wherever rows meet. Throws `TableJoinError`, and `TableError` and
  /// `PanelError` for keys and names.
  public func join(
    _ other: Table, to table: Table, unitColumn: String? = nil, timeColumn: String? = nil
  ) throws -> (table: Table, notes: [Phrase]) {
    let keys = try PanelKeys(table, unitColumn: unitColumn, timeColumn: timeColumn)
    let joinKeys = try JoinKeys(self, of: other, to: table, keys)
    let lookup = try JoinLookup(other, keys: joinKeys, timeColumn: keys.timeColumn)
    let own = joinKeys.panelColumn.flatMap { column in
      table.columnNames[column] == keys.unitColumn ? nil : table.texts(column: column).map(CellText.trimmed)
    }
    let units = own ?? keys.units
    let found = zip(units, keys.periods).map { lookup.row(unit: $0, period: $1) }
    let partners = found.map { $0?.row }
    guard partners.contains(where: { $0 != nil }) else {
      throw TableJoinError.nothingMeets(
        source: other.source, unitColumn: joinKeys.unit.map { other.columnNames[$0] } ?? "",
        timeColumn: joinKeys.time.map { other.columnNames[$0] },
        found: lookup.example, panel: table.source, wanted: "\(units[0]), \(keys.periods[0])")
    }
    try Table.requirePlaces(bytes: table.bytes.count + other.bytes.count, source: table.source)
    let taken = try newColumns(of: other, beside: table, lookup: lookup, partners: partners)
    return (
      TableJoin.widened(table, by: other, columns: taken, prefix: prefix, partners: partners),
      [joinKeys.note].compactMap(\.self)
        + notes(other, units: units, partners: partners, isByPeriod: joinKeys.time != nil)
        + TableJoin.spellingNote(
          other, units: zip(units, found).filter { $0.1?.isWrittenOtherwise == true }.map(\.0))
    )
  }

  /// The positions of the other table's columns that the panel has not.
  private func newColumns(
    of other: Table, beside table: Table, lookup: JoinLookup, partners: [Int?]
  ) throws -> [Int] {
    let asked =
      try columns?.map { name throws in try other.column(named: name) }
      ?? Array(0..<other.columnCount)
    var taken: [Int] = []
    for position in asked where !lookup.isKey(position) {
      let name = prefix + other.columnNames[position]
      if let known = table.columnNames.firstIndex(of: name) {
        try requireAgreement(
          table, column: known, other, otherColumn: position, partners: partners)
      } else {
        taken.append(position)
      }
    }
    return taken
  }

  private func requireAgreement(
    _ table: Table, column: Int, _ other: Table, otherColumn: Int, partners: [Int?]
  ) throws {
    for (row, partner) in partners.enumerated() {
      guard let partner else { continue }
      let (mine, theirs) = (
        CellText.trimmed(table.text(row: row, column: column)),
        CellText.trimmed(other.text(row: partner, column: otherColumn))
      )
      guard mine == theirs else {
        throw TableJoinError.columnsDiffer(
          column: table.columnNames[column], panel: table.source(ofRow: row), panelLine: table.lines[row],
          panelText: mine, source: other.source, line: other.lines[partner], text: theirs)
      }
    }
  }

  /// The panel's cells with the other table's behind them, row by row.
  private static func widened(
    _ table: Table, by other: Table, columns: [Int], prefix: String, partners: [Int?]
  ) -> Table {
    let offset = UInt32(table.bytes.count)
    var starts: [UInt32] = []
    var ends: [UInt32] = []
    starts.reserveCapacity(table.rowCount * (table.columnCount + columns.count))
    ends.reserveCapacity(starts.capacity)
    for (row, partner) in partners.enumerated() {
      let cells = row * table.columnCount..<(row + 1) * table.columnCount
      starts += table.starts[cells]
      ends += table.ends[cells]
      for column in columns {
        let cell = partner.map { $0 * other.columnCount + column }
        starts.append(cell.map { other.starts[$0] + offset } ?? 0)
        ends.append(cell.map { other.ends[$0] + offset } ?? 0)
      }
    }
    return Table(
      source: table.source, columnNames: table.columnNames + columns.map { prefix + other.columnNames[$0] },
      headerLine: table.headerLine, lines: table.lines, bytes: table.bytes + other.bytes, starts: starts,
      ends: ends, sourceOfRow: table.sourceOfRow)
  }

  private func notes(
    _ other: Table, units all: [String], partners: [Int?], isByPeriod: Bool
  ) -> [Phrase] {
    let alone = partners.indices.filter { partners[$0] == nil }
    guard !alone.isEmpty else { return [] }
    let units = alone.map { all[$0] }.firstAppearances
    let names = listed(units, most: 8)
    return [
      Phrase(
        "\(other.source) has no row for \(alone.count) of \(partners.count) rows"
          + (isByPeriod ? " (unit and period)" : "") + "; its columns are empty there: \(names).",
        zh: "\(other.source)缺少\(partners.count)行中的\(alone.count)行，对应单元格留空：\(names)。")
    ]
  }

  private static func spellingNote(_ other: Table, units: [String]) -> [Phrase] {
    guard !units.isEmpty else { return [] }
    let names = units.firstAppearances
    return [
      Phrase(
        "\(other.source) writes \(names.count) unit\(names.count == 1 ? "" : "s") with other spaces or leading zeros;"
          + " they are taken as the same: \(listed(names, most: 8)).",
        zh: "\(other.source)中\(names.count)个个体的空格或前导零写法不同，视为同一个体：\(listed(names, most: 8, in: .chinese))。")
    ]
  }
}
