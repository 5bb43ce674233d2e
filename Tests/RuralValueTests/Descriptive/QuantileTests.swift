import RuralValue
import TestSupport
import Testing

@Suite struct QuantileTests {
  /// R: quantile(c(1, 2, 4, 8, 16), p, type = 7).
  @Test(arguments: [(0.0, 1.0), (0.1, 1.4), (0.25, 2), (0.5, 4), (0.6, 5.6), (0.9, 12.8), (1, 16)])
  func `quantiles are of type 7`(fraction: Double, expected: Double) {
    expectClose(
      Quantile.value(at: fraction, ofSorted: [1, 2, 4, 8, 16]), expected, relative: 1e-15,
      from: "R's definition, by hand")
  }

  @Test func `one value is every quantile and none has none`() {
    #expect(Quantile.value(at: 0.3, ofSorted: [5]) == 5)
    #expect(Quantile.value(at: 0.3, ofSorted: []).isNaN)
  }
}
