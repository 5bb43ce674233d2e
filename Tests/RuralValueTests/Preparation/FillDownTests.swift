import RuralValue
import Testing

/// Cells that a spreadsheet left empty because it had merged them.
@Suite struct FillDownTests {
  private let table = smallTable(
    """
    市,县,year,gdp
    长沙市,芙蓉区,2012,1
    ,,2013,
    ,天心区,2012,3
    株洲市,荷塘区,2012,-
    """, source: "merged.csv")

  @Test func `empty cells hold the last text above them, keys as well`() throws {
    let (filled, notes) = try table.fillingDown(["市", "县"])
    #expect(filled.texts(column: 0) == ["长沙市", "长沙市", "长沙市", "株洲市"])
    #expect(filled.texts(column: 1) == ["芙蓉区", "芙蓉区", "天心区", "荷塘区"])
    #expect(filled.lines == table.lines && filled.columnNames == table.columnNames)
    let panel = try Panel(filled, unitColumn: "县", timeColumn: "year", variables: ["gdp"])
    #expect(panel.units == ["芙蓉区", "天心区", "荷塘区"] && panel.rowCount == 4)
    #expect(
      notes.map(\.english) == [
        "merged.csv, column \"市\": 2 empty cells were filled with the text above them, on lines 3, 4.",
        "merged.csv, column \"县\": 1 empty cell was filled with the text above it, on line 3.",
      ])
    #expect(notes[0].chinese == "merged.csv的“市”列：2个空单元格以其上方的文字填充，位于第3、4行。")
  }

  @Test func `a marker of a missing value is no empty cell, and other columns stay`() throws {
    let (filled, notes) = try table.fillingDown(["gdp"])
    #expect(filled.texts(column: 3) == ["1", "1", "3", "-"])
    #expect(filled.texts(column: 0) == ["长沙市", "", "", "株洲市"])
    #expect(
      notes.count == 2 && notes[1].english.hasPrefix("Column \"gdp\" holds numbers: cells that were missing"))
    let (same, none) = try table.fillingDown(["year", "year"])
    #expect(same == table)
    #expect(none.map(\.english) == ["merged.csv, column \"year\": no cell is empty, none was filled down."])
  }

  @Test func `an empty first cell has nothing above it`() {
    let table = smallTable("市,县,year\n ,芙蓉区,2012\n长沙市,天心区,2012", source: "merged.csv")
    let error = #expect(throws: FillDownError.self) { try table.fillingDown(["市"]) }
    #expect(error?.description.hasPrefix("merged.csv, line 2, column \"市\": the first cell is empty") == true)
    #expect(throws: TableError.self) { try table.fillingDown(["州"]) }
  }
}
