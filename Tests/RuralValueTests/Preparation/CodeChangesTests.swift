import Foundation
import RuralValue
import TestSupport
import Testing

@Suite struct CodeChangesTests {
  /// The five changes of Hunan 2010–2024, with an invented earlier code of Wangcheng for a chain.
  let map = smallTable(
    """
    year_end_effective,code_old,name_old,code_new,name_new
    2009,430199,望城旧县,430122,望城县
    2011,430122,望城县,430112,望城区
    2017,430124,宁乡县,430182,宁乡市
    """, source: "changes.csv")

  @Test func `old codes become the newest ones, chains included`() throws {
    let changes = try CodeChanges(map)
    #expect(try changes.newestCode(of: "430199") == "430112")
    #expect(try changes.newestCode(of: "430122") == "430112")
    #expect(try changes.newestCode(of: "430112") == "430112")
    #expect(try changes.newestCode(of: "430102") == "430102")
    #expect(try changes.newestName(of: "望城旧县") == "望城区")
    #expect(changes.changes.map(\.year) == [2009, 2011, 2017])
  }

  @Test func `a re-coded county is one unit over all years, and the report says which years`() throws {
    let table = smallTable(
      """
      code,year,name,x
      430124,2016,宁乡县,1
      430124,2017,宁乡县,2
      430182,2018,宁乡市,4
      430102,2016,芙蓉区,9
      """)
    let plan = PreparationPlan(
      codeChanges: try CodeChanges(map), steps: [PreparationStep(.change(), ["x"])])
    let result = try Preparator(plan).prepare(table)
    #expect(result.texts("code") == ["430182", "430182", "430182", "430102"])
    #expect(result.texts("name") == ["宁乡县", "宁乡县", "宁乡市", "芙蓉区"])
    expectSame(result.numbers("d_x"), [.nan, 1, 2, .nan])
    let join = try #require(result.report.joins.first)
    #expect(join.old == "430124" && join.new == "430182" && join.periods == [2016, 2017])
    #expect(join.nameOld == "宁乡县" && join.nameNew == "宁乡市")
    #expect(result.report.joins.count == 1)
    #expect(result.report.joinsTable.column("rows")?.values == .integer([2]))
  }

  @Test func `the column of names follows where it is asked to`() throws {
    let table = smallTable("code,year,name,x\n430199,2008,望城旧县,1\n430122,2010,望城县,2\n430112,2012,望城区,3")
    let plan = PreparationPlan(codeChanges: try CodeChanges(map), nameColumn: "name", steps: [])
    let result = try Preparator(plan).prepare(table)
    #expect(result.texts("name") == ["望城区", "望城区", "望城区"])
    #expect(result.texts("x") == ["1", "2", "3"])
    #expect(result.report.joins.map(\.nameNew) == ["望城区", "望城区"])
  }

  @Test func `units given by name are joined by name`() throws {
    let table = smallTable("county,year,x\n宁乡县,2016,1\n宁乡市,2017,2\n芙蓉区,2016,3")
    let plan = PreparationPlan(codeChanges: try CodeChanges(map), steps: [])
    let result = try Preparator(plan).prepare(table)
    #expect(result.texts("county") == ["宁乡市", "宁乡市", "芙蓉区"])
    #expect(result.report.joins.map(\.old) == ["宁乡县"])
  }

  @Test func `both codes in one year are an error with both lines`() throws {
    let table = smallTable("code,year,x\n430124,2017,1\n430182,2017,2")
    let plan = PreparationPlan(codeChanges: try CodeChanges(map), steps: [])
    #expect(
      throws: PreparationError.changeConflict(
        source: "panel.csv", unitColumn: "code", first: "430124", second: "430182", newest: "430182",
        timeColumn: "year", period: 2017, firstLine: 2, secondLine: 3)
    ) { try Preparator(plan).prepare(table) }
  }

  @Test func `data that the map does not concern get a note, not silence`() throws {
    let plan = PreparationPlan(codeChanges: try CodeChanges(map), steps: [])
    let result = try Preparator(plan).prepare(smallTable("code,year,x\n430102,2017,1"))
    #expect(result.report.joins.isEmpty)
    #expect(result.report.notes.map(\.english).first?.contains("nothing was joined") == true)
  }

  @Test(.enabled(if: ProjectFiles.shared("data/hunan") != nil))
  func `the source codes of Hunan's digital finance index join to the codes of today`() throws {
    let map = smallTable(try sharedText("data/hunan/hunan-code-changes-2010-2024.csv"))
    let table = smallTable(try sharedText("data/hunan/hunan_dfiic_2014_2020.csv"))
    let plan = PreparationPlan(
      unitColumn: "code_src", timeColumn: "year", codeChanges: try CodeChanges(map), nameColumn: "name_src",
      steps: [])
    let result = try Preparator(plan).prepare(table)
    // The file's own column `code` is the harmonised one, made independently of this map.
    #expect(result.texts("code_src") == result.texts("code"))
    #expect(!result.report.joins.isEmpty)
  }

  private func sharedText(_ path: String) throws -> String {
    try String(contentsOf: try #require(ProjectFiles.shared(path)), encoding: .utf8)
  }

  @Test func `a map that divides, turns round or lacks half a pair is refused`() throws {
    #expect(
      throws: PreparationError.ambiguousChange(source: "m.csv", line: 3, old: "1", new: ["2", "3"])
    ) { try CodeChanges(smallTable("code_old,code_new\n1,2\n1,3", source: "m.csv")) }
    #expect(throws: PreparationError.circularChange(source: "m.csv", old: "1")) {
      try CodeChanges(smallTable("code_old,code_new\n1,2\n2,1", source: "m.csv"))
    }
    #expect(throws: PreparationError.incompleteChange(source: "m.csv", line: 2)) {
      try CodeChanges(smallTable("code_old,code_new\n1,", source: "m.csv"))
    }
    #expect(throws: TableError.self) { try CodeChanges(smallTable("old,new\n1,2", source: "m.csv")) }
    #expect(throws: TableError.self) { try CodeChanges(smallTable("code_old,new\n1,2", source: "m.csv")) }
    #expect(throws: PanelError.self) {
      try CodeChanges(smallTable("year_end_effective,code_old,code_new\nsoon,1,2", source: "m.csv"))
    }
  }

  @Test func `two counties of one name are refused only when the data speak of them`() throws {
    let map = smallTable("name_old,name_new\n城关县,城关区\n城关县,城关市\n乙县,乙市", source: "m.csv")
    let changes = try CodeChanges(map)
    #expect(try changes.newestName(of: "乙县") == "乙市")
    #expect(
      throws: PreparationError.ambiguousChange(source: "m.csv", line: 3, old: "城关县", new: ["城关区", "城关市"])
    ) { try changes.newestName(of: "城关县") }
  }

  @Test(arguments: ["NA", "-", "", "…"]) func `no unit becomes a marker of a missing value`(code: String) {
    let table = Table(
      source: "changes.csv", columnNames: ["code_old", "code_new"], rows: [["430122", code]])
    #expect(throws: PreparationError.self) { try CodeChanges(table) }
  }
}
