import RuralValue
import TestSupport
import Testing

@Suite struct PanelTests {
  /// Two counties, rows out of order, one year absent from the second.
  let panel = try! Panel(
    source: "panel.csv", unitColumn: "code", timeColumn: "year",
    unitOfRow: ["0430102", "430103", "0430102", "0430102", "430103"],
    timeOfRow: [2014, 2012, 2012, 2013, 2014],
    variables: [("x", [3, 10, 1, 2, 30]), ("y", [.nan, 1, 2, 3, 4])])

  @Test func `rows stand unit by unit and by period, with the lines on which they stood`() throws {
    #expect(panel.units == ["0430102", "430103"])
    #expect(panel.periods == [2012, 2013, 2014])
    #expect((0..<5).map(panel.unit(ofRow:)) == ["0430102", "0430102", "0430102", "430103", "430103"])
    #expect((0..<5).map(panel.period(ofRow:)) == [2012, 2013, 2014, 2012, 2014])
    #expect(panel.lines == [4, 5, 2, 3, 6])
    #expect(try panel.values(of: "x") == [1, 2, 3, 10, 30])
    #expect(!panel.isBalanced)
  }

  @Test func `rows are found by unit and period`() {
    #expect(panel.row(unit: 1, period: 2) == 4)
    #expect(panel.row(unit: 1, period: 1) == nil)
    #expect(panel.rows(ofUnit: 1) == [3, 4])
    #expect(panel.rows(ofPeriod: 2) == [2, 4])
  }

  @Test func `a duplicated county-year names the county, the year and both lines`() {
    #expect(
      throws: PanelError.duplicateKey(
        source: "p.csv", unit: "a", unitColumn: "code", period: 2012, timeColumn: "year", firstLine: 7,
        secondLine: 9)
    ) {
      try Panel(
        source: "p.csv", unitColumn: "code", timeColumn: "year", unitOfRow: ["a", "b", "a"],
        timeOfRow: [2012, 2012, 2012], lines: [7, 8, 9], variables: [])
    }
  }

  @Test func `a panel without rows is an error`() {
    #expect(throws: PanelError.empty(source: "p.csv")) {
      try Panel(source: "p.csv", unitOfRow: [], timeOfRow: [], variables: [])
    }
  }

  @Test func `an absent variable is named together with the nearest one`() throws {
    let error = #expect(throws: PanelError.self) { try panel.values(of: "X") }
    #expect(error?.kind == .data)
    #expect(error?.description.contains("there is no variable \"X\". Did you mean \"x\"?") == true)
  }

  @Test func `new variables come last and known ones are replaced`() throws {
    let changed = panel.with([("z", [1, 2, 3, 4, 5]), ("x", [0, 0, 0, 0, 0])])
    #expect(changed.variableNames == ["x", "y", "z"])
    #expect(try changed.values(of: "x") == [0, 0, 0, 0, 0])
    #expect(try panel.values(of: "x") == [1, 2, 3, 10, 30])
  }

  @Test(arguments: [
    ([2012, 2013, 2015], 1), ([2000, 2010, 2020], 10), ([2000, 2010, 2015], 5), ([2012], 1), ([-4, 0, 6], 2),
  ])
  func `the calendar step divides every distance between periods`(periods: [Int], step: Int) throws {
    let panel = try Panel(
      source: "p", unitOfRow: periods.map { _ in "a" }, timeOfRow: periods, variables: [])
    #expect(panel.periodStep == step)
  }

  @Test func `lags count on the calendar, so that a gap stays a gap`() throws {
    let x = try panel.values(of: "x")
    expectSame(panel.lag(x), [.nan, 1, 2, .nan, .nan])
    expectSame(panel.lag(x, by: 2), [.nan, .nan, 1, .nan, 10])
    expectSame(panel.lag(x, by: -1), [2, 3, .nan, .nan, .nan])
    expectSame(panel.lag(x, by: 0), x)
    expectSame(panel.difference(x, by: 2), [.nan, .nan, 2, .nan, 20])
  }

  @Test func `a lag in a ten-year panel is one census back`() throws {
    let census = try Panel(
      source: "p", unitOfRow: ["a", "a", "a"], timeOfRow: [2000, 2010, 2020], variables: [("x", [1, 2, 4])])
    expectSame(census.lag(try census.values(of: "x")), [.nan, 1, 2])
  }

  @Test func `the keys of a table are its first two columns, and codes stay text`() throws {
    let table = Table(
      source: "t.csv", columnNames: ["code", "year", "gdp"],
      rows: [["\u{3000}0430102 ", "２０１２年", "1.5"], ["430103", "2012-12-31", "NA"]])
    let panel = try Panel(table, variables: ["gdp"])
    #expect(panel.units == ["0430102", "430103"])
    #expect(panel.periods == [2012])
    expectSame(try panel.values(of: "gdp"), [1.5, .nan])
  }

  @Test func `keys may stand in other columns`() throws {
    let table = Table(
      source: "t.csv", columnNames: ["gdp", "t", "i"], rows: [["1", "1", "a"], ["2", "2", "a"]])
    let keys = try PanelKeys(table, unitColumn: "i", timeColumn: "t")
    #expect(keys.units == ["a", "a"])
    #expect(keys.periods == [1, 2])
  }

  @Test func `faulty keys name line, column and what was found`() {
    let oneColumn = Table(source: "t.csv", columnNames: ["code"], rows: [["1"]])
    #expect(throws: PanelError.noKeyColumns(source: "t.csv")) { try PanelKeys(oneColumn) }
    let noUnit = Table(
      source: "t.csv", columnNames: ["code", "year"], rows: [["1", "2012"], [" ", "2012"]])
    #expect(throws: PanelError.missingUnit(source: "t.csv", line: 3, column: "code")) {
      try PanelKeys(noUnit)
    }
    let noYear = Table(source: "t.csv", columnNames: ["code", "year"], rows: [["1", "Changsha"]])
    #expect(
      throws: PanelError.unreadablePeriod(found: "Changsha", source: "t.csv", line: 2, column: "year")
    ) { try PanelKeys(noYear, timeColumn: "year") }
    #expect(
      throws: KeyColumnError.implausibleTime(
        source: "t.csv", column: "year", found: "Changsha", line: 2, columns: ["code", "year"])
    ) { try PanelKeys(noYear) }
    #expect(throws: TableError.noSuchColumn(name: "yaer", source: "t.csv", columns: ["code", "year"])) {
      try PanelKeys(noYear, timeColumn: "yaer")
    }
  }

  @Test func `a column that is named as both keys is said, not taken twice`() {
    let table = Table(source: "t.csv", columnNames: ["year", "code", "x"], rows: [["2012", "a", "1"]])
    let error = #expect(throws: PanelError.self) {
      try PanelKeys(table, unitColumn: "year", timeColumn: "year")
    }
    #expect(error == .sameKeyColumn(name: "year", source: "t.csv", columns: ["year", "code", "x"]))
    #expect(error?.kind == .usage)
    #expect(error?.description.contains("Name both with \(Setting("unit")) and \(Setting("time"))") == true)
  }

  @Test func `a cell that is no number names its place`() {
    let table = Table(source: "t.csv", columnNames: ["code", "year", "gdp"], rows: [["1", "2012", "12,x"]])
    let error = #expect(throws: TableError.self) { try Panel(table, variables: ["gdp"]) }
    #expect(error?.description.hasPrefix("t.csv, line 2, column \"gdp\": found \"12,x\"") == true)
  }
}
