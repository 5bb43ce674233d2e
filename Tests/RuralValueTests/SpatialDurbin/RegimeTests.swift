import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// The panel of `Fixtures/reference/spatial-corrections` with regions, for what referees ask next.
enum RegionFixtures {
  static func table(_ name: String) throws -> Table {
    try SpatialFixtures.table("../spatial-corrections/\(name)")
  }

  static func panel() throws -> Panel {
    try Panel(try table("panel-queen.csv"), variables: ["y", "x1", "x2"])
  }

  static func regions() throws -> UnitClusters {
    try UnitClusters(table("panel-queen.csv"), panel(), column: "region", option: Setting("regimes"))
  }

  static func fit(
    _ formula: String = "y ~ x1 + x2", _ effects: SpatialDurbinSpecification.Effects = .twoways,
    _ change: (inout SpatialDurbinSpecification) throws -> Void = { _ in }
  ) throws -> SpatialDurbinResult {
    var specification = SpatialDurbinSpecification(
      formula: try FormulaSpecification(formula), effects: effects, draws: 0, isTested: false)
    try change(&specification)
    return try SpatialDurbinEstimator.fit(
      panel(), weights: WeightsReading(table("links-queen.csv")).weights, specification)
  }

  /// A file of reference numbers as nested dictionaries.
  static func numbers(_ name: String) throws -> [String: Any] {
    let text = try ProjectFiles.fixtureText("reference/spatial-corrections/\(name)")
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }
}

/// Coefficients by regime, Chow tests, ρ by regime.
@Suite struct RegimeTests {
  static let settings = ["twoways, adjusted", "twoways, direct", "unit, direct"]

  private func fit(_ setting: String) throws -> SpatialDurbinResult {
    try RegionFixtures.fit("y ~ x1 + x2", setting.hasPrefix("unit") ? .unit : .twoways) {
      $0.regimes = try RegionFixtures.regions()
      $0.correction = setting.hasSuffix("direct") ? SpatialDurbinSpecification.Correction.none : .transform
      $0.isTested = true
    }
  }

  private func reference(_ setting: String, _ part: String) throws -> [String: Any]? {
    let cases = try #require(try RegionFixtures.numbers("regimes.json")["cases"] as? [String: [String: Any]])
    return try #require(cases[setting])[part] as? [String: Any]
  }

