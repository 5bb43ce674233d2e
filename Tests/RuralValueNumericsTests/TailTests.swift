import RuralValueNumerics
import TestSupport
import Testing

@Suite struct TailTests {
  static let references = Result { try TailReference.load() }

  @Test func `both tails have twelve digits down to ten to the minus 300`() throws {
    for row in try Self.references.get() {
      let distribution = row.distribution
      if row.lower > 0 {
        expectClose(
          distribution.lowerTail(at: row.x), row.lower, relative: 1e-12, from: "mpmath", row.testDescription)
      }
      if row.upper > 0 {
        expectClose(
          distribution.upperTail(at: row.x), row.upper, relative: 1e-12, from: "mpmath", row.testDescription)
      }
    }
  }

  @Test func `logarithms of both tails have twelve digits down to minus a million`() throws {
    for row in try Self.references.get() {
      let distribution = row.distribution
      expectClose(
        distribution.logLowerTail(at: row.x), row.logLower, relative: 1e-12, from: "mpmath",
        row.testDescription)
      expectClose(
        distribution.logUpperTail(at: row.x), row.logUpper, relative: 1e-12, from: "mpmath",
        row.testDescription)
    }
  }

  @Test func `densities have twelve digits`() throws {
    for row in try Self.references.get() {
      expectClose(
        row.distribution.logDensity(at: row.x), row.logDensity, relative: 1e-13, absolute: 1e-13,
        from: "mpmath", row.testDescription)
    }
  }

  /// A probability near one half says little about a quantile near the median's zero: the rounding of p,
  /// 2⁻⁵³ relative, moves the quantile by p / (x f(x)) times as much, which no algorithm can undo.
  @Test func `quantiles have twelve digits`() throws {
    for row in try Self.references.get() {
      let distribution = row.distribution
      let kernel = abs(row.x) * distribution.density(at: row.x)
      for (p, quantile) in [
        (row.lower, { distribution.quantile(lowerTail: $0) }),
        (row.upper, { distribution.quantile(upperTail: $0) }),
      ] as [(Double, (Double) -> Double)] where p > 0 && p < 0.999 && p / kernel < 1e12 {
        let rounding = 0x1p-53 * p / kernel
        expectClose(
          quantile(p), row.x, relative: 1e-12 + 4 * rounding, from: "mpmath", row.testDescription)
      }
    }
  }

  @Test func `the tail of a quantile is the probability again`() {
    let levels = [1e-300, 1e-100, 1e-20, 1e-6, 0.01, 0.2, 0.5]
    let distributions: [any ContinuousDistribution] = [
      Normal(), StudentT(degreesOfFreedom: 4.2), ChiSquared(degreesOfFreedom: 11),
      FDistribution(numeratorDegreesOfFreedom: 3, denominatorDegreesOfFreedom: 40),
    ]
    for distribution in distributions {
      for level in levels {
        let upper = distribution.upperTail(at: distribution.quantile(upperTail: level))
        let lower = distribution.lowerTail(at: distribution.quantile(lowerTail: level))
        expectClose(upper, level, relative: 1e-12, from: "the level", "\(distribution), upper")
        expectClose(lower, level, relative: 1e-12, from: "the level", "\(distribution), lower")
      }
    }
  }
}
