/// A table with a row a unit, time and indicator, as the FAO, the OECD and statistical databases export them.
struct LongIndicators {
  private let table: Table
  private let options: WideLayoutOptions
  private var notes: WideLayoutNotes

  init(_ table: Table, options: WideLayoutOptions) {
    self.table = table
    self.options = options
    notes = WideLayoutNotes(table)
  }

  /// Where the table's columns stand.
  private struct Roles {
    let unit: Int
    let time: Int
    let indicators: [Int]
    let value: Int
    var others: [Int]
  }

  /// One unit and time: its first row, and the row of each indicator.
  private struct Entry {
    let firstRow: Int
    var rowOfIndicator: [String: Int] = [:]
  }

  private struct Key: Hashable {
    let unit: String
    let time: String
  }

  /// The table with one column an indicator.
  consuming func spread() throws(WideLayoutError) -> LongTable {
    var roles = try roles()
    var entries: [Entry] = []
    var positions: [Key: Int] = [:]
    var indicators: [String] = []
    var known: Set<String> = []
    for row in 0..<table.rowCount {
      let key = Key(unit: try text(row, roles.unit), time: try text(row, roles.time))
      let indicator = try indicator(row, roles)
      if known.insert(indicator).inserted { indicators.append(indicator) }
      let position = positions[key] ?? entries.count
      if position == entries.count {
        positions[key] = position
        entries.append(Entry(firstRow: row))
      }
      if let first = entries[position].rowOfIndicator.updateValue(row, forKey: indicator) {
        throw .duplicateIndicator(
          source: table.source, indicator: indicator, of: "\(key.unit), \(key.time)",
          firstLine: table.lines[first], secondLine: table.lines[row])
      }
    }
    try LongTableBuilder.requireMemory(
      rows: Double(entries.count), columns: Double(indicators.count + roles.others.count + 2), of: table)
    leaveOutVarying(&roles, entries)
    return build(entries, indicators, roles)
  }

  private mutating func roles() throws(WideLayoutError) -> Roles {
    let names = table.columnNames
    let named = try options.indicatorColumn.map { text throws(WideLayoutError) in
      try table.wideColumns(
        names.contains(text) ? [text] : text.split(separator: ",").map { CellText.trimmed(String($0)) })
    }
    guard let value = try column(options.valueColumn) ?? names.firstIndex(where: ColumnWords.isValue)
    else { throw missing("the values", "value") }
    guard let time = try column(options.timeColumn) ?? names.firstIndex(where: ColumnWords.isTime)
    else { throw missing("the times", "time") }
    let indicators = named ?? names.indices.filter { ColumnWords.isIndicator(names[$0]) || isElement($0) }
    let varying = indicators.count > 1 && named == nil ? indicators.filter(varies) : indicators
    let rest = names.indices.filter { $0 != value && $0 != time && !indicators.contains($0) }
    let units = rest.filter { ColumnWords.isCode(names[$0]) || ColumnWords.isName(names[$0]) }
    guard
      let unit = try column(options.unitColumn)
        ?? units.first(where: { varies($0) && !ColumnWords.isMeasure(names[$0]) }) ?? units.first
    else { throw missing("the units", "unit") }
    return Roles(
      unit: unit, time: time, indicators: varying.isEmpty ? Array(indicators.prefix(1)) : varying,
      value: value,
      others: rest.filter { $0 != unit })
  }

  private func column(_ name: String?) throws(WideLayoutError) -> Int? {
    guard let name else { return nil }
    return try table.wideColumn(name)
  }

  /// FAO's tables part an indicator into item and element.
  private func isElement(_ column: Int) -> Bool { table.columnNames[column].lowercased() == "element" }

  private func varies(_ column: Int) -> Bool {
    (1..<max(1, table.rowCount)).contains { row in
      table.utf8(row: row, column: column) != table.utf8(row: 0, column: column)
    }
  }

  private func missing(_ what: String, _ option: String) -> WideLayoutError {
    .noColumn(
      of: what, option: Setting(option), source: table.source, line: table.headerLine,
      columns: table.columnNames)
  }

  private func text(_ row: Int, _ column: Int) throws(WideLayoutError) -> String {
    let text = table.trimmedText(row: row, column: column)
    guard !text.isEmpty else {
      throw .missingKey(
        source: table.source, line: table.lines[row], column: table.sourceColumn(row: row, column: column))
    }
    return text
  }

  private func indicator(_ row: Int, _ roles: Roles) throws(WideLayoutError) -> String {
    guard !roles.indicators.isEmpty else { return options.variable ?? table.columnNames[roles.value] }
    var parts: [String] = []
    for column in roles.indicators { parts.append(try text(row, column)) }
    return parts.joined(separator: " ")
  }

  /// Columns whose cells differ among the indicators of one unit and time, such as their units of measurement, have no
  /// place in its one row.
  private mutating func leaveOutVarying(_ roles: inout Roles, _ entries: [Entry]) {
    let varying = roles.others.filter { column in
      entries.contains { entry in
        let first = table.trimmedText(row: entry.firstRow, column: column)
        return entry.rowOfIndicator.values.contains { table.trimmedText(row: $0, column: column) != first }
      }
    }
    notes.add(
      columns: varying,
      because: Phrase(
        "they differ among the indicators of one unit and time", zh: "同一个体同一时期各指标的取值不同"))
    roles.others.removeAll(where: varying.contains)
  }

  private consuming func build(_ entries: [Entry], _ indicators: [String], _ roles: Roles) -> LongTable {
    var builder = LongTableBuilder(table)
    for entry in entries {
      builder.beginRow(line: table.lines[entry.firstRow])
      for column in [roles.unit, roles.time] + roles.others {
        builder.append(row: entry.firstRow, column: column)
      }
      for indicator in indicators {
        if let row = entry.rowOfIndicator[indicator] {
          builder.append(row: row, column: roles.value)
        } else {
          builder.append("", column: roles.value)
        }
      }
    }
    var names = ([roles.unit, roles.time] + roles.others).map { table.columnNames[$0] }
    for indicator in indicators { names.append(DistinctNames.name(indicator, besides: names)) }
    return LongTable(table: builder.table(columnNames: names), notes: notes.terms)
  }
}
