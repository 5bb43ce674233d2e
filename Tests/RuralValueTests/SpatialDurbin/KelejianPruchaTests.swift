import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Kapoor, Kelejian and Prucha's generalised moments on the states' production: the numbers of kkp.json, which splm's spgm
/// and numpy confirm to 1e-7. Partial weights are unconfirmed there and not offered here.
@Suite struct KelejianPruchaTests {
  struct Numbers: Decodable, Sendable {
    let rho: Double
    let sigma2_v: Double
    let sigma2_1: Double
    let coefficients: [String: Double]
    let std_errors: [String: Double]
  }

  private struct File: Decodable {
    let initial: Numbers
    let full_weights: Numbers
  }

  private static func file() throws -> File {
    let text = try ProjectFiles.fixtureText("reference/spatial-corrections/kkp.json")
    return try JSONDecoder().decode(File.self, from: Data(text.utf8))
  }

  private static func panel() throws -> Panel {
    try Panel(SpatialFixtures.table("produc.csv"), variables: ["gsp", "pcap", "pc", "emp", "unemp"])
  }

  private static func weights() throws -> SpatialWeights {
    try WeightsReading(SpatialFixtures.table("produc-borders.csv")).weights
  }

  private static func specification(
    _ model: SpatialDurbinSpecification.Model = .sem,
    _ effects: SpatialDurbinSpecification.Effects = .random
  ) throws -> SpatialDurbinSpecification {
    var result = SpatialDurbinSpecification(
      formula: try FormulaSpecification("log(gsp) ~ log(pcap) + log(pc) + log(emp) + unemp"), model: model,
      effects: effects, draws: 0)
    result.estimator = .moments
    return result
  }

  private static let names = [
    "(Intercept)": "(Intercept)", "lpcap": "log(pcap)", "lpc": "log(pc)", "lemp": "log(emp)",
    "unemp": "unemp",
  ]

