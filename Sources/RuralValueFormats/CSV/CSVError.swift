public import RuralValue

/// What can keep a CSV file from being a table.
///
/// Lines and columns count from one; lines are those of the file, skipped and blank ones included.
public enum CSVError: Fault {
  /// There is nothing but white space below the skipped lines.
  case empty(source: String, skippedLines: Int)
  /// There is a header and no row below it.
  case onlyHeader(source: String, line: Int)
  /// The file is of another kind.
  case foreignFile(source: String, kind: ForeignFile)
  /// A NUL byte, which no text has.
  case nulByte(source: String, line: Int, byte: Int)
  /// The C library does not know the encoding.
  case unknownEncoding(source: String, name: String)
  /// Bytes that are no character of the encoding; `byte` is their place in the line.
  case invalidBytes(source: String, line: Int, byte: Int, found: [UInt8], encoding: TextEncoding)
  /// The file is larger than 4 GB.
  case tooLarge(source: String, bytes: Int)
  /// A quoted cell that never ends.
  case unterminatedQuote(source: String, line: Int, column: Int)
  /// Text between a closing quote and the next separator; the quote opened on line `opened`.
  case textAfterQuote(source: String, line: Int, opened: Int, column: Int, found: String)
  /// A row with more or fewer cells than there are columns.
  case ragged(source: String, line: Int, found: Int, expected: Int, firstCells: [String], isLast: Bool)
  /// A header with more or fewer cells than most rows have.
  case raggedHeader(source: String, line: Int, found: Int, rows: Int, count: Int)
  /// A title or a remark where the header should be; the header seems to be `skipLines` lines below.
  case preamble(source: String, line: Int, found: String, skipLines: Int)
  /// A header of several rows.
  case severalHeaderRows(source: String, firstLine: Int, lastLine: Int, rows: Int, example: String)
  /// A column without a name that has cells.
  case unnamedColumn(source: String, line: Int, column: Int, example: String, exampleLine: Int)
  /// Two columns of one name.
  case duplicateColumn(source: String, line: Int, name: String, first: Int, second: Int)

  /// The input is off, and in one case the call.
  public var kind: FaultKind {
    if case .unknownEncoding = self { return .usage }
    return .data
  }
}
