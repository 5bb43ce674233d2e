import Testing

@testable import RuralValue

@Suite struct TableTests {
  private let table = Table(
    source: "panel.csv", columnNames: ["code", "gdp", "share", "note", "blank"],
    rows: [
      ["0430102", "1,234", "0.5", "a", ""], ["0430103", "NA", "12.5%", "1", "-"],
      ["0430104", " ７ ", "0.7", "", "…"],
    ])

  @Test func `a column is read as numbers, missing cells as NaN`() throws {
    let numbers = try table.numbers(column: 1)
    #expect(numbers[0] == 1234)
    #expect(numbers[1].isNaN)
    #expect(numbers[2] == 7)
    #expect(try table.numbers(columns: [1, 0])[1] == [430102, 430103, 430104])
  }

  @Test func `a cell that is no number is named with its line and column`() {
    let expected = TableError.notANumber(
      found: "12.5%", source: "panel.csv", line: 3, column: "share",
      advice: "Remove the % sign in the whole column and name the unit in its header.")
    #expect(throws: expected) { try table.numbers(column: 2) }
    #expect(throws: expected) { try table.numbers(columns: [0, 2]) }
    #expect(expected.description.contains("line 3, column \"share\": found \"12.5%\""))
  }

  @Test func `a column's kind tells numbers, codes, names, gaps and slips apart`() {
    #expect(table.columnKinds([0])[0] == .text)
    #expect(table.columnKinds([1])[0] == .numeric)
    #expect(table.columnKinds([2])[0] == .mostlyNumeric(firstUnreadableRow: 1))
    #expect(table.columnKinds([3])[0] == .text)
    #expect(table.columnKinds([4])[0] == .empty)
    #expect(
      table.columnKinds([4, 1, 0]) == [.empty, .numeric, .text])
  }

  @Test func `zeros in front make codes only where all numbers are whole`() {
    #expect(kind(["01", "02"]) == .text)
    #expect(kind(["0", "10"]) == .numeric)
    #expect(kind(["05", "1.5"]) == .numeric)
    #expect(kind(["12.5%", "13.5%"]) == .mostlyNumeric(firstUnreadableRow: 0))
    #expect(kind(["2012-12-31", "2013-12-31"]) == .text)
    #expect(kind([]) == .empty)
    #expect(kind(["岳麓区", "1", "2"]) == .mostlyNumeric(firstUnreadableRow: 0))
  }

  private func kind(_ cells: [String]) -> ColumnKind {
    Table(source: "", columnNames: ["x"], rows: cells.map { [$0] }).columnKinds([0])[0]
  }

  @Test func `the numeric columns are those without a slip, and a slip is an error`() throws {
    #expect(throws: table.notANumber(row: 1, column: 2)) { try table.numericColumns() }
    #expect(try table.numericColumns(except: [2]) == [1])
  }

  @Test func `a thousand rows are read in blocks as they are read one by one`() throws {
    let rows = (0..<1000).map { ["u\($0)", "\(Double($0) / 7)", "\($0)"] }
    let table = Table(source: "", columnNames: ["u", "x", "y"], rows: rows)
    let blocks = try table.numbers(columns: [1, 2])
    #expect(blocks[0] == (0..<1000).map { Double($0) / 7 })
    #expect(try blocks == [table.numbers(column: 1), table.numbers(column: 2)])
  }

  @Test func `an unknown column is answered with the nearest name`() {
    #expect(throws: TableError.noSuchColumn(name: "gpd", source: "panel.csv", columns: table.columnNames)) {
      try table.column(named: "gpd")
    }
    let error = TableError.noSuchColumn(name: "gpd", source: "panel.csv", columns: table.columnNames)
    #expect(error.description.contains("Did you mean \"gdp\"?"))
  }

  @Test func `tables are equal that say the same, wherever their bytes stand`() {
    let one = Table(source: "s", columnNames: ["a", "b"], rows: [["x", "yz"]])
    let other = Table(
      source: "s", columnNames: ["a", "b"], lines: [2], bytes: Array("yz,x".utf8), starts: [3, 0],
      ends: [4, 2])
    #expect(one == other)
    #expect(one != Table(source: "s", columnNames: ["a", "b"], rows: [["x", "zz"]]))
  }

  @Test func `a cell of a rearranged table knows where it stood`() {
    let origins = CellOrigins(lines: [9], columns: [1], columnNames: ["name", "2012年"])
    let long = Table(
      source: "s", columnNames: ["value"], lines: [2], bytes: Array("x1".utf8), starts: [0], ends: [2],
      origins: origins)
    let error = #expect(throws: TableError.self) { try long.numbers(column: 0) }
    #expect(error?.description.hasPrefix("s, line 9, column \"2012年\": found \"x1\"") == true)
  }
}
