import RuralValue
import TestSupport
import Testing

/// Counties that merged: rows of one year become one, by rules that the reader states.
@Suite struct MergedUnitsTests {
  /// Until 2013 A and B were two counties, since then they are N; C has nothing to do with them.
  private let table = smallTable(
    """
    code,year,gdp,pop,income,flag,name
    A,2012,1,2,10,1,甲县
    B,2012,3,6,20,0,乙县
    A,2013,1.5,2,NA,1,甲县
    B,2013,4,6,30,0,乙县
    N,2014,9,9,25,1,新区
    C,2012,7,7.50,7,0,丙县
    C,2014,8,8,8,0,丙县
    """)
  private let map = smallTable(
    "code_old,code_new,year_end_effective\nA,N,2013\nB,N,2013", source: "codes.csv")
  private let rules = MergeRules(
    sums: ["gdp", "pop"], weightedMeans: [.init(column: "income", weight: "pop")], kept: ["flag"])

  private func merged(_ table: Table? = nil, _ rules: MergeRules? = nil, map: Table? = nil) throws
    -> PreparationResult
  {
    try Preparator(
      PreparationPlan(
        codeChanges: CodeChanges(map ?? self.map), mergeRules: rules ?? self.rules, steps: [])
    ).prepare(table ?? self.table)
  }

  @Test func `sums add up, a mean is weighted, and a value is that of the first where no code stays`() throws
  {
    let result = try merged()
    #expect(result.texts("code") == ["N", "N", "N", "C", "C"])
    #expect(result.texts("year") == ["2012", "2013", "2014", "2012", "2014"])
    // 1 + 3, 1.5 + 4; (2·10 + 6·20) / 8.
    #expect(result.texts("gdp") == ["4", "5.5", "9", "7", "8"])
    #expect(result.texts("pop") == ["8", "8", "9", "7.50", "8"])
    #expect(result.texts("income") == ["17.5", "", "25", "7", "8"])
    #expect(result.texts("flag") == ["1", "1", "1", "0", "0"])
    #expect(result.texts("name") == ["甲县", "甲县", "新区", "丙县", "丙县"])
  }

