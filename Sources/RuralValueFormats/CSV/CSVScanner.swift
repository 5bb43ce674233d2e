import RuralValue

/// Parts a text into rows and cells: RFC 4180, and what is met beyond it.
///
/// Cells lose the white space around them. A quote opens a quoted cell only at its beginning; elsewhere it
/// is text. Rows without any text and quotes are left out.
/// Source: RFC 4180, section 2.
struct CSVScanner {
  private let source: String
  private let separator: UInt8
  private var records: CSVRecords
  private var unescaped: [UInt8] = []
  private var line: Int
  private var hasText = false
  private var hasQuotes = false

  /// The rows of a text that begins at `start`, on line `line`.
  static func records(
    of bytes: [UInt8], from start: Int, line: Int, separator: UInt8, source: String
  ) throws(CSVError) -> CSVRecords {
    guard bytes.count < Int(UInt32.max) / 2 else { throw .tooLarge(source: source, bytes: bytes.count) }
    var scanner = CSVScanner(source: source, separator: separator, bytes: bytes, line: line)
    try scanner.scan(bytes.span, from: start)
    if !scanner.unescaped.isEmpty { scanner.records.bytes += scanner.unescaped }
    return scanner.records
  }

  private init(source: String, separator: UInt8, bytes: [UInt8], line: Int) {
    self.source = source
    self.separator = separator
    self.line = line
    records = CSVRecords(bytes: bytes)
  }

  private mutating func scan(_ bytes: Span<UInt8>, from start: Int) throws(CSVError) {
    var next = start
    while next < bytes.count {
      let firstCell = records.starts.count
      let firstLine = line
      (hasText, hasQuotes) = (false, false)
      next = try cells(of: bytes, from: next)
      endRow(firstCell: firstCell, line: firstLine)
      if next < bytes.count {
        next += LineEnd.length(in: bytes, at: next) ?? 0
        line += 1
      }
    }
  }

  /// The cells of one row; returns where its line ends.
  private mutating func cells(of bytes: Span<UInt8>, from start: Int) throws(CSVError) -> Int {
    let separator = separator
    // Most bytes of a table are above all that can end a cell, and take one comparison.
    let ceiling = max(separator, UInt8(ascii: "\r"))
    var next = start
    while true {
      if let quote = openingQuote(in: bytes, from: next) {
        next = try quotedCell(of: bytes, from: quote)
      } else {
        let first = next
        while next < bytes.count {
          let byte = bytes[next]
          if byte <= ceiling,
            byte == separator || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
          {
            break
          }
          next &+= 1
        }
        appendCell(of: bytes, from: first, to: next)
      }
      guard next < bytes.count, bytes[next] == separator else { return next }
      next += 1
    }
  }

  /// The quote that opens a cell, perhaps behind spaces and tabs.
  @inline(__always)
  private func openingQuote(in bytes: Span<UInt8>, from start: Int) -> Int? {
    guard start < bytes.count, bytes[start] <= UInt8(ascii: "\"") else { return nil }
    let next = endOfBlanks(in: bytes, from: start)
    return next < bytes.count && bytes[next] == UInt8(ascii: "\"") ? next : nil
  }

  private func endOfBlanks(in bytes: Span<UInt8>, from start: Int) -> Int {
    var next = start
    while next < bytes.count, bytes[next] != separator,
      bytes[next] == UInt8(ascii: " ") || bytes[next] == UInt8(ascii: "\t")
    {
      next += 1
    }
    return next
  }

  @inline(__always)
  private mutating func appendCell(of bytes: Span<UInt8>, from start: Int, to end: Int) {
    var range = start..<end
    // White space begins with one of few bytes and, beyond ASCII, ends with a continuation byte.
    if start < end,
      bytes[start] <= 0x20 || bytes[start] >= 0xC2 || bytes[end - 1] <= 0x20 || bytes[end - 1] >= 0x80
    {
      range = CellText.trimmedRange(of: bytes, from: start, to: end)
    }
    if !range.isEmpty { hasText = true }
    records.starts.append(UInt32(truncatingIfNeeded: range.lowerBound))
    records.ends.append(UInt32(truncatingIfNeeded: range.upperBound))
  }

