import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Every model, kind of effects and scale of weights, with an island and without, with weights that change over time and
/// without, against the likelihood that is written down with explicit dummies and NT × NT matrices.
@Suite struct ExplicitDummyTests {
  /// One combination.
  struct Setting: Sendable, CustomTestStringConvertible {
    let model: SpatialDurbinSpecification.Model
    let effects: SpatialDurbinSpecification.Effects
    let standardisation: WeightsStandardisation
    let hasIsland: Bool
    let isChanging: Bool

    var testDescription: String {
      "\(model) \(effects) \(standardisation)\(hasIsland ? " island" : "")\(isChanging ? " changing" : "")"
    }
    var isOffered: Bool { !(model == .sac && isChanging) }
  }

  static let settings: [Setting] = SpatialDurbinSpecification.Model.allCases.flatMap { model in
    [SpatialDurbinSpecification.Effects.unit, .time, .twoways, .none].flatMap { effects in
      [WeightsStandardisation.row, .spectral, .minmax, .none].flatMap { scale in
        [false, true].flatMap { island in
          [false, true].map {
            Setting(
              model: model, effects: effects, standardisation: scale, hasIsland: island, isChanging: $0)
          }
        }
      }
    }
  }.filter(\.isOffered)

  private static let (rows, columns, periods) = (3, 4, 5)

  /// A grid, of which a unit may lose its links and others gain some in later years.
  private func weights(_ setting: Setting, year: Int) throws -> SpatialWeights {
    let grid = try TestWeights.grid(Self.rows, Self.columns)
    var links = grid.links.filter { !(setting.hasIsland && ($0.from == 5 || $0.to == 5)) }
      .map { SpatialWeights.Link(from: $0.from, to: $0.to, weight: 0.25) }
    if setting.isChanging {
      let far = (year % 3, 8 + year % 4)
      links += [.init(from: far.0, to: far.1, weight: 0.5), .init(from: far.1, to: far.0, weight: 0.5)]
    }
    return try SpatialWeights(units: grid.units, links: links)
  }

  func fit(
    _ setting: Setting, _ correction: SpatialDurbinSpecification.Correction?, missing: [Int] = []
  ) throws -> (SpatialDurbinResult, ExplicitModel) {
    let planted = PlantedPanel(
      rho: setting.model.hasLag ? 0.3 : 0, lambda: setting.model.hasError ? 0.4 : 0,
      theta: setting.model.hasDurbinTerms ? [0.5, 0.25] : [0, 0], periods: Self.periods)
    let whole = try planted.draw(TestWeights.grid(Self.rows, Self.columns), seed: 21)
    var outcome = try whole.values(of: "y")
    // Places are period by period, rows unit by unit.
    let size = whole.units.count
    for place in missing { outcome[place % size * Self.periods + place / size] = .nan }
    let panel = whole.with([("y", outcome)])
    var specification = try planted.specification(setting.model, setting.effects)
    specification.correction = correction
    specification.standardError = .observed
    specification.standardisation = setting.standardisation
    var byYear: [Int: SpatialWeights] = [:]
    for year in panel.periods { byYear[year] = try weights(setting, year: year) }
    let result =
      setting.isChanging
      ? try SpatialDurbinEstimator.fit(panel, weightsByPeriod: byYear, specification)
      : try SpatialDurbinEstimator.fit(panel, weights: byYear[panel.periods[0]]!, specification)
    let matrices = panel.periods.map { year in
      byYear[setting.isChanging ? year : panel.periods[0]]!.standardised(setting.standardisation).sparseMatrix
        .dense
    }
    return (result, try ExplicitModel(setting, whole, matrices))
  }

  @Test(arguments: settings) func `a direct estimate maximises the likelihood with dummies`(setting: Setting)
    throws
  {
    let (result, model) = try fit(setting, .some(.none))
    let point = model.point(result)
    let explicit = try model.direct(point)
    expectClose(result.fit.logLikelihood, explicit.logLikelihood, absolute: 1e-7, from: "dummies", "loglik")
    for (place, value) in explicit.coefficients.prefix(model.termCount).enumerated() {
      expectClose(
        result.estimates[place].value, value, absolute: 1e-7, from: "dummies", result.estimates[place].name)
    }
    for (place, value) in point.enumerated() where setting.model.hasLag || setting.model.hasError {
      guard place == 0 ? setting.model.hasLag : setting.model.hasError else { continue }
      var (low, high) = (point, point)
      low[place] = value - 1e-4
      high[place] = value + 1e-4
      let (below, above) = (try model.direct(low).logLikelihood, try model.direct(high).logLikelihood)
      let twice = zip(point, zip(low, high)).map { (2 * $1.0 - $0, 2 * $1.1 - $0) }
      let outer = try model.direct(twice.map(\.1)).logLikelihood - model.direct(twice.map(\.0)).logLikelihood
      // The curvature is about a hundred: a shift of the estimate by 1e-7 would show.
      expectClose((8 * (above - below) - outer) / 1.2e-3, 0, absolute: 2e-5, from: "the slope at a maximum")
      #expect(above < explicit.logLikelihood && below < explicit.logLikelihood)
    }
  }

  @Test(arguments: settings.filter { $0.effects != .none })
  func `a corrected estimate solves the scores of the contrasts that no dummy enters`(setting: Setting) throws
  {
    let (result, model) = try fit(setting, .transform)
    guard result.cautions.isEmpty else {
      // Two processes of twelve units, one of them an island: there is no root, and the estimate says that it is direct.
      let direct = try fit(setting, .some(.none)).0
      #expect(setting.model == .sac && result.cautions[0].english.contains("have no root inside the bounds"))
      #expect(zip(result.estimates, direct.estimates).allSatisfy { $0.value == $1.value })
      return
    }
    let point = model.point(result)
    let contrasts = try model.contrasts(point)
    for (place, value) in contrasts.coefficients.enumerated() {
      expectClose(
        result.estimates[place].value, value, absolute: 1e-7, from: "contrasts", result.estimates[place].name)
    }
    expectClose(
      result.estimate("sigma2").value, contrasts.variance, absolute: 1e-7, from: "contrasts", "sigma2")
    if setting.model.hasLag {
      expectClose(try model.lagScore(point, contrasts), 0, absolute: 1e-6, from: "a score of mean zero")
    } else {
      expectClose(
        result.fit.logLikelihood, contrasts.logLikelihood, absolute: 1e-7, from: "NT × NT contrasts", "loglik"
      )
    }
    if setting.model.hasError {
      let (low, high) = ([point[0], point[1] - 1e-4], [point[0], point[1] + 1e-4])
      let slope = (try model.contrasts(high).logLikelihood - model.contrasts(low).logLikelihood) / 2e-4
      expectClose(slope, 0, absolute: 2e-5, from: "the slope of the contrasts' density")
    }
  }
}
