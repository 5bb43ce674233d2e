import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Whether intervals hold the truth where a regressor depends on the errors: those of maximum likelihood do not, those of
/// two-stage least squares do; and whether Sargan's and Hansen's tests hold their size.
///
/// With RURALVALUE_SLOW_TESTS=1.
@Suite(.tags(.monteCarlo), .enabled(if: ProcessInfo.processInfo.environment["RURALVALUE_SLOW_TESTS"] == "1"))
struct SpatialTwoStageMonteCarloTests {
  private static let draws = 600
  private static let periods = 8

  /// y = .3 Wy + x + .5 e + μ + α + u with e = .8 z1 + .8 z2 + .6 u + noise; errors of a unit are correlated over time.
  private func panel(
    _ weights: SpatialWeights, persistence: Double, feedback: Double = 0.6, seed: Int
  ) throws -> Panel {
    var generator = CounterBasedGenerator(seed: UInt64(seed), stream: 0x25)
    let n = weights.unitCount
    let mu = generator.normals(n)
    var columns = [String: [Double]]()
    var last = generator.normals(n)
    // (I − .3W)⁻¹ by its series.
    func spread(_ b: [Double]) -> [Double] {
      var (x, term) = (b, b)
      for _ in 0..<40 {
        term = weights.spatialLag(term).scaled(by: 0.3)
        x.add(term)
      }
      return x
    }
    for period in 0..<Self.periods {
      let alpha = generator.normal()
      let (x, z1, z2) = (generator.normals(n), generator.normals(n), generator.normals(n))
      let shock = generator.normals(n)
      let u =
        period == 0
        ? last
        : last.scaled(by: persistence).plus(shock.scaled(by: (1 - persistence * persistence).squareRoot()))
      last = u
      let e = z1.plus(z2).scaled(by: 0.8).plus(u.scaled(by: feedback)).plus(
        generator.normals(n).scaled(by: 0.8))
      let y = spread(x.plus(e.scaled(by: 0.5)).plus(mu).plus(u).map { $0 + alpha })
      for (name, values) in [("y", y), ("x", x), ("e", e), ("z1", z1), ("z2", z2)] {
        columns[name, default: []] += values
      }
    }
    return try Panel(
      source: "drawn", unitColumn: "unit", timeColumn: "year",
      unitOfRow: (0..<Self.periods).flatMap { _ in weights.units },
      timeOfRow: (0..<Self.periods).flatMap { [Int](repeating: 2000 + $0, count: n) },
      lines: Array(2..<(n * Self.periods + 2)),
      variables: ["y", "x", "e", "z1", "z2"].map { ($0, columns[$0]!) })
  }

  private struct Tally {
    var (inside, sum) = (0, 0.0)
    mutating func add(_ estimate: Estimate, truth: Double) {
      let (low, high) = estimate.interval(0.95)
      inside += (low...high).contains(truth) ? 1 : 0
      sum += estimate.value - truth
    }
    var coverage: Double { Double(inside) / Double(SpatialTwoStageMonteCarloTests.draws) }
    var bias: Double { sum / Double(SpatialTwoStageMonteCarloTests.draws) }
  }

  @Test(arguments: [0, 0.6])
  func `two-stage least squares covers what maximum likelihood misses`(persistence: Double) throws {
    let weights = try TestWeights.grid(8, 8)
    var (e, rho, likelihood, x) = (Tally(), Tally(), Tally(), Tally())
    var (plain, corrected, hansen) = (0, 0, 0)
    for draw in 0..<Self.draws {
      let panel = try panel(weights, persistence: persistence, seed: draw)
      var specification = SpatialDurbinSpecification(
        formula: try FormulaSpecification("y ~ x + e"), model: .sar, draws: 0, isTested: false)
      let ml = try SpatialDurbinEstimator.fit(panel, weights: weights, specification)
      likelihood.add(ml.estimate("e"), truth: 0.5)
      specification.instruments = try InstrumentedRegressors("e ~ z1 + z2")
      specification.isTested = true
      let result = try SpatialDurbinEstimator.fit(panel, weights: weights, specification)
      e.add(result.estimate("e"), truth: 0.5)
      rho.add(result.estimate("rho"), truth: 0.3)
      x.add(result.estimate("x"), truth: 1)
      hansen += result.test("hansen")?.rejects == true ? 1 : 0
      specification.standardError = .classical
      let classical = try SpatialDurbinEstimator.fit(panel, weights: weights, specification)
      plain += classical.test("sargan")?.rejects == true ? 1 : 0
      corrected += classical.test("sargan_corrected")?.rejects == true ? 1 : 0
    }
    let share = { (count: Int) in Double(count) / Double(Self.draws) }
    print(
      "two-stage, AR \(persistence): e bias \(e.bias) coverage \(e.coverage); rho \(rho.bias) \(rho.coverage); x \(x.coverage);"
        + " ML e \(likelihood.bias) \(likelihood.coverage); Sargan \(share(plain)), corrected \(share(corrected)),"
        + " Hansen \(share(hansen))")
    // 95 % of 600 draws within three standard errors of a share, .027, and the last digits of t(63).
    for tally in [e, rho, x] { #expect(abs(tally.coverage - 0.95) < 0.035, "\(tally.coverage)") }
    #expect(abs(e.bias) < 0.01 && abs(rho.bias) < 0.03)
    #expect(likelihood.bias > 0.1 && likelihood.coverage < 0.2)
    #expect(share(corrected) < 0.08 && share(hansen) < 0.08)
    #expect(share(plain) > share(corrected))
  }

  @Test func `the test of endogeneity finds little where nothing is endogenous, and what is`() throws {
    let weights = try TestWeights.grid(8, 8)
    func share(feedback: Double, draws: Int) throws -> Double {
      let found = try (0..<draws).count { draw in
        let panel = try panel(weights, persistence: 0.6, feedback: feedback, seed: 5000 + draw)
        var specification = SpatialDurbinSpecification(
          formula: try FormulaSpecification("y ~ x + e"), model: .sar, draws: 0)
        specification.instruments = try InstrumentedRegressors("e ~ z1 + z2")
        return try SpatialDurbinEstimator.fit(panel, weights: weights, specification).test("endogeneity")?
          .rejects
          == true
      }
      return Double(found) / Double(draws)
    }
    let (size, power) = (try share(feedback: 0, draws: Self.draws), try share(feedback: 0.6, draws: 50))
    print("endogeneity: size \(size), power \(power)")
    #expect(size < 0.085 && power > 0.9)
  }
}
