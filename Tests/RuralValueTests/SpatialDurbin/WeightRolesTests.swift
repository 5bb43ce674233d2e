import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Weights of their own for WX and for Wu, against columns made by hand and against dense matrices.
@Suite struct WeightRolesTests {
  private static let grid = (rows: 3, columns: 4)

  private func weights(hasIsland: Bool = false) throws -> SpatialWeights {
    let grid = try TestWeights.grid(Self.grid.rows, Self.grid.columns)
    guard hasIsland else { return grid }
    return try SpatialWeights(
      units: grid.units,
      links: grid.links.filter { $0.from != 5 && $0.to != 5 }.map {
        .init(from: $0.from, to: $0.to, weight: 0.3)
      })
  }

  private func others() throws -> SpatialWeights { try TestWeights.ring(12, ahead: [1, 4]) }

  private func panel(periods: Int = 6, seed: UInt64 = 4) throws -> Panel {
    try PlantedPanel(rho: 0.3, theta: [0.5, 0.25], periods: periods).draw(weights(), seed: seed)
  }

  /// The panel with W₂x1 and W₂x2 among its columns.
  private func widened(_ panel: Panel, by other: SpatialWeights) throws -> Panel {
    let aligned = try other.aligned(to: panel.units, of: "panel").0
    let n = panel.units.count
    func lagged(_ name: String) throws -> [Double] {
      let values = try panel.values(of: name)
      var result = values
      for period in panel.periods.indices {
        let rows = panel.rows(ofPeriod: period)
        for (place, value) in zip(rows, aligned.spatialLag(rows.map { values[$0] })) { result[place] = value }
      }
      precondition(values.count == n * panel.periods.count)
      return result
    }
    return try Panel(
      source: "widened", unitColumn: "unit", timeColumn: "year",
      unitOfRow: panel.unitOfRow.map { panel.units[$0] },
      timeOfRow: panel.periodOfRow.map { panel.periods[$0] }, lines: Array(2..<(panel.rowCount + 2)),
      variables: try ["y", "x1", "x2"].map { ($0, try panel.values(of: $0)) } + [
        ("w1", try lagged("x1")), ("w2", try lagged("x2")),
      ])
  }

  /// How a fit is made.
  struct Setting: Sendable, CustomTestStringConvertible {
    let model: SpatialDurbinSpecification.Model
    let effects: SpatialDurbinSpecification.Effects
    let errors: SpatialDurbinSpecification.StandardError
    let hasIsland: Bool
    var testDescription: String { "\(model) \(effects) \(errors.text)\(hasIsland ? " island" : "")" }
  }

  static let settings: [Setting] = {
    var settings: [Setting] = []
    let models: [SpatialDurbinSpecification.Model] = [.sdm, .sdem, .slx]
    let effects: [SpatialDurbinSpecification.Effects] = [.unit, .twoways, .time, .none, .random]
    let rules: [SpatialDurbinSpecification.StandardError] = [
      .information, .observed, .cluster, .driscollKraay,
    ]
    for model in models {
      for effect in effects {
        for rule in rules where effect != .random || rule == .information || rule == .observed {
          for hasIsland in [false, true] {
            settings.append(Setting(model: model, effects: effect, errors: rule, hasIsland: hasIsland))
          }
        }
      }
    }
    return settings
  }()

  @Test(arguments: settings)
  func `estimates and errors are those of a model with the lag of X as a column`(setting: Setting) throws {
    let (panel, own, other) = (try panel(), try weights(hasIsland: setting.hasIsland), try others())
    var specification = try PlantedPanel().specification(setting.model, setting.effects)
    specification.standardError = setting.errors
    let found = try SpatialDurbinEstimator.fit(
      panel, WeightRoles(outcome: .constant(own), regressors: .constant(other)), specification)
    specification.model = setting.model == .sdm ? .sar : setting.model == .sdem ? .sem : .slx
    specification.durbin = []
    specification.formula = try FormulaSpecification("y ~ x1 + x2 + w1 + w2")
    let known = try SpatialDurbinEstimator.fit(widened(panel, by: other), weights: own, specification)
    #expect(found.estimates.count == known.estimates.count)
    for (a, b) in zip(found.estimates, known.estimates) {
      expectClose(a.value, b.value, relative: 1e-9, absolute: 1e-10, from: "the column by hand", a.name)
      expectClose(
        a.standardError, b.standardError, relative: 1e-8, from: "the column by hand", "se \(a.name)")
    }
    expectClose(found.fit.logLikelihood, known.fit.logLikelihood, absolute: 1e-9, from: "the column by hand")
  }

