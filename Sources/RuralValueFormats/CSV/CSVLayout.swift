import RuralValue

/// Which rows of a CSV file are header, data and footer, and which columns count.
struct CSVLayout {
  let records: CSVRecords
  let source: String
  let separator: UInt8
  let options: CSVOptions
  /// What rows and columns are called in notes.
  var places = LayoutPlaces.text

  /// The table and what the person who made the file should know.
  func table() throws(CSVError) -> (Table, [Phrase]) {
    guard records.count > 0 else { throw .empty(source: source, skippedLines: options.skipLines) }
    let headerRows = try checkedHeaderRows()
    let names = headerNames(rows: headerRows)
    let headerLine = headerRows > 0 ? records.lines[0] : records.lines[0] - 1
    let (body, footer) = bodyAndFooter(below: headerRows, width: names.count)
    guard !body.isEmpty else { throw .onlyHeader(source: source, line: headerLine) }
    try checkWidths(of: body, against: names.count, headerLine: headerLine)
    let kept = try keptColumns(names: names, body: body, headerLine: headerLine)
    try checkNames(names, kept: kept, headerLine: headerLine)
    var notes = CSVNotes(source: source, places: places)
    notes.add(bareRows: records.bareRows)
    notes.add(footer: footer.map { records.lines[$0] })
    let dropped = names.indices.filter { !kept.contains($0) }
    let rowNumbers = dropped.first == 0 && !isColumnEmpty(0, in: body) ? [0] : []
    notes.add(rowNumberColumn: !rowNumbers.isEmpty)
    notes.add(droppedColumns: dropped.filter { !rowNumbers.contains($0) })
    var cells = cells(names: names, kept: kept, body: body)
    clean(&cells, &notes)
    if separator == UInt8(ascii: ";") {
      if let example = cells.readDecimalCommas() {
        notes.add(decimalComma: example)
      } else {
        notes.add(groupedNumber: groupedNumber(in: body).map(records.text))
      }
    }
    let table = Table(
      source: source, columnNames: cells.names, headerLine: headerLine, lines: Array(records.lines[body]),
      bytes: cells.bytes, starts: cells.starts, ends: cells.ends,
      columnLabels: places.labels(cells.names, of: kept))
    return (table, notes.terms)
  }

  /// Takes off what is written about numbers, and notes it.
  private func clean(_ cells: inout CSVCells, _ notes: inout CSVNotes) {
    if cells.isEurostat, let found = cells.unfoldEurostat() {
      notes.add(eurostat: found.flags, constants: found.constants)
    }
    if !options.missingMarkers.isEmpty { notes.add(markers: cells.empty(markers: options.missingMarkers)) }
    notes.add(percent: cells.stripPercent())
  }

  /// The number of header rows, once it is clear that nothing stands above them and nothing is amiss.
  private func checkedHeaderRows() throws(CSVError) -> Int {
    let wanted =
      switch options.header {
      case .absent: 0
      case .found: 1
      case .rows(let count): count
      }
    guard wanted > 0 else { return 0 }
    try checkPreamble()
    if options.header == .found, let severalRows = HeaderRows(records).error(source: source) {
      throw severalRows
    }
    return min(wanted, records.count)
  }

  /// Throws where a title or a remark stands in the first row: one cell, and below it a row of several
  /// that is no data.
  private func checkPreamble() throws(CSVError) {
    guard records.filledCells(of: 0) <= 1,
      let table = (1..<records.count).first(where: { records.filledCells(of: $0) > 1 }),
      !HeaderRows(records).isData(table)
    else { return }
    let cell = records.cells(of: 0).first { !records.isEmpty($0) }
    throw .preamble(
      source: source, line: records.lines[0],
      found: cell.map { CSVScanner.shortened(records.text($0)) } ?? "", skipLines: records.lines[table] - 1)
  }

  /// The names of the columns, those of several rows joined.
  private func headerNames(rows: Int) -> [String] {
    guard rows > 0 else { return (1...max(1, records.width(of: 0))).map { "column \($0)" } }
    return HeaderRows(records).names(rows: rows)
  }

  /// The rows of data, and those of remarks below them.
  private func bodyAndFooter(below headerRows: Int, width: Int) -> (body: Range<Int>, footer: Range<Int>) {
    let end = max(headerRows, records.count - max(0, options.skipFooter))
    let footer = FooterRows(records).first(in: headerRows..<end, width: width)
    return (headerRows..<footer, footer..<records.count)
  }

