import RuralValue
import TestSupport
import Testing

@Suite struct TableJoinTests {
  let panel = smallTable(
    """
    code,year,name,x
    02,2019,芙蓉区,1
    02,2020,芙蓉区,2
    03,2019,天心区,3
    """, source: "panel.csv")

  private func join(_ text: String, _ join: TableJoin = TableJoin()) throws -> (table: Table, notes: [Phrase])
  {
    try join.join(smallTable(text, source: "other.csv"), to: panel)
  }

  @Test func `rows meet by unit and year, in any order, and codes keep their zeros`() throws {
    let answer = try join("name,villages,year,code\n天心区,9,2019,03\n芙蓉区,5,2020年,02\n芙蓉区,4,2019,02")
    #expect(answer.table.columnNames == ["code", "year", "name", "x", "villages"])
    #expect(answer.table.texts(column: 4) == ["4", "5", "9"])
    #expect(answer.table.texts(column: 0) == ["02", "02", "03"])
    #expect(answer.notes.isEmpty)
  }

  @Test func `a table without years meets by unit alone`() throws {
    let answer = try join("county,region\n03,North\n02,PRD", TableJoin(prefix: "r_"))
    #expect(answer.table.columnNames.last == "r_region")
    #expect(answer.table.texts(column: 4) == ["PRD", "PRD", "North"])
  }

  @Test func `keys that are called otherwise are named`() throws {
    let other = "time,unit,V\n2019,03,0.3\n2020,02,0.2\n2019,02,0.1"
    let answer = try join(other, TableJoin(unitColumn: "unit", timeColumn: "time"))
    #expect(answer.table.columnNames == ["code", "year", "name", "x", "V"])
    #expect(answer.table.texts(column: 4) == ["0.1", "0.2", "0.3"])
    let message = #expect(throws: TableError.self) { try join(other, TableJoin(timeColumn: "tme")) }
    #expect(message?.description.contains("Did you mean \"time\"?") == true)
  }

  @Test func `units meet that differ by spaces or leading zeros only, and it is said`() throws {
    let codes = try join("code,y\n2,1\n3,2")
    #expect(codes.table.texts(column: 4) == ["1", "1", "2"])
    #expect(codes.notes.map(\.english).contains { $0.contains("other spaces or leading zeros") })
    let floats = try join("code,year,y\n2.0,2019,1\n3.0,2019,2")
    #expect(floats.table.texts(column: 4) == ["1", "", "2"])
    // Of two that are alike but for zeros neither is meant.
    #expect(throws: TableJoinError.self) { try join("code,y\n2,1\n002,2\n9,1") }
  }

  @Test func `a price index meets by year alone, a prefecture's table by prefecture and year`() throws {
    let index = try join("year,cpi\n2020,102\n2019,100")
    #expect(index.table.texts(column: 4) == ["100", "102", "100"])
    #expect(index.notes.map(\.english) == ["other.csv is joined by year alone: it has no units."])
    let names = try join("name,year,rain\n天心区,2019,9\n芙蓉区,2019,7\n芙蓉区,2020,8")
    #expect(names.table.texts(column: 4) == ["7", "8", "9"])
    #expect(names.notes.map(\.english) == ["other.csv is joined by name and year."])
    let named = try join("县,year,rain\n天 心区,2019,9", TableJoin(unitColumn: "县", panelColumn: "name"))
    #expect(named.table.texts(column: 4) == ["", "", "9"])
    let error = #expect(throws: TableJoinError.self) { try join("a,b\n1,2", TableJoin(panelColumn: "nmae")) }
    #expect(error?.description.contains("Did you mean \"name\"?") == true)
  }

  @Test func `a column of time under another name is asked about, not passed over`() throws {
    let other = "code,年份,y\n02,2020,10\n03,2020,20"
    let error = #expect(throws: TableJoinError.self) { try join(other) }
    #expect(error == .timePassedOver(source: "other.csv", column: "年份", timeColumn: "year"))
    #expect(try join(other, TableJoin(timeColumn: "年份")).table.texts(column: 4) == ["", "10", ""])
    let alone = try join(other, TableJoin(timeColumn: "none"))
    #expect(alone.table.texts(column: 5) == ["10", "10", "20"])
    #expect(alone.notes.map(\.english).contains { $0.contains("joined by code alone") })
  }

  @Test func `rows without a partner stay, empty, and are counted`() throws {
    let answer = try join("code,year,y\n02,2019,4\n99,2019,7")
    #expect(answer.table.texts(column: 4) == ["4", "", ""])
    #expect(
      answer.notes.map(\.english) == [
        "other.csv has no row for 2 of 3 rows (unit and period); its columns are empty there: 02, 03."
      ])
  }

  @Test func `only the columns that are asked for are taken`() throws {
    let answer = try join("code,a,b\n02,1,2\n03,3,4", TableJoin(columns: ["b"]))
    #expect(answer.table.columnNames == ["code", "year", "name", "x", "b"])
    #expect(throws: TableError.self) { try join("code,a\n02,1", TableJoin(columns: ["c"])) }
  }

  @Test func `a column that both have must agree where rows meet`() {
    #expect {
      try join("code,name\n02,芙蓉區\n03,天心区")
    } throws: {
      "\($0)".hasPrefix(
        "Both tables have a column \"name\", with \"芙蓉区\" in panel.csv, line 2, and \"芙蓉區\" in other.csv, line 2;"
      )
    }
  }

  @Test func `two rows of one key, no key in common and no column are errors that say what to do`() {
    #expect(throws: TableJoinError.self) { try join("code,year,y\n02,2019,1\n02,2019,2") }
    #expect {
      try join("code,y\n02,1\n02,2")
    } throws: {
      "\($0)".contains("lines 2 and 3") && "\($0)".contains("no column \"year\"")
    }
    #expect {
      try join("code,y\n22,1\n23,2")
    } throws: {
      "\($0)".contains("begins with 22, the panel with 02, 2019")
    }
    #expect(throws: TableJoinError.noColumns(source: "other.csv")) { try join("code,year\n02,2019") }
  }
}
