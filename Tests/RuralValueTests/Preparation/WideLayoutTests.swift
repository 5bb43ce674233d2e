import TestSupport
import Testing

@testable import RuralValue

@Suite struct WideLayoutTests {
  private func table(_ header: [String], _ rows: [[String]]) -> Table {
    Table(source: "wide.csv", columnNames: header, rows: rows)
  }

  private func rows(_ long: LongTable) -> [[String]] {
    (0..<long.table.rowCount).map { row in
      (0..<long.table.columnCount).map { long.table.text(row: row, column: $0) }
    }
  }

  @Test(
    arguments: [
      ("2012", "", 2012), ("2012年", "", 2012), ("２０１２年", "", 2012), ("y2012", "", 2012), ("X2012", "", 2012),
      ("gdp_2012", "gdp", 2012), ("gdp2012", "gdp", 2012), ("gdp.2012", "gdp", 2012),
      ("2012年GDP", "GDP", 2012),
      ("GDP（2012年）", "GDP", 2012), ("2012_gdp", "gdp", 2012), ("gdp_2012_real", "gdp_real", 2012),
      ("人均2012年GDP", "人均GDP", 2012), ("2012-12-31", "", 2012), ("2012年末人口", "人口", 2012),
    ])
  func `a header's year and variable are read`(header: String, stem: String, year: Int) {
    let found = YearHeader(header)
    #expect(found?.stem == stem)
    #expect(found?.year == year)
  }

  @Test(arguments: ["name", "code_year14", "430102", "1", "210102", "gdp", "pm2.5", ""])
  func `a header without a year is no year column`(header: String) {
    #expect(YearHeader(header) == nil)
  }

  @Test(
    arguments: [
      ("2012Q1", PeriodText.quarter(year: 2012, quarter: 1)), ("2012年第三季度", .quarter(year: 2012, quarter: 3)),
      ("gdp_2012Q4", .quarter(year: 2012, quarter: 4)), ("2012H2", .half(year: 2012, half: 2)),
      ("2012年3月", .month(year: 2012, month: 3)), ("2012m3", .month(year: 2012, month: 3)),
      ("2012/13", .monthOrSpan(year: 2012, number: 13)), ("2015-19", .monthOrSpan(year: 2015, number: 19)),
      ("2000-2004", .span(first: 2000, last: 2004)), ("2012 [YR2012]", .whole(2012)),
      ("FY2012", .whole(2012)),
      ("gdp_2012_3", .whole(2012)),
    ])
  func `a header may name a part of a year or several years`(header: String, period: PeriodText) {
    #expect(YearHeader(header)?.period == period)
  }

  @Test(arguments: ["2012-2013 growth", "2012-2013年增长率", "2020年比2010年"])
  func `a header that names several years stays a column of the unit, and is said`(header: String) throws {
    let wide = table(["name", "2012", "2013", header], [["甲", "1", "2", "0.5"]])
    let long = try WideLayout.long(wide, options: WideLayoutOptions(.wideYears))
    #expect(long.table.columnNames == ["name", "time", header, "value"])
    #expect(rows(long) == [["甲", "2012", "0.5", "1"], ["甲", "2013", "0.5", "2"]])
    #expect(long.notes.map(\.english).contains { $0.contains("\"\(header)\" names several years") })
  }

