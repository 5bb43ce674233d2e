import RuralValue
import TestSupport
import Testing

@Suite struct RoundTripNumberTests {
  @Test(arguments: [
    (0.1, "0.1"), (12.0, "12"), (-3.0, "-3"), (0.1 + 0.2, "0.30000000000000004"), (1e100, "1e+100"),
    (Double.leastNonzeroMagnitude, "5e-324"), (-0.0, "-0"),
    (1.7976931348623157e308, "1.7976931348623157e+308"),
  ])
  func `a number has the fewest digits that bring it back`(value: Double, text: String) {
    #expect(RoundTripNumber.text(value) == text)
  }

  @Test func `every bit pattern comes back`() {
    var random = SplitMix64(state: 1)
    for _ in 0..<50_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      let text = RoundTripNumber.text(value)
      #expect(Double(text)?.bitPattern == value.bitPattern)
      var bytes: [UInt8] = []
      RoundTripNumber.append(value, to: &bytes)
      #expect(bytes == Array(text.utf8))
    }
  }
}
