/// Puts a long table together from cells of a wide one, which stay where their bytes are.
struct LongTableBuilder {
  private let source: Table
  private var bytes: [UInt8]
  private var ranges: [String: Range<UInt32>] = [:]
  private var lines: [Int] = []
  private var starts: [UInt32] = []
  private var ends: [UInt32] = []
  private var originLines: [Int32] = []
  private var originColumns: [Int32] = []

  init(_ source: Table) {
    self.source = source
    bytes = source.bytes
  }

  /// Throws where the long table would not fit: every cell has its place and its origin, 16 bytes, which double as
  /// the table grows.
  static func requireMemory(rows: Double, columns: Double, of table: Table) throws(WideLayoutError) {
    try MemoryLimit.require(
      bytes: Double(table.bytes.count) + rows * (16 + 32 * columns),
      for: "\(table.source): the long table of \(grouped(rows)) rows × \(grouped(columns)) columns",
      remedy: "Check which columns name units, years and indicators, or take fewer of them",
      orThrow: WideLayoutError.tooLarge)
  }

  /// Begins a row whose key stood on this line.
  mutating func beginRow(line: Int) {
    lines.append(line)
  }

  /// Adds a text that is no cell of the source, such as a year out of a header.
  mutating func append(_ text: String, column: Int) {
    let range: Range<UInt32>
    if let known = ranges[text] {
      range = known
    } else {
      let start = UInt32(bytes.count)
      bytes += text.utf8
      range = start..<UInt32(bytes.count)
      ranges[text] = range
    }
    add(range, line: lines[lines.count - 1], column: column)
  }

  /// Adds a cell of the source.
  mutating func append(row: Int, column: Int) {
    let cell = row * source.columnCount + column
    add(source.starts[cell]..<source.ends[cell], line: source.line(row: row, column: column), column: column)
  }

  private mutating func add(_ range: Range<UInt32>, line: Int, column: Int) {
    starts.append(range.lowerBound)
    ends.append(range.upperBound)
    originLines.append(Int32(line))
    originColumns.append(Int32(column))
  }

  /// The table of all rows.
  func table(columnNames: [String]) -> Table {
    Table(
      source: source.source, columnNames: columnNames, headerLine: source.headerLine, lines: lines,
      bytes: bytes, starts: starts, ends: ends,
      origins: CellOrigins(
        lines: originLines, columns: originColumns, columnNames: source.columnLabels ?? source.columnNames))
  }
}

/// Names of columns, all different.
enum DistinctNames {
  /// A name that is not taken: the wanted one, or with a number behind it.
  static func name(_ wanted: String, besides taken: [String]) -> String {
    if !taken.contains(wanted) { return wanted }
    var number = 2
    while taken.contains("\(wanted)_\(number)") { number += 1 }
    return "\(wanted)_\(number)"
  }
}
