import RuralValue
import RuralValueFormats

/// How a call says its table is to be read.
struct TableInput: OptionGroup {
  var unitColumn: String?
  var timeColumn: String?
  var periods: ClosedRange<Int>?
  var conditions: [RowCondition] = []
  var timeStep: Int?
  var csv = CSVOptions()

  /// The panel's keys.
  static let keys: [Option<TableInput>] = [
    Option(
      \.unitColumn, "unit", .column,
      "the column of county codes or names (default: found by name and contents)"),
    Option(
      \.timeColumn, "time", .timeColumn,
      "the column of years, quarters or months (default: found); none: a cross-section"),
  ]

  static let options: [Option<TableInput>] =
    keys + [
      Option(\.periods, "periods", .periods, "keep only the periods from A to B; either end may be open"),
      Option(
        \.timeStep, "time-step", .integer(1...1000),
        "periods between two steps, in which lags count (default: what all distances share)"),
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
    guard keys.hasPeriods else {
      throw KeyColumnError.crossSection(source: table.source, columns: table.columnNames)
    }
    let (first, last) = (
      keys.frequency.bound(periods.lowerBound, isUpper: false),
      keys.frequency.bound(periods.upperBound, isUpper: true)
    )
    let kept = table.keepingRows { first <= keys.periods[$0] && keys.periods[$0] <= last }
    guard kept.rowCount > 0 else {
      let (first, last) = (
        keys.frequency.label(keys.periods.min() ?? 0), keys.frequency.label(keys.periods.max() ?? 0)
      )
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
    let keys = try KeyColumns(table, unitColumn: unitColumn, timeColumn: timeColumn)
    let positions = [keys.unit, keys.time, keys.rowNumbers].compactMap(\.self)
    let names = try table.numericColumns(except: Set(positions)).map { table.columnNames[$0] }
    guard !names.isEmpty else {
      let others = table.columnNames.indices.filter { !positions.contains($0) }.map { table.columnNames[$0] }
      throw UsageError.conflict(
        "\(table.source) has no numeric column besides its keys, \(table.columnNames[keys.unit])"
          + "\(keys.time.map { " and \(table.columnNames[$0])" } ?? "")."
          + (others.isEmpty
            ? "" : " Texts, or codes with zeros before them, stand in: \(others.joined(separator: ", "))."))
    }
    return names
  }

  /// The panel of a table, whose keys and what was found out about them are then known.
  ///
  /// Throws `KeyColumnError.crossSection` for a table without a column of time where periods are needed.
  mutating func panel(
    _ table: Table, variables: [String], levels: FormulaLevels? = nil, groups: [GroupColumn] = [],
    needsPeriods: Bool = false, _ inputs: InputReader
  ) throws -> Panel {
    var panel = try Panel(
      table, unitColumn: unitColumn, timeColumn: timeColumn, variables: variables, levels: levels,
      groups: groups)
    guard panel.hasPeriods || !needsPeriods else {
      throw KeyColumnError.crossSection(source: table.source, columns: table.columnNames)
    }
    if let timeStep { panel = try panel.steppingBy(timeStep) }
    inputs.note(panel.keyNotes)
    (unitColumn, timeColumn) = (panel.unitColumn, panel.hasPeriods ? panel.timeColumn : nil)
    return panel
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
      \.header, "header-rows", .headerRows, default: .found,
      "rows of column names; 0 where there are none"),
    Option(
      \.skipLines, "skip-lines", .integer(0...Int.max), default: 0,
      "lines above the header to leave out"),
    Option(
      \.skipFooter, "skip-footer", .integer(0...Int.max), default: 0,
      "rows below the data to leave out"),
    Option(
      \.missingMarkers, "missing-as", .list,
      "texts that stand for a missing value, besides NA, -, … and the like: \"无,x,-9999\""),
    Option(
      \.sheet, "sheet", .text.called("NAME"),
      "of a workbook (.xlsx): the sheet, by name or number (default: the first one that is shown)"),
    Option(
      \.takesValueLabels, "value-labels", .flag,
      "of a Stata file (.dta): the texts of value labels in place of the numbers"),
  ]
}

extension OptionKind where Value == String {
  /// The column of periods, or none.
  static let timeColumn: OptionKind = {
    var kind = column
    kind.mentions = { $0 == KeyColumns.noTime ? [] : [.column($0)] }
    return kind
  }()
}

extension OptionKind where Value == TextEncoding {
  fileprivate static let encoding = OptionKind<String>.text.called("NAME")
    .mapped({ TextEncoding($0) }, \.name)
}

extension OptionKind where Value == CSVOptions.Header {
  fileprivate static let headerRows = OptionKind<Int>.integer(0...9).mapped(
    { count in count == 0 ? CSVOptions.Header.absent : .rows(count) },
    { header in
      switch header {
      case .absent: 0
      case .found: 1
      case .rows(let count): count
      }
    })
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
  /// Reads a file as a table.
  func table(_ path: String, _ options: CSVOptions = CSVOptions()) throws -> Table {
    try document(path, options).table
  }

  /// Reads a table of numbers as they were printed, whose decimals tell the rounding.
  func printedTable(_ path: String, _ options: CSVOptions = CSVOptions()) throws -> Table {
    var options = options
    options.readsAsShown = true
    return try table(path, options)
  }

  /// The options with the sheet that a path names behind its file.
  func options(_ options: CSVOptions, for path: String) throws(UsageError) -> CSVOptions {
    guard let sheet = parts(of: path).sheet else { return options }
    guard options.sheet == nil else {
      throw .conflict("\(Self.name(of: path)) names a sheet, and so does --sheet; expected one of the two.")
    }
    var options = options
    options.sheet = sheet
    return options
  }

  /// Reads a file as a table, with what stood above it.
  func document(_ path: String, _ options: CSVOptions = CSVOptions()) throws -> TableReading {
    let file = parts(of: path).file
    let (bytes, source) = (try bytes(of: path), Self.name(of: file))
    let kind = FileKind(lookingInto: bytes)
    let options = try self.options(options, for: path)
    try options.requireUse(by: kind, source: source)
    let reading = try TableReader.read(
      bytes, codePage: kind == .dbase ? try companion(of: file, ending: "cpg") : nil, source: source,
      options: options)
    note(reading.notes)
    look(at: reading.table, besides: reading.otherSheets)
    return reading
  }
}

extension CSVOptions {
  /// Throws for an option that speaks of another kind of file.
  func requireUse(by kind: FileKind, source: String) throws(UsageError) {
    if takesValueLabels, kind != .stata {
      throw .conflict(
        "--value-labels is about Stata files; \(source) is none, so there are no value labels. Leave it out.")
    }
    if let sheet, kind != .workbook {
      throw .conflict(
        "\"\(sheet)\" is to be a sheet (--sheet), but \(source) is no workbook and has no sheets. Leave it out."
      )
    }
    if separator != nil, kind == .workbook {
      throw .conflict(
        "--separator is about lines of text; the cells of \(source), a workbook, are apart. Leave it out.")
    }
    if let encoding, kind == .workbook {
      throw .conflict(
        "--encoding \(encoding.name) is about texts; \(source), a workbook, says its own. Leave it out.")
    }
    guard kind.isLaidDown else { return }
    let standard = CSVOptions()
    let given = [
      ("separator", separator != nil), ("header-rows", header != standard.header),
      ("skip-lines", skipLines > 0),
      ("skip-footer", skipFooter > 0),
    ].first { $0.1 }
    guard let (option, _) = given else { return }
    throw .conflict(
      "--\(option) is about lines of text; in \(source) the rows and the names of columns are laid down. Leave it out."
    )
  }
}
