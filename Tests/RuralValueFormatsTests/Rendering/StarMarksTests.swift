import RuralValue
import RuralValueFormats
import Testing

@Suite struct StarMarksTests {
  @Test(arguments: [
    (0.2, ""), (0.1, ""), (0.0999, "*"), (0.05, "*"), (0.0499, "**"), (0.01, "**"), (0.009, "***"),
    (0, "***"),
    (Double.nan, ""),
  ])
  func `a p value has a star for each level above it`(pValue: Double, marks: String) {
    #expect(StarMarks().marks(pValue: pValue) == marks)
  }

  @Test func `levels may come in any order and number`() {
    let marks = StarMarks(levels: [0.001, 0.05, 0.07, 0.01])
    #expect(marks.marks(pValue: 0.0005) == "****")
    #expect(
      marks.note(language: .english, hasStars: true, hasStandardErrors: false)
        == "* p < 0.07, ** p < 0.05, *** p < 0.01, **** p < 0.001.")
    #expect(
      marks.note(language: .chinese, hasStars: true, hasStandardErrors: false)
        == "*、**、***、****分别表示在7%、5%、1%、0.1%水平上显著。")
    #expect(
      StarMarks(levels: [0.05]).note(language: .chinese, hasStars: true, hasStandardErrors: true)
        == "括号内为标准误；*表示在5%水平上显著。")
  }

  @Test func `the note says nothing where there is nothing to say`() {
    #expect(StarMarks().note(language: .english, hasStars: false, hasStandardErrors: false) == nil)
    #expect(StarMarks(levels: []).note(language: .english, hasStars: true, hasStandardErrors: false) == nil)
    #expect(
      StarMarks().note(language: .english, hasStars: false, hasStandardErrors: true)
        == "Standard errors in parentheses.")
  }

  @Test func `the levels are stated even if no estimate reaches them`() {
    let table = ResultTable(
      name: "t", title: Phrase(verbatim: "T"),
      columns: [ResultColumn("b", Phrase(verbatim: "b"), .number([1]), significance: [0.9])])
    #expect(TextRenderer().render(table, options: .init()).contains("* p < 0.1, ** p < 0.05, *** p < 0.01."))
  }
}
