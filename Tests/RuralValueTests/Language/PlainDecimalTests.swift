import RuralValue
import Testing

/// How decimals are rounded is tested through `NumberReading`, which reads them all day.
@Suite struct PlainDecimalTests {
  @Test(arguments: [
    "0x10", "0x1p3", "inf", "-inf", "infinity", "nan", "NaN", "nan(1)", "", " ", " 1", "1 ", "+", "-", ".",
    "e5",
    "1e", "1e+", "1.2.3", "1,5", "--1", "１", "1_000", "1e400", "-1e400", "12345678901234567890e400",
  ])
  func `what is not one finite decimal is refused`(text: String) {
    #expect(PlainDecimal.value(of: text) == nil)
  }

  @Test(
    arguments: [
      ("1", 1), ("+1.", 1), (".5", 0.5), ("-0.25e2", -25), ("007", 7), ("1E-3", 0.001), ("0e999", 0),
      ("1e-400", 0),
      ("0.00000000000000000000000001", 1e-26),
      ("123456789012345678901234567890", 123_456_789_012_345_677_877_719_597_056),
    ] as [(String, Double)])
  func `a decimal is its nearest double`(text: String, value: Double) {
    #expect(PlainDecimal.value(of: text) == value)
    #expect(PlainDecimal.value(of: text.dropFirst(0)) == value)
  }

  @Test(
    arguments: [
      ("112.5,28.1]", 112.5, 5), ("-3e2]", -300, 4), ("7e]", 7, 1), ("7e-]", 7, 1), ("1.5.2", 1.5, 3),
    ] as [(String, Double, Int)])
  func `a decimal at the beginning ends where its digits end`(text: String, value: Double, end: Int) {
    let bytes = Array(text.utf8)
    let found = PlainDecimal.prefix(of: bytes.span, from: 0, to: bytes.count)
    #expect(found?.value == value)
    #expect(found?.end == end)
  }
}
