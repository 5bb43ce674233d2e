import TestSupport
import Testing

@testable import RuralValue

@Suite struct NumberReadingTests {
  @Test(
    arguments: [
      ("12", 12), ("-12.5", -12.5), ("+3", 3), (".5", 0.5), ("5.", 5), ("1e3", 1000), ("1E-05", 1e-5),
      ("-0", 0), ("0.1", 0.1), ("17976931348623157e292", Double.greatestFiniteMagnitude),
      ("4.9406564584124654e-324", Double.leastNonzeroMagnitude), ("9007199254740993", 9_007_199_254_740_992),
      ("123456789012345678901234567890", 123456789012345677877719597056),
      ("0.00000000000000000000000012345678901234567", 1.2345678901234567e-25),
      ("87.2869156022445", 87.2869156022445), ("1e-400", 0),
    ])
  func `a plain decimal is the nearest double`(text: String, value: Double) {
    #expect(NumberReading(text) == .number(value))
  }

  @Test(
    arguments: [
      ("１２．５", 12.5), ("－３", -3), ("＋３", 3), ("\u{2212}7.5", -7.5), ("\u{A0}42\u{3000}", 42),
      (" 1 749 ", 1749),
      ("1,234,567", 1_234_567), ("１，２３４", 1234), ("1,234.5", 1234.5), ("-12,345", -12345),
      ("1\u{A0}749", 1749),
      ("1\u{2009}234\u{2009}567", 1_234_567), ("\u{2212}1,000", -1000), ("1,234e2", 123400),
    ])
  func `what offices write around and inside numbers is understood`(text: String, value: Double) {
    #expect(NumberReading(text) == .number(value))
  }

  @Test(arguments: NumberReading.missingMarkers + ["", " ", "\u{3000}", "na", "Null", "ＮＡ", "－", " … "])
  func `a missing marker is missing`(text: String) {
    #expect(NumberReading(text) == .missing)
  }

  @Test(
    arguments: [
      ("12.5%", "% sign"), ("12.5％", "% sign"), ("3‰", "‰ sign"), ("12*", "footnote"), ("12①", "footnote"),
      ("(3)", "Parentheses"), ("（3）", "Parentheses"), ("1.234,56", "decimal sign"), ("1,5", "decimal sign"),
      ("0,123", "decimal sign"), ("12,34,567", "groups of three"), ("3万", "in full"), ("2.5亿", "in full"),
      ("10人", "unit"), ("inf", "infinite"), ("-Infinity", "infinite"), ("0x10", "Hexadecimal"),
      ("1e400", "too large"), (String(repeating: "9", count: 400), "too large"), ("211 1", "space"),
      ("82231 8", "space"), ("1 375281", "space"), ("5                   5", "space"), ("–5", "minus sign"),
      ("'430102", "apostrophe"), ("¥12", "currency"), ("<5", "alone"), ("约5", "alone"),
      ("约 5000000", "alone"),
      ("1.2.3", "more than one"), ("#DIV/0!", "formula"),
    ])
  func `an almost number is refused with advice`(text: String, advice: String) {
    guard case .unreadable(let found?) = NumberReading(text) else {
      Issue.record("\(text) is read as \(NumberReading(text))")
      return
    }
    #expect(found.contains(advice))
  }

  @Test(
    arguments: [
      "岳麓区", "雨花区人民政府", "县", "无", "nan?", "2012-12-31", "1-2", "--5", "=5", "e5", "1e", "1e+", "+", "abc",
      "12 Main Street", "1/2", "长沙市 12", "Inf.", "1_000",
    ])
  func `what does not look like a number is refused without advice`(text: String) {
    #expect(NumberReading(text) == .unreadable(advice: nil))
  }

  @Test func `bytes that are not UTF-8 are refused`() {
    #expect(NumberReading(utf8: [0xFF, 0xFE]) == .unreadable(advice: nil))
    #expect(NumberReading(utf8: [0x31, 0x00]) == .unreadable(advice: nil))
  }

  @Test func `every decimal of up to nineteen digits is rounded as the standard library rounds it`() {
    var random = SplitMix64(state: 7)
    var wrong: [String] = []
    for _ in 0..<200_000 {
      let digits = random.next() >> (random.next() % 60)
      let exponent = Int(random.next() % 70) - 35
      let text = "\(digits % 10_000_000_000_000_000_000)e\(exponent)"
      if NumberReading(text) != .number(Double(text)!) { wrong.append(text) }
    }
    #expect(wrong.isEmpty)
  }

  @Test func `every double reads back from its shortest digits`() {
    var random = SplitMix64(state: 11)
    var tried = 0
    var wrong: [Double] = []
    while tried < 100_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      tried += 1
      if NumberReading("\(value)") != .number(value) { wrong.append(value) }
    }
    #expect(wrong.isEmpty)
  }

  @Test func `ties and their neighbours are rounded to even`() {
    // 2^53 + 1 lies half-way; a digit far behind the point breaks the tie.
    #expect(NumberReading("9007199254740993.0") == .number(9_007_199_254_740_992))
    #expect(NumberReading("9007199254740993.001") == .number(9_007_199_254_740_994))
    #expect(NumberReading("9007199254740995") == .number(9_007_199_254_740_996))
    #expect(NumberReading("9007199254740992.999") == .number(9_007_199_254_740_992))
    #expect(NumberReading("0.500000000000000166") == .number(Double("0.500000000000000166")!))
  }
}
