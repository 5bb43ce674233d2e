import RuralValue
import TestSupport
import Testing

@Suite struct RowConditionTests {
  let table = smallTable(
    """
    code,year,region,V
    1,2019,珠三角,0.2
    1,2020, 珠三角,0.3
    2,2019,North,0.1
    2,2020,North,
    3,2020,East,0.9
    """, source: "panel.csv")

  private func codes(_ conditions: String...) throws -> [String] {
    try table.keepingRows(conditions.map { try RowCondition($0) }).texts(column: 0)
  }

  @Test func `texts are compared without the spaces around them, with any value of the list`() throws {
    #expect(try codes("region=珠三角") == ["1", "1"])
    #expect(try codes("region = North, East") == ["2", "2", "3"])
    #expect(try codes("region!=North,East") == ["1", "1"])
  }

  @Test func `numbers are compared as numbers, and a missing one fulfils nothing`() throws {
    #expect(try codes("V>=0.2") == ["1", "1", "3"])
    #expect(try codes("V<0.2") == ["2"])
    #expect(try codes("V>0.2", "year<=2020") == ["1", "3"])
    #expect(try codes("V<=0.2") == ["1", "2"])
  }

  @Test func `lines stay those of the file`() throws {
    #expect(try table.keepingRows([RowCondition("region=East")]).lines == [6])
  }

  @Test func `a value that no row has is named with the nearest one`() {
    #expect {
      try codes("region=珠三角,Nort")
    } throws: {
      "\($0)"
        == "panel.csv: no row has \"Nort\", as \"region=珠三角,Nort\" asks. Did you mean \"North\"?"
        + " The values are: 珠三角, North, East."
    }
  }

  @Test(arguments: ["region", "=x", "region=", "V>North", "V>1,2", "", "V==1", "V=>1", "V<>1", "V!==1"])
  func `what is no condition is said to be none`(text: String) {
    #expect(throws: RowConditionError.unreadable(text)) { try RowCondition(text) }
  }

  @Test func `conditions that no row fulfils leave no empty table behind`() {
    #expect(throws: RowConditionError.noRow(conditions: ["V>0.2", "region=North"], source: "panel.csv")) {
      try codes("V>0.2", "region=North")
    }
  }
}
