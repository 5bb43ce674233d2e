import RuralValue
import Testing

/// Rows are called what people call them where the file has them.
@Suite struct RowWordTests {
  private static let source = RowWord.observation.signed("panel.dta")

  /// A sentence about a signed source, and as people see it.
  static let sentences: [(written: String, shown: String)] = [
    (
      "\(source), line 3, column \"gdp\": found \"x\".",
      "panel.dta, observation 3, variable \"gdp\": found \"x\"."
    ),
    ("\(source), column \"gdp\": is odd.", "panel.dta, variable \"gdp\": is odd."),
    (
      "\(source): code \"1\" has two rows, on lines 3 and 7; expected one.",
      "panel.dta: code \"1\" has two rows, on observations 3 and 7; expected one."
    ),
    ("\(source), lines 3 and 7: twice.", "panel.dta, observations 3 and 7: twice."),
    ("\(source)：已跳过第 3–5, 9 行。", "panel.dta：已跳过第 3–5, 9 个观测。"),
    (
      "\"a\" in \(source), line 3, and \"b\" in x.csv, line 4.",
      "\"a\" in panel.dta, observation 3, and \"b\" in x.csv, line 4."
    ),
    (
      "\(source): the line of poverty, the column \"x\".", "panel.dta: the line of poverty, the column \"x\"."
    ),
    (
      "\(RowWord.record.signed("f.dbf")), line 2, column \"id\".", "f.dbf, record 2, field \"id\"."
    ),
    (
      "\(RowWord.row.signed("b.xlsx, sheet \"面板\""))：已跳过第 3 行的空行。", "b.xlsx，工作表“面板”：已跳过第 3 行的空行。"
    ),
    ("x.csv, line 3, column \"gdp\".", "x.csv, line 3, column \"gdp\"."), ("進行 县", "進行 县"),
  ]

  @Test(arguments: sentences)
  func `a sentence names the rows of its sources`(_ line: (written: String, shown: String)) {
    #expect(RowWord.spelled(in: line.written) == line.shown)
  }
}
