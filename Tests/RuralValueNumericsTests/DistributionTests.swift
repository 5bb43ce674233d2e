import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@Suite struct DistributionTests {
  private func f(_ d1: Double, _ d2: Double) -> FDistribution {
    FDistribution(numeratorDegreesOfFreedom: d1, denominatorDegreesOfFreedom: d2)
  }

  @Test func `a squared t is an F with one degree of freedom`() {
    let t = StudentT(degreesOfFreedom: 7.3)
    for x in [1e-9, 0.3, 1.7, 12, 1e40] {
      expectClose(t.twoSidedTail(at: -x), f(1, 7.3).upperTail(at: x * x), relative: 1e-13, from: "F(1, ν)")
      expectClose(
        t.logUpperTail(at: x) + log(2), f(1, 7.3).logUpperTail(at: x * x), relative: 1e-13, absolute: 1e-15,
        from: "F(1, ν)")
    }
  }

  @Test func `a reciprocal F has its degrees of freedom exchanged`() {
    for x in [0.001, 0.4, 1, 3] {
      expectClose(
        f(5, 11.5).lowerTail(at: x), f(11.5, 5).upperTail(at: 1 / x), relative: 1e-13, from: "1/F")
    }
  }

  @Test func `closed forms hold`() {
    for x in [1e-8, 0.5, 3, 900] {
      expectClose(
        ChiSquared(degreesOfFreedom: 2).upperTail(at: x), exp(-x / 2), relative: 1e-13, from: "e^(−x/2)")
      expectClose(f(2, 2).lowerTail(at: x), x / (1 + x), relative: 1e-14, from: "x / (1 + x)")
      expectClose(
        StudentT(degreesOfFreedom: 1).upperTail(at: x), atan(1 / x) / .pi, relative: 1e-14, from: "Cauchy")
    }
  }

  @Test func `infinite degrees of freedom lead to the normal and the chi-squared`() {
    let t = StudentT(degreesOfFreedom: .infinity)
    #expect(t.upperTail(at: 2.5) == Normal().upperTail(at: 2.5))
    #expect(t.quantile(upperTail: 0.01) == Normal().quantile(upperTail: 0.01))
    #expect(t.logDensity(at: 2.5) == Normal().logDensity(at: 2.5))
    let chi = ChiSquared(degreesOfFreedom: 6)
    expectClose(f(6, .infinity).upperTail(at: 2), chi.upperTail(at: 12), relative: 1e-15, from: "χ²/6")
    expectClose(f(.infinity, 6).lowerTail(at: 0.5), chi.upperTail(at: 12), relative: 1e-15, from: "6/χ²")
    expectClose(
      f(6, .infinity).quantile(upperTail: 0.05), chi.quantile(upperTail: 0.05) / 6, relative: 1e-14,
      from: "χ²/6")
    expectClose(
      StudentT(degreesOfFreedom: 1e15).upperTail(at: 3), Normal().upperTail(at: 3), relative: 1e-13,
      from: "the normal")
  }

  @Test func `small and large degrees of freedom meet at the methods' borders`() {
    // The incomplete gamma changes its method at a = 1, 15 and 10⁴, the expansion at x = 0.75 a and 1.25 a.
    for (degrees, x) in [(2.0, 1.9), (30, 25.0), (20_000, 15_000), (20_000, 25_000), (20_000, 20_100)] {
      let below = ChiSquared(degreesOfFreedom: degrees.nextDown).logUpperTail(at: x)
      let above = ChiSquared(degreesOfFreedom: degrees.nextUp).logUpperTail(at: x)
      expectClose(below, above, relative: 1e-12, from: "the other side")
    }
  }

  @Test func `critical values are the familiar ones`() {
    expectClose(Normal().criticalValue(level: 0.95), 1.959963984540054, relative: 1e-15, from: "mpmath")
    expectClose(
      StudentT(degreesOfFreedom: 10).criticalValue(level: 0.95), 2.228138851986274748, relative: 1e-14,
      from: "mpmath")
  }

  @Test func `t with few degrees of freedom reaches beyond the square root of the largest number`() {
    let t = StudentT(degreesOfFreedom: 1)
    expectClose(t.upperTail(at: 1e200), 1 / (.pi * 1e200), relative: 1e-12, from: "Cauchy")
    expectClose(t.logDensity(at: 1e200), -log(.pi) - 400 * log(10), relative: 1e-14, from: "Cauchy")
    expectClose(t.quantile(upperTail: 1e-200), 1e200 / .pi, relative: 1e-12, from: "Cauchy")
  }

  @Test func `tails are zero or one at the ends of the support`() {
    let chi = ChiSquared(degreesOfFreedom: 3)
    for distribution in [chi, f(3, 4), f(3, .infinity)] as [any ContinuousDistribution] {
      #expect(distribution.lowerTail(at: 0) == 0 && distribution.upperTail(at: -1) == 1)
      #expect(distribution.lowerTail(at: .infinity) == 1 && distribution.upperTail(at: .infinity) == 0)
      #expect(distribution.quantile(lowerTail: 0) == 0 && distribution.quantile(upperTail: 0) == .infinity)
      #expect(distribution.quantile(lowerTail: 1) == .infinity && distribution.quantile(upperTail: 1) == 0)
      #expect(distribution.density(at: -1) == 0 && distribution.density(at: .infinity) == 0)
      #expect(distribution.density(at: 0) == 0)
    }
    for distribution in [Normal(), StudentT(degreesOfFreedom: 3)] as [any ContinuousDistribution] {
      #expect(distribution.lowerTail(at: -.infinity) == 0 && distribution.upperTail(at: -.infinity) == 1)
      #expect(
        distribution.quantile(lowerTail: 0) == -.infinity && distribution.quantile(upperTail: 0) == .infinity)
      #expect(distribution.quantile(lowerTail: 0.5) == 0 && distribution.quantile(lowerTail: 1) == .infinity)
      #expect(distribution.upperTail(at: 0) == 0.5)
    }
  }

  @Test func `densities at zero follow the degrees of freedom`() {
    #expect(ChiSquared(degreesOfFreedom: 1).density(at: 0) == .infinity)
    #expect(ChiSquared(degreesOfFreedom: 2).density(at: 0) == 0.5)
    #expect(f(1, 5).density(at: 0) == .infinity)
    #expect(f(2, 5).density(at: 0) == 1)
  }

  @Test func `what is undefined is not a number`() {
    let undefined: [any ContinuousDistribution] = [
      StudentT(degreesOfFreedom: 0), StudentT(degreesOfFreedom: .nan), ChiSquared(degreesOfFreedom: -1),
      ChiSquared(degreesOfFreedom: .infinity), f(0, 3), f(3, .nan), f(.infinity, .infinity),
    ]
    for distribution in undefined {
      #expect(distribution.upperTail(at: 1).isNaN && distribution.lowerTail(at: 1).isNaN)
      #expect(distribution.density(at: 1).isNaN && distribution.quantile(lowerTail: 0.1).isNaN)
    }
    let defined: [any ContinuousDistribution] = [
      Normal(), StudentT(degreesOfFreedom: 3), ChiSquared(degreesOfFreedom: 3), f(3, 4),
    ]
    for distribution in defined {
      #expect(distribution.upperTail(at: .nan).isNaN && distribution.density(at: .nan).isNaN)
      #expect(distribution.quantile(lowerTail: -0.1).isNaN && distribution.quantile(upperTail: 1.1).isNaN)
    }
  }
}
