import TestSupport
import Testing

@testable import RuralValue

/// Which columns hold the units and the periods; the cases are those of `shared/cases/data` and their kinds.
@Suite struct KeyColumnTests {
  private func keys(_ text: String, unit: String? = nil, time: String? = nil) throws -> [String] {
    let table = smallTable(text, source: "t.csv")
    let keys = try KeyColumns(table, unitColumn: unit, timeColumn: time)
    return [table.columnNames[keys.unit], keys.time.map { table.columnNames[$0] } ?? "none"]
  }

  private func error(_ text: String) -> KeyColumnError? {
    #expect(throws: KeyColumnError.self) { try keys(text) }
  }

  @Test(
    arguments: [
      // The year before the code, a name before both, a value between them.
      "year,code,gdp\n2012,a,1\n2012,b,2\n2013,a,3\n2013,b,4",
      "name,code,year,gdp\n甲,a,2012,1\n甲,a,2013,2\n乙,b,2012,3\n乙,b,2013,4",
      "code,gdp,year\na,2001,2012\na,2002,2013\nb,2003,2012\nb,2004,2013",
      "gdp,year,code\n1.5,2012,a\n2.5,2013,a\n3.5,2012,b\n4.5,2013,b",
      // Columns that are the same in every row are no units.
      "freq,code,year,v\nA,a,2012,1\nA,a,2013,2\nA,b,2012,3\nA,b,2013,4",
    ])
  func `the time is what is called so, the units what no unit-period repeats`(text: String) throws {
    #expect(try keys(text) == ["code", "year"])
  }

  @Test(
    arguments: ["年份", "年度", "Year", "TIME_PERIOD", "时间", "period", "会计年度", "date", "t"])
  func `words of both languages head the time`(word: String) throws {
    #expect(try keys("gdp,\(word),code\n5,2012,a\n6,2013,a\n7,2012,b") == ["code", word])
  }

  @Test func `columns that say nothing by name are told by years, or by counting beside the first`() throws {
    #expect(try keys("a,b,c\nx,2012,1\nx,2013,2\ny,2012,3") == ["a", "b"])
    #expect(try keys("a,b,c\nx,1,10\nx,2,20\ny,1,30\ny,2,40") == ["a", "b"])
    #expect(try keys("a,z,b\nx,.5,2012\nx,.6,2013\ny,.7,2012\ny,.8,2013") == ["a", "b"])
  }

  @Test func `a column of R's row numbers is no unit, and is said`() throws {
    let table = smallTable("rownames,code,year,v\n1,a,2012,1\n2,a,2013,2\n3,b,2012,3")
    let keys = try KeyColumns(table)
    #expect([keys.unit, keys.time, keys.rowNumbers] == [1, 2, 0])
    #expect(keys.notes.map(\.english).contains { $0.contains("only counts the rows") })
    // Where numbers repeat, or somebody names it, it is a unit.
    #expect(try self.keys("index,year,v\n1,2012,1\n1,2013,2\n2,2012,3") == ["index", "year"])
    #expect(try self.keys("X,code,year\n1,a,2012\n2,a,2013", unit: "X") == ["X", "year"])
  }

  @Test func `a table whose units stand once and that has no time is a cross-section`() throws {
    #expect(try keys("县市,地区生产总值,人口\n浏阳市,700,130\n攸县,200,70\n醴陵市,400,90") == ["县市", "none"])
    #expect(try keys("code,gdp2012\na,1990\nb,1995\nc,2000") == ["code", "none"])
    #expect(try keys("code,v\na,1.5\nb,2.5") == ["code", "none"])
    #expect(try keys("code,year,v\na,2012,1\nb,2013,2", time: "none") == ["code", "none"])
  }