  @Test(arguments: [false, true], [WeightsStandardisation.row, .spectral])
  func `effects are those of dense matrices, and their errors those of differences`(
    hasIsland: Bool, standardisation: WeightsStandardisation
  ) throws {
    let (panel, own, other) = (try panel(), try weights(hasIsland: hasIsland), try others())
    var specification = try PlantedPanel().specification(.sdm)
    specification.standardisation = standardisation
    let result = try SpatialDurbinEstimator.fit(
      panel, WeightRoles(outcome: .constant(own), regressors: .constant(other)), specification)
    let dense = try [own, other].map {
      try $0.aligned(to: panel.units, of: "panel").0.standardised(standardisation).sparseMatrix.dense
    }
    let n = Double(panel.units.count)
    let names = result.estimates.map(\.name)
    for term in ["x1", "x2"] {
      let places = try [term, "W*\(term)", "rho"].map { try #require(names.firstIndex(of: $0)) }
      func effects(_ values: [Double]) throws -> [Double] {
        var filter = values[places[2]] * -1 * dense[0]
        for i in 0..<filter.rowCount { filter[i, i] += 1 }
        var change = values[places[1]] * dense[1]
        for i in 0..<change.rowCount { change[i, i] += values[places[0]] }
        let s = try LU(filter).solve(change)
        let (direct, total) = (s.diagonal.reduce(0, +) / n, s.elements.reduce(0, +) / n)
        return [direct, total - direct, total]
      }
      let values = result.estimates.map(\.value)
      let expected = try effects(values)
      var gradients = [[Double]](repeating: [Double](repeating: 0, count: values.count), count: 3)
      for place in places {
        let h = 1e-4
        func moved(_ steps: Double) throws -> [Double] {
          var moved = values
          moved[place] += steps * h
          return try effects(moved)
        }
        let near = try moved(1).minus(try moved(-1))
        let far = try moved(2).minus(try moved(-2))
        for kind in 0..<3 { gradients[kind][place] = (8 * near[kind] - far[kind]) / (12 * h) }
      }
      let covariance = Matrix(rows: result.covariance)
      for (kind, label) in EffectKind.allCases.enumerated() {
        let effect = try #require(result.effects.first { $0.estimate.name == term && $0.kind == label })
        expectClose(
          effect.estimate.value, expected[kind], relative: 1e-9, absolute: 1e-10, from: "dense matrices",
          "\(term) \(label)")
        expectClose(
          effect.estimate.standardError, covariance.quadraticForm(gradients[kind]).squareRoot(),
          relative: 1e-6,
          from: "differences", "se \(term) \(label)")
      }
    }
  }

  @Test func `long-run effects of a dynamic model are those of dense matrices`() throws {
    let planted = PlantedPanel(rho: 0.2, periods: 8, lags: (0.3, 0.1))
    let (own, other) = (try weights(), try others())
    let panel = try planted.draw(own, seed: 9)
    var specification = try planted.specification(.sdm)
    specification.dynamics = .both
    let result = try SpatialDurbinEstimator.fit(
      panel, WeightRoles(outcome: .constant(own), regressors: .constant(other)), specification)
    let dense = try [own, other].map { try $0.aligned(to: panel.units, of: "panel").0.sparseMatrix.dense }
    func value(_ name: String) throws -> Double {
      try #require(result.estimates.first { $0.name == name }).value
    }
    var filter = -(try value("rho") + (try value("W*lag(y, 1)"))) * dense[0]
    for i in 0..<filter.rowCount { filter[i, i] += 1 - (try value("lag(y, 1)")) }
    var change = (try value("W*x1")) * dense[1]
    for i in 0..<change.rowCount { change[i, i] += try value("x1") }
    let s = try LU(filter).solve(change)
    let n = Double(panel.units.count)
    for (kind, expected) in [
      (EffectKind.direct, s.diagonal.reduce(0, +) / n), (.total, s.elements.reduce(0, +) / n),
    ] {
      let effect = try #require(
        result.effects.first { $0.estimate.name == "x1" && $0.kind == kind && $0.horizon == .long })
      expectClose(effect.estimate.value, expected, relative: 1e-9, from: "dense matrices", "\(kind)")
    }
  }

