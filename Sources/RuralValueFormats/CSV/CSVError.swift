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
  case otherFile(WrongFile)
  /// A NUL byte, which no text has.
  case nulByte(source: String, line: Int, byte: Int)
  /// The C library does not know the encoding.
  case unknownEncoding(source: String, name: String)
  /// Bytes that are no character of the encoding; `byte` is their place in the line.
  case invalidBytes(source: String, line: Int, byte: Int, found: [UInt8], encoding: TextEncoding)
  /// The bytes can be GB18030 and Big5, which give other characters.
  case uncertainEncoding(source: String)
  /// The file is larger than 4 GB.
  case tooLarge(source: String, bytes: Int)
  /// A quoted cell that never ends.
  case unterminatedQuote(source: String, line: Int, column: Int)
  /// Text between a closing quote and the next separator; the quote opened on line `opened`.
  case textAfterQuote(source: String, line: Int, opened: Int, column: Int, found: String)
  /// A row with more or fewer cells than there are columns.
  case ragged(
    source: String, line: Int, found: Int, expected: Int, firstCells: [String], isLast: Bool,
    otherLines: [Int] = [])
  /// A header with more or fewer cells than most rows have; `skipLines` is where a row of that many begins.
  case raggedHeader(source: String, line: Int, found: Int, rows: Int, count: Int, skipLines: Int? = nil)
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

extension CSVError {
  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .empty, .onlyHeader, .otherFile, .tooLarge: descriptionOfFile
    case .nulByte, .unknownEncoding, .invalidBytes, .uncertainEncoding: descriptionOfEncoding
    case .unterminatedQuote, .textAfterQuote, .ragged: descriptionOfRow
    case .raggedHeader, .preamble, .severalHeaderRows, .unnamedColumn, .duplicateColumn: descriptionOfHeader
    }
  }

  private var descriptionOfFile: String {
    switch self {
    case .empty(let source, let skipped) where skipped > 0:
      "\(source): nothing is left below the \(skipped) lines that \(Setting("skip-lines")) leaves out; expected a row of"
        + " column names and rows of data."
    case .empty(let source, _):
      "\(source): the file is empty; expected a row of column names and rows of data."
    case .onlyHeader(let source, let line):
      "\(source), line \(line): there is a header and no row of data below it."
    case .otherFile(let file): file.description
    case .tooLarge(let source, let bytes):
      "\(source): the file has \(bytes) bytes; at most 4 GB are read. Leave out columns that are not needed."
    default: ""
    }
  }

  private var descriptionOfEncoding: String {
    switch self {
    case .nulByte(let source, let line, let byte):
      "\(source), line \(line), byte \(byte): found a NUL byte, expected text. The file is binary or UTF-16"
        + " without a byte-order mark: save it as CSV in UTF-8, or try \(Setting("encoding")) utf-16le."
    case .unknownEncoding(let source, let name):
      "\(source): the C library does not know the encoding \"\(name)\"; expected a name such as utf-8,"
        + " gb18030, utf-16le, big5 or windows-1252 (iconv --list shows all)."
    case .uncertainEncoding(let source):
      "\(source): the text is not UTF-8; its bytes can be Big5 (traditional Chinese) and GB18030, which give different"
        + " characters. Say which: \(Setting("encoding")) big5 or \(Setting("encoding")) gb18030."
    case .invalidBytes(let source, let line, let byte, let found, let encoding):
      "\(source), line \(line), byte \(byte): found the bytes \(CSVError.hexadecimal(found)), which are no"
        + " \(encoding.name) text."
        + (encoding == .utf8
          ? " Save the file as UTF-8, or name its encoding, such as \(Setting("encoding")) gb18030."
          : " Name another encoding with \(Setting("encoding")), or save the file as UTF-8.")
    default: ""
    }
  }

  private var descriptionOfRow: String {
    switch self {
    case .unterminatedQuote(let source, let line, let column):
      "\(source), line \(line), column \(column): a quote (\") opens here and is never closed. Close it, or"
        + " remove it if it belongs to the text; a quote inside a quoted cell is written twice."
    case .textAfterQuote(let source, let line, let opened, let column, let found):
      "\(source), line \(line), column \(column): found \"\(found)\" after the quote that closes a cell,"
        + " expected a separator or the end of the line."
        + (opened < line ? " The cell's opening quote is on line \(opened)." : "")
        + " A quote inside a quoted cell is written twice."
    case .ragged(let source, let line, let found, let expected, let firstCells, let isLast, let otherLines):
      "\(source), line \(line): the row has \(CSVError.cells(found)), expected \(expected) as in the header."
        + " It begins: \(firstCells.map { "\"\($0)\"" }.joined(separator: ", "))."
        + CSVError.raggedAdvice(found: found, expected: expected, isLast: isLast)
        + CSVError.alsoOn(otherLines)
    default: ""
    }
  }

  private var descriptionOfHeader: String {
    switch self {
    case .raggedHeader(let source, let line, let found, let rows, let count, let skipLines):
      "\(source), line \(line): the header has \(CSVError.cells(found)), but \(rows) of the rows below have"
        + " \(count). Every column needs a name, and a separator at the end of a line makes a column. A title or"
        + " remark above the header is left out with \(Setting("skip-lines"))"
        + (skipLines.map { " \($0), if line \($0 + 1) holds the names." } ?? ".")
    case .preamble(let source, let line, let found, let skipLines):
      "\(source), line \(line): found the single cell \"\(found)\" above the table, expected the row of column"
        + " names. The table seems to begin on line \(skipLines + 1): use \(Setting("skip-lines")) \(skipLines)."
    case .severalHeaderRows(let source, let first, let last, let rows, let example):
      "\(source), lines \(first) to \(last): the header has \(rows) rows, expected one row of column names."
        + " Write one name a column in their place (such as \"\(example)\"), or join the rows with"
        + " \(Setting("header-rows")) \(rows)."
    case .unnamedColumn(let source, let line, let column, let example, let exampleLine):
      "\(source), line \(line), column \(column): the column has no name, but cells (\"\(example)\" on line"
        + " \(exampleLine)). Name it in the header."
        + (column == 1
          ? " Row numbers that R or pandas wrote are left out by row.names = FALSE or index=False." : "")
    case .duplicateColumn(let source, let line, let name, let first, let second):
      "\(source), line \(line): columns \(first) and \(second) are both called \"\(name)\", expected different"
        + " names. Rename one of them in the header."
    default: ""
    }
  }

  private static func raggedAdvice(found: Int, expected: Int, isLast: Bool) -> String {
    if found > expected {
      return " A cell that holds the separator, such as 1,234, must be quoted: \"1,234\"."
    }
    return isLast
      ? " If it is a remark below the table, leave it out with \(Setting("skip-footer")) 1."
      : " A missing value still needs its separator."
  }

  /// The other rows with another number of cells.
  private static func alsoOn(_ lines: [Int]) -> String {
    guard !lines.isEmpty else { return "" }
    let list = lines.prefix(5).map(String.init).joined(separator: ", ") + (lines.count > 5 ? ", …" : "")
    return " So \(lines.count == 1 ? "has line" : "have lines") \(list)."
  }

  private static func cells(_ count: Int) -> String {
    count == 1 ? "1 cell" : "\(count) cells"
  }

  static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
  }
}
