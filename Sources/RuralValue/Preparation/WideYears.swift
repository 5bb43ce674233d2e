/// A table with one column a year, whose rows are units or indicators.
struct WideYears {
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
    if options.year != nil {
      throw .needlessOption(
        Setting("year"), reason: "with \(Setting("from")) wide-years the headers name the years")
    }
    let yearColumns = try yearColumns()
    let roles = try columnRoles(besides: yearColumns)
    let (rows, rowsWithoutData) = table.rows(withTextIn: yearColumns.map(\.column))
    notes.add(rowsWithoutData: rowsWithoutData)
    guard !rows.isEmpty else { throw .noData(source: table.source) }
    let blocks = try blocks(of: rows, roles: roles)
    let variables = try variables(of: yearColumns, indicators: blocks.indicators)
    let years = Set(yearColumns.map(\.year)).sorted()
    try LongTableBuilder.requireMemory(
      rows: Double(blocks.units.count) * Double(years.count),
      columns: Double(variables.count + roles.others.count + 2), of: table)
    return build(blocks.units, roles: roles, variables: variables, years: years)
  }

  /// A column of one variable and year.
  private struct YearColumn {
    let column: Int
    let stem: String
    let year: Int
  }

  /// The columns that are not headed by years, by what they say.
  private struct ColumnRoles {
    /// The column of units; nil where the whole table is about one.
    let unit: Int?
    /// The column of indicators; nil where a row holds one unit.
    let indicator: Int?
    /// Columns that say more about the unit.
    let others: [Int]
  }

  /// A variable: for each year the column, and the indicator whose row holds it.
  private struct Variable {
    let name: String
    let indicator: String
    let columnOfYear: [Int: Int]
  }

  /// One unit and its rows, by indicator; without indicators one row.
  private struct Unit {
    let firstRow: Int
    var rowOfIndicator: [String: Int]
  }

  private func yearColumns() throws(WideLayoutError) -> [YearColumn] {
    let ids = Set(try table.wideColumns(options.idColumns + [options.indicatorColumn].compactMap(\.self)))
    var columns: [YearColumn] = []
    for column in 0..<table.columnCount where !ids.contains(column) {
      guard let header = YearHeader(table.columnNames[column]) else { continue }
      let twin = columns.first { $0.stem == header.stem && $0.year == header.year }
      if let twin {
        throw .duplicateYear(
          source: table.source, line: table.headerLine, year: header.year,
          first: table.columnNames[twin.column], second: table.columnNames[column])
      }
      columns.append(YearColumn(column: column, stem: header.stem, year: header.year))
    }
    guard !columns.isEmpty else {
      throw .noYearColumns(source: table.source, line: table.headerLine, columns: table.columnNames)
    }
    return columns
  }

  private mutating func columnRoles(besides years: [YearColumn]) throws(WideLayoutError) -> ColumnRoles {
    let yearPositions = Set(years.map(\.column))
    let rest = (0..<table.columnCount).filter { !yearPositions.contains($0) }
    var ids = try table.wideColumns(options.idColumns)
    if ids.isEmpty {
      ids = rest
    } else {
      let named = Set(options.idColumns + [options.indicatorColumn].compactMap(\.self))
      notes.add(
        columns: rest.filter { !named.contains(table.columnNames[$0]) },
        because: Phrase("\(Setting("id")) does not name them", zh: "\(Setting("id")) 未指定这些列"))
    }
    var indicator = try table.wideColumns([options.indicatorColumn].compactMap(\.self)).first
    indicator = indicator ?? ids.first { WideHeader.isIndicator(table.columnNames[$0]) }
    // One unit for the whole table makes the rows indicators.
    if indicator == nil, options.unitName != nil { indicator = ids.first }
    let measures = indicator == nil ? [] : ids.filter { WideHeader.isMeasure(table.columnNames[$0]) }
    notes.add(
      columns: measures, because: Phrase("they name units of measurement", zh: "该列为计量单位"))
    ids.removeAll { $0 == indicator || measures.contains($0) }
    if options.unitName != nil { return ColumnRoles(unit: nil, indicator: indicator, others: ids) }
    guard let unit = ids.first else {
      throw .noUnitName(
        source: table.source, line: table.headerLine,
        indicatorColumn: indicator.map { table.columnNames[$0] } ?? "")
    }
    return ColumnRoles(unit: unit, indicator: indicator, others: Array(ids.dropFirst()))
  }

  /// The units in the order of their rows, and all indicators in theirs.
  private func blocks(
    of rows: [Int], roles: ColumnRoles
  ) throws(WideLayoutError) -> (units: [Unit], indicators: [String]) {
    guard let indicatorColumn = roles.indicator else {
      return (rows.map { Unit(firstRow: $0, rowOfIndicator: ["": $0]) }, [""])
    }
    var units: [Unit] = []
    var positions: [String: Int] = [:]
    var indicators: [String] = []
    var known: Set<String> = []
    for row in rows {
      let indicator = try key(row: row, column: indicatorColumn)
      if known.insert(indicator).inserted { indicators.append(indicator) }
      let unit = try roles.unit.map { column throws(WideLayoutError) in try key(row: row, column: column) }
      let name = unit ?? options.unitName ?? ""
      if let position = positions[name] {
        if let first = units[position].rowOfIndicator.updateValue(row, forKey: indicator) {
          throw .duplicateIndicator(
            source: table.source, indicator: indicator, of: name, firstLine: table.lines[first],
            secondLine: table.lines[row])
        }
      } else {
        positions[name] = units.count
        units.append(Unit(firstRow: row, rowOfIndicator: [indicator: row]))
      }
    }
    return (units, indicators)
  }

  private func key(row: Int, column: Int) throws(WideLayoutError) -> String {
    let text = table.trimmedText(row: row, column: column)
    guard !text.isEmpty else {
      throw .missingKey(source: table.source, line: table.lines[row], column: table.columnNames[column])
    }
    return text
  }

  /// One variable a stem and indicator.
  private mutating func variables(
    of columns: [YearColumn], indicators: [String]
  ) throws(WideLayoutError) -> [Variable] {
    var stems: [String] = []
    var columnsOfStem: [String: [Int: Int]] = [:]
    for column in columns {
      if columnsOfStem[column.stem] == nil { stems.append(column.stem) }
      columnsOfStem[column.stem, default: [:]][column.year] = column.column
    }
    let allYears = Set(columns.map(\.year)).count
    for stem in stems where columnsOfStem[stem]!.count < allYears {
      notes.add(variable: stem.isEmpty ? "value" : stem, hasOnly: columnsOfStem[stem]!.keys.sorted())
    }
    if options.variable != nil, stems.count > 1 || indicators != [""] {
      throw .needlessOption(Setting("variable"), reason: "the table names its variables")
    }
    if stems == [""], indicators == [""], options.variable == nil { notes.add(defaultVariable: "value") }
    return indicators.flatMap { indicator in
      stems.map { stem in
        let parts = [indicator, stem].filter { !$0.isEmpty }
        let name = options.variable ?? (parts.isEmpty ? "value" : parts.joined(separator: "_"))
        return Variable(name: name, indicator: indicator, columnOfYear: columnsOfStem[stem]!)
      }
    }
  }

  private func build(
    _ units: [Unit], roles: ColumnRoles, variables: [Variable], years: [Int]
  ) -> LongTable {
    var builder = LongTableBuilder(table)
    for unit in units {
      for year in years {
        builder.beginRow(line: table.lines[unit.firstRow])
        if let column = roles.unit {
          builder.append(row: unit.firstRow, column: column)
        } else {
          builder.append(options.unitName ?? "", column: roles.indicator ?? 0)
        }
        builder.append(String(year), column: roles.unit ?? 0)
        for column in roles.others { builder.append(row: unit.firstRow, column: column) }
        for variable in variables {
          if let row = unit.rowOfIndicator[variable.indicator], let column = variable.columnOfYear[year] {
            builder.append(row: row, column: column)
          } else {
            builder.append("", column: roles.unit ?? 0)
          }
        }
      }
    }
    var names = [roles.unit.map { table.columnNames[$0] } ?? "unit"]
    let others = roles.others.map { table.columnNames[$0] }
    names.append(DistinctNames.name("time", besides: names + others))
    for name in others + variables.map(\.name) { names.append(DistinctNames.name(name, besides: names)) }
    return LongTable(table: builder.table(columnNames: names), notes: notes.terms)
  }
}
