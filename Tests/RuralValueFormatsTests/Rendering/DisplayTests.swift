import RuralValue
import Testing

@testable import RuralValueFormats

@Suite struct DisplayTests {
  private func cell(_ value: Double, _ display: NumberDisplay, digits: NumberDigits = 3) -> DisplayCell {
    DisplayCell(
      value, display: display, decimals: nil, missing: .dash, pValue: .nan, marks: StarMarks(),
      options: .init(language: .chinese, digits: digits))
  }

  private func text(_ value: Double, _ display: NumberDisplay, digits: NumberDigits = 3) -> String {
    if case .number(let pieces) = cell(value, display, digits: digits) { pieces.text } else { "" }
  }

  @Test func `a probability is never zero and never coarser than three decimals`() {
    #expect(text(0.0005, .probability) == "<0.001")
    #expect(text(0, .probability) == "<0.001")
    #expect(text(0.001, .probability) == "0.001")
    #expect(text(0.0234, .probability, digits: 1) == "0.023")
    #expect(text(0.00001, .probability, digits: 4) == "<0.0001")
    #expect(text(1, .probability) == "1.000")
  }

  @Test func `each display has its decimals`() {
    #expect(text(0.12345, .decimals, digits: 2) == "0.12")
    #expect(text(0.12345, .fixedDecimals(4), digits: 2) == "0.1235")
    #expect(text(1210, .fixedDecimals(0)) == "1210")
    #expect(text(0.0451, .standardError) == "(0.045)")
    #expect(text(-1.25e20, .decimals) == "-1.25e+20")
    #expect(text(-.infinity, .decimals) == "-inf")
    #expect(cell(0, .yesNo) == .text("否"))
    #expect(cell(1, .yesNo) == .text("是"))
    #expect(cell(1, .checkMark) == .text("✓") && cell(0, .checkMark) == .text("否"))
    #expect(cell(.nan, .standardError) == .dash)
  }

  @Test(arguments: [
    ("abc", 3), ("长沙县", 6), ("e\u{301}", 1), ("（）", 4), ("ρ²", 2), ("🌾", 2), ("한국", 4), ("a\u{200B}b", 2),
    ("", 0), ("﹏ｱ", 3), ("❤️", 2), ("𠀀", 2), ("\u{1100}\u{1161}\u{11A8}", 2),
  ])
  func `a text is as wide as a terminal shows it`(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
    for columns in 0...width {
      #expect(DisplayWidth.of(DisplayWidth.prefix(text, width: columns)) <= columns)
    }
    #expect(DisplayWidth.prefix(text, width: width) == text)
  }

  @Test func `lines break between words and Chinese characters but not before punctuation`() {
    #expect(LineBreaking.lines("one two three", width: 7) == ["one two", "three"])
    #expect(LineBreaking.lines("unbreakable", width: 4) == ["unbreakable"])
    #expect(LineBreaking.lines("样本量（观测值）为10。", width: 8) == ["样本量", "（观测", "值）为", "10。"])
    #expect(LineBreaking.lines("", width: 4) == [""])
  }
}
