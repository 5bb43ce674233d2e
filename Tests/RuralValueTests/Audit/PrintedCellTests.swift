import Testing

@testable import RuralValue

/// Cells as papers print them.
@Suite struct PrintedCellTests {
  @Test(
    arguments: [
      ("0.064**", "0.064", "**", nil), ("−0.05", "-0.05", "", nil), ("$-0.05$", "-0.05", "", nil),
      ("0.064^{***}", "0.064", "***", nil), ("0.199＊＊ （0.061）", "0.199", "**", "0.061"),
      ("（0.045）", nil, "", "0.045"), ("[2.17]", nil, "", "2.17"), ("-.05 (.02)", "-.05", "", ".02"),
      ("0.12†", "0.12", "†", nil), ("+0.12+", "+0.12", "+", nil), ("1,234.5***", "1,234.5", "***", nil),
      ("0.123\u{2009}∗∗∗", "0.123", "***", nil), ("0.123 (0.045)***", "0.123", "***", "0.045"),
      ("0.123 (t = 2.3)", "0.123", "", "2.3"), ("1.2e-05*", "1.2e-05", "*", nil),
      ("–0.035", "-0.035", "", nil),
      ("0.12 [0.10, 0.14]", "0.12", "", nil), ("1 380", "1380", "", nil), ("<0.001", "<0.001", "", nil),
    ] as [(String, String?, String, String?)])
  func `a cell is taken apart`(text: String, number: String?, mark: String, bracket: String?) {
    let cell = PrintedCell(text)
    #expect(cell.isNumeric)
    #expect(cell.number?.text == number && cell.mark == mark)
    #expect(cell.brackets.first?.number?.text == bracket)
  }

  @Test(arguments: ["lnP", "two-step GMM", "✓", "Yes", "0.5x", "(1", "2012 to 2018"])
  func `words are no numbers`(text: String) {
    #expect(!PrintedCell(text).isNumeric && !PrintedCell(text).isBlank)
  }

  @Test(arguments: ["", " ", "—", "-", "…", "\u{A0}"]) func `a dash is blank`(text: String) {
    #expect(PrintedCell(text).isBlank)
  }

  @Test func `a decimal comma is one where no group of thousands can be meant`() {
    #expect(PrintedCell.needsComma("0,064**") && PrintedCell.needsComma("(1,5)"))
    #expect(!PrintedCell.needsComma("1,234") && !PrintedCell.needsComma("1,234.5"))
    #expect(PrintedCell("1.234,5** (0,023)", decimalComma: true).number?.text == "1234.5")
  }

  @Test func `the wildest cells are read without a crash`() {
    for text in [
      "(", ")", "[", "((()))", "***", "+", "-", ".", ",", "1e", "1e999", "0.1.2", "(1)(2)(3)", "<", "< ",
      "$", "{}", "\\", "--1", "+-1", "9999999999999999999", "０．０６４", "(0.1", "1 2 3 4", "†‡#",
    ] {
      _ = PrintedCell(text)
      _ = PrintedCell(text, decimalComma: true)
      _ = PrintedCell.needsComma(text)
      _ = StarConvention(note: text)
    }
  }
}
