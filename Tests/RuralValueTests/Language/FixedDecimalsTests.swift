import RuralValue
import RuralValueFormats
import TestSupport
import Testing

@Suite struct FixedDecimalsTests {
  /// What Python 3 prints for `'%.*f' % (decimals, value)`, but for the sign of zero.
  @Test(arguments: [
    (0.125, 2, "0.12"), (0.375, 2, "0.38"), (2.5, 0, "2"), (3.5, 0, "4"), (0.5, 0, "0"), (1.5, 0, "2"),
    (-2.5, 0, "-2"), (123_456_789.125, 2, "123456789.12"), (1e15 + 0.5, 0, "1000000000000000"),
  ])
  func `a tie goes to the even digit`(value: Double, decimals: Int, text: String) {
    #expect(FixedDecimals.text(value, decimals: decimals) == text)
  }

  @Test(arguments: [
    (2.675, 2, "2.67"), (1.005, 2, "1.00"), (0.0005, 3, "0.001"), (9.9995, 3, "9.999"),
    (999.9995, 3, "1000.000"), (1e-7, 7, "0.0000001"), (0.1, 20, "0.10000000000000000555"),
    (0.1, 25, "0.1000000000000000055511151"),
  ])
  func `the exact binary value decides, not the digits typed`(value: Double, decimals: Int, text: String) {
    #expect(FixedDecimals.text(value, decimals: decimals) == text)
  }

  @Test(arguments: [
    (4_503_599_627_370_497.5, 0, "4503599627370498"), (1e22, 2, "10000000000000000000000.00"),
    (1e23, 1, "99999999999999991611392.0"), (Double.leastNonzeroMagnitude, 3, "0.000"),
    (-1234.5678, 2, "-1234.57"),
  ])
  func `huge and tiny numbers keep every digit`(value: Double, decimals: Int, text: String) {
    #expect(FixedDecimals.text(value, decimals: decimals) == text)
  }

  @Test func `zero has no minus sign`() {
    #expect(FixedDecimals.text(-0.0004, decimals: 3) == "0.000")
    #expect(FixedDecimals.text(-0.0, decimals: 0) == "0")
    #expect(FixedDecimals.text(-0.0006, decimals: 3) == "-0.001")
  }

  @Test func `what is not finite is named`() {
    #expect(FixedDecimals.text(.nan, decimals: 3) == "nan")
    #expect(FixedDecimals.text(-.infinity, decimals: 3) == "-inf")
  }

  @Test(
    arguments: [
      (0.1 + 0.2, 4, "0.3"), (7.000_000_000_000_001, 9, "7"), (0.25, 1, "0.2"), (120, 0, "120"),
      (1e-9, 4, "0"),
      (-0.00001, 4, "0"), (-2.50, 2, "-2.5"),
    ] as [(Double, Int, String)])
  func `zeros at the end are left out where they say nothing`(value: Double, most: Int, text: String) {
    #expect(FixedDecimals.text(value, atMost: most) == text)
  }

  @Test(
    arguments: [
      (2.675, 2, "2.68"), (0.0635, 3, "0.064"), (-0.125, 2, "-0.13"), (2.5, 0, "3"), (0.5, 0, "1"),
      (0.4999, 0, "0"), (0.05, 1, "0.1"), (0.05, 0, "0"), (12, 3, "12.000"), (0, 2, "0.00"),
      (-0.0004, 3, "0.000"),
      (0.8972749999999999, 5, "0.89728"), (1e-7, 7, "0.0000001"), (5e-8, 7, "0.0000001"), (4e-300, 2, "0.00"),
      (1.5e16, 1, "15000000000000000.0"), (-.infinity, 1, "-inf"), (.nan, 1, "nan"),
      (0.5, 30, "0.500000000000000000000000000000"),
    ] as [(Double, Int, String)])
  func `a number that somebody wrote is rounded by its digits`(value: Double, decimals: Int, text: String) {
    #expect(FixedDecimals.text(written: value, decimals: decimals) == text)
  }

  /// The digests are of the same lines printed by Python 3.11:
  ///
  ///     h = sha256(); g = splitmix64(seed)
  ///     for i in range(n): x = value(next(g), i); h.update(('%.*f' % (d, x) + '\n').encode())
  ///
  /// with the sign of zero dropped, and with x and d as below.
  @Test func `numbers of any bit pattern and up to 25 decimals are printed as C prints them`() {
    var random = SplitMix64(state: 2024)
    var hash = SHA256()
    for i in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      hash.update(Array((FixedDecimals.text(value, decimals: i % 26) + "\n").utf8))
    }
    #expect(hash.hexadecimal == "654ef400845e7440e8b20363c00c2f40529d3fc5fc220d64fb9f48157587d13f")
  }

  @Test func `a hundred thousand ordinary numbers and ties are printed as C prints them`() {
    var random = SplitMix64(state: 7)
    var hash = SHA256()
    for i in 0..<100_000 {
      let whole = Double(Int(random.next() % 2_000_001) - 1_000_000)
      let value = whole / Double(1 << (i % 30)) / [1, 3, 7, 10, 1000][i % 5]
      hash.update(Array((FixedDecimals.text(value, decimals: i % 9) + "\n").utf8))
    }
    #expect(hash.hexadecimal == "22b8e3f99bce0d43ffd21d10ae2f58682878b01125e822526a6649bc41372219")
  }
}