  @Test func `simulated effects agree with the delta method`() throws {
    var specification = try PlantedPanel().specification(.sdm)
    specification.draws = 4000
    let result = try SpatialDurbinEstimator.fit(
      panel(periods: 160), WeightRoles(outcome: .constant(weights()), regressors: .constant(others())),
      specification)
    for effect in result.effects {
      let simulated = try #require(effect.simulated)
      expectClose(
        simulated.standardError, effect.estimate.standardError, relative: 0.08, from: "the delta method")
      expectClose(
        simulated.mean, effect.estimate.value, absolute: 0.08 * effect.estimate.standardError,
        from: "the estimate")
    }
  }

  @Test func `weights of a year each serve WX, and effects are means over the years`() throws {
    let (panel, own, other) = (try panel(), try weights(), try others())
    let second = try TestWeights.ring(12, ahead: [2])
    var byYear: [Int: SpatialWeights] = [:]
    for (place, year) in panel.periods.enumerated() { byYear[year] = place < 2 ? other : second }
    let result = try SpatialDurbinEstimator.fit(
      panel, WeightRoles(outcome: .constant(own), regressors: .byPeriod(byYear)),
      PlantedPanel().specification(.sdm))
    let filter = try own.aligned(to: panel.units, of: "panel").0.sparseMatrix.dense
    let rho = try #require(result.estimates.first { $0.name == "rho" }).value
    let b = try #require(result.estimates.first { $0.name == "x1" }).value
    let theta = try #require(result.estimates.first { $0.name == "W*x1" }).value
    var a = -rho * filter
    for i in 0..<a.rowCount { a[i, i] += 1 }
    var expected = 0.0
    for year in panel.periods {
      var change = theta * (try byYear[year]!.aligned(to: panel.units, of: "panel").0.sparseMatrix.dense)
      for i in 0..<change.rowCount { change[i, i] += b }
      expected += try LU(a).solve(change).diagonal.reduce(0, +) / Double(panel.rowCount)
    }
    let effect = try #require(result.effects.first { $0.estimate.name == "x1" && $0.kind == .direct })
    expectClose(effect.estimate.value, expected, relative: 1e-9, from: "dense matrices")
  }

  @Test func `the same weights twice are one`() throws {
    let (panel, own) = (try panel(), try weights())
    var specification = try PlantedPanel().specification(.sdm)
    specification.isTested = true
    specification.draws = 100
    let once = try SpatialDurbinEstimator.fit(panel, weights: own, specification)
    let twice = try SpatialDurbinEstimator.fit(
      panel, WeightRoles(outcome: .constant(own), regressors: .constant(own)), specification)
    #expect(once.estimates == twice.estimates)
    #expect(once.effects == twice.effects)
    #expect(once.tests == twice.tests)
  }

  @Test func `an SEM lives on the weights of its errors alone`() throws {
    let (panel, own, other) = (try panel(), try weights(), try others())
    let specification = try PlantedPanel().specification(.sem)
    let found = try SpatialDurbinEstimator.fit(
      panel, WeightRoles(outcome: .constant(own), errors: .constant(other)), specification)
    let known = try SpatialDurbinEstimator.fit(panel, weights: other, specification)
    #expect(found.estimates == known.estimates)
    #expect(found.fit.logLikelihood == known.fit.logLikelihood)
    #expect(found.fit.weightsFingerprint != known.fit.weightsFingerprint)
    #expect(found.fit.errorWeightsFingerprint == known.fit.weightsFingerprint)
  }

