/// By which columns two tables meet.
struct JoinKeys {
  /// The panel's column; nil where rows meet by time alone.
  let panelColumn: Int?
  /// The other table's column beside it.
  let unit: Int?
  /// The other table's column of time; nil where rows meet without it.
  let time: Int?
  /// How they meet, where that was found out.
  let note: Phrase?

  /// The keys of a join.
  ///
  /// The other table's units stand in the column that is named, in one of the panel's unit column's name, or, where
  /// neither is there, in the first column that the panel has as well (a prefecture), else in its first. A table that
  /// has only a column of time meets by time alone. Throws `TableJoinError.timePassedOver` where a column that looks
  /// like a time is called otherwise than the panel's.
  init(_ join: TableJoin, of other: Table, to table: Table, _ keys: PanelKeys) throws {
    let time = try JoinKeys.time(join, other, keys)
    let places = (0..<other.columnCount).filter { $0 != time }
    let own = table.columnNames.firstIndex(of: keys.unitColumn)
    let names = other.columnNames
    if let by = join.panelColumn {
      guard let position = table.columnNames.firstIndex(of: by) else {
        throw TableJoinError.noCommonKey(
          source: other.source, column: by, panel: table.source, columns: table.columnNames)
      }
      panelColumn = position
      unit = try other.column(named: join.unitColumn ?? by)
    } else if let name = join.unitColumn {
      (panelColumn, unit) = (own, try other.column(named: name))
    } else if let same = places.first(where: { names[$0] == keys.unitColumn }) {
      (panelColumn, unit) = (own, same)
    } else if let time, !places.contains(where: { JoinKeys.holdsUnits(other, $0, time: time) }) {
      (panelColumn, unit) = (nil, nil)
      note = Phrase(
        "\(other.source) is joined by \(names[time]) alone: it has no units.",
        zh: "\(other.source)没有个体列，仅按\(names[time])合并。")
      self.time = time
      return
    } else if let shared = places.first(where: { place in
      table.columnNames.contains(names[place])
        && (place == places.first || other.columnKinds([place]) == [.text])
    }) {
      panelColumn = table.columnNames.firstIndex(of: names[shared])
      unit = shared
      note = Phrase(
        "\(other.source) is joined by \(names[shared])\(time.map { " and \(names[$0])" } ?? " alone").",
        zh: "\(other.source)按\(names[shared])\(time.map { "和\(names[$0])" } ?? "")合并。")
      self.time = time
      return
    } else {
      (panelColumn, unit) = (own, places.first)
    }
    self.time = time
    note =
      time == nil && keys.hasPeriods
      ? Phrase(
        "\(other.source) is joined by \(unit.map { names[$0] } ?? "") alone: every period of a unit gets the same"
          + " values.",
        zh: "\(other.source)仅按\(unit.map { names[$0] } ?? "")合并：同一个体各期取值相同。") : nil
  }

  private static func time(_ join: TableJoin, _ other: Table, _ keys: PanelKeys) throws -> Int? {
    if join.timeColumn == KeyColumns.noTime, !other.columnNames.contains(KeyColumns.noTime) { return nil }
    if let name = join.timeColumn { return try other.column(named: name) }
    guard keys.hasPeriods else { return nil }
    if let same = other.columnNames.firstIndex(of: keys.timeColumn) { return same }
    let unit = join.unitColumn ?? keys.unitColumn
    if let timeLike = other.columnNames.first(where: { ColumnWords.isTime($0) && $0 != unit }) {
      throw TableJoinError.timePassedOver(
        source: other.source, column: timeLike, timeColumn: keys.timeColumn)
    }
    return nil
  }

  /// Whether a column can hold units beside a time: times repeat, and it holds names or codes.
  private static func holdsUnits(_ table: Table, _ column: Int, time: Int) -> Bool {
    let times = table.texts(column: time)
    if Set(times).count < times.count { return true }
    return table.columnKinds([column]) == [.text] && Set(table.texts(column: column)).count > 1
  }
}

/// Finds the row of a table that belongs to a unit, or to a unit and period.
struct JoinLookup {
  /// By which columns.
  let keys: JoinKeys
  /// The first row's keys, for messages.
  let example: String
  private let rowOfKey: [Key: Int]
  private let rowOfPlainKey: [Key: Int]

  private struct Key: Hashable {
    let unit: String
    let period: Int?
  }

  /// The table's rows by the keys that a panel has.
  ///
  /// Throws `TableJoinError.noColumns`, `.twoRows` where a key stands twice, `PanelError` for an empty unit or an
  /// unreadable period.
  init(_ table: Table, keys: JoinKeys, timeColumn: String) throws {
    self.keys = keys
    guard table.columnCount > [keys.unit, keys.time].compactMap(\.self).count, keys.unit != keys.time else {
      throw TableJoinError.noColumns(source: table.source)
    }
    let periods = try keys.time.map { time throws in try PeriodColumn(table, column: time).periods }
    var rowOfKey: [Key: Int] = [:]
    var rowOfPlainKey: [Key: Int?] = [:]
    var example = ""
    for row in 0..<table.rowCount {
      let unit = keys.unit.map { table.trimmedText(row: row, column: $0) } ?? ""
      if let column = keys.unit, unit.isEmpty {
        throw PanelError.missingUnit(
          source: table.source, line: table.lines[row], column: table.columnNames[column])
      }
      let period = periods?[row]
      if row == 0 {
        example = [unit, period.map { "\($0)" } ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
      }
      if let first = rowOfKey.updateValue(row, forKey: Key(unit: unit, period: period)) {
        throw TableJoinError.twoRows(
          source: table.source, unit: unit, period: period, timeColumn: timeColumn,
          firstLine: table.lines[first], secondLine: table.lines[row])
      }
      // Two units that differ only by spaces or zeros are two: then neither is found by what is left.
      let plain = Key(unit: PlainIds.bare(unit), period: period)
      rowOfPlainKey[plain] = rowOfPlainKey[plain] == nil ? row : .some(nil)
    }
    self.rowOfKey = rowOfKey
    self.rowOfPlainKey = rowOfPlainKey.compactMapValues(\.self)
    self.example = example
  }

  /// The row of a unit, and of a period where the table has periods; whether the unit is written otherwise there.
  func row(unit: String, period: Int) -> (row: Int, isWrittenOtherwise: Bool)? {
    let own = keys.unit == nil ? "" : unit
    let period = keys.time == nil ? nil : period
    if let row = rowOfKey[Key(unit: own, period: period)] { return (row, false) }
    return rowOfPlainKey[Key(unit: PlainIds.bare(own), period: period)].map { ($0, true) }
  }

  /// Whether the column is one of the keys.
  func isKey(_ position: Int) -> Bool { position == keys.unit || position == keys.time }
}
