import RuralValue
import Testing

@testable import RuralValueFormats

@Suite struct CSVErrorTests {
  private func expectError(
    _ expected: CSVError, saying part: String, _ text: String, _ options: CSVOptions = CSVOptions(),
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: CSVError.self, sourceLocation: sourceLocation) { try readCSV(text, options) }
    #expect(error == expected, sourceLocation: sourceLocation)
    #expect(expected.kind == .data)
    #expect(expected.description.hasPrefix("x.csv"), sourceLocation: sourceLocation)
    #expect(expected.description.contains(part), "\(expected.description)", sourceLocation: sourceLocation)
  }

  @Test(arguments: ["", "\n\n", "\u{FEFF}", " \r\n,,\n", ",,,"])
  func `a file without text is empty`(text: String) {
    expectError(.empty(source: "x.csv", skippedLines: 0), saying: "the file is empty", text)
  }

  @Test func `skipping more lines than there are leaves nothing`() {
    expectError(
      .empty(source: "x.csv", skippedLines: 5), saying: "\(Setting("skip-lines"))", "a,b\n1,2\n",
      CSVOptions(skipLines: 5)
    )
  }

  @Test func `a header alone is no table`() {
    expectError(.onlyHeader(source: "x.csv", line: 2), saying: "no row of data", "\na,b\n")
    expectError(
      .onlyHeader(source: "x.csv", line: 1), saying: "no row of data", "a,b\n1,2\n", CSVOptions(skipFooter: 9)
    )
  }

  @Test func `a row that is too short or too long is named with its line and its first cells`() {
    expectError(
      .ragged(
        source: "x.csv", line: 5, found: 2, expected: 3, firstCells: ["4", "5"], isLast: false),
      saying: "line 5: the row has 2 cells, expected 3 as in the header. It begins: \"4\", \"5\".",
      "a,b,c\n\n\"1\n\",2,3\n4,5\n6,7,8\n")
    expectError(
      .ragged(source: "x.csv", line: 3, found: 4, expected: 3, firstCells: ["4", "1", "234"], isLast: false),
      saying: "must be quoted", "a,b,c\n1,2,3\n4,1,234,5\n7,8,9\n")
    expectError(
      .ragged(source: "x.csv", line: 3, found: 1, expected: 2, firstCells: ["Gesamt"], isLast: true),
      saying: "\(Setting("skip-footer")) 1", "a,b\n1,2\nGesamt\n")
  }

  @Test func `a header that no row agrees with is named rather than the rows`() {
    expectError(
      .raggedHeader(source: "x.csv", line: 1, found: 2, rows: 3, count: 3),
      saying: "3 of the rows below have 3",
      "a,b\n1,2,3\n4,5,6\n7,8,9\n")
  }

  @Test func `a quote that is never closed is named with the line where it opens`() {
    expectError(
      .unterminatedQuote(source: "x.csv", line: 3, column: 2), saying: "opens here and is never closed",
      "a,b\n1,2\n3,\"4\n5,6\n7,8\n")
  }

  @Test func `text after a closing quote is an error`() {
    expectError(
      .textAfterQuote(source: "x.csv", line: 2, opened: 2, column: 1, found: "y"),
      saying: "found \"y\" after the quote", "a,b\n\"x\"y,2\n")
    expectError(
      .textAfterQuote(source: "x.csv", line: 3, opened: 2, column: 2, found: "z"),
      saying: "The cell's opening quote is on line 2", "a,b\n1,\"x\ny\"z\n")
  }

  @Test func `a title above the header is answered with the lines to skip`() {
    expectError(
      .preamble(source: "x.csv", line: 1, found: "人口 (2012年)", skipLines: 3),
      saying: "use \(Setting("skip-lines")) 3.",
      "人口 (2012年),,\n,,\n单位：人\n县,x,y\n甲,1,2\n")
  }

  @Test func `a header of several rows is answered with the ways out`() {
    let merged = CSVError.severalHeaderRows(
      source: "x.csv", firstLine: 1, lastLine: 2, rows: 2, example: "迁入 省内")
    expectError(
      merged, saying: "\"迁入 省内\"), or join the rows with \(Setting("header-rows")) 2",
      "县,迁入,,迁出,\n,省内,省外,省内,省外\n甲,1,2,3,4\n")
    expectError(
      .severalHeaderRows(source: "x.csv", firstLine: 1, lastLine: 2, rows: 2, example: "gdp 2012"),
      saying: "lines 1 to 2", "name,gdp,,pop,\n,2012,2013,2012,2013\n甲,1.5,2,3,4\n")
    expectError(
      .severalHeaderRows(source: "x.csv", firstLine: 1, lastLine: 2, rows: 2, example: "gdp 亿元"),
      saying: "lines 1 to 2", "name,gdp,pop\n,亿元,万人\n甲,1.5,3\n")
  }

  @Test func `a first row with gaps is not taken for a second header`() throws {
    #expect(try readCSV("name,type,x\n,a,1.5\n乙,b,2\n").table.rowCount == 2)
    #expect(try readCSV("name,x\n甲,NA\n乙,2.5\n").table.rowCount == 2)
  }

  @Test func `a column without a name that has cells is an error`() {
    expectError(
      .unnamedColumn(source: "x.csv", line: 1, column: 1, example: "7", exampleLine: 2),
      saying: "row.names = FALSE", ",a\n7,5.5\n2,6\n")
    expectError(
      .unnamedColumn(source: "x.csv", line: 1, column: 3, example: "x", exampleLine: 3),
      saying: "(\"x\" on line 3). Name it", "a,b,\n1,2,\n3,4,x\n")
  }

  @Test func `two columns of one name are named with their places`() {
    expectError(
      .duplicateColumn(source: "x.csv", line: 1, name: "gdp", first: 2, second: 4),
      saying: "columns 2 and 4 are both called \"gdp\"", "a,gdp,b, gdp \n1,2,3,4\n")
  }

  @Test(
    arguments: [
      ([0x50, 0x4B, 0x03, 0x04, 0x14], FileKind.zip),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .foreign(.oldOffice)),
      (Array("%PDF-1.7".utf8), .foreign(.pdf)), ([0x1F, 0x8B, 0x08], .gzip),
      (Array("<stata_dta><header>".utf8), .stata),
      (Array("\u{FEFF} <!DOCTYPE HTML><html>".utf8), .foreign(.webPage)),
      (Array("<table border=1>".utf8), .foreign(.webPage)),
      (Array("<?xml version=\"1.0\"?>".utf8), .foreign(.otherXML)), (Array("{\n \"type\": 1}".utf8), .json),
      (Array("[{\"a\":1}]".utf8), .json), ([114, 2, 1, 0, 5], .stata), ([115, 1, 1, 0, 5], .stata),
      (Array("$FL2@(#) SPSS".utf8), .foreign(.spss)), ([0, 0, 0x27, 0x0A, 0], .shapes),
      (Array("version https://git-lfs.github.com/spec/v1\noid sha256:0".utf8), .foreign(.lfsPointer)),
    ])
  func `a file of another kind is recognised`(bytes: [UInt8], kind: FileKind) {
    let error = CSVError.otherFile(WrongFile(source: "x.csv", found: kind, use: .table))
    #expect(throws: error) {
      try CSVReader.read(bytes, source: "x.csv")
    }
    #expect(error.description.contains(", not "))
  }

  @Test func `a NUL byte is named with its line`() {
    expectError(.nulByte(source: "x.csv", line: 2, byte: 3), saying: "utf-16le", "a,b\n1,\0\n")
  }

  @Test func `a file beyond four gigabytes has a message`() {
    #expect(CSVError.tooLarge(source: "x.csv", bytes: 5_000_000_000).description.contains("at most 4 GB"))
  }
}