  @Test func `half-years stay half-years, and beside quarters they are refused`() throws {
    let halves = try WideLayout.long(
      table(["code", "2012H1", "2012H2", "2013H1"], [["a", "1", "2", "3"]]),
      options: WideLayoutOptions(.wideYears))
    #expect(rows(halves).map { $0[1] } == ["2012H1", "2012H2", "2013H1"])
    #expect(throws: WideLayoutError.self) {
      try WideLayout.long(
        table(["code", "gdp2012Q3", "gdp2012Q4", "gdp2013H1"], [["a", "1", "2", "3"]]),
        options: WideLayoutOptions(.wideYears))
    }
  }

  @Test func `years side by side become rows, cells verbatim and codes kept`() throws {
    let wide = table(
      ["name", "code", "2013年", "2012年"], [["甲", "0990102", "2.50", ""], ["乙", "0990103", "-", "4"]])
    let long = try WideLayout.long(wide, options: WideLayoutOptions(.wideYears, variable: "gdp"))
    #expect(long.table.columnNames == ["name", "time", "code", "gdp"])
    #expect(
      rows(long) == [
        ["甲", "2012", "0990102", ""], ["甲", "2013", "0990102", "2.50"], ["乙", "2012", "0990103", "4"],
        ["乙", "2013", "0990103", "-"],
      ])
    #expect(long.notes.isEmpty)
    #expect(long.table.lines == [2, 2, 3, 3])
  }

  @Test func `several variables come apart by their stems`() throws {
    let wide = table(["name", "gdp_2012", "gdp_2013", "pop_2013"], [["甲", "1", "2", "3"]])
    let long = try WideLayout.long(wide, options: WideLayoutOptions(.wideYears))
    #expect(long.table.columnNames == ["name", "time", "gdp", "pop"])
    #expect(rows(long) == [["甲", "2012", "1", ""], ["甲", "2013", "2", "3"]])
    #expect(
      long.notes.map(\.english) == ["wide.csv: \"pop\" has only the years 2013; its other cells are empty."])
  }

  @Test func `indicators of one unit become variables`() throws {
    let wide = table(
      ["指标", "2013年", "2012年"], [["GDP", "2", "1"], ["分组", "", ""], ["人口", "4", "3"]])
    let long = try WideLayout.long(wide, options: WideLayoutOptions(.wideYears, unitName: "湖南省"))
    #expect(long.table.columnNames == ["unit", "time", "GDP", "人口"])
    #expect(rows(long) == [["湖南省", "2012", "1", "3"], ["湖南省", "2013", "2", "4"]])
    #expect(long.notes.map(\.english) == ["wide.csv: left out what has no data: line 3 (分组)."])
  }

  @Test func `indicators of several units become variables`() throws {
    let wide = table(
      ["地区", "指标", "单位", "2012年"],
      [["甲", "GDP", "亿元", "1"], ["甲", "人口", "万人", "3"], ["乙", "人口", "万人", "4"]])
    let long = try WideLayout.long(wide, options: WideLayoutOptions(.wideYears))
    #expect(long.table.columnNames == ["地区", "time", "GDP", "人口"])
    #expect(rows(long) == [["甲", "2012", "1", "3"], ["乙", "2012", "", "4"]])
    #expect(long.notes.count == 1)
  }

  @Test func `an unreadable number is named where its author finds it`() throws {
    let wide = table(["指标", "2013年", "2012年"], [["GDP", "2", "1"], ["人口", "4*", "3"]])
    let long = try WideLayout.long(wide, options: WideLayoutOptions(.wideYears, unitName: "湖南省"))
    let error = #expect(throws: TableError.self) { try long.table.numbers(column: 3) }
    #expect(error?.description.hasPrefix("wide.csv, line 3, column \"2013年\": found \"4*\"") == true)
  }

  @Test func `named id columns are ids, and the rest is left out with a note`() throws {
    let wide = table(["code2010", "name", "remark", "2012"], [["1", "甲", "x", "5"]])
    let long = try WideLayout.long(
      wide, options: WideLayoutOptions(.wideYears, variable: "v", idColumns: ["name", "code2010"]))
    #expect(long.table.columnNames == ["name", "time", "code2010", "v"])
    #expect(
      long.notes.map(\.english) == [
        "wide.csv: left out the columns \"remark\": \(Setting("id")) does not name them."
      ])
  }

  @Test func `a column that is called time keeps its name`() throws {
    let wide = table(["name", "time", "2012"], [["甲", "x", "5"]])
    let long = try WideLayout.long(wide, options: WideLayoutOptions(.wideYears, variable: "name"))
    #expect(long.table.columnNames == ["name", "time_2", "time", "name_2"])
  }

  @Test func `what the years' layout lacks is said with the option that gives it`() {
    let options = WideLayoutOptions(.wideYears)
    expectError("no column is headed by a year") {
      try WideLayout.long(table(["name", "gdp"], [["甲", "1"]]), options: options)
    }
    expectError("the columns \"2012\" and \"2012年\" are both for 2012") {
      try WideLayout.long(table(["name", "2012", "2012年"], [["甲", "1", "2"]]), options: options)
    }
    expectError("\(Setting("unit-name"))") {
      try WideLayout.long(table(["指标", "2012"], [["GDP", "1"]]), options: options)
    }
    expectError("\"GDP\" stands twice for 甲, on lines 2 and 3") {
      try WideLayout.long(
        table(["地区", "指标", "2012"], [["甲", "GDP", "1"], ["甲", "GDP", "1"]]), options: options)
    }
    expectError("line 3, column \"指标\": the cell is empty") {
      try WideLayout.long(
        table(["地区", "指标", "2012"], [["甲", "GDP", "1"], ["甲", "", "1"]]), options: options)
    }
    expectError("no row has data") {
      try WideLayout.long(table(["name", "2012"], [["甲", " "]]), options: options)
    }
    expectError("there is no column \"nmae\". Did you mean \"name\"?") {
      try WideLayout.long(
        table(["name", "2012"], [["甲", "1"]]), options: WideLayoutOptions(.wideYears, idColumns: ["nmae"]))
    }
    expectError("\(Setting("year")) has no use here", kind: .usage) {
      try WideLayout.long(
        table(["name", "2012"], [["甲", "1"]]), options: WideLayoutOptions(.wideYears, year: 2012))
    }
    expectError("\(Setting("variable")) has no use here", kind: .usage) {
      try WideLayout.long(
        table(["name", "a2012", "b2012"], [["甲", "1", "2"]]),
        options: WideLayoutOptions(.wideYears, variable: "v"))
    }
  }

  @Test func `units side by side with years as rows become rows`() throws {
    let wide = table(
      ["County", "甲", "乙", "备注"], [["2012-12-01", "1", "2", "x"], ["2013-12-01", "3", "", "y"]])
    let long = try WideLayout.long(wide, options: WideLayoutOptions(.wideUnits))
    #expect(long.table.columnNames == ["unit", "time", "value"])
    #expect(
      rows(long) == [
        ["甲", "2012-12-01", "1"], ["甲", "2013-12-01", "3"], ["乙", "2012-12-01", "2"],
        ["乙", "2013-12-01", ""],
      ])
    #expect(long.table.lines == [2, 3, 2, 3])
    #expect(long.notes.count == 2)
  }

  @Test func `indicators of one year become variables, the year taken from above the table`() throws {
    let wide = table(["指标名称", "全市", "甲"], [["人口", "9", "1"], ["情况", "", ""], ["出生率 ‰", "3", "2"]])
    let long = try WideLayout.long(
      wide, options: WideLayoutOptions(.wideUnits, preamble: ["人口主要指标", "（２０１２年）"]))
    #expect(long.table.columnNames == ["unit", "time", "人口", "出生率 ‰"])
    #expect(rows(long) == [["全市", "2012", "9", "3"], ["甲", "2012", "1", "2"]])
    #expect(long.notes.count == 2)
    let given = try WideLayout.long(wide, options: WideLayoutOptions(.wideUnits, year: 1999))
    #expect(rows(given)[0][1] == "1999")
  }

  @Test func `indicators and years as rows become rows and variables`() throws {
    let wide = table(
      ["指标", "年份", "甲"], [["GDP", "2012", "1"], ["GDP", "2013", "2"], ["人口", "2013", "3"]])
    let long = try WideLayout.long(wide, options: WideLayoutOptions(.wideUnits))
    #expect(rows(long) == [["甲", "2012", "1", ""], ["甲", "2013", "2", "3"]])
  }

  @Test func `what the units' layout lacks is said with the option that gives it`() {
    let sheet = table(["指标", "甲"], [["GDP", "1"]])
    expectError("Give it with \(Setting("year"))") {
      try WideLayout.long(sheet, options: WideLayoutOptions(.wideUnits))
    }
    expectError("several years (2011, 2012)") {
      try WideLayout.long(sheet, options: WideLayoutOptions(.wideUnits, preamble: ["2011年 2012年"]))
    }
    expectError("use \(Setting("from")) wide-years") {
      try WideLayout.long(
        table(["name", "2012", "2013"], [["甲", "1", "2"]]), options: WideLayoutOptions(.wideUnits))
    }
    expectError("found \"合计\", expected a year") {
      try WideLayout.long(
        table(["年份", "甲"], [["2012", "1"], ["合计", "2"]]), options: WideLayoutOptions(.wideUnits))
    }
    expectError("\"人口\" stands twice for 2012, on lines 2 and 3") {
      try WideLayout.long(
        table(["指标", "甲"], [["人口", "1"], ["人口", "2"]]), options: WideLayoutOptions(.wideUnits, year: 2012))
    }
    expectError("line 3, column \"指标\": the cell is empty") {
      try WideLayout.long(
        table(["指标", "甲"], [["人口", "1"], ["", "2"]]), options: WideLayoutOptions(.wideUnits, year: 2012))
    }
    expectError("\(Setting("unit-name")) has no use here", kind: .usage) {
      try WideLayout.long(sheet, options: WideLayoutOptions(.wideUnits, unitName: "x"))
    }
    expectError("\(Setting("variable")) has no use here", kind: .usage) {
      try WideLayout.long(sheet, options: WideLayoutOptions(.wideUnits, variable: "x", year: 2012))
    }
    expectError("\(Setting("year")) has no use here", kind: .usage) {
      try WideLayout.long(
        table(["年份", "甲"], [["2012", "1"]]), options: WideLayoutOptions(.wideUnits, year: 2012))
    }
  }

  private func expectError(
    _ part: String, kind: FaultKind = .data, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> LongTable
  ) {
    let error = #expect(throws: WideLayoutError.self, sourceLocation: sourceLocation) { try body() }
    #expect(error?.kind == kind, sourceLocation: sourceLocation)
    #expect(
      error?.description.contains(part) == true, "\(error.map(\.description) ?? "")",
      sourceLocation: sourceLocation)
  }

  @Test func `a table of any shape is turned or refused, and never crashes`() {
    var random = SplitMix64(state: 3)
    let headers = ["指标", "年份", "2012", "2013年", "gdp_2012", "pop2013", "name", "单位", "甲", "time", "全市"]
    let cells = ["", "1", "2012", "甲", "GDP", "-", "x", "2013-12-31"]
    for _ in 0..<3000 {
      let names = Array(headers.shuffled(using: &random).prefix(Int.random(in: 1...6, using: &random)))
      let rows = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        names.map { _ in cells.randomElement(using: &random)! }
      }
      let options = WideLayoutOptions(
        Bool.random(using: &random) ? .wideYears : .wideUnits,
        variable: Int.random(in: 0...3, using: &random) == 0 ? "v" : nil,
        unitName: Int.random(in: 0...3, using: &random) == 0 ? "u" : nil,
        year: Int.random(in: 0...2, using: &random) == 0 ? 2012 : nil)
      if let long = try? WideLayout.long(table(names, rows), options: options) {
        #expect(Set(long.table.columnNames).count == long.table.columnCount)
      }
    }
  }
}
