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
    let lm_error_given_rho: Double?
    let residual_moran: Moran?
    let residual_serial_correlation: Score?
    let pesaran_cd: Dependence?

    struct Moran: Decodable { let z: Double }
    struct Score: Decodable { let z: Double }
    struct Dependence: Decodable {
      let cd: Double
      let mean_absolute_correlation: Double
    }

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
  static let residualTests = file("residual-spatial-test")?.cases ?? []
  static let cigaretteModels = file("cigar-cluster")?.cases ?? []
  static let cigaretteErrors = file("cigar-cluster")?.expected_errors_direct?.cases ?? []

  @Test func `all cases are read`() {
    #expect(Self.periodEffects.count == 80)
    #expect(Self.standardErrors.count == 9)
    #expect(Self.lagrangeTests.count == 30)
    #expect(Self.residualTests.count == 32)
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

  @Test(arguments: periodEffects)
  func `estimates and expected errors are those of explicit dummies and contrasts`(
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

  @Test(arguments: periodEffects.filter { $0.std_errors_observed != nil })
  func `observed errors are those of the likelihood with explicit dummies`(entry: Case) throws {
    let result = try fit(entry, errors: .observed)
    for (term, value) in entry.std_errors_observed! {
      expectClose(
        result.estimate(term).standardError, value, relative: 1e-4,
        from: "a numerical Hessian, \(entry.testDescription)", "se \(term)")
    }
  }

  @Test(arguments: standardErrors)
  func `expected, observed, clustered and Driscoll-Kraay errors are the reference's`(
    entry: Case
  ) throws {
    for (kind, rule) in [
      ("expected information", SpatialDurbinSpecification.StandardError.information),
      ("J^-1 (observed)", .observed), ("cluster by unit", .cluster),
      ("driscoll-kraay lags 2", .driscollKraay),
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

  @Test(arguments: lagrangeTests) func `Moran's I of residuals has its moments under effects and regressors`(
    entry: Case
  ) throws {
    expectClose(
      try fit(entry, isTested: true).statistic("residual_moran"), entry.residual_moran!.z, relative: 1e-6,
      from: "lm-tests.json \(entry.testDescription)")
  }

  /// The adjusted ones of two-way effects where rows differ in their sums were computed once only.
  @Test(arguments: residualTests)
  func `the error's LM test beside a lag is a score test of the full information`(
    entry: Case
  ) throws {
    expectClose(
      try fit(entry, isTested: true).statistic("residual_lm"), entry.lm_error_given_rho!, relative: 1e-6,
      from: "residual-spatial-test.json \(entry.testDescription)")
  }

  @Test(arguments: standardErrors.filter { $0.residual_serial_correlation != nil })
  func `serial correlation and dependence across units are the reference's`(entry: Case) throws {
    let result = try fit(entry, panel: "panel-queen.csv", standardise: "row", isTested: true)
    let source = "standard-errors.json \(entry.testDescription)"
    expectClose(
      result.statistic("serial_correlation"), entry.residual_serial_correlation!.z, relative: 1e-6,
      absolute: 1e-8, from: source)
    let cd = result.tests.first { $0.key == "pesaran_cd" }
    if entry.effects == "unit" {
      expectClose(cd?.statistic ?? .nan, entry.pesaran_cd!.cd, relative: 1e-6, from: source)
    } else {
      #expect(cd?.statistic == nil && cd?.reason?.english.contains("-2.034") == true)
    }
  }

  /// Pure noise in 30 units and 6 periods: the plain test rejects more than a tenth, methods/spatial-corrections.md has
  /// .120 and .040 of its own draws.
  @Test func `the centred LM test rejects true nulls as often as it says`() throws {
    let weights = try TestWeights.grid(5, 6).standardised(.row)
    let system = try SpatialSystem([weights], matrixOfPeriod: [Int](repeating: 0, count: 6))
    let (draws, effects) = (1000, PanelEffects(.twoways))
    var generator = CounterBasedGenerator(seed: 14)
    var rejections = (plain: 0, centred: 0)
    for _ in 0..<draws {
      var rows: [[String]] = []
      for row in 0..<180 {
        let noise = generator.normals(3).map { String($0) }
        rows.append([weights.units[row % 30], String(2010 + row / 30)] + noise)
      }
      let panel = try Panel(
        Table(source: "noise", columnNames: ["unit", "year", "y", "x1", "x2"], rows: rows),
        variables: ["y", "x1", "x2"])
      let specification = SpatialDurbinSpecification(
        formula: try FormulaSpecification("y ~ x1 + x2"), model: .slx, durbin: [])
      let sample = try SpatialSample(panel, specification)
      let design = try SpatialDesign(sample, lag: system.lag, effects: effects, durbin: [])
      let tests = try LagrangeMultiplierTests.compute(design, sample, system, effects)
      rejections.plain += tests[1].rejects == true ? 1 : 0
      rejections.centred += tests[2].rejects == true ? 1 : 0
    }
    #expect((80...170).contains(rejections.plain))
    #expect((25...65).contains(rejections.centred))
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
        var sum = scores.terms.column(place).reduce(0, +)
        if place == fit.coefficients.count { sum += scores.pairSum }
        expectClose(sum, 0, absolute: 1e-7, from: "the score at the maximum", fit.parameters[place].name)
      }
    }
  }
}