  @Test func `an SDEM's regressors have the first weights and its errors the others`() throws {
    let (panel, own, other) = (try panel(), try weights(), try others())
    var specification = try PlantedPanel().specification(.sdem)
    specification.isTested = true
    let found = try SpatialDurbinEstimator.fit(
      panel, WeightRoles(outcome: .constant(own), errors: .constant(other)), specification)
    specification.model = .sem
    specification.durbin = []
    specification.formula = try FormulaSpecification("y ~ x1 + x2 + w1 + w2")
    let known = try SpatialDurbinEstimator.fit(widened(panel, by: own), weights: other, specification)
    for (a, b) in zip(found.estimates, known.estimates) {
      expectClose(a.value, b.value, relative: 1e-9, from: "the column by hand", a.name)
      expectClose(
        a.standardError, b.standardError, relative: 1e-8, from: "the column by hand", "se \(a.name)")
    }
    // The total effect of a unit rise everywhere is b and the mean row sum of W₁ times θ.
    let total = try #require(found.effects.first { $0.kind == .total && $0.estimate.name == "x1" })
    expectClose(
      total.estimate.value,
      found.estimates.filter { ["x1", "W*x1"].contains($0.name) }.map(\.value).reduce(0, +), relative: 1e-12,
      from: "b + θ")
    #expect(found.tests.first { $0.key == "lm_lag" }?.statistic == nil)
  }

  @Test func `Wy, WX and Wu each with their own weights are an SAC with the lag of X as a column`() throws {
    let (panel, own, other) = (try panel(periods: 12), try weights(), try others())
    let third = try TestWeights.ring(12, ahead: [3])
    var specification = try PlantedPanel().specification(.sac)
    specification.durbin = ["x1", "x2"]
    let found = try SpatialDurbinEstimator.fit(
      panel, WeightRoles(outcome: .constant(own), regressors: .constant(other), errors: .constant(third)),
      specification)
    specification.durbin = []
    specification.formula = try FormulaSpecification("y ~ x1 + x2 + w1 + w2")
    let known = try SpatialDurbinEstimator.fit(
      widened(panel, by: other), WeightRoles(outcome: .constant(own), errors: .constant(third)), specification
    )
    for (a, b) in zip(found.estimates, known.estimates) {
      expectClose(a.value, b.value, relative: 1e-7, absolute: 1e-8, from: "the column by hand", a.name)
      expectClose(
        a.standardError, b.standardError, relative: 1e-6, from: "the column by hand", "se \(a.name)")
    }
  }

  @Test func `with other weights of WX no SEM is nested, and the test says so`() throws {
    var specification = try PlantedPanel().specification(.sdm)
    specification.isTested = true
    let result = try SpatialDurbinEstimator.fit(
      panel(), WeightRoles(outcome: .constant(weights()), regressors: .constant(others())), specification)
    #expect(result.tests.first { $0.key == "lr_sem" }?.statistic == nil)
    #expect(result.tests.first { $0.key == "wald_sem" }?.statistic == nil)
    #expect(result.tests.first { $0.key == "lr_sar" }?.statistic != nil)
  }

  @Test func `weights for a lag that the model lacks are refused`() throws {
    let (panel, own, other) = (try panel(), try weights(), try others())
    func attempt(_ model: SpatialDurbinSpecification.Model, _ roles: WeightRoles) -> String {
      do {
        _ = try SpatialDurbinEstimator.fit(panel, roles, PlantedPanel().specification(model))
        return ""
      } catch { return "\(error)" }
    }
    let regressors = WeightRoles(outcome: .constant(own), regressors: .constant(other))
    #expect(attempt(.sar, regressors).contains("this SAR does not have"))
    #expect(attempt(.sem, regressors).contains("this SEM does not have"))
    let errors = WeightRoles(outcome: .constant(own), errors: .constant(other))
    #expect(attempt(.sdm, errors).contains("SDM does not have"))
    #expect(attempt(.slx, errors).contains("SLX does not have"))
  }
}
