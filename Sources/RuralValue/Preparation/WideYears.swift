/// A table with one column a year, whose rows are units or indicators.
struct WideYears {
  private let table: Table
  private let options: WideLayoutOptions
  private var notes: WideLayoutNotes
  /// How the years, quarters or months of the headers count.
  private var frequency = PeriodFrequency.whole

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
    var roles = try columnRoles(besides: yearColumns)
    let (rows, rowsWithoutData) = table.rows(withTextIn: yearColumns.map(\.column))
    notes.add(rowsWithoutData: rowsWithoutData)
    guard !rows.isEmpty else { throw .noData(source: table.source) }
    let blocks = try blocks(of: rows, roles: &roles)
    let variables = try variables(of: yearColumns, indicators: blocks.indicators)
    let years = Set(yearColumns.map(\.year)).sorted()
    try LongTableBuilder.requireMemory(
      rows: Double(blocks.units.count) * Double(years.count),
      columns: Double(variables.count + roles.others.count + 2), of: table)
    return build(blocks.units, roles: roles, variables: variables, years: years)
  }

  /// A column of one variable and period.
  private struct YearColumn {
    let column: Int
    var stem: String
    let year: Int
  }

  /// The columns that are not headed by years, by what they say.
  private struct ColumnRoles {
    /// The column of units; nil where the whole table is about one.
    let unit: Int?
    /// The column of indicators; nil where a row holds one unit.
    let indicator: Int?
    /// Columns that say more about the unit.
    var others: [Int]
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

  private mutating func yearColumns() throws(WideLayoutError) -> [YearColumn] {
    let ids = Set(try table.wideColumns(options.idColumns + [options.indicatorColumn].compactMap(\.self)))
    var headers: [(column: Int, header: YearHeader, period: PeriodText)] = []
    var spans: [Int] = []
    for column in 0..<table.columnCount where !ids.contains(column) {
      guard let header = YearHeader(table.columnNames[column]) else { continue }
      guard let period = header.period else {
        spans.append(column)
        continue
      }
      headers.append((column, header, period))
    }
    guard !headers.isEmpty else {
      throw .noYearColumns(source: table.source, line: table.headerLine, columns: table.columnNames)
    }
    notes.add(severalYears: spans)
    let set = try periods(of: headers.map(\.period), columns: headers.map(\.column))
    frequency = set.frequency
    // That they are quarters or months is said when the long table's keys are read.
    if frequency == .whole { notes.add([set.note].compactMap(\.self)) }
    let stems = stems(of: headers.map(\.header))
    var columns: [YearColumn] = []
    for (place, stem) in zip(headers, stems) {
      let year = set.periods[place.period]!
      if let twin = columns.first(where: { $0.stem == stem && $0.year == year }) {
        throw .duplicateYear(
          source: table.source, line: table.headerLine, year: frequency.label(year),
          first: table.columnNames[twin.column], second: table.columnNames[place.column])
      }
      columns.append(YearColumn(column: place.column, stem: stem, year: year))
    }
    return columns
  }

  private func periods(
    of texts: [PeriodText], columns: [Int]
  ) throws(WideLayoutError) -> PeriodSet {
    do throws(PeriodSet.Failure) {
      return try PeriodSet(texts.firstAppearances)
    } catch {
      let column = texts.firstIndex(of: error.text).map { columns[$0] } ?? 0
      throw .unclearPeriod(
        source: table.source, line: table.headerLine, header: table.columnNames[column],
        expected: error.reason.advice)
    }
  }

  /// The variable of each header. Words for a census and marks of estimates are no names of variables where the same
  /// variable has its other years without them.
  private mutating func stems(of headers: [YearHeader]) -> [String] {
    var stems = headers.map(\.stem)
    let plain = headers.map(\.stemWithoutSurvey)
    if Set(plain).count < Set(stems).count {
      notes.add(mergedHeaders: headers.indices.filter { plain[$0] != stems[$0] }.map { headers[$0].stem })
      stems = plain
    }
    let marks = headers.indices.filter { headers[$0].isMark }
    let isBareBeside = stems.indices.contains { stems[$0].isEmpty }
    let everyYearOnce = Set(headers.map(\.period)).count == headers.count
    if isBareBeside, everyYearOnce, !marks.isEmpty {
      notes.add(mergedHeaders: marks.map { headers[$0].stem })
      for place in marks { stems[place] = "" }
    }
    return stems
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
    indicator = indicator ?? ids.first { ColumnWords.isIndicator(table.columnNames[$0]) }
    // A description tells a unit's rows apart where nothing else is called an indicator.
    if indicator == nil, let first = ids.first, repeats(first) {
      indicator = ids.dropFirst().first { ColumnWords.isDescription(table.columnNames[$0]) }
    }
    // One unit for the whole table makes the rows indicators.
    if indicator == nil, options.unitName != nil { indicator = ids.first }
    let measures = indicator == nil ? [] : ids.filter { ColumnWords.isMeasure(table.columnNames[$0]) }
    notes.add(
      columns: measures, because: Phrase("they name units of measurement", zh: "该列为计量单位"))
    ids.removeAll { $0 == indicator || measures.contains($0) }
    if options.unitName != nil { return ColumnRoles(unit: nil, indicator: indicator, others: ids) }
    guard let unit = ids.first(where: { tellsApart($0, indicator) }) ?? ids.first else {
      throw .noUnitName(
        source: table.source, line: table.headerLine,
        indicatorColumn: indicator.map { table.columnNames[$0] } ?? "")
    }
    return ColumnRoles(unit: unit, indicator: indicator, others: ids.filter { $0 != unit })
  }

  private func repeats(_ column: Int) -> Bool {
    let texts = table.texts(column: column)
    return Set(texts).count < texts.count
  }

  /// Whether each indicator stands once for each text of a column, so that the column can hold the units.
  private func tellsApart(_ column: Int, _ indicator: Int?) -> Bool {
    guard let indicator else { return true }
    var seen: Set<[String]> = []
    return (0..<table.rowCount).allSatisfy { row in
      let pair = [
        table.trimmedText(row: row, column: column), table.trimmedText(row: row, column: indicator),
      ]
      return pair == ["", ""] || seen.insert(pair).inserted
    }
  }

  /// The units in the order of their rows, and all indicators in theirs.
  private mutating func blocks(
    of rows: [Int], roles: inout ColumnRoles
  ) throws(WideLayoutError) -> (units: [Unit], indicators: [String]) {
    guard let indicatorColumn = roles.indicator else {
      return (rows.map { Unit(firstRow: $0, rowOfIndicator: ["": $0]) }, [""])
    }
    var units: [Unit] = []
    var positions: [String: Int] = [:]
    var indicators: [String] = []
    var known: Set<String> = []
    var varying: Set<Int> = []
    for row in rows {
      let indicator = try key(row: row, column: indicatorColumn)
      if known.insert(indicator).inserted { indicators.append(indicator) }
      let unit = try roles.unit.map { column throws(WideLayoutError) in try key(row: row, column: column) }
      let name = unit ?? options.unitName ?? ""
      if let position = positions[name] {
        for column in roles.others where !varying.contains(column) {
          let own = table.trimmedText(row: units[position].firstRow, column: column)
          if table.trimmedText(row: row, column: column) != own { varying.insert(column) }
        }
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
    notes.add(
      columns: roles.others.filter(varying.contains),
      because: Phrase("they differ among the rows of one unit", zh: "同一个体各行的取值不同"))
    roles.others.removeAll(where: varying.contains)
    return (units, indicators)
  }

  private func key(row: Int, column: Int) throws(WideLayoutError) -> String {
    let text = table.trimmedText(row: row, column: column)
    guard !text.isEmpty else {
      throw .missingKey(
        source: table.source, line: table.lines[row], column: table.sourceColumn(row: row, column: column))
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
      notes.add(
        variable: stem.isEmpty ? "value" : stem,
        hasOnly: columnsOfStem[stem]!.keys.sorted().map(frequency.label))
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
        builder.append(frequency.label(year), column: roles.unit ?? 0)
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
