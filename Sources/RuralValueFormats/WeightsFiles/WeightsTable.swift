public import RuralValue

/// A CSV file of weights, with or without a header: a list of links or a square matrix.
public struct WeightsTable: Sendable {
  /// The cells and what was found out about the file.
  public let document: CSVDocument
  /// Whether the first row is one of numbers, which stands in the table.
  public let isBare: Bool

  /// Reads the bytes of a file.
  ///
  /// Beside what any table may have, the first column may lack its name, with a blank cell in its place (R's
  /// `write.csv`, pandas, Excel) or without one (R's `write.table`); cells may be parted by spaces; and a square of
  /// numbers may have no header. Throws `CSVError`.
  public init(_ bytes: [UInt8], source: String) throws(CSVError) {
    var options = CSVOptions()
    options.keepsUnnamedFirstColumn = true
    do throws(CSVError) {
      let document = try CSVReader.read(bytes, source: source, options: options)
      self = Self.withHeader(document, bytes, source, options)
    } catch {
      guard let other = Self.withoutNames(error, bytes, source, options) else { throw error }
      self = other
    }
  }

  /// The table with its header, unless the cells are parted by spaces or the header is one more row of numbers.
  private static func withHeader(
    _ document: CSVDocument, _ bytes: [UInt8], _ source: String, _ options: CSVOptions
  ) -> WeightsTable {
    if document.table.columnCount == 1 {
      if let spaced = try? partedBySpaces(bytes, source, options) { return spaced }
    } else if mayBeBare(document.table), let bare = bare(bytes, source, options) {
      return bare
    }
    return WeightsTable(document, isBare: false)
  }

  /// The table whose header is none, or lacks the name of the first column and its separator, as an error has it.
  private static func withoutNames(
    _ error: CSVError, _ bytes: [UInt8], _ source: String, _ options: CSVOptions
  ) -> WeightsTable? {
    switch error {
    case .duplicateColumn, .unnamedColumn: return bare(bytes, source, options)
    case .textAfterQuote: return try? partedBySpaces(bytes, source, options)
    case .raggedHeader(_, _, let found, _, let count, _) where count == found + 1:
      guard let text = try? DecodedText(bytes, encoding: nil, source: source) else { return nil }
      var options = options
      options.encoding = .utf8
      let separator = SeparatorDetection.separator(of: text.bytes.span, from: text.start)
      let completed = [separator] + text.bytes[text.start...]
      let document = try? CSVReader.read(completed, source: source, options: options)
      return document.map { WeightsTable($0.adding(text.notes), isBare: false) }
    default: return nil
    }
  }

  private init(_ document: CSVDocument, isBare: Bool) {
    (self.document, self.isBare) = (document, isBare)
  }

  /// Whether a table's header may be the first row of a square matrix of numbers, of which one more row stands than
  /// below it.
  ///
  /// A symmetric matrix begins its rows as its first row goes on, just as ids stand beside and above: ids show by the
  /// corner, which then holds no number, or by whole numbers beside a blank one, perhaps written 430102.0. Behind a
  /// column of ids one more row is absent.
  private static func mayBeBare(_ table: Table) -> Bool {
    let names = table.columnNames
    if table.rowCount == table.columnCount - 2 { return areNumbers(Array(names.dropFirst())) }
    guard table.rowCount == table.columnCount - 1, areNumbers(names) else { return false }
    guard names[0].isEmpty else { return true }
    return names.dropFirst().contains { name in
      if case .number(let value) = NumberReading(name) { value != value.rounded() } else { true }
    }
  }

  /// The names as numbers, the first perhaps empty.
  private static func areNumbers(_ names: [String]) -> Bool {
    names.enumerated().allSatisfy { position, name in
      if case .number = NumberReading(name) { true } else { position == 0 && name.isEmpty }
    }
  }

  /// The file as a square of numbers without a header, or nil where it is none.
  ///
  /// A column of ids may stand before the numbers, and an empty one behind them. A square of three numbers might be a
  /// list of as many links: there the diagonal must be zero or empty, as behind ids.
  private static func bare(_ bytes: [UInt8], _ source: String, _ options: CSVOptions) -> WeightsTable? {
    var options = options
    options.header = .absent
    guard let document = try? CSVReader.read(bytes, source: source, options: options) else { return nil }
    let table = document.table
    let count = table.rowCount
    let isEmpty = { column in (0..<count).allSatisfy { table.isEmpty(row: $0, column: column) } }
    let width = table.columnCount - (0..<table.columnCount).reversed().prefix(while: isEmpty).count
    let first = width - count
    guard count >= 3, first == 0 || first == 1,
      areNumbers((first..<width).map { table.text(row: 0, column: $0) }),
      (count > 3 && first == 0)
        || (0..<count).allSatisfy({
          table.isEmpty(row: $0, column: first + $0)
            || table.reading(row: $0, column: first + $0) == .number(0)
        })
    else { return nil }
    return WeightsTable(document, isBare: true)
  }

  /// The file read with tabs in the place of the blanks between its words, or nil where it has but one word a line.
  private static func partedBySpaces(
    _ bytes: [UInt8], _ source: String, _ options: CSVOptions
  ) throws(CSVError) -> WeightsTable? {
    let text = try DecodedText(bytes, encoding: nil, source: source)
    let lines = text.bytes[text.start...].split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let words = lines.map { $0.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") } }
    guard words.contains(where: { $0.count > 1 }) else { return nil }
    let tabbed = words.map { Array($0.joined(separator: [UInt8(ascii: "\t")])) }
    let table = try WeightsTable(Array(tabbed.joined(separator: [UInt8(ascii: "\n")])), source: source)
    return WeightsTable(table.document.adding(text.notes), isBare: table.isBare)
  }
}

extension WeightsReading {
  /// The weights of a CSV file.
  ///
  /// Throws `WeightsError` and `TableError`.
  public init(_ file: WeightsTable, _ options: WeightsOptions) throws {
    self =
      try file.isBare
      ? WeightsReading(bareMatrix: file.document.table, options)
      : WeightsReading(file.document.table, options)
  }
}

extension CSVDocument {
  /// The document with notes about how its text was decoded.
  fileprivate func adding(_ notes: [Phrase]) -> CSVDocument {
    CSVDocument(
      table: table, encoding: encoding, separator: separator, preamble: preamble, notes: notes + self.notes)
  }
}
