import RuralValue
import RuralValueFormats

/// How a call says its table is to be read.
struct TableInput: OptionGroup {
  var unitColumn: String?
  var timeColumn: String?
  var periods: ClosedRange<Int>?
  var conditions: [RowCondition] = []
  var csv = CSVOptions()

  /// The panel's keys.
  static let keys: [Option<TableInput>] = [
    Option(\.unitColumn, "unit", .column, "the column of county codes or names (default: the first)"),
    Option(\.timeColumn, "time", .column, "the column of years (default: the second)"),
  ]

  static let options: [Option<TableInput>] =
    keys + [
      Option(\.periods, "periods", .periods, "keep only the periods from A to B; either end may be open"),
      Option(
        repeating: \.conditions, "where", .condition,
        "keep only such rows: \"region=PRD,East\", \"region!=PRD\", \"V>=0.2\""),
    ] + CSVOptions.options.lifted(\.csv)

  /// How a file is read, but for which of its rows: nothing to choose for a table that a study makes.
  static let reading: [OptionDefinition] = (keys + CSVOptions.options.lifted(\.csv)).map(\.definition)

  /// Reads the table, without the rows that `--where` and `--periods` leave out.
  func table(at path: String, _ inputs: InputReader) throws -> Table {
    try cut(try inputs.table(path, csv), inputs)
  }

  /// The table without the rows that `--where` and `--periods` leave out.
  func cut(_ table: Table, _ inputs: InputReader) throws -> Table {
    try cutPeriods(try cutRows(table, inputs))
  }

  /// The table without the rows that `--where` leaves out.
  func cutRows(_ table: Table, _ inputs: InputReader) throws -> Table {
    guard !conditions.isEmpty else { return table }
    let chosen = try table.keepingRows(conditions)
    let texts = conditions.map(\.text)
    let (kept, all) = (chosen.rowCount, table.rowCount)
    inputs.note([
      Phrase(
        "Only rows where \(texts.joined(separator: " and ")): \(kept) of \(all).",
        zh: "仅保留满足\(texts.joined(separator: "且"))的观测：\(all)行中的\(kept)行。")
    ])
    return chosen
  }

  /// The table without the rows outside `--periods`.
  func cutPeriods(_ table: Table) throws -> Table {
    guard let periods else { return table }
    let keys = try PanelKeys(table, unitColumn: unitColumn, timeColumn: timeColumn)
    let kept = table.keepingRows { periods.contains(keys.periods[$0]) }
    guard kept.rowCount > 0 else {
      let (first, last) = (keys.periods.min() ?? 0, keys.periods.max() ?? 0)
      throw UsageError.conflict(
        "--periods leaves no row of \(table.source); its periods run from \(first) to \(last).")
    }
    return kept
  }

  /// The names of the numeric columns that are not keys.
  ///
  /// Throws `TableError.notANumber` for a column of numbers in which one cell is off, and
  /// `UsageError.conflict` where there is no numeric column.
  func numericColumns(of table: Table) throws -> [String] {
    let keys = try PanelKeys(table, unitColumn: unitColumn, timeColumn: timeColumn)
    let positions = [keys.unitColumn, keys.timeColumn].compactMap { table.columnNames.firstIndex(of: $0) }
    let names = try table.numericColumns(except: Set(positions)).map { table.columnNames[$0] }
    guard !names.isEmpty else {
      throw UsageError.conflict(
        "\(table.source) has no numeric column besides \(keys.unitColumn) and \(keys.timeColumn).")
    }
    return names
  }

  /// Puts the keys that the panel was read by in their places.
  mutating func take(keysOf panel: Panel) {
    (unitColumn, timeColumn) = (panel.unitColumn, panel.timeColumn)
  }

  /// What JSON records of these options, with the keys that the panel was read by.
  func specification(_ panel: Panel) -> [JSONMember] {
    [
      JSONMember("unit", .string(panel.unitColumn)), JSONMember("time", .string(panel.timeColumn)),
      JSONMember("periods", periods.map { .array([bound($0.lowerBound), bound($0.upperBound)]) } ?? .null),
      JSONMember("where", JSONValue(conditions.map(\.text))),
    ]
  }

  private func bound(_ period: Int) -> JSONValue {
    period == .min || period == .max ? .null : .integer(period)
  }
}

extension CSVOptions: OptionGroup {
  init() { self.init(encoding: nil) }

  static let options: [Option<CSVOptions>] = [
    Option(\.encoding, "encoding", .encoding, "the input's encoding, e.g. gb18030 (default: detected)"),
    Option(
      \.separator, "separator", .separator,
      "comma, tab, semicolon or one character (default: detected)"),
    Option(
      \.header, "header-rows", .headerRows, default: .rows(1),
      "rows of column names; 0 where there are none"),
    Option(
      \.skipLines, "skip-lines", .integer(0...Int.max), default: 0,
      "lines above the header to leave out"),
    Option(
      \.skipFooter, "skip-footer", .integer(0...Int.max), default: 0,
      "rows below the data to leave out"),
  ]
}

extension OptionKind where Value == TextEncoding {
  fileprivate static let encoding = OptionKind<String>.text.called("NAME")
    .mapped({ TextEncoding($0) }, \.name)
}

extension OptionKind where Value == CSVOptions.Header {
  fileprivate static let headerRows = OptionKind<Int>.integer(0...9).mapped(
    { count in count == 0 ? CSVOptions.Header.absent : .rows(count) },
    { header in if case .rows(let count) = header { count } else { 0 } })
}

extension OptionKind where Value == UInt8 {
  fileprivate static let separator = OptionKind(
    shape: .text, placeholder: "NAME",
    read: { text, option in
      guard let separator = CSVOptions.separator(named: text) else {
        throw UsageError.notANumber(
          option: option, found: text, expected: "comma, tab, semicolon or one character")
      }
      return separator
    },
    json: { separator in
      let names = [(",", "comma"), ("\t", "tab"), (";", "semicolon")]
      let letter = String(UnicodeScalar(separator))
      return .string(names.first { $0.0 == letter }?.1 ?? letter)
    })
}

extension InputReader {
  /// Reads a CSV file as a table.
  func table(_ path: String, _ options: CSVOptions = CSVOptions()) throws -> Table {
    try document(path, options).table
  }

  /// Reads a CSV file as a table, with what stood above it.
  func document(_ path: String, _ options: CSVOptions = CSVOptions()) throws -> CSVDocument {
    let document = try CSVReader.read(try bytes(of: path), source: Self.name(of: path), options: options)
    note(document.notes)
    look(at: document.table)
    return document
  }
}
