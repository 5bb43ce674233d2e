/// A table with one column a unit, whose rows are times or indicators.
struct WideUnits {
  private let table: Table
  private let options: WideLayoutOptions
  private var notes: WideLayoutNotes

  init(_ table: Table, options: WideLayoutOptions) {
    self.table = table
    self.options = options
    notes = WideLayoutNotes(table)
  }

  /// The long form.
  consuming func long() throws(WideLayoutError) -> LongTable {
    if options.unitName != nil {
      throw .needlessOption(
        Setting("unit-name"), reason: "with \(Setting("from")) wide-units the headers name the units")
    }
    let ids = try idColumns()
    let units = try unitColumns(besides: ids)
    let (rows, rowsWithoutData) = table.rows(withTextIn: units)
    notes.add(rowsWithoutData: rowsWithoutData)
    guard !rows.isEmpty else { throw .noData(source: table.source) }
    let timeColumn = timeColumn(among: ids, rows: rows)
    let indicatorColumn = try indicatorColumn(among: ids, timeColumn: timeColumn)
    let entries = try entries(of: rows, timeColumn: timeColumn, indicatorColumn: indicatorColumn)
    try LongTableBuilder.requireMemory(
      rows: Double(entries.times.count) * Double(units.count), columns: Double(entries.variables.count + 2),
      of: table)
    return build(entries, units: units)
  }

  /// The rows of the long table that one unit gets: for each time the row of each variable.
  private struct Entries {
    var times: [String] = []
    var lines: [Int] = []
    var rows: [[Int?]] = []
    var variables: [String] = []
  }

  /// The columns that are not units: the first, and those beside it that say so in their header.
  private func idColumns() throws(WideLayoutError) -> [Int] {
    let named = try table.wideColumns(options.idColumns + [options.indicatorColumn].compactMap(\.self))
    if !options.idColumns.isEmpty { return named }
    let found = (1..<max(1, table.columnCount)).prefix { column in
      let header = table.columnNames[column]
      return ColumnWords.isIndicator(header) || ColumnWords.isTime(header) || ColumnWords.isMeasure(header)
    }
    return Array(Set([0] + found + named)).sorted()
  }

  private mutating func unitColumns(besides ids: [Int]) throws(WideLayoutError) -> [Int] {
    let columns = (0..<table.columnCount).filter { !ids.contains($0) }
    let kinds = table.columnKinds(columns)
    let units = zip(columns, kinds).filter { $0.1 != .text && $0.1 != .empty }.map(\.0)
    notes.add(
      columns: zip(columns, kinds).filter { $0.1 == .text }.map(\.0),
      because: Phrase("they hold text", zh: "内容为文本"))
    notes.add(
      columns: zip(columns, kinds).filter { $0.1 == .empty }.map(\.0),
      because: Phrase("they hold no data", zh: "无数据"))
    // Headers that are years mean that somebody confused the two layouts.
    guard !units.allSatisfy({ YearHeader(table.columnNames[$0])?.stem == "" }) else {
      throw .noUnitColumns(source: table.source, line: table.headerLine, columns: table.columnNames)
    }
    return units
  }

  /// The column that holds times: by its header, or because its cells are years or dates.
  private func timeColumn(among ids: [Int], rows: [Int]) -> Int? {
    ids.first { column in
      ColumnWords.isTime(table.columnNames[column])
        || rows.allSatisfy { row in
          PeriodReading.period(table.text(row: row, column: column)).map(YearHeader.years.contains) ?? false
        }
    }
  }

  private mutating func indicatorColumn(
    among ids: [Int], timeColumn: Int?
  ) throws(WideLayoutError) -> Int? {
    let rest = ids.filter { $0 != timeColumn }
    var indicator = try table.wideColumns([options.indicatorColumn].compactMap(\.self)).first
    indicator = indicator ?? rest.first { ColumnWords.isIndicator(table.columnNames[$0]) }
    indicator = indicator ?? rest.first { !ColumnWords.isMeasure(table.columnNames[$0]) }
    let measures = rest.filter { $0 != indicator && ColumnWords.isMeasure(table.columnNames[$0]) }
    notes.add(columns: measures, because: Phrase("they name units of measurement", zh: "该列为计量单位"))
    notes.add(
      columns: rest.filter { $0 != indicator && !measures.contains($0) },
      because: Phrase("they are neither units, nor times, nor indicators", zh: "既非个体、时间，也非指标"))
    return indicator
  }

