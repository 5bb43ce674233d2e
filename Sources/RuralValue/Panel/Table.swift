/// A rectangular table of text cells as it was read, with the place of every row in its source.
///
/// Cells stay text until somebody asks for numbers, so that codes such as 0430102 keep their zeros.
/// The cells' UTF-8 stands in one buffer: a table of a million cells is three arrays.
public struct Table: Sendable, Equatable {
  /// What messages call the source: a file's path or `standard input`.
  public let source: String
  /// The column names, all different.
  public let columnNames: [String]
  /// The line of the source on which each row begins, counted from one.
  public let lines: [Int]
  let bytes: [UInt8]
  let starts: [UInt32]
  let ends: [UInt32]

  /// A table from its cells in row order: cell c is `bytes[starts[c]..<ends[c]]`.
  public init(
    source: String, columnNames: [String], lines: [Int], bytes: [UInt8], starts: [UInt32], ends: [UInt32]
  ) {
    precondition(starts.count == columnNames.count * lines.count && ends.count == starts.count)
    self.source = source
    self.columnNames = columnNames
    self.lines = lines
    self.bytes = bytes
    self.starts = starts
    self.ends = ends
  }

  /// A table from texts, as if its header stood on line 1 and its rows below.
  public init(source: String, columnNames: [String], rows: [[String]]) {
    var bytes: [UInt8] = []
    var starts: [UInt32] = []
    var ends: [UInt32] = []
    for row in rows {
      precondition(row.count == columnNames.count, "A row must have a cell for every column.")
      for cell in row {
        starts.append(UInt32(bytes.count))
        bytes.append(contentsOf: cell.utf8)
        ends.append(UInt32(bytes.count))
      }
    }
    self.init(
      source: source, columnNames: columnNames, lines: Array(2..<(rows.count + 2)), bytes: bytes,
      starts: starts, ends: ends)
  }

  /// The number of rows below the header.
  public var rowCount: Int { lines.count }

  /// The number of columns.
  public var columnCount: Int { columnNames.count }

  /// The text of a cell.
  public func text(row: Int, column: Int) -> String {
    let cell = row * columnCount + column
    return String(decoding: bytes[Int(starts[cell])..<Int(ends[cell])], as: UTF8.self)
  }

  /// The texts of a column.
  public func texts(column: Int) -> [String] {
    (0..<rowCount).map { text(row: $0, column: column) }
  }

  /// What a cell says when it is read as a number.
  public func reading(row: Int, column: Int) -> NumberReading {
    let cell = row * columnCount + column
    return NumberReading(utf8: bytes[Int(starts[cell])..<Int(ends[cell])])
  }

  /// The position of the column of this name.
  ///
  /// Throws `TableError.noSuchColumn`, with the nearest name, where there is none.
  public func column(named name: String) throws(TableError) -> Int {
    if let position = columnNames.firstIndex(of: name) { return position }
    throw .noSuchColumn(name: name, source: source, columns: columnNames)
  }

  /// A column as numbers, NaN where a cell holds a missing marker.
  ///
  /// Throws `TableError.notANumber` with the line of the first cell that is neither number nor missing.
  public func numbers(column: Int) throws(TableError) -> [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(rowCount)
    for row in 0..<rowCount {
      switch reading(row: row, column: column) {
      case .number(let value): numbers.append(value)
      case .missing: numbers.append(.nan)
      case .unreadable(let advice):
        throw .notANumber(
          found: text(row: row, column: column), source: source, line: lines[row],
          column: columnNames[column], advice: advice)
      }
    }
    return numbers
  }
}