  /// The quoted cell that opens here; returns where its separator, line end or the end of the text stands.
  private mutating func quotedCell(of bytes: Span<UInt8>, from quote: Int) throws(CSVError) -> Int {
    let opened = line
    let column = records.starts.count - firstCellOfRow + 1
    hasQuotes = true
    let base = unescaped.count
    var run = quote + 1
    var next = run
    while true {
      guard next < bytes.count else {
        throw .unterminatedQuote(source: source, line: opened, column: column)
      }
      if bytes[next] == UInt8(ascii: "\"") {
        guard next + 1 < bytes.count, bytes[next + 1] == UInt8(ascii: "\"") else { break }
        for position in run...next { unescaped.append(bytes[position]) }
        run = next + 2
        next = run
      } else if let length = LineEnd.length(in: bytes, at: next) {
        line += 1
        next += length
      } else {
        next += 1
      }
    }
    appendQuotedCell(of: bytes, from: run, to: next, unescapedFrom: base)
    return try endOfQuotedCell(of: bytes, from: next + 1, opened: opened, column: column)
  }

  /// Adds a quoted cell: in place, or from the unescaped bytes where it had doubled quotes.
  private mutating func appendQuotedCell(
    of bytes: Span<UInt8>, from run: Int, to close: Int, unescapedFrom base: Int
  ) {
    guard unescaped.count > base else { return appendCell(of: bytes, from: run, to: close) }
    for position in run..<close { unescaped.append(bytes[position]) }
    let range = CellText.trimmedRange(of: unescaped.span, from: base, to: unescaped.count)
    hasText = true
    records.starts.append(UInt32(bytes.count + range.lowerBound))
    records.ends.append(UInt32(bytes.count + range.upperBound))
  }

  /// Where a quoted cell's separator, line end or the end of the text stands, blanks before it allowed.
  private func endOfQuotedCell(
    of bytes: Span<UInt8>, from close: Int, opened: Int, column: Int
  ) throws(CSVError) -> Int {
    let next = endOfBlanks(in: bytes, from: close)
    if next == bytes.count || bytes[next] == separator || LineEnd.length(in: bytes, at: next) != nil {
      return next
    }
    var found: [UInt8] = []
    for position in close..<bytes.count {
      if bytes[position] == separator || LineEnd.length(in: bytes, at: position) != nil { break }
      found.append(bytes[position])
    }
    throw .textAfterQuote(
      source: source, line: line, opened: opened, column: column,
      found: CSVScanner.shortened(String(decoding: found, as: UTF8.self)))
  }

  private var firstCellOfRow = 0

  private mutating func endRow(firstCell: Int, line: Int) {
    firstCellOfRow = records.starts.count
    guard hasText || hasQuotes else {
      if records.starts.count - firstCell > 1 { records.bareRows.append(line) }
      records.starts.removeSubrange(firstCell...)
      records.ends.removeSubrange(firstCell...)
      firstCellOfRow = firstCell
      return
    }
    records.firstCells.append(firstCell)
    records.lines.append(line)
  }

  /// A text short enough for a message.
  static func shortened(_ text: String) -> String {
    text.count > 40 ? text.prefix(40) + "…" : text
  }
}

/// The cells of a CSV text, row by row, before anybody asks which row is the header.
///
/// A cell is a range of `bytes`, which are the text itself and, behind it, the quoted cells that had
/// doubled quotes.
struct CSVRecords {
  /// The text and the unescaped cells.
  var bytes: [UInt8]
  /// Where each cell begins.
  var starts: [UInt32] = []
  /// Where each cell ends.
  var ends: [UInt32] = []
  /// The first cell of each row.
  var firstCells: [Int] = []
  /// The line on which each row begins.
  var lines: [Int] = []
  /// The lines of rows that hold nothing but separators.
  var bareRows: [Int] = []

  /// The number of rows.
  var count: Int { lines.count }

  /// The cells of a row.
  func cells(of row: Int) -> Range<Int> {
    firstCells[row]..<(row + 1 < count ? firstCells[row + 1] : starts.count)
  }

  /// The number of cells of a row.
  func width(of row: Int) -> Int { cells(of: row).count }

  /// Whether a cell holds nothing.
  func isEmpty(_ cell: Int) -> Bool { starts[cell] == ends[cell] }

  /// How many cells of a row hold something.
  func filledCells(of row: Int) -> Int { cells(of: row).count { !isEmpty($0) } }

  /// The text of a cell.
  func text(_ cell: Int) -> String {
    String(decoding: bytes[Int(starts[cell])..<Int(ends[cell])], as: UTF8.self)
  }

  /// What a cell says when it is read as a number.
  func reading(_ cell: Int) -> NumberReading {
    NumberReading(utf8: bytes[Int(starts[cell])..<Int(ends[cell])])
  }
}