  @Test(arguments: settings) func `coefficients by regime and Chow tests are those of regimes.json`(
    setting: String
  )
    throws
  {
    let result = try fit(setting)
    let reference = try #require(try reference(setting, "common_rho"))
    let estimates = try #require(reference["estimates"] as? [String: Double])
    let errors = try #require(reference["std_errors"] as? [String: Double])
    #expect(estimates.count == result.estimates.count)
    for (name, value) in estimates {
      expectClose(result.estimate(name).value, value, absolute: 1e-6, from: "regimes.json", name)
      expectClose(
        result.estimate(name).standardError, try #require(errors[name]), absolute: 1e-6, from: "regimes.json",
        name)
    }
    func number(_ key: String) throws -> Double { try #require(reference[key] as? Double) }
    expectClose(
      result.fit.logLikelihood, try number("log_likelihood"), absolute: 1e-7, from: "regimes.json", "l")
    for key in ["chow_wald", "chow_lr"] {
      let test = try #require(result.tests.first { $0.key == key })
      expectClose(try #require(test.statistic), try number(key), absolute: 1e-6, from: "regimes.json", key)
      #expect(test.degreesOfFreedom == 4)
    }
  }

  @Test func `rho by regime is that of regimes.json, and the test that they are one`() throws {
    let result = try fit("twoways, direct")
    let reference = try #require(try reference("twoways, direct", "rho_by_regime"))
    for (name, value) in try #require(reference["estimates"] as? [String: Double]) {
      let own = try #require(result.regimeLags.first { $0.name == name })
      // Two optimisers of the reference differ by 5e-8.
      expectClose(own.value, value, absolute: 1e-6, from: "regimes.json", name)
    }
    let test = try #require(result.tests.first { $0.key == "lr_rho_equal" })
    expectClose(
      try #require(test.statistic), try #require(reference["lr_rho_equal"] as? Double), absolute: 1e-6,
      from: "regimes.json", "LR")
    let profile = try #require(reference["std_errors_rho_profile"] as? [Double])
    for (name, error) in zip(["east:rho", "west:rho"], profile) {
      let own = try #require(result.regimeLags.first { $0.name == name }).standardError
      expectClose(own, error, absolute: 1e-4, from: "the profile's curvature in regimes.json", name)
    }
  }

  @Test func `regimes with one coefficient are the model without them`() throws {
    // Every unit's own data twice over: a panel of two copies that are not linked, each a regime, has equal coefficients.
    let weights = try TestWeights.grid(4, 5)
    let panel = try PlantedPanel(periods: 5).draw(weights, seed: 8)
    let n = weights.unitCount
    let names = (0..<(2 * n)).map { "u\($0)" }
    let double = try Panel(
      source: "twice", unitColumn: "unit", timeColumn: "year",
      unitOfRow: (0..<(2 * panel.rowCount)).map { row in
        names[panel.unitOfRow[row % panel.rowCount] + (row < panel.rowCount ? 0 : n)]
      },
      timeOfRow: (0..<(2 * panel.rowCount)).map { panel.period(ofRow: $0 % panel.rowCount) },
      variables: try panel.variableNames.map { name in
        (name, try panel.values(of: name) + panel.values(of: name))
      })
    let links =
      weights.links + weights.links.map { .init(from: $0.from + n, to: $0.to + n, weight: $0.weight) }
    let both = try SpatialWeights(units: names, links: links)
    let table = Table(
      source: "twice", columnNames: ["unit", "year", "half"],
      rows: double.unitOfRow.indices.map { row in
        [double.unit(ofRow: row), "\(double.period(ofRow: row))", double.unitOfRow[row] < n ? "a" : "b"]
      })
    var specification = try PlantedPanel().specification()
    let plain = try SpatialDurbinEstimator.fit(double, weights: both, specification)
    specification.regimes = try UnitClusters(table, double, column: "half", option: Setting("regimes"))
    specification.isTested = true
    let regimes = try SpatialDurbinEstimator.fit(double, weights: both, specification)
    for estimate in plain.estimates where estimate.name.contains("x") {
      for half in ["a", "b"] {
        expectClose(
          regimes.estimate("\(half):\(estimate.name)").value, estimate.value, absolute: 1e-9,
          from: "one regime")
      }
    }
    for key in ["chow_wald", "chow_lr", "lr_rho_equal"] {
      #expect(abs(try #require(regimes.tests.first { $0.key == key }?.statistic)) < 1e-7, "\(key)")
    }
    for (one, other) in zip(regimes.effects, plain.effects) {
      expectClose(
        one.estimate.value, other.estimate.value, absolute: 1e-9, from: "one regime", one.estimate.name)
    }
  }

  @Test func `regimes are of static models with weights that stay, and their column is looked at`() throws {
    let error = try #require(throws: SpatialDurbinError.self) {
      try RegionFixtures.fit { specification in
        specification.regimes = try RegionFixtures.regions()
        specification.dynamics = .y
      }
    }
    #expect(error.description.contains("is for static models, without"))
    let table = try RegionFixtures.table("panel-queen.csv")
    let changing = try #require(throws: UnitClusterError.self) {
      _ = try UnitClusters(table, RegionFixtures.panel(), column: "year", option: Setting("regimes"))
    }
    #expect(changing.description.hasPrefix("\(Setting("regimes")) year: "), "\(changing.description)")
  }
}

