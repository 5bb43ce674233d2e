import RuralValue
import TestSupport
import Testing

@Suite struct InterpolationTests {
  /// Unevenly spaced years, a gap at either end and one in the middle, and a county without any value.
  let table = smallTable(
    """
    code,year,gdp,pop
    a,2000,NA,1
    a,2001,100,2
    a,2004,,5
    a,2010,190,11
    a,2011,NA,12
    b,2000,NA,7
    b,2001,NA,8
    """)

  @Test func `a gap is filled along the calendar, not along the rows`() throws {
    let result = try prepare(
      table, PreparationStep(.interpolate(missingRows: .none), ["gdp"]))
    // 100 + (190 − 100) · 3/9 = 130, by hand.
    expectSame(result.numbers("gdp"), [.nan, 100, 130, 190, .nan, .nan, .nan])
    let actions = result.report.entries.map { "\($0.action.rawValue) \($0.unit) \($0.period)" }
    #expect(
      actions == [
        "left-missing a 2000", "interpolated a 2004", "left-missing a 2011", "left-missing b 2000",
        "left-missing b 2001",
      ])
    let filled = try #require(result.report.entries.first { $0.action == .interpolated })
    #expect(filled.old.isNaN && filled.new == 130 && filled.column == "gdp" && filled.step == 1)
    let summary = result.report.summaries[0]
    #expect(summary.filled == 1 && summary.extended == 0 && summary.changed == 0)
    #expect(summary.cells == 3 && summary.missing == 4)
  }

  @Test func `extending holds the nearest value and is reported apart`() throws {
    let result = try prepare(
      table, PreparationStep(.interpolate(extend: true, missingRows: .none), ["gdp"]))
    expectSame(result.numbers("gdp"), [100, 100, 130, 190, 190, .nan, .nan])
    #expect(result.report.entries.filter { $0.action == .extended }.map(\.period) == [2000, 2011])
    #expect(result.report.summaries[0].extended == 2)
    #expect(
      result.report.summaryTable.notes.contains { $0.english.contains("they are not observed") })
  }

  @Test func `a constant county stays constant to the last bit`() throws {
    let table = smallTable("code,year,x\na,1,0.1\na,2,\na,3,\na,4,0.1")
    #expect(try prepare(table, PreparationStep(.interpolate(), ["x"])).numbers("x") == [0.1, 0.1, 0.1, 0.1])
  }

  @Test func `a missing row inside a county's span is added and carries what never varies`() throws {
    let table = smallTable(
      """
      code,name,prefecture,year,gdp,policy,pop
      0430102,芙蓉区,430100,2012年,10,0,5.50
      0430102,芙蓉区,430100,2015年,40,0,5.80
      0430103,天心区,430100,2012年,1,0,1
      0430103,天心区,430100,2013年,2,1,1
      0430103,天心区,430100,2014年,4,1,1
      0430103,天心区,430100,2015年,8,1,1
      """)
    let plan = PreparationPlan(
      timeColumn: "year", steps: [PreparationStep(.interpolate(), ["gdp"])])
    let result = try Preparator(plan).prepare(table)
    expectSame(result.numbers("gdp"), [10, 20, 30, 40, 1, 2, 4, 8])
    #expect(result.table.isAdded == [false, true, true, false, false, false, false, false])
    #expect(result.texts("code").prefix(4) == ["0430102", "0430102", "0430102", "0430102"])
    #expect(result.texts("name").prefix(4) == ["芙蓉区", "芙蓉区", "芙蓉区", "芙蓉区"])
    #expect(result.texts("prefecture").prefix(2) == ["430100", "430100"])
    // Years are written as the other rows of the year write them.
    #expect(result.texts("year").prefix(4) == ["2012年", "2013年", "2014年", "2015年"])
    // `policy` is constant in this county but varies in another: it is data, not a label.
    #expect(result.texts("policy").prefix(4) == ["0", "", "", "0"])
    #expect(result.texts("pop").prefix(4) == ["5.50", "", "", "5.80"])
    #expect(result.report.entries.filter { $0.action == .rowAdded }.map(\.period) == [2013, 2014])
    #expect(
      result.report.notes.map(\.english) == [
        "Added rows carry the unit's constant entries of: name, prefecture."
      ])
    #expect(result.sample == .init(observations: 8, units: 2, periods: 4))
  }

  @Test func `rows are added only where a variable gets a value`() throws {
    let table = smallTable("code,year,x\na,1,\na,3,5\nb,1,1\nb,2,2\nb,3,3")
    #expect(try prepare(table, PreparationStep(.interpolate(), ["x"])).table.isAdded.count == 5)
    let extended = try prepare(table, PreparationStep(.interpolate(extend: true), ["x"]))
    #expect(extended.numbers("x") == [5, 5, 5, 1, 2, 3])
  }

  @Test func `a year that no county has is filled only when every step is asked for`() throws {
    let table = smallTable("code,year,x\na,1,1\na,2,2\na,4,4")
    #expect(try prepare(table, PreparationStep(.interpolate(), ["x"])).numbers("x") == [1, 2, 4])
    let full = try prepare(table, PreparationStep(.interpolate(missingRows: .everyStep), ["x"]))
    #expect(full.numbers("x") == [1, 2, 3, 4])
    #expect(full.texts("year") == ["1", "2", "3", "4"])
  }

  @Test func `a calendar without end is refused`() {
    let table = smallTable("code,wave,x\na,1,1\na,2,2\na,2012010,4")
    #expect(
      throws: PreparationError.calendarTooLong(
        source: "panel.csv", timeColumn: "wave", first: 1, last: 2_012_010, step: 1)
    ) {
      let step = PreparationStep(.interpolate(missingRows: .everyStep), ["x"])
      return try Preparator(PreparationPlan(unitColumn: "code", timeColumn: "wave", steps: [step])).prepare(
        table)
    }
  }

  @Test func `results may go to a new column, and the old one keeps its gaps`() throws {
    let result = try prepare(
      table, PreparationStep(.interpolate(missingRows: .none), ["gdp"], naming: .suffix("_filled")))
    #expect(result.texts("gdp") == ["NA", "100", "", "190", "NA", "NA", "NA"])
    expectSame(result.numbers("gdp_filled"), [.nan, 100, 130, 190, .nan, .nan, .nan])
  }

  @Test func `variables in which nothing was missing take one sentence, and scripts still have their rows`()
    throws
  {
    let names = (1...5).map { "x\($0)" }
    let whole = smallTable(
      (["code,year," + names.joined(separator: ",")] + [
        "a,2000,1,2,3,4,5", "a,2001,1,2,,4,5", "a,2002,1,2,3,4,5",
      ])
      .joined(separator: "\n"))
    let document = try prepare(whole, PreparationStep(.interpolate(missingRows: .none), names)).document
    let shown = try #require(document.parts.first { $0.isShown }?.table)
    #expect(shown.rowCount == 1)
    #expect(
      shown.notes.map(\.english) == ["Step 1, interpolation: nothing was missing in 4 of 5 variables."])
    let written = document.parts.filter { $0.isWritten && $0.table.name == "steps" }
    #expect(written.map(\.table.rowCount) == [5] && written.map(\.jsonKey) == ["steps"])
    // Three rows fill no page, and are shown.
    let few = try prepare(whole, PreparationStep(.interpolate(missingRows: .none), Array(names.prefix(2))))
      .document
    #expect(few.parts.first { $0.isShown }?.table.rowCount == 2)
  }
}
