import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Estimates of planted parameters, and models that other tests do not reach.
@Suite struct SpatialTruthTests {
  /// The 121 county units of Hunan.
  private func hunan() throws -> SpatialWeights {
    let lines = try ProjectFiles.fixtureText("data/hunan/queen.csv").split(separator: "\n").map {
      $0.split(separator: ",").map(String.init)
    }
    let table = Table(source: "queen.csv", columnNames: lines[0], rows: Array(lines.dropFirst()))
    return try WeightsReading(table).weights.standardised(.row)
  }

  @Test func `Hunan's 121 counties give back planted parameters`() throws {
    let weights = try hunan()
    #expect(weights.unitCount == 121)
    let planted = PlantedPanel(sigma: 0.5)
    let result = try SpatialDurbinEstimator.fit(
      planted.draw(weights, seed: 21), weights: weights, planted.specification())
    let truth = ["x1": 1, "x2": -0.5, "W*x1": 0.5, "W*x2": 0.25, "rho": 0.4, "sigma2": 0.25]
    for (term, value) in truth {
      let estimate = result.estimate(term)
      expectClose(
        estimate.value, value, absolute: 4 * estimate.standardError, from: "the planted value", term)
    }
  }

  @Test func `five hundred units and more give back planted parameters by the sparse path`() throws {
    let weights = try TestWeights.grid(21, 25)
    let planted = PlantedPanel(rho: 0.6, periods: 4)
    var specification = try planted.specification()
    let panel = try planted.draw(weights, seed: 8)
    let observed = try SpatialDurbinEstimator.fit(panel, weights: weights, specification)
    #expect(observed.specification.standardError == .observed)
    for (term, value) in ["x1": 1, "x2": -0.5, "W*x1": 0.5, "W*x2": 0.25, "rho": 0.6, "sigma2": 1] {
      let estimate = observed.estimate(term)
      expectClose(
        estimate.value, value, absolute: 4 * estimate.standardError, from: "the planted value", term)
    }
    #expect(observed.fit.score < 1e-10)
    specification.standardError = .information
    let expected = try SpatialDurbinEstimator.fit(panel, weights: weights, specification)
    for (one, other) in zip(observed.estimates, expected.estimates) {
      expectClose(
        one.standardError, other.standardError, relative: 0.05, from: "expected information", one.name)
    }
  }

  @Test func `asymmetric weights give back planted parameters`() throws {
    let weights = try TestWeights.ring(150)
    let planted = PlantedPanel(rho: -0.3)
    let result = try SpatialDurbinEstimator.fit(
      planted.draw(weights, seed: 13), weights: weights, planted.specification())
    for (term, value) in ["x1": 1.0, "x2": -0.5, "W*x1": 0.5, "rho": -0.3] {
      let estimate = result.estimate(term)
      expectClose(
        estimate.value, value, absolute: 4 * estimate.standardError, from: "the planted value", term)
    }
  }

  @Test func `an error process and a lag are told apart`() throws {
    let weights = try TestWeights.grid(11, 12)
    let planted = PlantedPanel(rho: 0.3, lambda: 0.5, theta: [0, 0], periods: 8)
    let result = try SpatialDurbinEstimator.fit(
      planted.draw(weights, seed: 17), weights: weights, planted.specification(.sac))
    for (term, value) in ["x1": 1.0, "x2": -0.5, "rho": 0.3, "lambda": 0.5] {
      let estimate = result.estimate(term)
      expectClose(
        estimate.value, value, absolute: 4 * estimate.standardError, from: "the planted value", term)
    }
  }

  /// The cigarette panel's likelihood with both processes and WX has two maxima, 1696.560 and 1695.221 (numpy,
  /// Nelder–Mead from four starts); methods/spatial-durbin.md gives those of the lag of demeaned data.
  @Test func `the higher of two maxima is found`() throws {
    var specification = try SpatialFixtures.specification(
      .sac, .twoways, SpatialDurbinSpecification.Correction.none)
    specification.durbin = ["logp", "logy"]
    let result = try SpatialDurbinEstimator.fit(
      SpatialFixtures.cigarettes(), weights: SpatialFixtures.states(), specification)
    expectClose(result.fit.logLikelihood, 1696.5600567029892, relative: 1e-10, from: "numpy")
    #expect(result.fit.maxima == 2)
  }