/// Effects by region, of products and squares, and predictions.
@Suite struct RegionalEffectTests {
  private func reference(_ name: String) throws -> [String: Any] {
    let cases = try #require(
      try RegionFixtures.numbers("effects-and-predictions.json")["cases"] as? [String: [String: Any]])
    return try #require(cases[name])
  }

  private func values(_ reference: [String: Any], _ key: String) throws -> [String: Double] {
    try #require(reference[key] as? [String: Double])
  }

  @Test func `effects by region are those of the reference, with their errors`() throws {
    let result = try RegionFixtures.fit { $0.regions = try RegionFixtures.regions() }
    let reference = try reference("by_region")
    let (values, errors) = (try values(reference, "values"), try values(reference, "std_errors"))
    #expect(values.count == 20)
    let regions = try #require(result.regions)
    func compare(_ name: String, _ estimate: Estimate) throws {
      expectClose(
        estimate.value, try #require(values[name]), absolute: 1e-6, from: "effects-and-predictions.json", name
      )
      expectClose(
        estimate.standardError, try #require(errors[name]), absolute: 1e-6,
        from: "effects-and-predictions.json", name)
    }
    for effect in regions.effects {
      let kind = effect.kind.rawValue.replacing("_", with: "-")
      try compare("\(effect.estimate.name) \(effect.region) \(kind)", effect.estimate)
    }
    for pair in regions.pairs {
      try compare(
        "\(pair.estimate.name) total effect on \(pair.on) of a rise in all of \(pair.from)", pair.estimate)
    }
  }

  @Test(
    arguments: [SpatialDurbinSpecification.Model.sdm, .sar, .slx, .sdem, .sac],
    [WeightsStandardisation.row, .spectral])
  func `regions weighted by their units give the whole's direct and indirect effect`(
    model: SpatialDurbinSpecification.Model, scale: WeightsStandardisation
  ) throws {
    let result = try RegionFixtures.fit {
      $0.regions = try UnitClusters(
        RegionFixtures.table("panel-queen.csv"), RegionFixtures.panel(), column: "pref",
        option: Setting("regions"))
      ($0.model, $0.standardisation) = (model, scale)
      $0.correction = SpatialDurbinSpecification.Correction.none
    }
    let regions = try #require(result.regions)
    for effect in result.effects where effect.kind != .total {
      let own = regions.effects.filter {
        $0.estimate.name == effect.estimate.name && $0.kind == (effect.kind == .direct ? .direct : .spillIn)
      }
      let units = Double(own.reduce(0) { $0 + $1.units })
      #expect(units == 30)
      let mean = own.reduce(0) { $0 + Double($1.units) * $1.estimate.value } / units
      expectClose(mean, effect.estimate.value, absolute: 1e-12, from: "the whole", effect.estimate.name)
    }
    for term in ["x1", "x2"] {
      let total = result.effects.first { $0.estimate.name == term && $0.kind == .total }!.estimate.value
      let sizes = Dictionary(regions.effects.map { ($0.region, Double($0.units)) }) { first, _ in first }
      let mean = regions.pairs.filter { $0.estimate.name == term }.reduce(0) {
        $0 + sizes[$1.on]! * $1.estimate.value
      }
      expectClose(mean / 30, total, absolute: 1e-12, from: "the rows of the table of regions")
    }
  }

  @Test(arguments: [SpatialDurbinSpecification.Model.sdm, .slx, .sdem])
  func `regions add up to the whole where WX has weights of its own`(
    model: SpatialDurbinSpecification.Model
  ) throws {
    let queen = try WeightsReading(RegionFixtures.table("links-queen.csv")).weights
    let far = try WeightsReading(RegionFixtures.table("links-inverse.csv")).weights
    var specification = SpatialDurbinSpecification(
      formula: try FormulaSpecification("y ~ x1 + x2"), model: model, draws: 0, isTested: false)
    specification.regions = try RegionFixtures.regions()
    specification.keepsPredictions = true
    let result = try SpatialDurbinEstimator.fit(
      RegionFixtures.panel(), WeightRoles(outcome: .constant(queen), regressors: .constant(far)),
      specification)
    let regions = try #require(result.regions)
    for effect in result.effects where effect.kind != .total {
      let own = regions.effects.filter {
        $0.estimate.name == effect.estimate.name && $0.kind == (effect.kind == .direct ? .direct : .spillIn)
      }
      let mean = own.reduce(0) { $0 + Double($1.units) * $1.estimate.value } / 30
      expectClose(mean, effect.estimate.value, absolute: 1e-9, from: "the whole", effect.estimate.name)
    }
    for row in try #require(result.predictions).rows {
      #expect(row.trend.isFinite && row.best.isFinite)
    }
  }

  @Test func `effects of a product are those of the reference, and the product has no effect of its own`()
    throws
  {
    let result = try RegionFixtures.fit("y ~ x1*x2")
    let reference = try reference("interaction")
    let (values, errors) = (try values(reference, "values"), try values(reference, "value_std_errors"))
    for (name, value) in values {
      let kind = try #require(EffectKind(rawValue: String(name.prefix { $0 != " " })))
      let place = name.contains("average") ? nil : Double(name.split(separator: " ").dropLast().last ?? "")
      let margin = try #require(
        result.margins.first { margin in
          margin.variable == "x1" && margin.kind == kind
            && (place == nil ? margin.moderator == nil : margin.value.map { abs($0 - place!) < 1e-9 } == true)
        }, "\(name)")
      expectClose(margin.estimate.value, value, absolute: 1e-6, from: "effects-and-predictions.json", name)
      expectClose(
        margin.estimate.standardError, try #require(errors[name]), absolute: 1e-6,
        from: "effects-and-predictions.json", name)
    }
    #expect(!result.effects.contains { $0.estimate.name == "x1:x2" })
    #expect(
      result.notes.contains { $0.english.hasPrefix("A product does not move on its own: x1:x2 has no row") })
  }

  @Test func `where an effect changes its sign it is zero`() throws {
    let changes = try RegionFixtures.fit("y ~ x1*x2").signChanges
    #expect(changes.count == 6)
    for change in changes {
      let at = try ModeratorValues("\(change.moderator)=\(change.value)")
      let margins = try RegionFixtures.fit("y ~ x1*x2") { $0.moderatorValues = [at] }.margins
      let margin = try #require(margins.first { $0.variable == change.variable && $0.kind == change.kind })
      expectClose(margin.estimate.value, 0, absolute: 1e-9, from: "a change of sign")
    }
  }

  @Test func `effects of a square are those of the reference, at the mean and over the sample`() throws {
    let reference = try reference("square")
    let (values, errors) = (try values(reference, "values"), try values(reference, "value_std_errors"))
    let whole = try RegionFixtures.fit("y ~ x1 + x2 + x1:x1")
    let mean = try RegionFixtures.fit("y ~ x1 + x2 + x1:x1") {
      $0.moderatorValues = [try ModeratorValues("x1=mean")]
    }
    for (name, value) in values {
      let kind = try #require(EffectKind(rawValue: String(name.prefix { $0 != " " })))
      let margins = name.contains("average") ? whole.margins.filter { $0.moderator == nil } : mean.margins
      let margin = try #require(margins.first { $0.kind == kind && $0.variable == "x1" })
      // One computation, says the reference's README.
      expectClose(margin.estimate.value, value, absolute: 1e-6, from: "effects-and-predictions.json", name)
      expectClose(
        margin.estimate.standardError, try #require(errors[name]), absolute: 1e-6,
        from: "effects-and-predictions.json", name)
    }
  }

  @Test func `predictions are those of the reference, and the best one that of a conditional normal`() throws
  {
    let result = try RegionFixtures.fit { $0.keepsPredictions = true }
    let predictions = try #require(result.predictions)
    let reference = try reference("predictions")
    func row(_ name: Substring, _ period: Substring) throws -> SpatialPredictions.Row {
      try #require(predictions.rows.first { $0.unit == name && $0.period == period })
    }
    let parts: [(String, KeyPath<SpatialPredictions.Row, Double>)] = [
      ("trend_TC", \.trend), ("structural_TS", \.structural), ("best_BP", \.best),
    ]
    for (key, path) in parts {
      for (name, value) in try values(reference, key) {
        let words = name.split(separator: " ")
        expectClose(
          try row(words[0], words[1])[keyPath: path], value, absolute: 1e-6,
          from: "effects-and-predictions.json", key)
      }
    }
    for (unit, value) in try values(reference, "unit_effects_sum_to_zero") {
      expectClose(try row(unit[...], "2012").unitEffect, value, absolute: 1e-6, from: "the reference", unit)
    }
    for (period, value) in try values(reference, "period_effects_with_constant") {
      expectClose(
        try row("430101", period[...]).periodEffect, value, absolute: 1e-6, from: "the reference", period)
    }
    let errors = try values(reference, "rmse")
    for (key, name) in [("trend", "TC"), ("structural", "TS"), ("best", "BP")] {
      let own = try #require(predictions.accuracy.first { $0.key == key })
      expectClose(own.rootMeanSquare, try #require(errors[name]), absolute: 1e-6, from: "the reference", key)
    }
  }

  @Test func `a later period with regressors alone is predicted with the last period's effect`() throws {
    let panel = try RegionFixtures.panel()
    let last = panel.rows(ofPeriod: panel.periods.count - 1)
    let (x1, x2, y) = (try panel.values(of: "x1"), try panel.values(of: "x2"), try panel.values(of: "y"))
    let longer = try Panel(
      source: "longer", unitColumn: "code", timeColumn: "year",
      unitOfRow: (0..<panel.rowCount).map(panel.unit(ofRow:)) + last.map(panel.unit(ofRow:)),
      timeOfRow: (0..<panel.rowCount).map(panel.period(ofRow:)) + last.map { _ in 2020 },
      variables: [
        ("y", y + last.map { _ in .nan }), ("x1", x1 + last.map { x1[$0] + 0.1 }),
        ("x2", x2 + last.map { x2[$0] }),
      ])
    var specification = SpatialDurbinSpecification(
      formula: try FormulaSpecification("y ~ x1 + x2"), draws: 0, isTested: false)
    specification.keepsPredictions = true
    let result = try SpatialDurbinEstimator.fit(
      longer, weights: WeightsReading(RegionFixtures.table("links-queen.csv")).weights, specification)
    let predictions = try #require(result.predictions)
    #expect(predictions.lastPeriod == "2019" && result.sample.observations == 240)
    let reference = try reference("predictions")
    for (unit, value) in try values(reference, "next_period_x1_plus_0_1_and_last_period_effect") {
      let row = try #require(predictions.rows.first { $0.unit == unit && $0.period == "2020" })
      expectClose(row.trend, value, absolute: 1e-6, from: "effects-and-predictions.json", unit)
      #expect(row.outcome.isNaN && row.best.isNaN)
    }
  }

  @Test(
    arguments: [SpatialDurbinSpecification.Model.sar, .sem, .sac], [WeightsStandardisation.row, .spectral])
  func `the best prediction is the mean given all others of a normal written down`(
    model: SpatialDurbinSpecification.Model, scale: WeightsStandardisation
  ) throws {
    let result = try RegionFixtures.fit("y ~ x1 + x2", .twoways) {
      ($0.model, $0.standardisation, $0.keepsPredictions) = (model, scale, true)
      $0.correction = SpatialDurbinSpecification.Correction.none
    }
    let rows = try #require(result.predictions).rows.filter { $0.period == "2015" }
    let weights = try WeightsReading(RegionFixtures.table("links-queen.csv")).weights
      .aligned(to: rows.map(\.unit), of: "the panel").0.withoutSelf.standardised(scale).sparseMatrix.dense
    func filter(_ name: String, _ has: Bool) -> Matrix {
      Matrix.identity(30) - (has ? result.estimate(name).value : 0) * weights
    }
    let variance = try LU((filter("lambda", model.hasError) * filter("rho", model.hasLag)).crossProduct)
      .inverse
    for unit in [0, 7, 29] {
      let others = (0..<30).filter { $0 != unit }
      let inner = variance.selectingRows(others).selectingColumns(others)
      let gaps = others.map { rows[$0].outcome - rows[$0].trend }
      let own = try others.map { variance[unit, $0] }.innerProduct(with: LU(inner).solve(gaps))
      expectClose(rows[unit].best, rows[unit].trend + own, absolute: 1e-9, from: "the conditional normal")
    }
    // A direct estimate's residuals have means of zero over units where the filter leaves periods what they are.
    for unit in rows.map(\.unit) {
      let own = try #require(result.predictions).rows.filter { $0.unit == unit }.map(\.residual)
      expectClose(own.mean, 0, absolute: 1e-9, from: "effects of units")
    }
  }
}
