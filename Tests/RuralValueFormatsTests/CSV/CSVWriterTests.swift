import RuralValue
import TestSupport
import Testing

@testable import RuralValueFormats

@Suite struct CSVWriterTests {
  private func text(_ columns: [ResultColumn]) -> String {
    String(
      decoding: CSVWriter.bytes(of: ResultTable(name: "t", title: Phrase(verbatim: "t"), columns: columns)),
      as: UTF8.self)
  }

  private func column(_ name: String, _ values: ResultValues) -> ResultColumn {
    ResultColumn(name, Phrase(verbatim: name), values)
  }

  @Test func `numbers have the fewest digits that read back`() {
    let numbers = column("x", .number([0.1, 1.0 / 3, 12, -0.0, 1e-5, 1e16, 1e22, 2012, -7, 5e-7, 123456.5]))
    #expect(
      text([numbers])
        == "x\n0.1\n0.3333333333333333\n12\n0\n1e-05\n1e+16\n1e+22\n2012\n-7\n5e-07\n123456.5\n")
  }

  @Test func `what is missing is an empty cell`() {
    let columns = [
      column("a", .number([.nan, 1])), column("b", .text([nil, "x"])), column("c", .integer([nil, 3])),
    ]
    #expect(text(columns) == "a,b,c\n\"\",,\n1,x,3\n")
  }

  @Test func `infinite values are written as words that readers know`() {
    #expect(text([column("a", .number([.infinity, -.infinity]))]) == "a\ninf\n-inf\n")
  }

  @Test func `terms are English, and cells are quoted where they must be`() {
    let columns = [
      column("say \"x\"", .phrase([Phrase("high, low", zh: "高低")])), column("b", .text(["a\nb"])),
      column("c", .text(["=1+1"])), column("d", .text(["岳麓区"])),
    ]
    #expect(text(columns) == "\"say \"\"x\"\"\",b,c,d\n\"high, low\",\"a\nb\",=1+1,岳麓区\n")
  }

  @Test func `texts and numbers take turns in their order`() {
    let columns = [
      column("a", .number([1.5])), column("b", .text(["x"])), column("c", .number([2.5])),
      column("d", .number([3.5])), column("e", .text([nil])),
    ]
    #expect(text(columns) == "a,b,c,d,e\n1.5,x,2.5,3.5,\n")
  }

  @Test func `a table without rows is a header`() {
    #expect(text([column("a", .number([]))]) == "a\n")
  }

  @Test func `every double survives writing and reading`() throws {
    var random = SplitMix64(state: 5)
    let values = (0..<20_000).map { _ in Double(bitPattern: random.next()) }.filter(\.isFinite)
    let table = ResultTable(
      name: "t", title: Phrase(verbatim: "t"),
      columns: [column("x", .number(values)), column("y", .number(values))])
    let read = try CSVReader.read(CSVWriter.bytes(of: table), source: "t.csv")
    #expect(try read.table.numbers(columns: [0, 1]) == [values, values])
  }

  @Test func `a table is written as it was read`() throws {
    var random = SplitMix64(state: 9)
    let pieces = [
      "", "a", "岳麓区", ",", "\"", "\n", "\r\n", "x y", "1.50", "007", "'", "-", ";", "\t", "é", "注：x",
    ]
    for _ in 0..<500 {
      let width = Int.random(in: 1...4, using: &random)
      let rows = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        (0..<width).map { _ in
          CellText.trimmed(
            (0..<Int.random(in: 0...3, using: &random)).map { _ in pieces.randomElement(using: &random)! }
              .joined())
        }
      }
      // A first row and a last column keep what is to be tested from being a header or a footer.
      let names = (0...width).map { "n\($0)" }
      let table = Table(source: "t", columnNames: names, rows: rows.map { $0 + ["7.5"] })
      let options = CSVOptions(separator: UInt8(ascii: ","))
      let read = try CSVReader.read(CSVWriter.bytes(of: table), source: "t", options: options)
      #expect(cellTexts(read) == cellTexts(table))
    }
  }

  @Test func `a row of empty cells and a single column survive too`() throws {
    let empty = Table(source: "t", columnNames: ["a", "b"], rows: [["", ""], ["1", "2"], ["", ""]])
    #expect(try cellTexts(CSVReader.read(CSVWriter.bytes(of: empty), source: "t")) == cellTexts(empty))
    let single = Table(source: "t", columnNames: ["a"], rows: [["1"], [""], ["2"]])
    #expect(try cellTexts(CSVReader.read(CSVWriter.bytes(of: single), source: "t")) == cellTexts(single))
  }

  /// Source: OWASP, CSV Injection.
  @Test(arguments: [
    "=1+1", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "＝1+1", "＋x", "－x", "＠x", "  =1+1", "\u{A0}=1",
    "\u{3000}＝1",
    "\tx", "\rx", "\nx", "--1", "=", "+", "@", "=HYPERLINK(\"http://x\",\"y\")",
  ]) func `a text that a spreadsheet would run gets an apostrophe where that is wanted`(cell: String) throws {
    let table = ResultTable(
      name: "t", title: Phrase(verbatim: "t"),
      columns: [column(cell, .text([cell])), column("b", .text(["x"]))])
    let copy = Table(source: "t", columnNames: [cell, "b"], rows: [[cell, "x"]])
    func quoted(_ text: String) -> String {
      text.contains { ",\"\n\r".contains($0) } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
    for (mark, isSafe) in [("'", true), ("", false)] {
      let expected = "\(quoted(mark + cell)),b\n\(quoted(mark + cell)),x\n"
      #expect(
        String(decoding: CSVWriter.bytes(of: table, isSpreadsheetSafe: isSafe), as: UTF8.self) == expected)
      #expect(
        String(decoding: CSVWriter.bytes(of: copy, isSpreadsheetSafe: isSafe), as: UTF8.self) == expected)
    }
  }

  @Test(arguments: [
    "", "-1.5", "+3", "-1e-5", "-1,234", " -2", "－５", "-", "--", "---", "a=1", "1+1", "'x", "长沙", "x@y",
    "#N/A", "\t1",
  ]) func `numbers, dashes and plain texts stay as they are also for spreadsheets`(cell: String) {
    let table = Table(source: "t", columnNames: ["a", "b"], rows: [[cell, "x"]])
    #expect(CSVWriter.bytes(of: table, isSpreadsheetSafe: true) == CSVWriter.bytes(of: table))
  }

  @Test func `numbers of results stay numbers for spreadsheets`() {
    let table = ResultTable(
      name: "t", title: Phrase(verbatim: "t"), columns: [column("a", .number([-1.5, -1e-5, -.infinity]))])
    #expect(CSVWriter.bytes(of: table, isSpreadsheetSafe: true) == CSVWriter.bytes(of: table))
  }

  @Test func `read back, the apostrophe belongs to the text`() throws {
    let table = Table(source: "t", columnNames: ["id", "v"], rows: [["=a", "1"], ["b", "-2"]])
    let copy = try CSVReader.read(CSVWriter.bytes(of: table, isSpreadsheetSafe: true), source: "t").table
    #expect(copy.texts(column: 0) == ["'=a", "b"])
    #expect(try copy.numbers(column: 1) == [1, -2])
  }

  @Test func `a journal table says which row holds estimates, errors and statistics`() {
    let text = String(decoding: CSVWriter.bytes(of: SampleTables.journal), as: UTF8.self)
    let lines = text.split(separator: "\n")
    #expect(lines[0] == "term,system,fe,row_kind")
    let kinds = lines.dropFirst().map { $0.split(separator: ",").last.map(String.init) }
    #expect(
      kinds == [
        "estimate", "std_error", "estimate", "std_error", "estimate", "std_error", "statistic", "statistic",
        "statistic", "statistic",
      ])
    // Cautions stay the last column.
    let cautioned = SampleTables.journal.adding(cautions: [Phrase("Few.", zh: "少。")])
    let head = String(decoding: CSVWriter.bytes(of: cautioned), as: UTF8.self).prefix { $0 != "\n" }
    #expect(head == "term,system,fe,row_kind,cautions")
    // Tables of one kind of row have no such column.
    #expect(
      !String(decoding: CSVWriter.bytes(of: SampleTables.coefficients), as: UTF8.self).contains("row_kind"))
  }
}
