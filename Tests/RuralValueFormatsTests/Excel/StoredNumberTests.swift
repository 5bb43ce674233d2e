import RuralValue
import TestSupport
import Testing

@testable import RuralValueFormats

/// What a sheet shows and what it stores are two things, and where that matters it is said.
@Suite struct StoredNumberTests {
  private static func read(
    _ rows: [[String]], texts: Set<Int> = [0], formats: [[Int]: String] = [:], formulas: Set<Int> = [],
    asShown: Bool = false
  ) throws -> (texts: [String], notes: String) {
    var options = CSVOptions()
    options.readsAsShown = asShown
    let document = try ExcelReader.read(
      WorkbookBytes.bytes(of: rows, texts: texts, formats: formats, formulas: formulas), source: "t.xlsx",
      options: options)
    let table = document.table
    return (
      (0..<table.rowCount).map { table.text(row: $0, column: 1) },
      document.notes.map(\.english).joined(separator: "\n")
    )
  }

  private static let rows = [["term", "b"], ["P", "0.1"], ["C", "0.0497"], ["T", "12"]]

  @Test func `a printed table has the decimals that its cells show`() throws {
    let shown = try Self.read(Self.rows, formats: [[1, -1]: "0.000"], asShown: true)
    #expect(shown.texts == ["0.100", "0.050", "12.000"] && shown.notes.isEmpty)
    let thousands = try Self.read(Self.rows, formats: [[1, -1]: "#,##0.00"], asShown: true)
    #expect(thousands.texts == ["0.10", "0.05", "12.00"])
    let general = try Self.read(Self.rows, asShown: true)
    #expect(general.texts == ["0.1", "0.0497", "12"])
    #expect(general.notes.contains("format General, the first in B2, count as they are stored"))
  }

  @Test func `any other table has what is stored`() throws {
    let stored = try Self.read(Self.rows, formats: [[1, -1]: "0.000"])
    #expect(stored.texts == ["0.1", "0.0497", "12"] && stored.notes.isEmpty)
  }

  @Test func `percentages are said, and louder where they are mixed`() throws {
    let all = try Self.read(Self.rows, formats: [[1, -1]: "0.0%"])
    #expect(all.texts == ["0.1", "0.0497", "12"])
    #expect(all.notes.contains("the percentages of column B are read as they are stored"))
    let mixed = try Self.read(Self.rows, formats: [[1, 1]: "0.0%", [1, 2]: "0.0%"])
    #expect(
      mixed.notes.contains("in column B 2 numbers are shown as percentages (the first in B2) and 1 is not"))
  }

  @Test func `values that no spreadsheet computed are refused, others that may be old are said`() throws {
    let zeros = [["code", "sum"], ["a", "0"], ["b", "0"]]
    let name = ExcelError.SheetName(source: "t.xlsx", sheet: "Panel")
    #expect(throws: ExcelError.formulasWithoutValues(name, first: "B2", count: 2)) {
      try Self.read(zeros, formulas: [1])
    }
    let computed = try Self.read(Self.rows, formulas: [1])
    #expect(computed.texts == ["0.1", "0.0497", "12"])
    #expect(computed.notes.contains("the stored values of 3 formulas, the first in B2, may be old"))
  }

  @Test func `codes of more than fifteen digits are said to be cut`() throws {
    let long = try Self.read([["name", "id"], ["a", "110101199003074514"], ["b", "7"]])
    #expect(long.notes.contains("B2 holds a whole number of more than 15 digits"))
    #expect(try Self.read(Self.rows).notes.isEmpty)
  }

  @Test func `a row of blanks is none`() throws {
    let blank = try Self.read([["term", "b"], ["P", "1"], [" ", ""], ["　", ""], ["C", "2"]])
    #expect(blank.texts == ["1", "2"])
  }

  @Test func `a code is one unit, whether or not its cell has the format of codes`() throws {
    let rows = [["n", "code"], ["a", "10101"], ["b", "10102"], ["c", "430101"]]
    let partly = try Self.read(rows, formats: [[1, 1]: "000000"])
    #expect(partly.texts == ["010101", "010102", "430101"])
    #expect(partly.notes.contains("the numbers of column B are read as codes"))
  }

  @Test(arguments: [["10101", "3.5"], ["10101", "4301011"], ["-7", "10101"], ["430101", "430102"]])
  func `zeros before a number make no code of a value`(_ values: [String]) throws {
    let rows = [["n", "v"], ["a", values[0]], ["b", values[1]]]
    let read = try Self.read(rows, formats: [[1, -1]: "000000"])
    #expect(read.texts == values && read.notes.isEmpty)
  }

  @Test func `rows of the header that are named are not found anew`() throws {
    let bytes = WorkbookBytes.bytes(
      of: [["code", "gdp", "pop"], ["", "now", "then"], ["a", "1", "2"], ["b", "3", "4"]], texts: [0, 1, 2],
      merges: ["A1:A2"])
    for (header, rows) in [(CSVOptions.Header.found, 2), (.rows(1), 3)] {
      let document = try ExcelReader.read(bytes, source: "t.xlsx", options: CSVOptions(header: header))
      #expect(document.table.rowCount == rows)
    }
  }
}