  private mutating func entries(
    of rows: [Int], timeColumn: Int?, indicatorColumn: Int?
  ) throws(WideLayoutError) -> Entries {
    if timeColumn != nil, options.year != nil {
      throw .needlessOption(Setting("year"), reason: "the rows of the table name their times")
    }
    if let indicatorColumn {
      return try indicatorEntries(of: rows, timeColumn: timeColumn, indicatorColumn: indicatorColumn)
    }
    // The first column is one or the other.
    return try timeEntries(of: rows, timeColumn: timeColumn ?? 0)
  }

  /// Rows that are times of one variable.
  private mutating func timeEntries(of rows: [Int], timeColumn: Int) throws(WideLayoutError) -> Entries {
    if options.variable == nil { notes.add(defaultVariable: "value") }
    var entries = Entries()
    entries.variables = [options.variable ?? "value"]
    for row in rows {
      entries.times.append(try time(row: row, column: timeColumn))
      entries.lines.append(table.lines[row])
      entries.rows.append([row])
    }
    return entries
  }

  /// Rows that are indicators, at one time or at several.
  private mutating func indicatorEntries(
    of rows: [Int], timeColumn: Int?, indicatorColumn: Int
  ) throws(WideLayoutError) -> Entries {
    if options.variable != nil {
      throw .needlessOption(Setting("variable"), reason: "the rows of the table name its variables")
    }
    var entries = Entries()
    entries.variables = try names(of: rows, in: indicatorColumn)
    let positions = entries.variables.positions
    let times = try times(of: rows, in: timeColumn)
    try LongTableBuilder.requireMemory(
      rows: Double(Set(times).count), columns: Double(entries.variables.count), of: table)
    var entryOfTime: [String: Int] = [:]
    for (row, key) in zip(rows, times) {
      let entry = entryOfTime[key] ?? entries.times.count
      if entry == entries.times.count {
        entryOfTime[key] = entry
        entries.times.append(key)
        entries.lines.append(table.headerLine)
        entries.rows.append([Int?](repeating: nil, count: entries.variables.count))
      }
      let name = table.trimmedText(row: row, column: indicatorColumn)
      if let first = entries.rows[entry][positions[name]!] {
        throw .duplicateIndicator(
          source: table.source, indicator: name, of: key, firstLine: table.lines[first],
          secondLine: table.lines[row])
      }
      entries.rows[entry][positions[name]!] = row
    }
    return entries
  }

  /// The time of each row: its cell, or the year of the whole table.
  private mutating func times(of rows: [Int], in column: Int?) throws(WideLayoutError) -> [String] {
    guard let column else { return [String](repeating: String(try year()), count: rows.count) }
    var times: [String] = []
    for row in rows { times.append(try time(row: row, column: column)) }
    return times
  }

  /// The different indicators of these rows, in their order.
  private func names(of rows: [Int], in column: Int) throws(WideLayoutError) -> [String] {
    var names: [String] = []
    for row in rows {
      let name = table.trimmedText(row: row, column: column)
      guard !name.isEmpty else {
        throw .missingKey(
          source: table.source, line: table.lines[row], column: table.sourceColumn(row: row, column: column))
      }
      names.append(name)
    }
    return names.firstAppearances
  }

  private func time(row: Int, column: Int) throws(WideLayoutError) -> String {
    let text = table.trimmedText(row: row, column: column)
    guard PeriodReading.period(text) != nil else {
      throw .unreadableTime(
        found: text, source: table.source, line: table.lines[row],
        column: table.sourceColumn(row: row, column: column))
    }
    return text
  }

  /// The year of the whole table: given, or the only one in the lines above it.
  private mutating func year() throws(WideLayoutError) -> Int {
    if let year = options.year { return year }
    let years = options.preamble.flatMap { line in
      YearHeader.yearRuns(in: CellText.halfWidth(line)).map(\.year)
    }
    let distinct = Set(years).sorted()
    guard let year = distinct.first else {
      throw .noYear(source: table.source, line: table.headerLine, firstColumn: table.columnNames[0])
    }
    guard distinct.count == 1 else { throw .severalYears(source: table.source, years: distinct) }
    notes.add(yearOfPreamble: year)
    return year
  }

  private func build(_ entries: Entries, units: [Int]) -> LongTable {
    var builder = LongTableBuilder(table)
    for unit in units {
      for (entry, time) in entries.times.enumerated() {
        builder.beginRow(line: entries.lines[entry])
        builder.append(table.columnNames[unit], column: unit)
        builder.append(time, column: unit)
        for row in entries.rows[entry] {
          if let row { builder.append(row: row, column: unit) } else { builder.append("", column: unit) }
        }
      }
    }
    var names = ["unit", "time"]
    for name in entries.variables { names.append(DistinctNames.name(name, besides: names)) }
    return LongTable(table: builder.table(columnNames: names), notes: notes.terms)
  }
}
