import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Every number of Fixtures/reference/spatial-corrections that concerns effects of periods, the errors that follow from
/// them, clustered errors and LM tests, for weights of every kind: with an island, spectral, plain, row-stochastic.
@Suite struct SpatialCorrectionTests {
  /// One case of a file there; which members it has depends on the file.
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let panel: String?
    let links: String?
    let standardise: String?
    let model: String
    let effects: String
    let estimator: String?
    let estimates: [String: Double]?
    let std_errors_expected: [String: Double]?
    let std_errors_observed: [String: Double]?
    let log_likelihood: Double?
    let standard_errors: [String: [String: Double?]]?
    let cluster_unit: [String: Double]?
    let lm_lag: Double?
    let lm_error: Double?
    let robust_lm_lag: Double?
    let robust_lm_error: Double?

    var testDescription: String {
      [model, effects, estimator ?? "", links ?? "", standardise ?? ""].joined(separator: " ")
    }
    var isAdjusted: Bool { estimator == "adjusted" }
  }

  private struct File: Decodable {
    struct Errors: Decodable { let cases: [Case] }
    let cases: [Case]
    let expected_errors_direct: Errors?
  }

  private static func file(_ name: String) -> File? {
    let text = (try? ProjectFiles.fixtureText("reference/spatial-corrections/\(name).json")) ?? ""
    // Variances that a kernel made negative are NaN there.
    return try? JSONDecoder().decode(File.self, from: Data(text.replacing("NaN", with: "null").utf8))
  }

  static let periodEffects = file("period-effects")?.cases ?? []
  static let standardErrors = file("standard-errors")?.cases ?? []
  static let lagrangeTests = file("lm-tests")?.cases ?? []
  static let cigaretteModels = file("cigar-cluster")?.cases ?? []
  static let cigaretteErrors = file("cigar-cluster")?.expected_errors_direct?.cases ?? []
  /// SAC with an adjusted score in ρ and a restricted likelihood in λ is not offered.
  static let offered = periodEffects.filter {
    !($0.model == "sac" && $0.isAdjusted && $0.links != "links-queen.csv")
  }

  @Test func `all cases are read`() {
    #expect(Self.periodEffects.count == 80)
    #expect(Self.offered.count == 78)
    #expect(Self.standardErrors.count == 9)
    #expect(Self.lagrangeTests.count == 30)
    #expect(Self.cigaretteModels.count == 8)
    #expect(Self.cigaretteErrors.count == 12)
  }

  private static func table(_ name: String) throws -> Table {
    try SpatialFixtures.table("../spatial-corrections/\(name)")
  }

  private func fit(
    _ entry: Case, panel: String? = nil, standardise: String? = nil,
    errors: SpatialDurbinSpecification.StandardError = .information, isTested: Bool = false
  ) throws -> SpatialDurbinResult {
    let data = try Panel(Self.table(entry.panel ?? panel!), variables: ["y", "x1", "x2"])
    let specification = SpatialDurbinSpecification(
      formula: try FormulaSpecification("y ~ x1 + x2"),
      model: entry.model == "ols" ? .slx : .init(rawValue: entry.model)!,
      effects: .init(rawValue: entry.effects)!,
      correction: entry.isAdjusted ? .transform : SpatialDurbinSpecification.Correction.none,
      durbin: entry.model == "ols" ? [] : nil, standardError: errors,
      standardisation: .init(rawValue: entry.standardise ?? standardise!)!, draws: 0, isTested: isTested)
    return try SpatialDurbinEstimator.fit(
      data, weights: WeightsReading(Self.table(entry.links!)).weights, specification)
  }

  @Test(arguments: offered) func `estimates and expected errors are those of explicit dummies and contrasts`(
    entry: Case
  ) throws {
    let result = try fit(entry)
    let source = "period-effects.json \(entry.testDescription)"
    // Two processes: the reference's optimizer stops at 1e-5.
    let relative = entry.model == "sac" ? 1e-5 : 1e-6
    for (term, value) in entry.estimates! {
      expectClose(result.estimate(term).value, value, relative: relative, absolute: 1e-7, from: source, term)
    }
    for (term, value) in entry.std_errors_expected ?? [:] {
      expectClose(
        result.estimate(term).standardError, value, relative: relative, from: source, "se \(term)")
    }
    if let value = entry.log_likelihood, result.fit.kind != .adjusted {
      expectClose(result.fit.logLikelihood, value, absolute: 1e-7, from: source, "loglik")
    }
    #expect(result.fit.score < 1e-10)
  }

  @Test(arguments: offered.filter { $0.std_errors_observed != nil })
  func `observed errors are those of the likelihood with explicit dummies`(entry: Case) throws {
    let result = try fit(entry, errors: .observed)
    for (term, value) in entry.std_errors_observed! {
      expectClose(
        result.estimate(term).standardError, value, relative: 1e-4,
        from: "a numerical Hessian, \(entry.testDescription)", "se \(term)")
    }
  }

  @Test(arguments: standardErrors) func `clustered, observed and expected errors are the reference's`(
    entry: Case
  ) throws {
    for (kind, rule) in [
      ("expected information", SpatialDurbinSpecification.StandardError.information),
      ("J^-1 (observed)", .observed), ("cluster by unit", .cluster),
    ] {
      guard let expected = entry.standard_errors?[kind] else { continue }
      let result = try fit(entry, panel: "panel-queen.csv", standardise: "row", errors: rule)
      for (term, value) in expected {
        expectClose(
          result.estimate(term).standardError, try #require(value), relative: 1e-6,
          from: "standard-errors.json \(entry.testDescription)", "\(kind) \(term)")
      }
    }
  }

  @Test(arguments: lagrangeTests.filter { $0.model == "ols" })
  func `LM tests are score tests with explicit effects`(
    entry: Case
  ) throws {
    let result = try fit(entry, isTested: true)
    for (name, value) in [
      ("lm_lag", entry.lm_lag), ("lm_error", entry.lm_error), ("robust_lm_lag", entry.robust_lm_lag),
      ("robust_lm_error", entry.robust_lm_error),
    ] {
      expectClose(
        result.statistic(name), value!, relative: 1e-6, absolute: 1e-9,
        from: "lm-tests.json \(entry.testDescription)", name)
    }
  }

  private func cigarettes(
    _ entry: Case, _ errors: SpatialDurbinSpecification.StandardError
  ) throws -> SpatialDurbinResult {
    var specification = try SpatialFixtures.specification(
      .init(rawValue: entry.model)!, .init(rawValue: entry.effects)!,
      entry.isAdjusted ? .transform : SpatialDurbinSpecification.Correction.none)
    specification.standardError = errors
    specification.isTested = false
    return try SpatialDurbinEstimator.fit(
      SpatialFixtures.cigarettes(), weights: SpatialFixtures.states(), specification)
  }

  @Test(arguments: cigaretteModels) func `clustered errors of the cigarette models have their pair terms`(
    entry: Case
  ) throws {
    let result = try cigarettes(entry, .cluster)
    for (term, value) in entry.cluster_unit! {
      expectClose(
        result.estimate(term).standardError, value, relative: 1e-6,
        from: "cigar-cluster.json \(entry.testDescription)", term)
    }
  }

  @Test(arguments: cigaretteErrors) func `direct errors of the cigarette models keep the effects of periods`(
    entry: Case
  ) throws {
    let result = try cigarettes(entry, .information)
    for (term, value) in entry.std_errors_expected! {
      expectClose(
        result.estimate(term).standardError, value, relative: 1e-6,
        from: "cigar-cluster.json \(entry.testDescription)", term)
    }
  }

  @Test(arguments: ["sar", "sdm", "sem", "sdem"]) func `terms of units and pairs add up to a score of zero`(
    model: String
  ) throws {
    let data = try Panel(Self.table("panel-flow.csv"), variables: ["y", "x1", "x2"])
    for correction in [SpatialDurbinSpecification.Correction.none, .transform] {
      let specification = SpatialDurbinSpecification(
        formula: try FormulaSpecification("y ~ x1 + x2"), model: .init(rawValue: model)!, effects: .twoways,
        correction: correction, standardisation: .spectral)
      let sample = try SpatialSample(data, specification)
      let weights = try WeightsReading(Self.table("links-flow.csv")).weights.aligned(to: sample.units, of: "")
        .weights.standardised(.spectral)
      let system = try SpatialSystem([weights], matrixOfPeriod: sample.periods.map { _ in 0 })
      let fit = try SpatialEstimation(sample, system, specification).fit()
      let scores = try ClusteredScores(fit)
      for place in 0..<fit.parameterCount {
        var sum = scores.units.column(place).reduce(0, +)
        if place == fit.coefficients.count { sum += scores.pairSum }
        expectClose(sum, 0, absolute: 1e-7, from: "the score at the maximum", fit.parameters[place].name)
      }
    }
  }
}
