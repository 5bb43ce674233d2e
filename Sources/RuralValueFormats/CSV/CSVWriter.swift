public import RuralValue

/// Writes tables as CSV in UTF-8 with LF line ends, quoted where RFC 4180 asks for it.
public enum CSVWriter {
  /// A table of results.
  ///
  /// Numbers have the fewest digits, 17 at most, that read back as the same double; whole ones have no
  /// point (`12`, and `0` for the negative zero), very large and small ones an exponent (`1e-05`). NaN is
  /// an empty cell; an infinite value is `inf`, which R, Stata and pandas read and `NumberReading` refuses.
  /// Terms are English. Texts stay as they are, also where they begin with =, +, - or @: these are data,
  /// and a quote that is added for a spreadsheet's sake would be part of the data for everybody else.
  ///
  /// With `isSpreadsheetSafe`, names and texts that a spreadsheet would run get an apostrophe before them: those
  /// that begin with =, +, -, @ or their full-width forms, also behind spaces, or with a tab or a line break,
  /// and are neither numbers nor marks of a missing value such as a dash. Read back, it belongs to the text.
  /// Source: OWASP, CSV Injection.
  ///
  /// A table whose rows have keys has a first column `key`. One whose rows are of several kinds has a column `row_kind`
  /// behind the others: `estimate`, `std_error`, `statistic`. A table with cautions has them in a last column
  /// `cautions`, the same in each row, so that they stay with rows that are taken out of it.
  public static func bytes(of table: ResultTable, isSpreadsheetSafe: Bool = false) -> [UInt8] {
    var row = CSVRowWriter(
      width: table.columns.count, cells: (table.rowCount + 1) * table.columns.count,
      isSpreadsheetSafe: isSpreadsheetSafe)
    let cautions =
      table.cautions.isEmpty ? nil : Array(table.cautions.map(\.english).joined(separator: " ").utf8)
    let kinds = table.rowKinds?.map { Array($0.rawValue.utf8) }
    row.append(
      names: (table.rowKeys == nil ? [] : ["key"]) + table.columns.map(\.name)
        + (kinds == nil ? [] : ["row_kind"])
        + (cautions == nil ? [] : ["cautions"]))
    let cells = CellSources(table.columns)
    for position in 0..<table.rowCount {
      if let keys = table.rowKeys { row.append(keys[position]) }
      for place in cells.places {
        switch place {
        case .number(let column): row.append(cells.numbers[column][position])
        case .text(let column): row.append(cells.texts[column][position])
        }
      }
      if let kinds { row.append(utf8: kinds[position][...]) }
      if let cautions { row.append(utf8: cautions[...]) }
      row.end()
    }
    return row.output
  }

  /// A table of texts, verbatim, or safe for spreadsheets as one of results is.
  public static func bytes(of table: Table, isSpreadsheetSafe: Bool = false) -> [UInt8] {
    var row = CSVRowWriter(
      width: table.columnCount, cells: (table.rowCount + 1) * table.columnCount,
      isSpreadsheetSafe: isSpreadsheetSafe)
    row.append(names: table.columnNames)
    for position in 0..<table.rowCount {
      for column in 0..<table.columnCount {
        row.append(utf8: table.utf8(row: position, column: column))
      }
      row.end()
    }
    return row.output
  }
}

/// The columns of a result table by what is to be done with them.
///
/// Taking an array out of its enum for every cell would cost as much as writing a number.
private struct CellSources {
  enum Place {
    case number(column: Int)
    case text(column: Int)
  }

  private(set) var places: [Place] = []
  private(set) var numbers: [[Double]] = []
  private(set) var texts: [[String]] = []

  init(_ columns: [ResultColumn]) {
    for column in columns {
      switch column.values {
      case .number(let cells) where column.rowDisplays?.contains(where: \.isWords) ?? false:
        add(
          cells.indices.map { row in
            if case .words(let phrase) = column.display(row: row) { return phrase.english }
            return cells[row].isNaN ? "" : RoundTripNumber.text(cells[row])
          })
      case .number(let cells):
        places.append(.number(column: numbers.count))
        numbers.append(cells)
      case .text(let cells): add(cells.map { $0 ?? "" })
      case .phrase(let cells): add(cells.map(\.english))
      case .remark(let cells): add(cells.map { $0?.english ?? "" })
      case .integer(let cells): add(cells.map { $0.map(String.init) ?? "" })
      }
    }
  }

  private mutating func add(_ cells: [String]) {
    places.append(.text(column: texts.count))
    texts.append(cells)
  }
}

/// Puts cells behind each other, with separators, quotes and line ends.
private struct CSVRowWriter {
  private(set) var output: [UInt8] = []
  private let width: Int
  private let isSpreadsheetSafe: Bool
  private var isFirst = true
  private var firstByte = 0

  init(width: Int, cells: Int, isSpreadsheetSafe: Bool) {
    self.width = width
    self.isSpreadsheetSafe = isSpreadsheetSafe
    output.reserveCapacity(20 * cells)
  }

  mutating func append(names: [String]) {
    for name in names { append(name) }
    end()
  }

  mutating func append(_ text: String) {
    guard !isSpreadsheetSafe, !text.utf8.contains(where: CSVRowWriter.needsQuotes) else {
      return append(utf8: Array(text.utf8)[...])
    }
    if !isFirst { output.append(UInt8(ascii: ",")) }
    isFirst = false
    output.append(contentsOf: text.utf8)
  }

  mutating func append(utf8 text: ArraySlice<UInt8>) {
    if !isFirst { output.append(UInt8(ascii: ",")) }
    isFirst = false
    let isRun = isSpreadsheetSafe && SpreadsheetFormula.begins(text)
    guard text.contains(where: CSVRowWriter.needsQuotes) else {
      if isRun { output.append(UInt8(ascii: "'")) }
      output += text
      return
    }
    output.append(UInt8(ascii: "\""))
    if isRun { output.append(UInt8(ascii: "'")) }
    for byte in text {
      if byte == UInt8(ascii: "\"") { output.append(byte) }
      output.append(byte)
    }
    output.append(UInt8(ascii: "\""))
  }

  mutating func append(_ number: Double) {
    if !isFirst { output.append(UInt8(ascii: ",")) }
    isFirst = false
    // Adding zero makes −0 a plain 0.
    if !number.isNaN { RoundTripNumber.append(number + 0, to: &output) }
  }

  /// Ends a row. One without any text gets a pair of quotes, for a line of separators is no row to many
  /// readers, ours among them.
  mutating func end() {
    // A row of nothing but separators is as long as these are many.
    if output.count - firstByte == width - 1, output[firstByte...].allSatisfy({ $0 == UInt8(ascii: ",") }) {
      output.insert(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: "\"")], at: firstByte)
    }
    output.append(UInt8(ascii: "\n"))
    firstByte = output.count
    isFirst = true
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
      || byte == UInt8(ascii: "\r")
  }
}

/// Tells which cells a spreadsheet would run.
private enum SpreadsheetFormula {
  /// Whether a cell begins as a formula does, and is neither a number nor a marker of a missing value.
  static func begins(_ cell: ArraySlice<UInt8>) -> Bool {
    guard let first = cell.first else { return false }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      return false
    case 0x09, 0x0A, 0x0D: break
    default:
      let text = CellText.halfWidth(CellText.trimmed(String(decoding: cell, as: UTF8.self)))
      guard let sign = text.unicodeScalars.first, "=+-@".unicodeScalars.contains(sign) else { return false }
    }
    if case .unreadable = NumberReading(utf8: cell) { return true }
    return false
  }
}
