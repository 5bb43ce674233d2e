import RuralValue
import Testing

@testable import RuralValueFormats

/// Reads a text as CSV.
func readCSV(_ text: String, _ options: CSVOptions = CSVOptions()) throws(CSVError) -> CSVDocument {
  try CSVReader.read(Array(text.utf8), source: "x.csv", options: options)
}

/// The cells of a document, row by row.
func cellTexts(_ document: CSVDocument) -> [[String]] { cellTexts(document.table) }

/// The cells of a table, row by row.
func cellTexts(_ table: Table) -> [[String]] {
  (0..<table.rowCount).map { row in (0..<table.columnCount).map { table.text(row: row, column: $0) } }
}

@Suite struct CSVReaderTests {
  @Test func `a plain table keeps its cells as text and its lines`() throws {
    let document = try readCSV("code,year,x\n0430102,2012,1.50\n0430103,2012,\n")
    #expect(document.table.columnNames == ["code", "year", "x"])
    #expect(cellTexts(document) == [["0430102", "2012", "1.50"], ["0430103", "2012", ""]])
    #expect(document.table.lines == [2, 3])
    #expect(document.table.headerLine == 1)
    #expect(document.encoding == .utf8)
    #expect(document.separator == UInt8(ascii: ","))
    #expect(document.notes.isEmpty)
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `every line end ends a row, the last one or none`(end: String) throws {
    for last in ["", end] {
      let document = try readCSV(["a,b", "1,2", "", "3,4"].joined(separator: end) + last)
      #expect(cellTexts(document) == [["1", "2"], ["3", "4"]])
      #expect(document.table.lines == [2, 4])
    }
  }

  @Test func `a lone CR ends a row among LF and CRLF`() throws {
    let document = try readCSV("a,b\r1,2\n3,4\r\n5,6")
    #expect(cellTexts(document) == [["1", "2"], ["3", "4"], ["5", "6"]])
    #expect(document.table.lines == [2, 3, 4])
  }

  @Test func `quotes hold separators, quotes and line ends, and lines are counted on`() throws {
    let document = try readCSV("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"one\r\ntwo\rthree\nfour\",2\n5,6\n")
    #expect(cellTexts(document) == [["x,y", "say \"hi\""], ["one\r\ntwo\rthree\nfour", "2"], ["5", "6"]])
    #expect(document.table.lines == [2, 3, 7])
  }

  @Test func `line breaks in a column name become spaces`() throws {
    let document = try readCSV("\"a\nb\",\"c\r\nd\"\n1,2\n")
    #expect(document.table.columnNames == ["a b", "c d"])
    #expect(document.table.lines == [4])
  }

  @Test func `a quote inside an unquoted cell is text`() throws {
    #expect(try cellTexts(readCSV("a,b\n5\" pipe,x\"y\n")) == [["5\" pipe", "x\"y"]])
  }

  @Test func `cells lose the white space around them, quoted or not`() throws {
    let document = try readCSV(" a\t,\u{A0}b\n\u{3000}芙 蓉 \t, \" x \" \n\u{FEFF}1,\"\"\n")
    #expect(document.table.columnNames == ["a", "b"])
    #expect(cellTexts(document) == [["芙 蓉", "x"], ["1", ""]])
  }

  @Test func `doubled quotes only make a cell of quotes`() throws {
    #expect(try cellTexts(readCSV("a,b\n\"\"\"\",1\n\"\"\"\"\"\",2\n")) == [["\"", "1"], ["\"\"", "2"]])
  }

  @Test func `rows of separators are skipped with a note, quoted empty cells are not`() throws {
    let document = try readCSV("a,b\n1,2\n,\n , \n\"\",\n3,4\n\n,\n")
    #expect(cellTexts(document) == [["1", "2"], ["", ""], ["3", "4"]])
    #expect(document.table.lines == [2, 5, 6])
    #expect(document.notes.map(\.english) == ["x.csv: skipped rows without text on lines 3–4, 8."])
  }

  @Test func `a separator at the end of every line makes no column`() throws {
    let document = try readCSV("a,b,\n1,2,\n3,4,\n")
    #expect(document.table.columnNames == ["a", "b"])
    #expect(cellTexts(document) == [["1", "2"], ["3", "4"]])
    #expect(document.notes.count == 1)
    #expect(document.notes[0].english.contains("left out column 3"))
  }

  @Test func `skipped lines are lines of text, and stay with the document`() throws {
    let document = try readCSV("Title, with \"one quote\n(2012年)\r\na,b\n1,2\n", CSVOptions(skipLines: 2))
    #expect(document.preamble == ["Title, with \"one quote", "(2012年)"])
    #expect(document.table.headerLine == 3)
    #expect(document.table.lines == [4])
  }

  @Test func `a footer is skipped with a note`() throws {
    let document = try readCSV(
      "a,b\n甲,2\n注：1. 某某。,\n2. 某某\n\n数据来源：国家统计局\n")
    #expect(cellTexts(document) == [["甲", "2"]])
    #expect(document.notes.map(\.english) == ["x.csv: skipped the footer on lines 3–4, 6."])
    #expect(document.notes[0].chinese.contains("第 3–4, 6 行"))
  }

  @Test func `an English footer may hold separators`() throws {
    #expect(
      try cellTexts(readCSV("a,b,c\n1,2,3\nSource: Bureau, 2024\nNotes: a, b, c, d\n")) == [["1", "2", "3"]])
  }

  @Test func `what only looks like a footer is data`() throws {
    let document = try readCSV("name,x,y\n注县,1,2\nNote Creek,1,2\n注：,3,4\n说明,,\n")
    #expect(document.table.rowCount == 3)
    #expect(try readCSV("name,x\n来源县,\nb,2\n").table.rowCount == 2)
  }

