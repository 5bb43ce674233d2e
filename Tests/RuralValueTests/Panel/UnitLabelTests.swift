import Testing

@testable import RuralValue

/// Names in the place of units' codes.
struct UnitLabelTests {
  private static func labels() throws -> UnitLabels {
    try UnitLabels(
      Table(
        source: "panel.csv", columnNames: ["code", "name"],
        rows: [["430101", "长沙县"], ["320106", "鼓楼区"], ["410204", "鼓楼区"], ["12", "Short"]]),
      column: "name", unitColumn: "code")
  }

  @Test func `two counties of one name are told apart by their codes`() throws {
    let labels = try Self.labels()
    #expect(labels.name(of: "320106") == "鼓楼区 (320106)")
    #expect(labels.name(of: "410204") == "鼓楼区 (410204)")
    #expect(labels.name(of: "430101") == "长沙县")
    #expect(labels.name(of: "999999") == nil)
  }

  @Test func `sentences have names before codes that stand by themselves, and no number is taken for a code`()
    throws
  {
    let labels = try Self.labels()
    let said = labels.naming(
      Phrase("430101 → 320106; \"430101\" has one, 14301012 and 12 have none", zh: "见430101、320106"))
    #expect(
      said.english
        == "长沙县 (430101) → 鼓楼区 (320106); \"长沙县 (430101)\" has one, 14301012 and 12 have none")
    #expect(labels.naming(said) == said)
  }

  @Test
  func `a table with a column of units alone shows names beside the codes, and keeps the codes for scripts`()
    throws
  {
    let labels = try Self.labels()
    let unit = ResultColumn("unit", Phrase("Unit", zh: "个体"), .text(["430101", "7"]))
    let named = ResultColumn("label", Phrase("Name", zh: "名称"), .text(["长沙县", "Seven"]))
    func table(_ columns: [ResultColumn]) -> ResultTable {
      ResultTable(name: "t", title: Phrase(verbatim: "T"), columns: columns)
    }
    let shown = labels.naming(table([unit]))
    #expect(shown.columns[0].shown?.map(\.english) == ["长沙县 (430101)", "7"])
    #expect(shown.columns[0].values == unit.values)
    #expect(labels.naming(table([unit, named])).columns[0].shown == nil)
  }

  @Test func `a drawing has names where a text is nothing but a code`() throws {
    let labels = try Self.labels()
    #expect(
      labels.naming(drawing: "<svg><text>430101</text><text>430101 %</text><text>12</text></svg>")
        == "<svg><text>长沙县</text><text>430101 %</text><text>12</text></svg>")
    #expect(UnitLabels().naming(drawing: "<svg>430101</svg>") == "<svg>430101</svg>")
  }
}
