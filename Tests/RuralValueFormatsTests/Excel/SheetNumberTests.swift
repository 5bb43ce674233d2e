import RuralValue
import Testing

@testable import RuralValueFormats

/// Numbers, formats and days of a sheet.
@Suite struct SheetNumberTests {
  private static func text(_ written: String) -> String? {
    let bytes = Array(written.utf8)
    var text: [UInt8] = []
    guard SheetNumber.append(bytes.span, 0..<bytes.count, to: &text) != nil else { return nil }
    return String(decoding: text, as: UTF8.self)
  }

  @Test(arguments: [
    ("12.50", "12.5"), ("1.0000000000000001E-5", "1e-05"), ("0.0001", "0.0001"), ("0.00001", "1e-05"),
    ("-0", "0"),
    ("-0.0", "0"), ("+7", "7"), ("007", "7"), (".5", "0.5"), ("5.", "5"), ("1e3", "1000"), ("0.1", "0.1"),
    ("0.30000000000000004", "0.30000000000000004"), ("0.300000000000000044", "0.30000000000000004"),
    ("4.30102001E+11", "430102001000"), ("123456789012345680", "123456789012345680"),
    ("1e17", "100000000000000000"),
    ("1e18", "1e+18"), ("-123456789012345.5", "-123456789012345.5"), ("999999999999999", "999999999999999"),
    ("1.7976931348623157E+308", "1.7976931348623157e+308"), ("5E-324", "5e-324"), ("0", "0"), ("-12", "-12"),
  ])
  func `a number is shown as the shortest decimal of its double`(written: String, shown: String) {
    #expect(Self.text(written) == shown)
    #expect(Self.text(written).flatMap(Double.init) == Double(written))
  }

  @Test(arguments: ["12,5", "nan", "inf", "1e999", "0x10", "", "-", "1 2", "１２"])
  func `what is no finite decimal number is refused`(written: String) { #expect(Self.text(written) == nil) }

  @Test func `the shortest decimal of any double is what the standard library writes`() {
    var state: UInt64 = 88_172_645_463_325_252
    for _ in 0..<20_000 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      let value =
        Double(Int(truncatingIfNeeded: state) % 1_000_000_000) / [1, 10, 100, 1e4, 1e7][Int(state % 5)]
      #expect(Self.text("\(value)") == RoundTripNumber.text(value + 0))
    }
  }

  @Test(arguments: [
    ("yyyy-mm-dd", NumberFormat.date), ("yyyy\"年\"m\"月\"d\"日\"", .date), ("[$-804]yyyy年m月", .date),
    ("mmm-yy", .date),
    ("h:mm AM/PM", .date), ("[h]:mm", .duration), ("[mm]:ss", .duration), ("[Red]0.00", .decimals(2)),
    ("0_d", .decimals(0)),
    ("0.0*d", .decimals(1)), ("\\y0", .decimals(0)), ("\"year \"0", .decimals(0)), ("General", .plain),
    ("G/通用格式", .plain),
    (";;;", .plain), ("0.00E+00", .plain), ("@", .plain), ("000000", .padded(6)), ("0", .decimals(0)),
    ("00.0", .decimals(1)),
    ("0;yyyy", .decimals(0)), ("[<0]0.0;d", .decimals(1)), ("", .plain), ("\"", .plain), ("[", .plain),
    ("\\", .plain),
  ])
  func `a format's first section says what it makes of numbers`(code: String, format: NumberFormat) {
    #expect(NumberFormat(code: code) == format)
  }

  private static func day(_ serial: Double, from1904: Bool = false) -> String? {
    var text: [UInt8] = []
    var dates = SerialDate()
    dates.countsFrom1904 = from1904
    return dates.append(serial, to: &text) ? String(decoding: text, as: UTF8.self) : nil
  }

  @Test(arguments: [
    (1.0, "1900-01-01"), (59, "1900-02-28"), (61, "1900-03-01"), (36_526, "2000-01-01"),
    (43_890, "2020-02-29"),
    (43_831.75, "2020-01-01T18:00:00"), (0.75, "18:00:00"), (0.001, "00:01:26.400"),
    (2_958_465, "9999-12-31"),
    (43_830.999_999_999_99, "2020-01-01"),
  ])
  func `days are counted as Excel counts them`(serial: Double, day: String) {
    #expect(Self.day(serial) == day)
  }

  @Test(arguments: [-1.0, 60, 60.5, 2_958_466, 3e9, .infinity])
  func `numbers that are no day are none`(serial: Double) { #expect(Self.day(serial) == nil) }

  @Test func `days of the 1904 system begin four years and a day later`() {
    #expect(Self.day(0, from1904: true) == "1904-01-01")
    #expect(Self.day(43_831 - 1462, from1904: true) == Self.day(43_831))
  }

  @Test(arguments: [
    ("2020-01-31", "2020-01-31"), ("2020-01-31T00:00:00", "2020-01-31"),
    ("2020-01-31T00:00:00.000Z", "2020-01-31"),
    ("2020-01-31T12:30:00", "2020-01-31T12:30:00"), ("12:30:00", "12:30:00"),
  ])
  func `a day that stands as text loses its midnight`(text: String, day: String) {
    #expect(ISODay(text)?.text == day)
  }

  @Test(arguments: [
    "2020", "2020-13-01", "2020-01-32", "20-01-01", "2020-01-01T", "2020-01-01T25:00", "x", "", "T",
  ])
  func `what ISO does not write is no day`(text: String) { #expect(ISODay(text) == nil) }

  @Test func `columns have letters as Excel has them`() {
    #expect(
      [0, 25, 26, 701, 702, 16_383].map(CellReference.letters) == ["A", "Z", "AA", "ZZ", "AAA", "XFD"])
    for text in ["A1", "Z9", "AA10", "XFD1048576"] { #expect(Self.reference(text)?.text == text) }
    for text in ["", "A", "1", "A0", "XFE1", "A1048577", "a1", "A1x", "$A$1", "AAAAAAAAAAAAAAAAAAAAAA1"] {
      #expect(Self.reference(text) == nil)
    }
  }

  private static func reference(_ text: String) -> CellReference? {
    let bytes = Array(text.utf8)
    return CellReference(bytes.span, 0..<bytes.count)
  }
}