  @Test func `all six moments, weighted, give the reference's numbers`() throws {
    let result = try SpatialDurbinEstimator.fit(
      Self.panel(), weights: Self.weights(), Self.specification())
    let expected = try Self.file().full_weights
    let source = "kkp.json full weights"
    expectClose(result.estimate("lambda").value, expected.rho, relative: 1e-8, from: source, "lambda")
    expectClose(result.estimate("sigma2").value, expected.sigma2_v, relative: 1e-8, from: source, "sigma2")
    let theta = result.estimate("theta").value
    expectClose(
      result.estimate("sigma2").value / (theta * theta), expected.sigma2_1, relative: 1e-8, from: source,
      "sigma2_1")
    expectClose(
      try #require(result.fit.unitVariance), (expected.sigma2_1 - expected.sigma2_v) / 17, relative: 1e-7,
      from: source, "variance of effects")
    for (name, term) in Self.names {
      expectClose(
        result.estimate(term).value, try #require(expected.coefficients[name]), relative: 1e-7, from: source,
        name)
      expectClose(
        result.estimate(term).standardError, try #require(expected.std_errors[name]), relative: 1e-7,
        from: source,
        "error \(name)")
    }
    for name in ["lambda", "sigma2", "theta"] { #expect(result.estimate(name).standardError.isNaN) }
    #expect(result.notes.contains { $0.english.contains("no standard errors") })
    #expect(result.tests.isEmpty && result.effects.count == 12)
    #expect(result.specification.standardError == .classical)
  }

  @Test func `the moments within units alone give the reference's initial numbers`() throws {
    let specification = try Self.specification()
    let sample = try SpatialSample(Self.panel(), specification)
    let weights = try Self.weights().aligned(to: sample.units, of: "").weights
    let system = try SpatialSystem(
      [weights.withoutSelf.standardised(.row)], matrixOfPeriod: sample.periods.map { _ in 0 })
    let estimate = try RandomComponents(sample, system, specification, weighting: .initial)
    let expected = try Self.file().initial
    let source = "kkp.json initial"
    expectClose(estimate.components.lambda, expected.rho, relative: 1e-8, from: source, "lambda")
    expectClose(estimate.components.sigma2, expected.sigma2_v, relative: 1e-7, from: source, "sigma2")
    expectClose(estimate.components.between, expected.sigma2_1, relative: 1e-7, from: source, "sigma2_1")
    for (place, parameter) in estimate.design.parameters.enumerated() {
      let name = Self.names.first { $0.value == parameter.name }!.key
      expectClose(
        estimate.coefficients[place], try #require(expected.coefficients[name]), relative: 1e-6, from: source,
        name)
      expectClose(
        estimate.covariance[place, place].squareRoot(), try #require(expected.std_errors[name]),
        relative: 1e-7,
        from: source, "error \(name)")
    }
  }

  /// Dense weights have another way to their traces.
  @Test func `dense algebra gives the same moments`() throws {
    let panel = try PlantedPanel(rho: 0, lambda: 0.5, beta: [1], theta: [0], hasEffects: false).draw(
      TestWeights.grid(5, 6), seed: 3)
    var specification = SpatialDurbinSpecification(
      formula: try FormulaSpecification("y ~ x1"), model: .sem, effects: .random, draws: 0)
    specification.estimator = .moments
    let sample = try SpatialSample(panel, specification)
    let weights = try TestWeights.ring(30).aligned(to: sample.units, of: "").weights
    let values = try [SpatialAlgebra.sparse, .dense].map { algebra in
      let system = try SpatialSystem(
        [weights], matrixOfPeriod: sample.periods.map { _ in 0 }, algebra: algebra)
      #expect((system.lag.dense != nil) == (algebra == .dense))
      return try RandomComponents(sample, system, specification)
    }
    expectClose(
      values[1].components.lambda, values[0].components.lambda, relative: 1e-9, from: "sparse algebra")
    expectClose(values[1].coefficients[1], values[0].coefficients[1], relative: 1e-10, from: "sparse algebra")
  }

  /// Over 60 panels the mean lies within four of its errors.
  @Test func `the moments find a planted λ`() throws {
    let weights = try TestWeights.grid(8, 8)
    let planted = PlantedPanel(rho: 0, lambda: 0.5, beta: [1], theta: [0], periods: 6, hasEffects: false)
    let found = try (0..<60).map { seed in
      var specification = try planted.specification(.sem, .random)
      specification.estimator = .moments
      let panel = try planted.draw(weights, seed: UInt64(seed))
      return try SpatialDurbinEstimator.fit(panel, weights: weights, specification).estimate("lambda").value
    }
    let error = found.sampleStandardDeviation / Double(found.count).squareRoot()
    #expect(abs(found.mean - 0.5) < 4 * error + 0.02, "\(found.mean) ± \(error)")
  }

  @Test func `the moments are for random effects beside a spatial error`() throws {
    func refusal(_ specification: SpatialDurbinSpecification) throws -> String {
      do {
        _ = try SpatialDurbinEstimator.fit(Self.panel(), weights: Self.weights(), specification)
        return "nothing was refused"
      } catch let error as SpatialDurbinError { return Setting.spelled(in: "\(error)") { "--\($0)" } }
    }
    #expect(
      try refusal(Self.specification(.sar)).contains("expected --model sem or sdem and --effects random"))
    #expect(try refusal(Self.specification(.sem, .unit)).contains("found --model sem and --effects unit"))
    #expect(try refusal(Self.specification(.sem, .randomIndependent)).contains("--effects random"))
    var specification = try Self.specification()
    specification.standardError = .cluster
    #expect(try refusal(specification).contains("expected --se classical"))
    specification = try Self.specification()
    specification.instruments = try InstrumentedRegressors("unemp ~ pc")
    #expect(try refusal(specification).contains("--iv is for --estimator 2sls"))
    specification = try Self.specification()
    specification.instrumentLags = 2
    #expect(try refusal(specification).contains("--instrument-lags 2 is for"))
  }
}