  @Test func `a footer of so many rows is left out when asked`() throws {
    let document = try readCSV("a,b\n1,2\nGesamt,9\n*vorläufig\n\n", CSVOptions(skipFooter: 2))
    #expect(cellTexts(document) == [["1", "2"]])
    #expect(document.notes.map(\.english) == ["x.csv: skipped the footer on lines 3–4."])
  }

  @Test func `without a header the columns are numbered`() throws {
    let document = try readCSV("0,1\n1,0\n", CSVOptions(header: .absent))
    #expect(document.table.columnNames == ["column 1", "column 2"])
    #expect(document.table.lines == [1, 2])
  }

  @Test func `a header of several rows is joined, names above spanning the empty cells beside them`() throws {
    let document = try readCSV(
      "县,迁入,,迁出,,总\n,省内,省外,省内,省外,\n甲,1,2,3,4,5\n", CSVOptions(header: .rows(2)))
    #expect(document.table.columnNames == ["县", "迁入 省内", "迁入 省外", "迁出 省内", "迁出 省外", "总"])
    #expect(document.table.lines == [3])
  }

  @Test(
    arguments: [
      ("a\tb\n1,5\t2\n3,7\t4\n", UInt8(ascii: "\t")), ("a;b\n1,5;2\n3,7;4\n", UInt8(ascii: ";")),
      ("a\t,b\t,\n1\t,2\t,\n", UInt8(ascii: ",")), ("a,b;c\n1,2;3\n4,5;6;7;8\n", UInt8(ascii: ",")),
      ("\"a;b;c\",d\n\"1;2;3\",4\n", UInt8(ascii: ",")), ("a\n1\n", UInt8(ascii: ",")),
    ])
  func `the separator is found out`(text: String, separator: UInt8) throws {
    #expect(try readCSV(text).separator == separator)
  }

  @Test func `a given separator is not questioned`() throws {
    let document = try readCSV("a|b,c\n1|2,3\n", CSVOptions(separator: CSVOptions.separator(named: "|")))
    #expect(cellTexts(document) == [["1", "2,3"]])
    #expect(CSVOptions.separator(named: "tab") == 9)
    #expect(CSVOptions.separator(named: "\\t") == 9)
    #expect(CSVOptions.separator(named: "Semicolon") == UInt8(ascii: ";"))
    #expect(CSVOptions.separator(named: "comma") == UInt8(ascii: ","))
    #expect(CSVOptions.separator(named: "\"") == nil)
    #expect(CSVOptions.separator(named: "，") == nil)
  }

  @Test func `an empty column that has a name is kept`() throws {
    #expect(try readCSV("a,b\n1,\n2,\n").table.columnKinds([1])[0] == .empty)
  }

  @Test func `a comma in numbers between semicolons is not read as thousands in silence`() throws {
    let document = try readCSV("a;b\n1,234;x\n2,345;y\n")
    #expect(document.notes.count == 1)
    #expect(document.notes[0].english.contains("\"1,234\""))
    #expect(try document.table.numbers(column: 0) == [1234, 2345])
  }

  @Test(
    arguments: [
      ("a;b\n921,39;x\n1.234,5;y\n-0,5;z\n", [921.39, 1234.5, -0.5]),
      ("a;b\n1,234;x\n2,5;y\n", [1.234, 2.5]),
      ("a;b\n1.234;x\n2,5;y\n", [1234, 2.5]), ("a;b\n1.5;x\n2;y\n", [1.5, 2]),
    ])
  func `a decimal comma is read where some number proves it`(text: String, numbers: [Double]) throws {
    #expect(try readCSV(text).table.numbers(column: 0) == numbers)
  }

  @Test func `a decimal comma beside a decimal point is left alone, and refused as a number`() throws {
    for text in ["a;b\n1.5;x\n2,5;y\n", "a;b\n2,5;0.309\n1,5;0.307\n", "a;b\n100,25;112.938\n7,5;113.101\n"] {
      let table = try readCSV(text).table
      #expect(throws: TableError.self) { try table.numbers(column: 0) }
    }
  }

  @Test func `per cent signs go where every number has one, and only there`() throws {
    let document = try readCSV("a,b\n12.5%,3\nNA,4%\n13%,5\n")
    #expect(try document.table.numbers(column: 0).dropFirst(2) == [13])
    #expect(
      document.notes.map(\.english) == ["x.csv: the per cent signs of \"a\" are left out: 12.5% is 12.5."])
    #expect(throws: TableError.self) { try document.table.numbers(column: 1) }
  }

  @Test func `markers of missing values that are named become empty, as texts or as numbers`() throws {
    let table = try CSVReader.read(
      Array("a,b\n无,-9999\n1,-9999.0\n2,3\n".utf8), source: "x.csv", options: options(["无", "-9999"])
    ).table
    #expect(table.texts(column: 0) == ["", "1", "2"])
    #expect(table.texts(column: 1) == ["", "", "3"])
  }

  private func options(_ markers: [String]) -> CSVOptions {
    var options = CSVOptions()
    options.missingMarkers = markers
    return options
  }

  @Test func `Eurostat's keys are parted and its flags counted`() throws {
    let text = "freq,sex,geo\\TIME_PERIOD\t2019 \t2020 \nA,F,DE\t12.3 p\t: c\nA,M,DE\t: \t5 bu\n"
    let document = try readCSV(text)
    #expect(document.table.columnNames == ["geo", "sex", "2019", "2020"])
    #expect(try document.table.numbers(column: 2)[0] == 12.3)
    #expect(try document.table.numbers(column: 3)[1] == 5)
    #expect(document.notes.map(\.english).contains { $0.contains("2 flags") && $0.contains("freq=A") })
  }
}