  @Test func `the report says what was merged, and which cells are missing because a part is`() throws {
    let result = try merged()
    let merge = try #require(result.report.merges.first)
    #expect(merge.new == "N" && merge.parts == ["A", "B"] && merge.periods == [2012, 2013])
    #expect(merge.missing == 1 && result.report.merges.count == 1)
    #expect(result.report.mergesTable.column("parts")?.values == .text(["A + B"]))
    #expect(result.report.joins.map(\.old) == ["A", "B"])
    let notes = result.report.notes
    #expect(notes[0].english == "Rows of merged units were put together: A + B as N (2012 to 2013).")
    #expect(
      notes[1].english
        == "income: 1 merged cell is missing, for a part has no value or no weight above 0; the first is \"N\" in 2013."
    )
    #expect(notes[0].chinese == "合并后个体的各行已并为一行：A＋B合并为N（2012—2013）。")
    #expect(
      notes[2].english
        == "name: in 2 merged rows the parts have different texts, and the one of the unit whose code stays, else of the"
        + " first, was taken; the first is \"N\" in 2012, which has \"甲县\" and not \"乙县\" (B).")
    #expect(notes.count == 3)
  }

  @Test func `a column of numbers without a rule is refused by name, but only where rows meet`() throws {
    let error = #expect(throws: MergeError.self) { try merged(table, MergeRules(sums: ["gdp", "pop"])) }
    guard case .undeclared(let columns, _, let units, let newest, _, let period) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(columns == ["income", "flag"] && units == ["A", "B"] && newest == "N" && period == 2012)
    #expect(error?.kind == .usage)
    let apart = smallTable("code,year,gdp\nA,2012,1\nN,2014,2")
    let result = try merged(apart, MergeRules())
    #expect(result.texts("code") == ["N", "N"] && result.texts("gdp") == ["1", "2"])
    #expect(result.report.notes.map(\.english).contains { $0.contains("nothing was added up") })
  }

  @Test func `a part that has no row while it was apart makes the sums missing and is named`() throws {
    let gap = table.keepingRows { $0 != 3 }
    let result = try merged(gap)
    #expect(result.texts("gdp") == ["4", "", "9", "7", "8"])
    #expect(
      result.report.notes.map(\.english).contains {
        $0.contains("A unit that was still apart has no row") && $0.contains("N in 2013 without B")
      })
    // Where the map has no year, a part was apart until its last row.
    let undated = smallTable("code_old,code_new\nA,N\nB,N", source: "codes.csv")
    #expect(try merged(gap, map: undated).texts("gdp") == ["4", "1.5", "9", "7", "8"])
    let hole = table.keepingRows { $0 != 1 }
    #expect(try merged(hole, map: undated).texts("gdp") == ["", "5.5", "9", "7", "8"])
  }

  @Test func `the unit whose code stays gives the texts, and is not missed after the merger`() throws {
    let table = smallTable(
      """
      code,year,gdp,name
      B,2012,3,乙县
      A,2012,1,甲县
      A,2013,6,甲市
      """)
    let map = smallTable("code_old,code_new,year_end_effective\nB,A,2012", source: "codes.csv")
    let result = try merged(table, MergeRules(sums: ["gdp"]), map: map)
    #expect(result.texts("code") == ["A", "A"] && result.texts("gdp") == ["4", "6"])
    #expect(result.texts("name") == ["甲县", "甲市"])
  }

  @Test func `a row after the merger is added up with a warning that it may count twice`() throws {
    let late = smallTable("code,year,gdp\nA,2012,1\nB,2012,2\nA,2014,5\nB,2014,6")
    let map = smallTable("code_old,code_new,year_end_effective\nB,A,2013", source: "codes.csv")
    let result = try merged(late, MergeRules(sums: ["gdp"]), map: map)
    #expect(result.texts("gdp") == ["3", "11"])
    let note = try #require(result.report.notes.last)
    #expect(note.english.contains("a sum counts it twice: B in 2014, merged by the end of 2013."))
    #expect(note.chinese.contains("B（2014年，2013年底已合并）"))
  }

  @Test func `steps see the merged numbers`() throws {
    let plan = PreparationPlan(
      codeChanges: try CodeChanges(map), mergeRules: rules,
      steps: [PreparationStep(try ColumnExpression("density = gdp / pop"))])
    let result = try Preparator(plan).prepare(table)
    #expect(result.numbers("density").prefix(2) == [0.5, 0.6875])
  }

  @Test func `means are plain, weights of nothing give nothing, and a negative weight is refused`() throws {
    let rules = MergeRules(sums: ["gdp"], means: ["income"], kept: ["pop", "flag"])
    #expect(try merged(table, rules).texts("income").first == "15")
    let zero = smallTable("code,year,x,w\nA,2012,1,0\nB,2012,2,0")
    let weighted = MergeRules(sums: ["w"], weightedMeans: [.init(column: "x", weight: "w")])
    #expect(try merged(zero, weighted).texts("x") == [""])
    let negative = smallTable("code,year,x,w\nA,2012,1,1\nB,2012,2,-1")
    let error = #expect(throws: MergeError.self) { try merged(negative, weighted) }
    #expect(error?.description.hasPrefix("panel.csv, line 3, column \"w\": found -1.0") == true)
    let large = smallTable("code,year,x\nA,2012,1e308\nB,2012,1e308")
    #expect(throws: MergeError.self) { try merged(large, MergeRules(sums: ["x"])) }
    #expect(try merged(large, MergeRules(means: ["x"])).texts("x") == ["1e+308"])
  }

  @Test func `rules that contradict each other and rows that stand twice are refused`() {
    #expect(throws: MergeError.twoRules(column: "gdp")) {
      try merged(table, MergeRules(sums: ["gdp"], means: ["gdp"]))
    }
    #expect(throws: MergeError.keyColumn(column: "year")) { try merged(table, MergeRules(sums: ["year"])) }
    #expect(throws: TableError.self) { try merged(table, MergeRules(sums: ["gpd"])) }
    let twice = smallTable("code,year,gdp\nA,2012,1\nA,2012,2\nB,2012,3")
    #expect(throws: PanelError.self) { try merged(twice, MergeRules(sums: ["gdp"])) }
  }
}