  @Test func `what cannot be told is asked, naming the columns`() {
    guard
      case .noTime(_, "code", "a", 2, 3, ["code", "gdp", "pop"])? = error(
        "code,gdp,pop\na,700,1\na,91,2\nb,400,3\nb,55,4")
    else { return #expect(Bool(false), "a GDP column taken as years") }
    guard case .implausibleTime(_, "year", "430102", 2, _)? = error("name,year,v\na,430102,1\na,430103,2")
    else {
      return #expect(Bool(false), "codes taken as times")
    }
    guard case .yearsSideBySide(_, ["2012年", "2013年"])? = error("地区,2012年,2013年\n全省,1,2\n长沙市,3,4") else {
      return #expect(Bool(false), "years side by side")
    }
  }

  @Test(
    arguments: [
      // Income, population and codes that look like years; a numbered round or a year beside them.
      (
        "county,round,income\nu,1,1950\nu,2,1951\nv,1,1990\nv,2,1991\nw,1,2001\nw,2,2005",
        ["county", "round"]
      ),
      (
        "code,pop,nf\na,1850,2012\na,1851,2013\nb,1900,2012\nb,1930,2013\nc,2000,2012\nc,2001,2013",
        ["code", "nf"]
      ),
      ("id,nian,gdp\n2001,2012,5\n2001,2013,6\n2002,2012,7\n2002,2013,8", ["id", "nian"]),
      // A flow called T, and a wave, beside a year.
      (
        "code,name,P,T,year,V\na,甲,1,1,2012,3\na,甲,1,2,2013,4\nb,乙,2,1,2012,5\nb,乙,2,2,2013,6",
        ["code", "year"]
      ),
      ("code,name,wave,year,gdp\na,甲,1,2012,3\na,甲,2,2013,4\nb,乙,1,2012,5\nb,乙,2,2013,6", ["code", "year"]),
      ("code,nian,V,P,T\na,2012,1,2,0.5\na,2013,1,2,0.6\nb,2012,3,4,0.7\nb,2013,3,4,0.8", ["code", "nian"]),
      // Row numbers called id, a population before the county, land area, a province before the code.
      (
        "id,year,county,gdp\n1,2012,a,1\n2,2013,a,2\n3,2012,b,3\n4,2013,b,4\n5,2012,c,3\n6,2013,c,4",
        ["county", "year"]
      ),
      (
        "pop,year,county,gdp\n700001,2012,a,1\n700002,2013,a,2\n800001,2012,b,3\n800002,2013,b,4",
        ["county", "year"]
      ),
      (
        "pref,county_cn,year,area,gdp\np,甲,2012,1.5,1\np,甲,2013,1.5,2\np,乙,2012,2.5,3\np,乙,2013,2.5,4",
        ["county_cn", "year"]
      ),
      ("province,year,code,gdp\nH,2012,a,1\nH,2013,a,2\nH,2012,b,3\nH,2013,b,4", ["code", "year"]),
      // Waves of an unbalanced panel.
      ("hh,survey,inc\na,1,5\nb,1,6\nb,2,7\nc,2,8\nd,3,9\nd,1,9\ne,2,4", ["hh", "survey"]),
      ("code,数据年份,gdp\na,2012,1\na,2013,2\nb,2012,3", ["code", "数据年份"]),
      ("pop,county,V\n51,a,1\n52,b,2\n53,c,3", ["county", "none"]),
    ])
  func `what only looks like a key is none`(text: String, found: [String]) throws {
    #expect(try keys(text) == found)
  }

  @Test func `a table without a column of units is asked about, and units that never repeat`() {
    guard case .noUnit? = error("gdp,pop\n1.5,2.5\n2.5,3.5") else { return #expect(Bool(false), "no unit") }
    guard case .unitsNeverRepeat? = error("id,year,gdp\n1,2012,1.5\n2,2013,2.5\n3,2014,3.5\n4,2015,4.5")
    else {
      return #expect(Bool(false), "units that never repeat")
    }
  }

  @Test func `an index of one year is its unit, not a row number`() throws {
    #expect(try keys("index,year,gdp,pop\n1,2012,5,6\n2,2012,7,8\n3,2012,9,9") == ["index", "year"])
  }

  @Test func `a bound in years, quarters or months is meant in the panel's own periods`() {
    #expect(PeriodReading.bound("2013-06") == 201_306)
    #expect(PeriodFrequency.quarter.bound(2014, isUpper: false) == 20141)
    #expect(PeriodFrequency.quarter.bound(2014, isUpper: true) == 20144)
    #expect(PeriodFrequency.month.bound(2014, isUpper: true) == 201_412)
    #expect(PeriodFrequency.quarter.bound(201_306, isUpper: true) == 20132)
    #expect(PeriodFrequency.whole.bound(2014, isUpper: true) == 2014)
    #expect(PeriodFrequency.halfYear.bound(2014, isUpper: true) == 20142)
  }

  @Test func `constant counts that happen to be sums are no totals, and a one-year total is one`() throws {
    // Four towns' counts that stay as they are: 3 = 1 + 2 in every year.
    let still = try Panel(
      smallTable("code,year,towns\na,1,3\na,2,3\nb,1,1\nb,2,1\nc,1,2\nc,2,2\nd,1,9\nd,2,9"),
      variables: ["towns"])
    #expect(still.totalNotes.isEmpty)
    let year = try Panel(
      smallTable("地区,gdp,pop\n甲,10,3\n乙,20,4\n丙,30,5\n长沙市,60,12"), variables: ["gdp", "pop"])
    #expect(year.totalNotes.map(\.english).contains { $0.contains("\"长沙市\" (the sum of others in gdp)") })
  }

  @Test func `a code that a spreadsheet has rounded is refused by line`() {
    let table = smallTable("code,year,v\n430102,2012,1\n4.30103E+11,2012,2", source: "t.csv")
    #expect(
      throws: KeyColumnError.roundedCode(found: "4.30103E+11", source: "t.csv", line: 3, column: "code")
    ) { try PanelKeys(table) }
  }

  @Test func `codes lose the .0 and the apostrophe that programs put to them, and names keep theirs`() throws
  {
    #expect(
      try PanelKeys(smallTable("code,year\n430102.0,2012.0\n430103.0,2012.0")).units == ["430102", "430103"])
    #expect(try PanelKeys(smallTable("code,year\n'0102,2012\n'0103,2012")).units == ["0102", "0103"])
    #expect(
      try PanelKeys(smallTable("name,year\n's-Gravenhage,2012\n'0103,2012")).units == [
        "'s-Gravenhage", "0103",
      ])
    // One float among codes is no code of a data frame.
    #expect(
      try PanelKeys(smallTable("code,year\n430102.0,2012\n430103,2012")).units == ["430102.0", "430103"])
  }

  // MARK: - Quarters and months

  @Test(
    arguments: [
      (["2012Q3", "2012q4", "2013-Q1"], [20123, 20124, 20131], PeriodFrequency.quarter),
      (["2012年第三季度", "2012年4季度", "Q1 2013"], [20123, 20124, 20131], .quarter),
      (["2012H1", "2012年下半年", "2013h1"], [20121, 20122, 20131], .halfYear),
      (["20121", "20122", "20131"], [20121, 20122, 20131], .halfYear),
      (["20121231", "20131231", "20141231"], [2012, 2013, 2014], .whole),
      (["20120131", "20120229", "20130131"], [201_201, 201_202, 201_301], .month),
      (["20123", "20124", "20131"], [20123, 20124, 20131], .quarter),
      (["2012-11", "2012-12", "2013-01"], [201_211, 201_212, 201_301], .month),
      (["2012年11月", "2012m12", "Jan-13"], [201_211, 201_212, 201_301], .month),
      (["201211", "201212", "201301"], [201_211, 201_212, 201_301], .month),
      (["2012/11/1", "2012/12/1", "2013/1/1"], [201_211, 201_212, 201_301], .month),
      (["2012-12-31", "2013-12-31", "2014-12-31"], [2012, 2013, 2014], .whole),
      (["2012", "2013-12-31", "2014年"], [2012, 2013, 2014], .whole),
      (["2012/13", "2013/14", "2014/15"], [2012, 2013, 2014], .whole),
      (["2008/09", "2009/10", "2010/11"], [2008, 2009, 2010], .whole),
      (["2000-2004", "2005-2009", "2010-2014"], [2000, 2005, 2010], .whole),
      (["FY2012", "Y2013", "2014年度"], [2012, 2013, 2014], .whole), (["-1", "0", "1"], [-1, 0, 1], .whole),
    ])
  func `a column's periods are read together`(texts: [String], periods: [Int], frequency: PeriodFrequency)
    throws
  {
    let rows = texts.map { ["a", $0] }
    let keys = try PanelKeys(
      Table(source: "t.csv", columnNames: ["code", "time"], rows: rows), unitColumn: "code",
      timeColumn: "time")
    #expect(keys.periods == periods)
    #expect(keys.frequency == frequency)
  }

  @Test(
    arguments: [
      ["2012", "2012Q1"], ["2012-03", "2012Q1"], ["2008-12", "2009-13", "2010-14"], ["2012-19", "2013-02"],
      ["2000-2004", "2003-2007"], ["2012H1", "2012Q3"], ["40909", "41275"], ["2012", "Changsha"],
    ])
  func `periods of several kinds, spans that overlap and days of a spreadsheet are refused`(texts: [String]) {
    let table = Table(source: "t.csv", columnNames: ["code", "time"], rows: texts.map { ["a", $0] })
    #expect(throws: PanelError.self) { try PanelKeys(table, unitColumn: "code", timeColumn: "time") }
  }

  @Test func `lags of quarters and months count quarters and months`() throws {
    let quarters = try Panel(
      smallTable("code,time,x\na,2012Q3,1\na,2012Q4,2\na,2013Q1,4\na,2013Q3,8"), variables: ["x"])
    #expect(quarters.periodStep == 1)
    expectSame(quarters.lag(try quarters.values(of: "x")), [.nan, 1, 2, .nan])
    expectSame(quarters.lag(try quarters.values(of: "x"), by: 4), [.nan, .nan, .nan, 1])
    let half = try Panel(smallTable("code,time,x\na,2012H1,1\na,2012H2,2\na,2013H1,4"), variables: ["x"])
    #expect(half.periodStep == 1)
    expectSame(half.difference(try half.values(of: "x")), [.nan, 1, 2])
    let months = try Panel(
      smallTable("code,time,x\na,2012-11,1\na,2012-12,2\na,2013-01,4"), variables: ["x"])
    expectSame(months.lag(try months.values(of: "x")), [.nan, 1, 2])
  }

  @Test func `a stated step counts instead of the common one, and must reach every period`() throws {
    let panel = try Panel(smallTable("code,year,x\na,2000,1\na,2010,2\na,2015,3\na,2020,4"), variables: ["x"])
    #expect(panel.periodStep == 5)
    expectSame(panel.lag(try panel.values(of: "x")), [.nan, .nan, 2, 3])
    let yearly = try panel.steppingBy(1)
    expectSame(yearly.lag(try yearly.values(of: "x"), by: 10), [.nan, 1, .nan, 2])
    #expect(throws: PanelError.self) { try panel.steppingBy(10) }
  }
}
