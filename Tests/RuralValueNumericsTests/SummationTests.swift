import RuralValueNumerics
import TestSupport
import Testing

@Suite struct SummationTests {
  @Test func `a compensated sum keeps what cancellation would lose`() {
    #expect([1, 1e100, 1, -1e100].compensatedSum == 2)
    #expect([Double.infinity, 1].compensatedSum == .infinity)
    #expect([Double.nan, 1].compensatedSum.isNaN)
    #expect([Double]().compensatedSum == 0)
  }

  @Test func `a compensated sum of products is exact to the last digit`() {
    var sum = CompensatedSum()
    sum.add(product: 1e8 + 1, 1e8 - 1)
    sum.add(-1e16)
    #expect(sum.value == -1)
  }

  @Test func `the order of the terms does not change a compensated sum`() {
    var generator = CounterBasedGenerator(seed: 7)
    var terms = (0..<10_000).map { _ in generator.normal() * 1e6 }
    terms += terms.map { -$0 + 1e-6 }
    let expected = terms.compensatedSum
    for _ in 0..<5 {
      generator.shuffle(&terms)
      expectClose(terms.compensatedSum, expected, relative: 1e-15, from: "the first order")
    }
  }

  @Test func `a pairwise sum is far closer than a plain one`() {
    let terms = [Double](repeating: 0.1, count: 1_000_000)
    // Higham's bound for blocks of 128: (128 + log₂ 10⁶ − 7) · 2⁻⁵³. A plain sum is off by 10⁻¹¹.
    expectClose(terms.pairwiseSum, 100_000, relative: 1.6e-14, from: "arithmetic")
    expectClose(
      terms.compensatedSum, 100_000.000000000005551, relative: 2e-16, from: "10⁶ times the double 0.1")
  }

  @Test func `a variance survives a large mean`() {
    let values = [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]
    #expect(values.mean == 1e9 + 10)
    #expect(values.centredSumOfSquares == 90)
    #expect(values.sampleVariance == 30)
    #expect(values.sampleStandardDeviation == 30.0.squareRoot())
    #expect([1.0].sampleVariance.isNaN)
    #expect([Double]().mean.isNaN)
  }
}
