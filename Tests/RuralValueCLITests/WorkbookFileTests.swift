import Foundation
import RuralValue
import TestSupport
import Testing

@testable import RuralValueCLI

/// Workbooks and gzip archives in the place of CSV, by the verbs that read tables.
@Suite struct WorkbookFileTests {
  private static func workbook(_ name: String) -> String {
    ProjectFiles.fixture("reference/files/xlsx/\(name)").path
  }

  @Test func `a workbook becomes CSV cell by cell`() {
    let outcome = ruralvalue(["prepare", Self.workbook("openpyxl-three-sheets.xlsx"), "--as-is"])
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(
      outcome.output.hasPrefix(
        "code,name,year,gdp,grain,share,surveyed,coastal\n520301,辛市,2008,559.16,2.639,0.4164,2011-09-26,0\n"))
    #expect(outcome.errors.contains("--sheet names another: \"说明 & notes\", \"Sheet3\""))
  }

  @Test func `what was written as CSV answers as the workbook does`() throws {
    let path = Self.workbook("zip-stored.xlsx")
    let text = ruralvalue(["prepare", path, "--as-is", "--quiet"]).output
    let (one, other) = (
      ruralvalue(["describe", path]), ruralvalue(["describe", "-"], input: Array(text.utf8))
    )
    #expect(one.code == .done && one.output == other.output)
  }

  @Test func `Excel takes CSV with a mark for UTF-8, and so does every verb`() {
    let marked = ruralvalue(["prepare", Self.workbook("zip-stored.xlsx"), "--as-is", "--bom", "--quiet"])
    #expect(Array(marked.output.utf8.prefix(3)) == [0xEF, 0xBB, 0xBF])
    let again = ruralvalue(["prepare", "-", "--as-is", "--quiet"], input: Array(marked.output.utf8))
    #expect("\u{FEFF}" + again.output == marked.output)
  }

