import RuralValue
import TestSupport
import Testing

/// A panel in which every unit has every period.
@Suite struct PanelBalanceTests {
  /// b has no 2013 and c no 2012; a has no value in 2014.
  private let table = smallTable(
    """
    code,year,x,name
    a,2012,1,甲
    a,2013,2,甲
    a,2014,NA,甲
    b,2012,3,乙
    b,2014,4,乙
    c,2013,5,丙
    c,2014,6,丙
    d,2012,7,丁
    d,2013,8,丁
    d,2014,9,丁
    """)

  private func balanced(_ balance: PanelBalance, _ steps: PreparationStep..., keep: [String]? = nil) throws
    -> PreparationResult
  {
    try Preparator(PreparationPlan(steps: steps, balance: balance, keptColumns: keep)).prepare(table)
  }

  @Test func `units that have a row in every period stay, and the others are named`() throws {
    let result = try balanced(PanelBalance(.units))
    #expect(result.texts("code") == ["a", "a", "a", "d", "d", "d"])
    #expect(result.texts("x") == ["1", "2", "NA", "7", "8", "9"])
    #expect(result.sample == .init(observations: 6, units: 2, periods: 3))
    let dropped = result.report.dropped
    #expect(dropped.map(\.unit) == ["b", "c"] && dropped.map(\.period) == [nil, nil])
    #expect(dropped.map(\.observed) == [2, 2] && dropped.map(\.missing) == [1, 1])
    #expect(dropped.map(\.firstMissing) == ["2013", "2012"])
    #expect(
      result.report.notes.map(\.english) == [
        "Balanced by units: 2 of 4 have no row in every period and were taken out, with 4 rows: b, c."
      ])
    #expect(result.report.notes[0].chinese == "按个体平衡：4个个体中的2个并非各期均有观测，已剔除其4行：b、c。")
  }

  @Test func `a missing value counts where its column is named`() throws {
    let result = try balanced(PanelBalance(.units, columns: ["x"]))
    #expect(result.texts("code") == ["d", "d", "d"])
    #expect(result.report.dropped.first?.unit == "a" && result.report.dropped.first?.firstMissing == "2014")
    #expect(result.report.notes[0].english.contains("no row with values of x in every period"))
  }

  @Test func `periods in which every unit has a row stay`() throws {
    let result = try balanced(PanelBalance(.periods))
    #expect(result.texts("code") == ["a", "b", "c", "d"])
    #expect(result.texts("year") == ["2014", "2014", "2014", "2014"])
    #expect(result.report.dropped.map(\.period) == [2012, 2013])
    #expect(result.report.dropped.map(\.firstMissing) == ["c", "b"])
    #expect(result.report.droppedTable.column("observed")?.values == .integer([3, 3]))
  }

  @Test func `steps come first: rows that interpolation adds count, and columns that it makes are known`()
    throws
  {
    let result = try balanced(
      PanelBalance(.units, columns: ["ln_x"]), PreparationStep(.interpolate(), ["x"]),
      PreparationStep(.logarithm(), ["x"]), keep: ["name"])
    #expect(result.texts("code") == ["b", "b", "b", "d", "d", "d"])
    #expect(result.table.columns.map(\.name) == ["code", "year", "name"])
    #expect(result.table.isAdded == [false, true, false, false, false, false])
  }

  @Test
  func `a panel that is balanced stays, and one of which nothing would stay is refused with the reason`()
    throws
  {
    let whole = smallTable("code,year,x\na,1,1\na,2,2\nb,1,3\nb,2,4")
    let result = try Preparator(PreparationPlan(steps: [], balance: PanelBalance(.periods))).prepare(whole)
    #expect(result.texts("x") == ["1", "2", "3", "4"] && result.report.dropped.isEmpty)
    #expect(result.report.notes.map(\.english) == ["The panel is balanced as it is: nothing was taken out."])
    let error = #expect(throws: BalanceError.self) {
      try balanced(PanelBalance(.periods, columns: ["x"]))
    }
    #expect(
      error
        == .nothingLeft(
          source: "panel.csv", kept: .periods, worst: "a", observed: 2, of: 3, columns: ["x"]))
    #expect(throws: TableError.self) { try balanced(PanelBalance(.units, columns: ["y"])) }
  }
}