  @Test func `Driscoll and Kraay's errors agree with an independent computation`() throws {
    // numpy, from the formula in SpatialCovariance: two-way SDM, transformed, three lags.
    let reference = [
      0.10738876296917216, 0.12499400285827342, 0.16826125011796303, 0.07418083442099456,
      0.029892884559082566,
      0.0010359604746007737,
    ]
    var specification = try SpatialFixtures.specification(.sdm, .twoways)
    specification.standardError = .driscollKraay
    let result = try SpatialDurbinEstimator.fit(
      SpatialFixtures.cigarettes(), weights: SpatialFixtures.states(), specification)
    for (estimate, value) in zip(result.estimates, reference) {
      expectClose(estimate.standardError, value, relative: 1e-7, from: "numpy", estimate.name)
    }
  }

  @Test func `long-run effects are those of the settled system`() throws {
    var specification = try SpatialFixtures.specification(.sdm, .twoways)
    specification.dynamics = .both
    let result = try SpatialDurbinEstimator.fit(
      SpatialFixtures.cigarettes(), weights: SpatialFixtures.states(), specification)
    let tau = result.estimate("lag(logc, 1)").value
    let eta = result.estimate("W*lag(logc, 1)").value
    let rho = result.estimate("rho").value
    for (position, term) in ["logp", "logy"].enumerated() {
      let sum = result.estimate(term).value + result.estimate("W*\(term)").value
      expectClose(
        result.effects(.total, .short)[position].estimate.value, sum / (1 - rho), relative: 1e-12,
        from: "(b + θ)/(1 − ρ)")
      expectClose(
        result.effects(.total, .long)[position].estimate.value, sum / (1 - tau - rho - eta),
        relative: 1e-10,
        from: "(b + θ)/(1 − τ − ρ − η)")
    }
    #expect(try #require(result.fit.largestRoot) < 1)
  }

  @Test func `an unstable dynamic model has no long run, and says so`() throws {
    var specification = try SpatialFixtures.specification(.sdm, .unit)
    specification.dynamics = .both
    let result = try SpatialDurbinEstimator.fit(
      SpatialFixtures.cigarettes(), weights: SpatialFixtures.states(), specification)
    #expect(result.effects(.total, .long).isEmpty)
    #expect(try #require(result.fit.largestRoot) > 1)
    #expect(result.notes.contains { $0.english.hasPrefix("The model is not stable") })
  }

  @Test func `the dynamic correction without eigenvalues is that with them`() throws {
    let weights = try TestWeights.grid(23, 23)
    let planted = PlantedPanel(rho: 0.3, periods: 6)
    var specification = try planted.specification()
    specification.dynamics = .both
    let sample = try SpatialSample(planted.draw(weights, seed: 3), specification)
    let large = try SpatialSystem([weights], matrixOfPeriod: sample.periods.map { _ in 0 })
    #expect(large.isLarge)
    specification.correction = .transform
    let estimation = try SpatialEstimation(sample, large, specification)
    let corrected = try estimation.oneStepFit(.oneStepForManyUnits)
    let raw = try estimation.fit(scope: .periods)
    // The same sums over all eigenvalues, one by one.
    let similarity = try #require(SymmetricSimilarity(weights.sparseMatrix))
    let sums = try DynamicBiasCorrection.sums(
      raw, tau: raw.coefficients[0], eta: raw.coefficients[1],
      eigenvalues: SpatialTruthTests.eigenvalues(similarity))
    let traces = try DynamicBiasCorrection.sums(
      raw, tau: raw.coefficients[0], eta: raw.coefficients[1], eigenvalues: nil)
    for (one, other) in zip(sums.all, traces.all) {
      expectClose(one, other, relative: 1e-8, from: "eigenvalues")
    }
    #expect(corrected.coefficients[0] > raw.coefficients[0])
    // With all eigenvalues the scores are solved, near where the step of order 1/T leads.
    let solved = try estimation.correctedFit()
    #expect(solved.correction == .solved)
    #expect(abs(solved.coefficients[0] - corrected.coefficients[0]) < 0.02)
  }
}

extension SpatialTruthTests {
  private static func eigenvalues(_ similarity: SymmetricSimilarity) throws -> [Double] {
    try SymmetricEigen.values(of: similarity.matrix.dense)
  }
}