  @Test(arguments: [
    ["--log", "gdp"], ["--unit", "code"], ["--periods", "2010:"], ["--from", "wide-years"],
  ])
  func `a table as it was read is not changed`(_ option: [String]) {
    let outcome = ruralvalue(["prepare", Self.workbook("zip-stored.xlsx"), "--as-is"] + option)
    #expect(
      outcome.code == .usage && outcome.errors.contains("expected it without \(option[0])"),
      "\(outcome.errors)")
  }

  /// Calls that are refused, and what the answer must say.
  static let refusals: [(words: [String], code: ExitCode, answer: String)] = [
    (
      ["describe", workbook("openpyxl-three-sheets.xlsx"), "--variables", "name"], .data,
      "cell B2, column \"name\""
    ),
    (["describe", workbook("openpyxl-three-sheets.xlsx"), "--sheet", "面版"], .usage, "Did you mean \"面板\"?"),
    (
      ["describe", workbook("openpyxl-three-sheets.xlsx"), "--sheet", "3"], .data,
      "sheet \"Sheet3\": the sheet holds no value"
    ),
    (["describe", workbook("csv-renamed.xlsx"), "--sheet", "2"], .usage, "is no workbook"),
    (
      ["describe", workbook("zip-stored.xlsx"), "--separator", "tab"], .usage,
      "--separator is about lines of text"
    ),
    (["map", workbook("zip-stored.xlsx")], .data, "an Excel workbook (.xlsx)"),
    (["weights", workbook("bad-old.xls")], .data, "soffice --headless --convert-to xlsx"),
    (["describe", workbook("bad-truncated.xlsx")], .data, "Copy or download it again"),
    (["describe", workbook("title-rows.xlsx")], .data, "use --skip-lines 3"),
    (
      ["describe", workbook("openpyxl-three-sheets.xlsx"), "--variables", "grian"], .data,
      "Other sheets are \"说明 & notes\", \"Sheet3\": name one with --sheet."
    ),
    (["prepare", workbook("zip-stored.xlsx"), "--bom", "--json"], .usage, "--bom is about CSV"),
  ]

  @Test(arguments: refusals)
  func `a refusal names the place and what to do`(_ line: (words: [String], code: ExitCode, answer: String)) {
    let outcome = ruralvalue(line.words)
    #expect(outcome.code == line.code && outcome.output.isEmpty)
    #expect(outcome.errors.contains(line.answer), "\(outcome.errors)")
  }

  @Test(arguments: [
    ["describe", workbook("merged-cells.xlsx"), "--json"],
    ["prepare", workbook("hidden-rows-columns.xlsx"), "--json"],
    ["prepare", workbook("pandas-pivot.xlsx"), "--as-is", "--lang", "zh"],
    ["describe", workbook("openpyxl-three-sheets.xlsx"), "--variables", "name", "--json"],
  ])
  func `no answer shows the signs of rows and columns`(_ words: [String]) {
    let outcome = ruralvalue(words)
    for text in [outcome.output, outcome.errors] {
      #expect(!text.unicodeScalars.contains { (0xFDD0...0xFDEF).contains($0.value) }, "\(text)")
    }
  }

  @Test func `printed numbers of a sheet are said to count as they are stored`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "printed-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "t.xlsx").path
    let rows = [["term", "estimate", "std_error", "stars"], ["P", "0.01", "0.004", "**"]]
    try Data(WorkbookBytes.bytes(of: rows, texts: [0, 3])).write(to: URL(filePath: path))
    let outcome = ruralvalue(["audit", path, "--stars", "0.1,0.05,0.01"])
    #expect(
      outcome.code == .done && outcome.errors.contains("0.01 where 0.010 was printed"), "\(outcome.errors)")
  }

  @Test func `a sheet is named behind the file, in any place of a call`() throws {
    let book = Self.workbook("openpyxl-three-sheets.xlsx")
    let named = ruralvalue(["prepare", "\(book)#说明 & notes", "--as-is", "--quiet", "--header-rows", "0"])
    let option = ruralvalue(
      ["prepare", book, "--sheet", "说明 & notes", "--as-is", "--quiet", "--header-rows", "0"])
    #expect(named.code == .done && named.output == option.output, "\(named.errors)")
    let wrong = ruralvalue(["prepare", "\(book)#面版", "--as-is"])
    #expect(wrong.code == .usage && wrong.errors.contains("Did you mean \"面板\"?"), "\(wrong.errors)")
    let twice = ruralvalue(["prepare", "\(book)#2", "--sheet", "1", "--as-is"])
    #expect(twice.code == .usage && twice.errors.contains("so does --sheet"), "\(twice.errors)")
  }

  @Test func `a matrix of weights may have a blank corner, and a sheet of its own`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "corner-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "w.xlsx").path
    let rows = [["", "a", "b", "c"], ["a", "0", "1", "0"], ["b", "1", "0", "1"], ["c", "0", "1", "0"]]
    try Data(WorkbookBytes.bytes(of: rows, texts: [0])).write(to: URL(filePath: path))
    for name in [path, "\(path)#Panel", "\(path)#1"] {
      let outcome = ruralvalue(["weights", name, "--json", "--quiet"])
      #expect(
        outcome.code == .done && outcome.output.contains("\"links\": 2"), "\(outcome.errors)\(outcome.output)"
      )
    }
  }

  @Test func `options of another kind of file are refused`() {
    let book = Self.workbook("zip-stored.xlsx")
    let encoding = ruralvalue(["describe", book, "--encoding", "gb18030"])
    #expect(encoding.code == .usage && encoding.errors.contains("says its own"), "\(encoding.errors)")
    let map = ruralvalue(["map", "x.geojson", "--regions", "p", "--sheet", "2"])
    #expect(map.code == .usage && map.errors.contains("need --table"), "\(map.errors)")
    let cut = ruralvalue(["weights", Self.workbook("bad-truncated.xlsx"), "--rule", "queen"])
    #expect(cut.code == .data && cut.errors.contains("Copy or download it again"), "\(cut.errors)")
  }

  @Test func `shapes alone are told that they are several files`() throws {
    let shapes = try Data(contentsOf: ProjectFiles.fixture("reference/files/shp/dbf-cut-name.shp"))
    let outcome = ruralvalue(["weights", "-", "--rule", "queen"], input: Array(shapes))
    #expect(
      outcome.code == .data && outcome.errors.contains("all of them in one zip archive"), "\(outcome.errors)")
  }

  @Test func `a tar archive is refused by name`() {
    var bytes = [UInt8](repeating: 0, count: 1024)
    bytes.replaceSubrange(257..<262, with: "ustar".utf8)
    let outcome = ruralvalue(["describe", "-"], input: bytes)
    #expect(outcome.code == .data && outcome.errors.contains("tar -xf FILE"), "\(outcome.errors)")
  }

  @Test func `a workbook with the name of a CSV file is said to be one`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "named-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "panel.csv").path
    try FileManager.default.copyItem(atPath: Self.workbook("zip-stored.xlsx"), toPath: path)
    let outcome = ruralvalue(["describe", path])
    #expect(
      outcome.code == .done
        && outcome.errors.contains("the name ends in .csv, but the file is a workbook and is read as one"),
      "\(outcome.errors)")
  }

  @Test func `units that may be one are said by every verb that reads a panel`() {
    let text = "code,year,v\n010101,2019,1\n010101,2020,2\n10101,2019,3\n10101,2020,4\n2,2019,5\n2,2020,5\n"
    let outcome = ruralvalue(["describe", "-"], input: Array(text.utf8))
    #expect(
      outcome.code == .done
        && outcome.errors.contains(
          "\"010101\" (standard input, line 2) and \"10101\" (standard input, line 4)"),
      "\(outcome.errors)")
  }

  @Test func `a gzip archive is read as what it holds, and its digest is its own`() throws {
    // `printf 'code,year,v\n1,2012,1.5\n1,2013,2\n2,2012,3\n2,2013,4\n' | gzip -n`
    let base = "H4sIAAAAAAAAA0vOT0nVqUxNLNIp4zLUMTIwNNIx1DOFMI11jLiMIGLGEIaxjgkXAAu/84kyAAAA"
    let bytes = Array(try #require(Data(base64Encoded: base)))
    let outcome = ruralvalue(["prepare", "-", "--as-is", "--quiet"], input: bytes)
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(outcome.output == "code,year,v\n1,2012,1.5\n1,2013,2\n2,2012,3\n2,2013,4\n")
  }

  @Test func `a cell of a sheet is named by its letters and its row`() {
    let source = RowWord.row.signed("p.xlsx, sheet \"面板\"")
    let column = RowWord.label("gdp", letters: "D")
    for (written, shown) in [
      ("\(source), line 3, column \"\(column)\": no.", "p.xlsx, sheet \"面板\", cell D3, column \"gdp\": no."),
      ("\(source), line 3: no.", "p.xlsx, sheet \"面板\", row 3: no."),
      ("\(source), column \"\(column)\": no.", "p.xlsx, sheet \"面板\", column \"gdp\": no."),
      ("on lines 3 and 7 of \(source).", "on rows 3 and 7 of p.xlsx, sheet \"面板\"."),
      ("the column \"\(column)\" is odd.", "the column \"gdp\" is odd."),
    ] {
      #expect(RowWord.spelled(in: written) == shown)
    }
  }
}
