import Foundation
import RuralValue
import TestSupport
import Testing

@testable import RuralValueFormats

/// Every workbook of the corpus: the stated reading cell by cell, or the stated refusal.
///
/// The truths were written with the files, by the generators that know what they wrote.
@Suite struct ExcelCorpusTests {
  static let folder = "reference/files/xlsx"

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: ProjectFiles.fixture("\(folder)/\(name)")))
  }

  /// Every file with a truth.
  static let stems: [String] = {
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: ProjectFiles.fixture(folder).path)) ?? []
    return names.filter { $0.hasSuffix(".cells.csv") }.map { String($0.dropLast(10)) }.sorted()
  }()

  @Test func `the corpus is there`() { #expect(Self.stems.count == 29) }

  /// A cell as a truth has it.
  private struct Cell: Hashable {
    let sheet: String
    let cell: String
    let kind: String
    let value: String
  }

  @Test(arguments: stems)
  func `every sheet is read cell by cell`(_ stem: String) throws {
    let rows = try #require(try TruthTable.rows("\(Self.folder)/\(stem).cells.csv"))
    let truth = rows.dropFirst().filter { !$0[2].isEmpty && !$0[4].isEmpty }.map { row in
      Cell(sheet: row[0], cell: row[2], kind: row[3], value: row[4])
    }
    var workbook = try Workbook(try Self.bytes("\(stem).xlsx"), source: "f.xlsx")
    var found: [Cell] = []
    for sheet in workbook.sheets {
      let name = ExcelError.SheetName(source: "f.xlsx", sheet: sheet.name)
      let cells = try ExcelReader.cells(of: sheet, in: &workbook, name)
      for cell in cells.cells {
        let expected = found.count < truth.count ? truth[found.count] : nil
        found.append(
          Cell(
            sheet: sheet.name, cell: cell.reference.text, kind: Self.kind(cell.kind),
            value: Self.value(cells.text(cell), cell.kind, expected?.value)))
      }
    }
    #expect(found.count == truth.count)
    for (one, other) in zip(found, truth) { #expect(one == other) }
  }

  private static func kind(_ kind: SheetCells.Kind) -> String {
    switch kind {
    case .truth: "boolean"
    case .noDay: "error"
    default: "\(kind)"
    }
  }

  /// The value in the words of the truth: TRUE for 1; numbers that LibreOffice computed agree to 1e-12.
  private static func value(_ text: String, _ kind: SheetCells.Kind, _ expected: String?) -> String {
    switch kind {
    case .truth: return text == "1" ? "TRUE" : "FALSE"
    case .noDay: return expected ?? text
    case .number:
      guard let expected, let one = Double(text), let other = Double(expected) else { return text }
      return one != other && abs(one - other) <= 1e-12 * abs(other) ? expected : text
    default: return text
    }
  }

  /// Files that are refused, and what the sentence must say.
  static let refusals: [(name: String, words: [String])] = [
    ("bad-bzip2.xlsx", ["bzip2 (method 12)", "stored or deflated"]),
    ("bad-cell-reference.xlsx", ["sheet \"Sheet1\", cell XFE1", "16384 columns"]),
    ("bad-cell-twice.xlsx", ["sheet \"Sheet1\", cell A1", "given twice"]),
    ("bad-chart-sheet-only.xlsx", ["\"图\" is a chart"]),
    ("bad-deep-nesting.xlsx", ["xl/worksheets/sheet1.xml", "more than 256 elements"]),
    ("bad-docx-renamed.xlsx", ["a Word document (.docx)"]),
    ("bad-duplicate-entry.xlsx", ["two entries", "xl/worksheets/sheet1.xml"]),
    ("bad-empty.xlsx", ["the file is empty"]),
    (
      "bad-encrypted.xlsx", ["a workbook with a password", "msoffcrypto-tool -p PASSWORD bad-encrypted.xlsx"]
    ),
    ("bad-entity-bomb.xlsx", ["xl/worksheets/sheet1.xml", "<!DOCTYPE"]),
    ("bad-entry-count.xlsx", ["promises 65000 entries", "holds 7"]),
    ("bad-external-entity.xlsx", ["<!DOCTYPE"]),
    ("bad-flipped-byte.xlsx", ["xl/worksheets/sheet1.xml is damaged"]),
    ("bad-html-as.xls", ["a web page (HTML)", "save it as .xlsx"]),
    ("bad-lzma.xlsx", ["LZMA (method 14)"]),
    ("bad-missing-sheet.xlsx", ["the sheet \"Sheet1\"", "xl/worksheets/sheet1.xml, which is no part"]),
    ("bad-no-sheets.xlsx", ["the workbook has no sheet"]),
    ("bad-number.xlsx", ["cell B1", "found \"12,5\", expected a number"]),
    ("bad-offset-outside.xlsx", ["xl/worksheets/sheet1.xml", "beyond the end of the file"]),
    ("bad-old.xls", ["an old Excel workbook (.xls)", "soffice --headless --convert-to xlsx bad-old.xls"]),
    ("bad-size-lies.xlsx", ["xl/worksheets/sheet1.xml is damaged", "100 bytes"]),
    ("bad-spreadsheetml-2003.xls", ["\"XML Spreadsheet 2003\"", "soffice"]),
    ("bad-string-index.xlsx", ["cell A1", "shared text 7; the workbook has 0"]),
    ("bad-target-outside.xlsx", ["../../../../etc/hostname, which is no part"]),
    ("bad-truncated.xlsx", ["no directory at its end", "Copy or download it again"]),
    ("bad-wrong-crc.xlsx", ["xl/worksheets/sheet1.xml is damaged", "checksum"]),
    ("bad-xls-renamed.xlsx", ["an old Excel workbook (.xls)"]),
    ("bad-xml-cut.xlsx", ["xl/worksheets/sheet1.xml", "ends within <v>"]),
    ("bad-zip-password.xlsx", ["has a password"]),
    ("formulas-uncached.xlsx", ["cell E2", "without a stored value, as in 7 other cells", "save it once"]),
    ("ods-renamed.xlsx", ["an OpenDocument spreadsheet (.ods)"]),
    ("title-rows.xlsx", ["sheet \"表3-1\", row 1", "--skip-lines 3"]),
    ("far-corner.xlsx", ["cell XFD1", "\"2\" in XFD1048576"]),
  ]

  @Test(arguments: refusals)
  func `a file is refused with the place and what to do`(_ refusal: (name: String, words: [String])) throws {
    let bytes = try Self.bytes(refusal.name)
    let error = #expect(throws: (any Error).self) { try TableReader.read(bytes, source: refusal.name) }
    let sentence = Setting.spelled(in: error.map { "\($0)" } ?? "") { "--\($0)" }
    for words in ["\(refusal.name)"] + refusal.words { #expect(sentence.contains(words), "\(sentence)") }
    #expect((error as? any Fault)?.kind == .data)
  }

  /// A file as a table: its columns, its first row, how many rows there are, and what the notes must say.
  static let tables: [(name: String, columns: [String], first: [String], rows: Int, notes: [String])] = [
    (
      "merged-cells.xlsx", ["地区", "年份", "经济 gdp", "经济 grain"], ["辛市", "2008", "789.24", "10.4"], 12,
      ["rows 1–2 are joined as the header", "repeated over their 6 ranges"]
    ),
    (
      "pandas-pivot.xlsx",
      [
        "code", "year name", "gdp 2008", "gdp 2009", "gdp 2010", "gdp 2011", "grain 2008", "grain 2009",
        "grain 2010",
        "grain 2011",
      ],
      ["520301", "辛市", "103.42", "876.34", "515.01", "389.17", "23.323", "41.184", "30.637", "20.33"], 3,
      ["rows 1–3 are joined as the header"]
    ),
    (
      "empty-columns.xlsx", ["code", "name", "year", "gdp", "grain"],
      ["520301", "辛市", "2008", "788.34", "26.721"], 12,
      ["left out columns without values: F"]
    ),
    (
      "hidden-rows-columns.xlsx", ["code", "name", "year", "gdp", "grain"],
      ["520301", "辛市", "2008", "414.9", "38.749"], 12,
      ["the first visible sheet is read", "\"_xl\", \"旧数据\"", "rows 3, 7 and column E"]
    ),
    (
      "dates-1900.xlsx", ["format", "value"], ["0.00E+00", "43831"], 38,
      ["-1 (B10), 60 (B25)", "B11 holds 2008 in a format of dates"]
    ),
    (
      "errors-booleans.xlsx", ["1", "0", "166.84"], ["0", "0", "158.69"], 6,
      ["#N/A (A1), #VALUE! (A2)", "TRUE and FALSE are read as 1 and 0: 14 cells, the first is B1"]
    ),
    (
      "csv-renamed.xlsx", ["code", "year", "v"], ["430101", "2012", "1.5"], 1,
      ["the name ends in .xlsx, but the file is text"]
    ),
  ]

  @Test(arguments: tables)
  func `a sheet is a table as CSV is`(
    _ line: (name: String, columns: [String], first: [String], rows: Int, notes: [String])
  ) throws {
    let reading = try TableReader.read(try Self.bytes(line.name), source: line.name)
    #expect(reading.table.columnNames == line.columns)
    #expect((0..<line.columns.count).map { reading.table.text(row: 0, column: $0) } == line.first)
    #expect(reading.table.rowCount == line.rows)
    let notes = reading.notes.map(\.english).joined(separator: "\n")
    for words in line.notes { #expect(notes.contains(words), "\(notes)") }
  }

  @Test
  func `lines above the header are skipped by rows of the sheet, and a total and remarks below are known`()
    throws
  {
    var options = CSVOptions()
    options.skipLines = 3
    let document = try ExcelReader.read(try Self.bytes("title-rows.xlsx"), source: "t.xlsx", options: options)
    #expect(document.table.columnNames[0] == "县市区" && document.table.rowCount == 7)
    #expect(document.table.text(row: 6, column: 0) == "全市合计")
    #expect(document.preamble == ["3-1 各县（市、区）主要指标", "单位：万元"])
    #expect(document.notes.map(\.english).contains { $0.contains("skipped the footer on rows 13–14") })
  }

  @Test func `a cell holds 32767 characters of four bytes and no more`() throws {
    func rows(_ count: Int) -> [[String]] {
      [["a", "b"], ["x", String(repeating: "𠀀", count: count)], ["y", "2"]]
    }
    let whole = WorkbookBytes.bytes(of: rows(32_767), texts: [0, 1])
    #expect(try ExcelReader.read(whole, source: "t.xlsx").table.rowCount == 2)
    let long = WorkbookBytes.bytes(of: rows(32_768), texts: [0, 1])
    let name = ExcelError.SheetName(source: "t.xlsx", sheet: "Panel")
    #expect(throws: ExcelError.cell(name, cell: "B2", .tooLong(131_072))) {
      try ExcelReader.read(long, source: "t.xlsx")
    }
  }

  @Test func `a sheet is chosen by its name or its number`() throws {
    let bytes = try Self.bytes("openpyxl-three-sheets.xlsx")
    for name in ["说明 & notes", "2", " 说明 & NOTES "] {
      let error = #expect(throws: ExcelError.self) {
        try ExcelReader.read(bytes, source: "f.xlsx", sheet: name)
      }
      #expect(error.map { "\($0)" }?.contains("sheet \"说明 & notes\", row 3: there is a header") == true)
    }
    let empty = #expect(throws: ExcelError.self) {
      try ExcelReader.read(bytes, source: "f.xlsx", sheet: "Sheet3")
    }
    #expect(empty.map { "\($0)" }?.contains("sheet \"Sheet3\": the sheet holds no value") == true)
    let absent = #expect(throws: ExcelError.self) {
      try ExcelReader.read(bytes, source: "f.xlsx", sheet: "面版")
    }
    #expect(absent?.kind == .usage && absent.map { "\($0)" }?.contains("Did you mean \"面板\"?") == true)
  }
}
