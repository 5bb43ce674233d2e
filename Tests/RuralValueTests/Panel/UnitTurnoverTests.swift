import RuralValue
import TestSupport
import Testing

/// Units that begin after a panel's first period or end before its last.
@Suite struct UnitTurnoverTests {
  private func panel(_ rows: [(String, Int)]) throws -> Panel {
    try Panel(
      source: "panel.csv", unitOfRow: rows.map(\.0), timeOfRow: rows.map(\.1),
      variables: [("x", rows.map { Double($0.1) })])
  }

  @Test func `who comes and who goes is named with the period, gaps are neither`() throws {
    let stays = (2012...2015).map { ("a", $0) }
    let rows = stays + [("b", 2014), ("b", 2015), ("c", 2012), ("c", 2013), ("d", 2012), ("d", 2015)]
    let panel = try panel(rows)
    let turnover = UnitTurnover(panel)
    #expect(turnover.entries.map { "\($0.unit) \($0.period)" } == ["b 2014"])
    #expect(turnover.exits.map { "\($0.unit) \($0.period)" } == ["c 2013"])
    #expect(
      panel.shapeNotes.map(\.english) == [
        "The panel is unbalanced: 6 of 4 × 4 unit-periods are absent.",
        "Units come and go: 1 begins after 2012, first observed: b (2014); 1 ends before 2015, last observed: c (2013)."
          + " What differs between periods is in part who is observed.",
      ])
    #expect(
      panel.shapeNotes[1].chinese
        == "样本个体有进有出：1个晚于2012进入，首次观测：b（2014）；1个早于2015退出，末次观测：c（2013）。各期之间的差异部分源于观测个体的变化。")
  }

  @Test func `many are counted, the first five named`() throws {
    let rows = (1...9).flatMap { unit in (unit < 3 ? [2012, 2013] : [2013]).map { ("u\(unit)", $0) } }
    let note = try #require(UnitTurnover(try panel(rows)).note)
    #expect(
      note.english.hasPrefix("Units come and go: 7 begin after 2012, first observed: u3 (2013), u4 (2013),"))
    #expect(note.english.contains("u7 (2013)") && !note.english.contains("u8"))
  }

  @Test func `a balanced panel and one with gaps alone say nothing`() throws {
    #expect(UnitTurnover(try panel([("a", 1), ("a", 2), ("b", 1), ("b", 2)])).note == nil)
    let gap = try panel([("a", 1), ("a", 2), ("a", 3), ("b", 1), ("b", 3)])
    #expect(UnitTurnover(gap).note == nil && gap.shapeNotes.count == 1)
  }
}
