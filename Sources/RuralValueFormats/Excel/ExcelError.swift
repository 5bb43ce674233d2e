public import RuralValue

/// What can keep a workbook from being a table.
public enum ExcelError: Fault {
  /// The zip archive that the workbook is cannot be read.
  case archive(ArchiveError)
  /// The archive holds something else than a workbook.
  case otherFile(WrongFile)
  /// A part is no XML, or not the XML that it should be.
  case damagedPart(source: String, part: String, reason: String)
  /// A part that the workbook names is not in the archive.
  case missingPart(source: String, part: String, role: String)
  /// The workbook has no sheet.
  case noSheets(source: String)
  /// No sheet of the workbook is a table: they are charts.
  case onlyCharts(source: String, sheets: [String])
  /// The sheet that is named is not there.
  case noSuchSheet(source: String, name: String, sheets: [String])
  /// The sheet that is named is a chart.
  case chartSheet(source: String, sheet: String)
  /// The sheet holds no value.
  case emptySheet(SheetName, others: [String], skippedRows: Int)
  /// A row that no sheet has.
  case row(SheetName, String)
  /// Something is wrong with a cell.
  case cell(SheetName, cell: String, CellFault)
  /// Formulas whose values are not in the file.
  case formulasWithoutValues(SheetName, first: String, count: Int)
  /// A table of more cells than are read.
  case tooManyCells(SheetName, rows: Int, columns: Int)
  /// The rows are no table.
  case layout(SheetName, CSVError, columns: [Int], others: [String])
  /// The workbook takes more memory than it may.
  case memory(MemoryLimitError)

  /// A sheet of a file, as messages name it.
  public struct SheetName: Sendable, Equatable {
    let source: String
    let sheet: String

    /// `panel.xlsx, sheet "面板"`.
    var words: String { "\(source), sheet \"\(sheet)\"" }
  }

  /// What is wrong with a cell.
  public enum CellFault: Sendable, Equatable {
    /// A reference that names no cell, or one of another row.
    case reference
    /// A second content of the same cell.
    case twice
    /// A kind of content that there is not.
    case type(String)
    /// No number.
    case number(String)
    /// Not the number of a shared string.
    case string(String, count: Int)
    /// A text of more bytes than a cell holds.
    case tooLong(Int)
    /// Neither true nor false.
    case truth(String)
    /// No day as ISO writes it.
    case day(String)
    /// The first cell of a merged range that overlaps others.
    case merge(String)
  }

  /// The input is off, and in one case the call.
  public var kind: FaultKind {
    if case .noSuchSheet = self { return .usage }
    return .data
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .archive(let error): error.description
    case .otherFile(let error): error.description
    case .memory(let error): error.description
    case .damagedPart, .missingPart, .noSheets, .onlyCharts, .noSuchSheet, .chartSheet: descriptionOfWorkbook
    case .emptySheet, .row, .cell, .formulasWithoutValues, .tooManyCells: descriptionOfSheet
    case .layout(let sheet, let error, let columns, let others):
      LayoutWords(sheet: sheet.words, places: .sheet(columns: columns)).description(of: error)
        + Self.others(others)
    }
  }

  private var descriptionOfWorkbook: String {
    switch self {
    case .damagedPart(let source, let part, let reason):
      "\(source), part \(part): \(reason). \(Self.again)"
    case .missingPart(let source, let part, let role):
      "\(source): \(role) is to stand in \(part), which is no part of the file. \(Self.again)"
    case .noSheets(let source): "\(source): the workbook has no sheet; expected one with a table."
    case .onlyCharts(let source, let sheets):
      "\(source): no sheet of the workbook is a table; \(Self.list(sheets))"
        + " \(sheets.count == 1 ? "is a chart" : "are charts"). Give the workbook that holds the numbers, or save them on"
        + " a sheet of their own."
    case .noSuchSheet(let source, let name, let sheets):
      "\(source): there is no sheet \"\(name)\".\(NearestName.question(for: name, among: sheets)) The sheets are:"
        + " \(Self.list(sheets)); \(Setting("sheet")) takes a name or a number."
    case .chartSheet(let source, let sheet):
      "\(source): the sheet \"\(sheet)\" is a chart and no table. Name another with \(Setting("sheet"))."
    default: ""
    }
  }

  private var descriptionOfSheet: String {
    switch self {
    case .emptySheet(let sheet, _, let rows) where rows > 0:
      "\(sheet.words): nothing is left below the \(rows) rows that \(Setting("skip-lines")) leaves out; expected a row"
        + " of column names and rows of data."
    case .emptySheet(let sheet, let others, _):
      "\(sheet.words): the sheet holds no value; expected a row of column names and rows of data."
        + Self.others(others)
    case .row(let sheet, let row):
      "\(sheet.words): found the row \(row), expected one from 1 to 1048576. \(Self.again)"
    case .cell(let sheet, let cell, let fault): "\(sheet.words), cell \(cell): \(Self.words(for: fault))"
    case .formulasWithoutValues(let sheet, let first, let count):
      "\(sheet.words), cell \(first): found a formula without a stored value\(Self.others(count - 1)). A program wrote"
        + " the file and no spreadsheet has computed it: open it in Excel, WPS or LibreOffice and save it once."
    case .tooManyCells(let sheet, let rows, let columns):
      "\(sheet.words): its values stand in \(rows) rows and \(columns) columns, a table of \(rows * columns) cells; at"
        + " most \(ArchiveLimits.cells) are read. Leave out values that stand far from the table."
    default: ""
    }
  }

  private static let again = "Open the file in Excel, WPS or LibreOffice and save it anew."

  private static func words(for fault: CellFault) -> String {
    switch fault {
    case .reference:
      "found a reference to no cell of its row; expected one from A1 to XFD1048576 (16384 columns, 1048576 rows). \(again)"
    case .twice: "the cell is given twice, so that it is open which value counts. \(again)"
    case .type(let type):
      "found a value of the type \"\(type)\"; expected b, d, e, inlineStr, n, s or str. \(again)"
    case .number(let text): "found \"\(text)\", expected a number such as 12.5 or 1e-3. \(again)"
    case .string(let text, let count):
      "found a reference to the shared text \(text); the workbook has \(count), counted from 0. \(again)"
    case .tooLong(let count):
      "found a text of \(count) bytes; a cell holds 32767 characters, of at most four bytes. Shorten it."
    case .truth(let text): "found the truth value \"\(text)\", expected 1 or 0. \(again)"
    case .merge(let range): "the merged range \(range) overlaps others, as no spreadsheet has it. \(again)"
    case .day(let text): "found the day \"\(text)\", expected one such as 2020-01-31. \(again)"
    }
  }

  /// The sentence that names the sheets that were not read; empty where there are none.
  public static func others(_ sheets: [String]) -> String {
    sheets.isEmpty ? "" : " Other sheets are \(list(sheets)): name one with \(Setting("sheet"))."
  }

  private static func others(_ count: Int) -> String {
    count == 0 ? "" : count == 1 ? ", as in 1 other cell" : ", as in \(count) other cells"
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(12).map { "\"\($0)\"" }.joined(separator: ", ") + (names.count > 12 ? ", …" : "")
  }
}
