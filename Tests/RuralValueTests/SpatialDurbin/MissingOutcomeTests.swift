import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Panels with gaps: the exact likelihood of the outcomes that are there.
@Suite struct MissingOutcomeTests {
  // MARK: Reference numbers

  /// A fit of gaps.json.
  struct Reference: Decodable, Sendable, CustomTestStringConvertible {
    let model: String
    let effects: String
    let observations: Int
    let estimates: [String: Double]
    let log_likelihood: Double
    let std_error_profile: Double

    var testDescription: String { "\(model) \(effects)" }
  }

  private struct File: Decodable { let cases: [Reference] }

  static let references: [Reference] = {
    let text = (try? ProjectFiles.fixtureText("reference/spatial-corrections/gaps.json")) ?? ""
    return (try? JSONDecoder().decode(File.self, from: Data(text.utf8)))?.cases ?? []
  }()

  @Test func `all fits of the reference are held`() { #expect(Self.references.count == 8) }

  @Test(arguments: references)
  func `estimates, likelihood and the error of the spatial parameter are those of gaps.json`(
    reference: Reference
  ) throws {
    let panel = try Panel(try RegionFixtures.table("panel-gaps.csv"), variables: ["y", "x1", "x2"])
    let effects = try #require(SpatialDurbinSpecification.Effects(rawValue: reference.effects))
    let result = try SpatialDurbinEstimator.fit(
      panel, weights: try WeightsReading(try RegionFixtures.table("links-queen.csv")).weights,
      SpatialDurbinSpecification(
        formula: try FormulaSpecification("y ~ x1 + x2"),
        model: try #require(SpatialDurbinSpecification.Model(rawValue: reference.model)), effects: effects,
        draws: 0))
    #expect(result.sample.observations == reference.observations)
    #expect(
      result.fit.kind == .direct
        && result.specification.correction == SpatialDurbinSpecification.Correction.none)
    // The reference divides q by the observations; the program by these less the rank of the dummies.
    let n = Double(reference.observations)
    let freedom = (n - (effects == .unit ? 30 : 37)) / n
    for (name, value) in reference.estimates {
      let own = result.estimate(name).value * (name == "sigma2" ? freedom : 1)
      expectClose(own, value, absolute: 1e-6, from: "gaps.json", name)
    }
    expectClose(
      result.fit.logLikelihood, reference.log_likelihood, absolute: 1e-7, from: "gaps.json", "log-likelihood")
    let spatial = reference.estimates["rho"] != nil ? "rho" : "lambda"
    expectClose(
      result.estimate(spatial).standardError * freedom.squareRoot(), reference.std_error_profile,
      absolute: 1e-4,
      from: "the profile likelihood's curvature in gaps.json", spatial)
  }

  // MARK: The normal density

  static let settings = ExplicitDummyTests.settings.filter { setting in
    // Minmax scales as a number does; an error process needs weights that stay.
    setting.standardisation != .minmax && !(setting.isChanging && setting.model.hasError)
  }

  @Test(arguments: settings)
  func `the likelihood is the normal density of the outcomes that are there, and the estimate its maximum`(
    setting: ExplicitDummyTests.Setting
  ) throws {
    let missing = [3, 8, 17, 20, 21, 22, 44, 51]
    let (result, model) = try ExplicitDummyTests().fit(setting, nil, missing: missing)
    let point = model.point(result)
    let density = try model.density(point, without: missing)
    expectClose(
      result.fit.logLikelihood, density.logLikelihood, absolute: 1e-8, from: "the density", "log-likelihood")
    for (place, value) in density.coefficients.prefix(model.termCount).enumerated() {
      expectClose(
        result.estimates[place].value, value, absolute: 1e-7, from: "the density",
        result.estimates[place].name)
    }
    for (place, value) in point.enumerated() {
      guard place == 0 ? setting.model.hasLag : setting.model.hasError else { continue }
      func likelihood(_ step: Double) throws -> Double {
        var moved = point
        moved[place] = value + step
        return try model.density(moved, without: missing).logLikelihood
      }
      let near = try likelihood(1e-4) - likelihood(-1e-4)
      let far = try likelihood(2e-4) - likelihood(-2e-4)
      expectClose((8 * near - far) / 1.2e-3, 0, absolute: 2e-5, from: "the slope at a maximum")
    }
  }

  // MARK: Gaps of all kinds

