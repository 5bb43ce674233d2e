import RuralValue
import RuralValueFormats

/// How a call says its table is to be read: the options of `OptionDefinition.table`.
struct TableInput {
  let path: String
  let unitColumn: String?
  let timeColumn: String?
  let periods: ClosedRange<Int>?
  let conditions: [RowCondition]
  let csv: CSVOptions

  /// Checks the options of a call, for its first input.
  init(_ arguments: ParsedArguments) throws {
    path = arguments.inputs[0]
    unitColumn = arguments.text("--unit")
    timeColumn = arguments.text("--time")
    periods = try arguments.periods("--periods")
    conditions = try arguments.texts("--where").map { text throws in try RowCondition(text) }
    csv = try CSVOptions(arguments)
  }

  /// Reads the table, without the rows that `--where` and `--periods` leave out.
  func table(_ inputs: InputReader) throws -> Table {
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

extension CSVOptions {
  /// Checks the options of `OptionDefinition.csv`.
  init(_ arguments: ParsedArguments) throws(UsageError) {
    var separator: UInt8?
    if let name = arguments.text("--separator") {
      separator = CSVOptions.separator(named: name)
      guard separator != nil else {
        throw .notANumber(
          option: "--separator", found: name, expected: "comma, tab, semicolon or one character")
      }
    }
    let headerRows = try arguments.integer("--header-rows", in: 0...9) ?? 1
    self.init(
      encoding: arguments.text("--encoding").map(TextEncoding.init), separator: separator,
      skipLines: try arguments.integer("--skip-lines", in: 0...Int.max) ?? 0,
      skipFooter: try arguments.integer("--skip-footer", in: 0...Int.max) ?? 0,
      header: headerRows == 0 ? .absent : .rows(headerRows))
  }
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
