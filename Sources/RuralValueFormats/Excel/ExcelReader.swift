public import RuralValue

/// Reads a sheet of an Excel workbook, `.xlsx`, as a table.
///
/// A zip archive of XML: the workbook's parts are found by its relationships, and only those that are needed are
/// unpacked. Cells become text as the reader of CSV has it: numbers as the shortest decimal of the double, days as ISO
/// 8601, true and false as 1 and 0; formulas count by the values that are stored with them.
/// Source: ECMA-376, parts 1 and 2.
public enum ExcelReader {
  /// The table of a sheet: that of this name or number, or the first one that is shown.
  ///
  /// The header, footers and missing markers are found as in a text, with rows for lines. Throws `ExcelError`, which
  /// names the sheet and the cell.
  public static func read(
    _ bytes: [UInt8], source: String, sheet wanted: String? = nil, options: CSVOptions = CSVOptions()
  ) throws(ExcelError) -> ExcelDocument {
    var workbook = try Workbook(bytes, source: source)
    let sheet = try workbook.sheet(named: wanted)
    let name = ExcelError.SheetName(source: source, sheet: sheet.name)
    let cells = try cells(of: sheet, in: &workbook, name, showsDecimals: options.readsAsShown)
    let others =
      wanted == nil ? workbook.sheets.filter { $0.isTable && $0 != sheet }.map(\.name) : []
    var table = try SheetTable(cells, of: name, skipping: options.skipLines)
    guard !table.rows.isEmpty else {
      throw .emptySheet(name, others: others, skippedRows: options.skipLines)
    }
    var notes = SheetNotes(name)
    notes.add(chosen: sheet, others: others)
    var options = options
    if options.header == .found, let count = table.mergedHeaderRows {
      options.header = .rows(count)
      notes.add(headerRows: table.rows.prefix(count).map { $0 + 1 })
    }
    notes.add(cells, below: options.skipLines)
    notes.add(percentagesOf: cells, below: options.skipLines)
    if workbook.isComputedOnOpening { notes.add(computed: cells.computed) }
    if options.readsAsShown { notes.add(unformatted: cells.unformatted) }
    notes.add(padded: table.paddedColumns)
    notes.add(try table.repeatMerged())
    notes.add(hiddenIn: cells, rows: table.rows, columns: table.columns)
    notes.add(emptyColumns: table.emptyColumns)
    let (result, layoutNotes) = try layout(table, name, options, others)
    return ExcelDocument(
      table: result, sheet: sheet.name, otherSheets: others,
      preamble: preamble(cells, options.skipLines), notes: notes.terms + layoutNotes)
  }

  /// The rows of a sheet as they stand, merged cells filled, whatever they are.
  static func records(
    _ bytes: [UInt8], source: String, options: CSVOptions
  ) throws(ExcelError) -> CSVRecords {
    var workbook = try Workbook(bytes, source: source)
    let sheet = try workbook.sheet(named: options.sheet)
    let name = ExcelError.SheetName(source: source, sheet: sheet.name)
    let cells = try cells(of: sheet, in: &workbook, name, showsDecimals: options.readsAsShown)
    var table = try SheetTable(cells, of: name, skipping: options.skipLines)
    _ = try table.repeatMerged()
    return table.records
  }

  /// The cells of a sheet in order. Throws where one is given twice, or a formula has no value.
  static func cells(
    of sheet: Workbook.Sheet, in workbook: inout Workbook, _ name: ExcelError.SheetName,
    showsDecimals: Bool = false
  ) throws(ExcelError) -> SheetCells {
    let role = "the sheet \"\(sheet.name)\""
    guard let part = sheet.part else {
      throw .missingPart(source: workbook.source, part: sheet.target, role: role)
    }
    let strings = try workbook.sharedStrings()
    let styles = try workbook.styles()
    let content = try workbook.content(part, as: role)
    var cells = try SheetScanner.cells(
      of: content.span, sheet: name, part: part, strings: strings, styles: styles, dates: workbook.dates,
      showsDecimals: showsDecimals)
    if let twice = cells.order() { throw .cell(name, cell: twice.text, .twice) }
    if let (first, count) = cells.uncomputed {
      throw .formulasWithoutValues(name, first: first.text, count: count)
    }
    // A program that asks for the formulas to be computed on opening may have written 0 in their place.
    if workbook.isComputedOnOpening, let computed = cells.computed, computed.areZero {
      throw .formulasWithoutValues(name, first: computed.first.text, count: computed.count)
    }
    return cells
  }

  private static func layout(
    _ table: SheetTable, _ name: ExcelError.SheetName, _ options: CSVOptions, _ others: [String]
  ) throws(ExcelError) -> (Table, [Phrase]) {
    let layout = CSVLayout(
      records: table.records, source: RowWord.row.signed(name.words), separator: UInt8(ascii: ","),
      options: options,
      places: .sheet(columns: table.columns))
    do throws(CSVError) {
      return try layout.table()
    } catch {
      throw .layout(name, error, columns: table.columns, others: others)
    }
  }

  /// What stands in the rows that are skipped.
  private static func preamble(_ cells: SheetCells, _ skipped: Int) -> [String] {
    var lines: [(row: UInt32, text: String)] = []
    for cell in cells.cells.prefix(while: { $0.row < skipped }) {
      if lines.last?.row == cell.row {
        lines[lines.count - 1].text += "\t" + cells.text(cell)
      } else {
        lines.append((cell.row, cells.text(cell)))
      }
    }
    return lines.map(\.text)
  }
}

/// A sheet of a workbook as it was understood.
public struct ExcelDocument: Sendable, Equatable {
  /// The cells.
  public let table: Table
  /// The name of the sheet.
  public let sheet: String
  /// The other sheets with tables, where none was named.
  public let otherSheets: [String]
  /// What stands in the rows above the header that were skipped.
  public let preamble: [String]
  /// What was found out or left out, for the person who made the file.
  public let notes: [Phrase]
}