  private func panel(
    dropping rows: Set<Int> = [], blanking cells: [(row: Int, variable: String)] = []
  ) throws -> Panel {
    let whole = try PlantedPanel(periods: 6).draw(TestWeights.grid(5, 6), seed: 4)
    let kept = (0..<whole.rowCount).filter { !rows.contains($0) }
    return try Panel(
      source: "planted", unitColumn: "unit", timeColumn: "year", unitOfRow: kept.map(whole.unit(ofRow:)),
      timeOfRow: kept.map(whole.period(ofRow:)),
      variables: try whole.variableNames.map { name in
        let values = try whole.values(of: name)
        return (
          name,
          kept.map { row in
            cells.contains { $0.row == row && $0.variable == name } ? .nan : values[row]
          }
        )
      })
  }

  private func fit(
    _ panel: Panel, _ rule: SpatialGaps.Rule = .integrate,
    _ change: (inout SpatialDurbinSpecification) -> Void = { _ in }
  ) throws -> SpatialDurbinResult {
    var specification = try PlantedPanel().specification()
    specification.gaps = rule
    change(&specification)
    return try SpatialDurbinEstimator.fit(panel, weights: TestWeights.grid(5, 6), specification)
  }

  @Test func `a panel without gaps is what it was, whatever the rule`() throws {
    let results = try SpatialGaps.Rule.allCases.map { try fit(try panel(), $0) }
    for result in results {
      #expect(result.estimates == results[0].estimates && result.cautions.isEmpty)
      #expect(result.specification.correction == .transform)
    }
  }

  @Test func `a row that is missing costs less than a standard error, and is named in every table`() throws {
    let whole = try fit(try panel(), .integrate) {
      $0.correction = SpatialDurbinSpecification.Correction.none
    }
    let result = try fit(try panel(dropping: [32]))
    for (one, other) in zip(result.estimates, whole.estimates) where one.name != "sigma2" {
      #expect(abs(one.value - other.value) < other.standardError, "\(one.name)")
    }
    let cautions = result.cautions.map(\.english)
    #expect(cautions.count == 2)
    #expect(cautions[0].hasPrefix("1 of 180 unit-periods has no outcome (u5 in 2002): "), "\(cautions)")
    #expect(
      cautions[1].hasPrefix("Regressors of 1 of 180 unit-periods are interpolated over time (u5 in 2002): "))
    #expect(result.effectTable.cautions == result.cautions)
    #expect(result.sample.observations == 179)
  }

  @Test func `what two columns have to say stands once under their table, what one has under its number`()
    throws
  {
    let gap = try fit(try panel(blanking: [(32, "y")]))
    let whole = try fit(try panel(dropping: [32]))
    let table = WeightsComparison([.init(name: "a", result: gap), .init(name: "b", result: whole)]).table
    let cautions = table.cautions.map(\.english)
    #expect(cautions.count == 2)
    #expect(
      cautions[0].hasPrefix("(1), (2): 1 of 180 unit-periods has no outcome (u5 in 2002)"), "\(cautions)")
    #expect(cautions[1].hasPrefix("(2): Regressors of 1 of 180 unit-periods"), "\(cautions)")
  }

  @Test func `a regressor's gap counts as much as its neighbours in time say`() throws {
    let row = 32
    let gap = try fit(try panel(blanking: [(row, "x1")]))
    let whole = try panel()
    var x = try whole.values(of: "x1")
    x[row] = (x[row - 1] + x[row + 1]) / 2
    let filled = try fit(whole.with([("x1", x)]))
    #expect(gap.estimates == filled.estimates)
    #expect(
      gap.cautions.count == 1
        && gap.cautions[0].english.contains("Compare with \(Setting("gaps")) drop-units"))
  }

  @Test func `dropping units or periods is the fit of the panel without them, and says whom`() throws {
    let units = try fit(try panel(dropping: [32]), .dropUnits)
    let whole = try panel()
    let without = try fit(try whole.keeping(units: whole.units.indices.filter { whole.units[$0] != "u5" }))
    #expect(units.estimates == without.estimates)
    #expect(units.notes.contains { $0.english.hasPrefix("Left out for a gap: unit u5; their neighbours") })
    let periods = try fit(try panel(dropping: [32]), .dropPeriods)
    #expect(periods.sample.periods == 5 && periods.sample.droppedRows == 29)
    #expect(periods.notes.contains { $0.english == "Left out for a gap: 2002." })
  }

  @Test func `tests that gaps make invalid say so, and the decision rests on the others`() throws {
    let result = try fit(try panel(blanking: [(32, "y"), (40, "y")])) { $0.isTested = true }
    for key in ["lm_lag", "lm_error", "robust_lm_lag", "hausman", "residual_lm"] {
      let test = try #require(result.tests.first { $0.key == key })
      #expect(test.reason?.english == "some outcomes are missing", "\(key)")
    }
    for key in ["lr_unit_effects", "lr_time_effects", "lr_sar", "lr_sem", "wald_sar", "serial_correlation"] {
      #expect(try #require(result.tests.first { $0.key == key }).statistic != nil, "\(key)")
    }
    #expect(!result.decision.contains { $0.english.contains("LM") })
  }

  /// What cannot be done with gaps, and the words of the answer.
  static let refusals: [(String, String)] = [
    ("refuse", "is a gap in all its neighbours. Leave the unit out with \(Setting("gaps")) drop-units"),
    ("dynamic", "\(Setting("dynamic")) needs every unit-period"),
    ("random", "\(Setting("effects")) random needs every unit-period"),
    ("right", "the formula has the outcome on the right as well (lag(y, 1))"),
    ("transform", "\(Setting("lee-yu")) transform: 1 unit-period has no outcome"),
    ("information", "\(Setting("se")) information: 1 unit-period has no outcome"),
    ("never", "\"u3\" has no value of y in any period of the model"),
    ("many", "lack a regressor (6 units, 5 periods); at most 5 % are interpolated"),
    ("units", "\(Setting("gaps")) drop-units leaves 0 of 30 units"),
    ("periods", "\(Setting("gaps")) drop-periods leaves 0 of 6 periods"),
  ]

  @Test(arguments: refusals) func `what gaps make impossible is said with the way out`(
    name: String, words: String
  )
    throws
  {
    let one: [(row: Int, variable: String)] = [(32, "y")]
    let error = try #require(throws: SpatialDurbinError.self) {
      switch name {
      case "refuse": _ = try fit(try panel(blanking: one), .refuse)
      case "dynamic": _ = try fit(try panel(blanking: one)) { $0.dynamics = .y }
      case "random": _ = try fit(try panel(blanking: one)) { $0.effects = .random }
      case "right":
        let formula = try FormulaSpecification("y ~ x1 + lag(y)")
        _ = try fit(try panel(blanking: one)) { $0.formula = formula }
      case "transform": _ = try fit(try panel(blanking: one)) { $0.correction = .transform }
      case "information": _ = try fit(try panel(blanking: one)) { $0.standardError = .information }
      case "never": _ = try fit(try panel(blanking: (18..<24).map { ($0, "y") }))
      case "many": _ = try fit(try panel(dropping: Set((0..<36).filter { $0 % 2 == 0 }).union(Set(13..<17))))
      case "units": _ = try fit(try panel(blanking: (0..<30).map { (6 * $0 + $0 % 6, "y") }), .dropUnits)
      default: _ = try fit(try panel(blanking: (0..<6).map { (6 * $0 + $0, "y") }), .dropPeriods)
      }
    }
    #expect(error.description.contains(words), "\(error.description)")
    #expect(error.description.contains("drop-"))
  }
}

