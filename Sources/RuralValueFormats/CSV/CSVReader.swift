public import RuralValue

/// Reads CSV as it comes from offices and spreadsheets.
public enum CSVReader {
  /// The table of a file's bytes.
  ///
  /// Cells lose the white space around them and are otherwise verbatim. What was found out, such as the
  /// encoding, and what was left out, such as a footer, is in the notes. Throws `CSVError` for whatever
  /// makes the file not a table, with true line numbers, which the table keeps for later errors.
  public static func read(
    _ input: [UInt8], source: String, options: CSVOptions = CSVOptions()
  ) throws(CSVError) -> CSVDocument {
    let kind = FileKind(input)
    guard kind == .text else { throw .otherFile(WrongFile(source: source, found: kind, use: .table)) }
    let text = try DecodedText(input, encoding: options.encoding, source: source)
    let (start, preamble) = skip(options.skipLines, of: text)
    let separator =
      options.separator ?? SeparatorDetection.separator(of: text.bytes.span, from: start)
    let records = try CSVScanner.records(
      of: text.bytes, from: start, line: preamble.count + 1, separator: separator, source: source)
    let layout = CSVLayout(records: records, source: source, separator: separator, options: options)
    let (table, notes) = try layout.table()
    return CSVDocument(
      table: table, encoding: text.encoding, separator: separator, preamble: preamble,
      notes: text.notes + notes)
  }

  /// The rows of a file as they stand, of any widths, whatever they are.
  static func records(
    _ input: [UInt8], source: String, options: CSVOptions
  ) throws(CSVError) -> CSVRecords {
    let text = try DecodedText(input, encoding: options.encoding, source: source)
    let (start, preamble) = skip(options.skipLines, of: text)
    let separator = options.separator ?? SeparatorDetection.separator(of: text.bytes.span, from: start)
    return try CSVScanner.records(
      of: text.bytes, from: start, line: preamble.count + 1, separator: separator, source: source)
  }

  /// Where the text begins below the skipped lines, and what these say.
  private static func skip(_ count: Int, of text: DecodedText) -> (start: Int, lines: [String]) {
    var start = text.start
    var lines: [String] = []
    while lines.count < count, start < text.bytes.count {
      let end = LineEnd.next(in: text.bytes.span, from: start) ?? text.bytes.count..<text.bytes.count
      lines.append(String(decoding: text.bytes[start..<end.lowerBound], as: UTF8.self))
      start = end.upperBound
    }
    return (start, lines)
  }
}

/// A CSV file as it was understood.
public struct CSVDocument: Sendable, Equatable {
  /// The cells.
  public let table: Table
  /// The encoding that was given or found.
  public let encoding: TextEncoding
  /// The separator that was given or found.
  public let separator: UInt8
  /// The lines above the header that were skipped; sometimes only they say which year it is.
  public let preamble: [String]
  /// What was found out or left out, for the person who made the file.
  public let notes: [Phrase]
}