  /// Throws for the first row with another number of cells than the header, or for the header where
  /// most rows agree with each other and not with it.
  private func checkWidths(of body: Range<Int>, against width: Int, headerLine: Int) throws(CSVError) {
    guard let row = body.first(where: { records.width(of: $0) != width }) else { return }
    let other = records.width(of: row)
    let count = body.count { records.width(of: $0) == other }
    if count > body.count / 2, count > 1 {
      let first = body.first { records.width(of: $0) == other && !HeaderRows(records).isData($0) }
      throw .raggedHeader(
        source: source, line: headerLine, found: width, rows: count, count: other,
        skipLines: first.map { records.lines[$0] - 1 + options.skipLines })
    }
    throw .ragged(
      source: source, line: records.lines[row], found: other, expected: width,
      firstCells: records.cells(of: row).prefix(3).map { CSVScanner.shortened(records.text($0)) },
      isLast: row == body.upperBound - 1,
      otherLines: body.filter { $0 > row && records.width(of: $0) != width }.map { records.lines[$0] })
  }

  /// The columns that have a name.
  ///
  /// Throws where one without a name has cells: only wholly empty ones, which a comma at the end of every
  /// line makes, and a first one that counts the rows can be left out; any other first one is kept where the options
  /// say so.
  private func keptColumns(
    names: [String], body: Range<Int>, headerLine: Int
  ) throws(CSVError) -> [Int] {
    let keepsFirst = options.keepsUnnamedFirstColumn && names.first == "" && !isColumnEmpty(0, in: body)
    for column in names.indices where names[column].isEmpty {
      guard let row = body.first(where: { !records.isEmpty(records.firstCells[$0] + column) }) else {
        continue
      }
      if column == 0, keepsFirst || countsRows(in: body) { continue }
      throw .unnamedColumn(
        source: source, line: headerLine, column: column + 1,
        example: CSVScanner.shortened(records.text(records.firstCells[row] + column)),
        exampleLine: records.lines[row])
    }
    return names.indices.filter { !names[$0].isEmpty || ($0 == 0 && keepsFirst) }
  }

  private func isColumnEmpty(_ column: Int, in body: Range<Int>) -> Bool {
    body.allSatisfy { records.isEmpty(records.firstCells[$0] + column) }
  }

  /// Whether the first column counts the rows from 0 or 1, as R and pandas write it.
  private func countsRows(in body: Range<Int>) -> Bool {
    guard body.count > 1, let first = Int(records.text(records.firstCells[body.lowerBound])),
      first == 0 || first == 1
    else { return false }
    return zip(body, first...).allSatisfy { row, number in
      records.text(records.firstCells[row]) == "\(number)"
    }
  }

  private func checkNames(_ names: [String], kept: [Int], headerLine: Int) throws(CSVError) {
    var positions: [String: Int] = [:]
    for column in kept {
      if let first = positions.updateValue(column, forKey: names[column]) {
        throw .duplicateColumn(
          source: source, line: headerLine, name: names[column], first: first + 1, second: column + 1)
      }
    }
  }

  /// The first cell such as `1,234`, which is a thousand here and may be meant as a bit more than one: where
  /// semicolons part the cells, the comma often is the decimal sign.
  private func groupedNumber(in body: Range<Int>) -> Int? {
    let cells = records.firstCells[body.lowerBound]..<records.cells(of: body.upperBound - 1).upperBound
    return cells.first { cell in
      let text = records.bytes[Int(records.starts[cell])..<Int(records.ends[cell])]
      guard text.contains(UInt8(ascii: ",")), case .number = NumberReading(utf8: text) else { return false }
      return true
    }
  }

  private func cells(names: [String], kept: [Int], body: Range<Int>) -> CSVCells {
    let cells = records.firstCells[body.lowerBound]..<records.cells(of: body.upperBound - 1).upperBound
    var starts = Array(records.starts[cells])
    var ends = Array(records.ends[cells])
    if kept.count < names.count {
      let positions = body.indices.flatMap { row in kept.map { (row - body.lowerBound) * names.count + $0 } }
      starts = positions.map { starts[$0] }
      ends = positions.map { ends[$0] }
    }
    return CSVCells(
      names: kept.map { names[$0] }, bytes: records.bytes, starts: starts, ends: ends, rowCount: body.count)
  }
}