/// Coverage with gaps, on a grid of 60 units over 8 periods of which a tenth of the outcomes is missing.
///
/// With RURALVALUE_SLOW_TESTS=1.
@Suite(.tags(.monteCarlo), .enabled(if: ProcessInfo.processInfo.environment["RURALVALUE_SLOW_TESTS"] == "1"))
struct MissingOutcomeMonteCarloTests {
  @Test(arguments: [SpatialDurbinSpecification.StandardError.observed, .cluster], [0, 0.5])
  func `intervals hold the truth`(errors: SpatialDurbinSpecification.StandardError, persistence: Double)
    throws
  {
    guard errors == .cluster || persistence == 0 else { return }
    var planted = PlantedPanel(periods: 8)
    planted.persistence = persistence
    let weights = try TestWeights.grid(6, 10)
    var specification = try planted.specification(.sdm, .unit)
    specification.standardError = errors
    planted.hasEffects = false
    let truths = ["x1": 1.0, "x2": -0.5, "W*x1": 0.5, "W*x2": 0.25, "rho": 0.4]
    var covered: [String: Int] = [:]
    let draws = 500
    for draw in 0..<draws {
      let panel = try planted.draw(weights, seed: UInt64(9000 + draw))
      var generator = CounterBasedGenerator(seed: UInt64(draw))
      let y = try panel.values(of: "y").map { generator.uniform() < 0.1 ? .nan : $0 }
      let result = try SpatialDurbinEstimator.fit(panel.with([("y", y)]), weights: weights, specification)
      for (name, truth) in truths {
        let estimate = result.estimate(name)
        if abs(estimate.value - truth) <= 1.959963984540054 * estimate.standardError {
          covered[name, default: 0] += 1
        }
      }
    }
    for (name, count) in covered {
      // Two and a half simulation errors of 500 draws are .024.
      let share = Double(count) / Double(draws)
      print("coverage with gaps, \(errors.name), AR \(persistence): \(name) \(share)")
      #expect(share > 0.92 && share < 0.98, "\(name) \(share)")
    }
  }
}
