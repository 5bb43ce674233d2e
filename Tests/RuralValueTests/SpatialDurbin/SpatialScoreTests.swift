import Foundation
import TestSupport
import Testing

@testable import RuralValue

/// Estimates that are roots of adjusted scores, or that effects under a changing filter need: dynamic models for weights of
/// every kind, and weights that change over time.
@Suite struct SpatialScoreTests {
  /// One case of dynamic.json or changing-weights.json.
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let links: String?
    let standardise: String
    let effects: String
    let dynamic: String?
    let direct: [String: Double]?
    let adjusted: [String: Double]?
    let std_errors_adjusted: [String: Double]?
    let model: String?
    let estimator: String?
    let estimates: [String: Double]?
    let log_likelihood: Double?

    var testDescription: String {
      [model ?? "", dynamic ?? "", effects, estimator ?? "", links ?? "", standardise].joined(separator: " ")
    }
  }

  private struct File: Decodable { let cases: [Case] }

  private static func cases(_ name: String) -> [Case] {
    let text = (try? ProjectFiles.fixtureText("reference/spatial-corrections/\(name).json")) ?? ""
    return (try? JSONDecoder().decode(File.self, from: Data(text.utf8)).cases) ?? []
  }

  static let dynamicModels = cases("dynamic")
  static let changingWeights = cases("changing-weights")

  @Test func `all cases are read`() {
    #expect(Self.dynamicModels.count == 17)
    #expect(Self.changingWeights.count == 24)
  }

  private static func table(_ name: String) throws -> Table {
    try SpatialFixtures.table("../spatial-corrections/\(name)")
  }

  private func dynamicFit(
    _ entry: Case, _ correction: SpatialDurbinSpecification.Correction
  ) throws -> SpatialDurbinResult {
    let panel = try Panel(Self.table("panel-dynamic.csv"), variables: ["y", "x1", "x2"])
    let specification = SpatialDurbinSpecification(
      formula: try FormulaSpecification("y ~ x1 + x2"), effects: .init(rawValue: entry.effects)!,
      correction: correction, dynamics: .init(rawValue: entry.dynamic!)!,
      standardisation: .init(rawValue: entry.standardise)!, draws: 0, isTested: false)
    return try SpatialDurbinEstimator.fit(
      panel, weights: WeightsReading(Self.table(entry.links!)).weights, specification)
  }

  /// The scores' expectations were confirmed by explicit block matrices; their errors were computed once only.
  @Test(arguments: dynamicModels)
  func `a dynamic model solves the scores that have mean zero, whatever the weights`(entry: Case) throws {
    let result = try dynamicFit(entry, .transform)
    let source = "dynamic.json \(entry.testDescription)"
    for (term, value) in entry.adjusted! {
      expectClose(result.estimate(term).value, value, relative: 1e-6, absolute: 1e-7, from: source, term)
    }
    for (term, value) in entry.std_errors_adjusted! {
      expectClose(result.estimate(term).standardError, value, relative: 1e-6, from: source, "se \(term)")
    }
    #expect(result.fit.kind == .adjusted && result.fit.score < 1e-10 && result.cautions.isEmpty)
  }

  @Test(arguments: dynamicModels) func `a direct dynamic estimate is that of explicit dummies`(
    entry: Case
  ) throws {
    let result = try dynamicFit(entry, .none)
    let source = "dynamic.json \(entry.testDescription)"
    #expect(result.fit.score < 1e-10)
    if abs(entry.direct!["rho"]! + 0.95) < 1e-6 {
      // The reference's search ended at its own edge; the likelihood has its maximum beyond, inside the bounds.
      let rho = result.estimate("rho").value
      #expect(rho < -0.95 && rho > result.fit.bounds.lowerBound)
      return
    }
    for (term, value) in entry.direct! {
      expectClose(result.estimate(term).value, value, relative: 1e-6, absolute: 1e-7, from: source, term)
    }
  }

  private static func islandPanel(periods: Int, seed: UInt64) throws -> (
    panel: Panel, weights: SpatialWeights, specification: SpatialDurbinSpecification
  ) {
    let weights = try CorrectionMonteCarloTests.Weights.island.matrix()
    var planted = PlantedPanel(rho: 0.3, beta: [0.8, -0.5], theta: [0.3, 0.2], periods: periods + 1)
    planted.lags = (0.5, -0.1)
    var specification = try planted.specification()
    specification.dynamics = .both
    specification.standardisation = .none
    return (try planted.draw(weights, seed: seed), weights, specification)
  }

  @Test
  func `a dynamic model whose scores have no root takes the step of order 1/T, and every table says so`()
    throws
  {
    // Of the Monte Carlo's draws with four periods about a twentieth.
    for seed in UInt64(5000)..<5200 {
      let (panel, weights, specification) = try Self.islandPanel(periods: 4, seed: seed)
      let result = try SpatialDurbinEstimator.fit(panel, weights: weights, specification)
      guard let caution = result.cautions.first else { continue }
      #expect(caution.english.contains("nowhere zero inside the bounds"))
      #expect(result.estimates.allSatisfy { $0.value.isFinite && $0.standardError > 0 })
      #expect(result.effectTables(.full).allSatisfy { part in part.table.cautions.contains(caution) })
      return
    }
    Issue.record("No draw was without a root.")
  }

  @Test func `with ten periods the step of order 1/T leads near the root, with an island as well`() throws {
    let (panel, weights, asked) = try Self.islandPanel(periods: 10, seed: 5000)
    var specification = asked
    specification.correction = .transform
    let sample = try SpatialSample(panel, specification)
    let system = try SpatialSystem([weights], matrixOfPeriod: sample.periods.map { _ in 0 })
    let estimation = try SpatialEstimation(sample, system, specification)
    let (solved, step) = (try estimation.correctedFit(), try estimation.oneStepFit(.oneStepForManyUnits))
    let direct = try estimation.fit()
    #expect(solved.correction == .solved)
    #expect(abs(step.coefficients[0] - solved.coefficients[0]) < 0.02)
    #expect(solved.coefficients[0] - direct.coefficients[0] > 0.05)
  }

  @Test(arguments: changingWeights)
  func
    `weights that change over time have the likelihood of explicit dummies, or the score that has mean zero`(
      entry: Case
    ) throws
  {
    let panel = try Panel(Self.table("panel-changing.csv"), variables: ["y", "x1", "x2"])
    let specification = SpatialDurbinSpecification(
      formula: try FormulaSpecification("y ~ x1 + x2"), model: .init(rawValue: entry.model!)!,
      effects: .init(rawValue: entry.effects)!,
      correction: entry.estimator == "adjusted" ? .transform : SpatialDurbinSpecification.Correction.none,
      standardisation: .init(rawValue: entry.standardise)!, draws: 0, isTested: false)
    var weights: [Int: SpatialWeights] = [:]
    for year in panel.periods { weights[year] = try WeightsReading(Self.table("links-\(year).csv")).weights }
    let result = try SpatialDurbinEstimator.fit(panel, weightsByPeriod: weights, specification)
    let source = "changing-weights.json \(entry.testDescription)"
    for (term, value) in entry.estimates! {
      expectClose(result.estimate(term).value, value, relative: 1e-6, absolute: 1e-7, from: source, term)
    }
    if let value = entry.log_likelihood {
      expectClose(result.fit.logLikelihood, value, absolute: 1e-7, from: source, "loglik")
    }
    #expect(result.estimates.allSatisfy { $0.standardError > 0 })
  }
}
