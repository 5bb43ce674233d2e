extension Table {
  /// What a cell says when it is read as a number.
  public func reading(row: Int, column: Int) -> NumberReading {
    NumberReading(utf8: utf8(row: row, column: column))
  }

  /// A column as numbers, NaN where a cell holds a missing marker.
  ///
  /// Throws `TableError.notANumber` with the line of the first cell that is neither number nor missing.
  public func numbers(column: Int) throws(TableError) -> [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(rowCount)
    try append(numbersOf: column, rows: 0..<rowCount, to: &numbers)
    return numbers
  }

  /// Several columns as numbers, as `numbers(column:)` has each of them.
  ///
  /// A million cells are read about twice as fast as column by column: the rows are taken in blocks
  /// that stay in the cache until all columns are read from them.
  public func numbers(columns: [Int]) throws(TableError) -> [[Double]] {
    var numbers = [[Double]](repeating: [], count: columns.count)
    for position in columns.indices { numbers[position].reserveCapacity(rowCount) }
    for rows in rowBlocks {
      for (position, column) in columns.enumerated() {
        try append(numbersOf: column, rows: rows, to: &numbers[position])
      }
    }
    return numbers
  }

  /// The rows in blocks whose bytes stay in the cache while column after column is read from them.
  var rowBlocks: [Range<Int>] {
    stride(from: 0, to: rowCount, by: 64).map { $0..<min($0 + 64, rowCount) }
  }

  private func append(
    numbersOf column: Int, rows: Range<Int>, to numbers: inout [Double]
  ) throws(TableError) {
    try eachCell(of: column, rows: rows) { bytes, start, end, row throws(TableError) in
      if start == end {
        numbers.append(.nan)
      } else if let value = PlainDecimal.value(of: bytes, from: start, to: end) {
        numbers.append(value)
      } else {
        numbers.append(try number(row: row, column: column))
      }
    }
  }

  /// Hands over where each of a column's cells begins and ends in the table's bytes.
  @inline(__always)
  func eachCell<Failure: Error>(
    of column: Int, rows: Range<Int>,
    _ body: (_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ row: Int) throws(Failure) -> Void
  ) throws(Failure) {
    let bytes = bytes.span
    let starts = starts.span
    let ends = ends.span
    var cell = rows.lowerBound * columnCount + column
    for row in rows {
      try body(bytes, Int(starts[cell]), Int(ends[cell]), row)
      cell += columnCount
    }
  }

  /// A cell that is not a plain decimal as a number, NaN where it holds a missing marker.
  private func number(row: Int, column: Int) throws(TableError) -> Double {
    switch reading(row: row, column: column) {
    case .number(let value): return value
    case .missing: return .nan
    case .unreadable: throw notANumber(row: row, column: column)
    }
  }

  /// The error that a cell is no number, with its place in the source.
  public func notANumber(row: Int, column: Int) -> TableError {
    var advice: String?
    if case .unreadable(let known) = reading(row: row, column: column) { advice = known }
    if advice == nil {
      let same = (0..<rowCount).count {
        utf8(row: $0, column: column).elementsEqual(utf8(row: row, column: column))
      }
      let text = text(row: row, column: column)
      if same > 1 {
        advice =
          "It stands in \(same) cells of the column: if it means that a value is missing, say so with"
          + " \(Setting("missing-as")) \"\(text)\"; if it means zero, write 0; if the column is a text, name the variables."
      }
    }
    return .notANumber(
      found: text(row: row, column: column), source: source(ofRow: row), line: line(row: row, column: column),
      column: sourceColumn(row: row, column: column), advice: advice)
  }
}
