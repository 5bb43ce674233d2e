import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Facts that simulated panels must show: known biases, levels of tests, and power that rises with the effect.
///
/// With RURALVALUE_SLOW_TESTS=1. Bands are three Monte Carlo standard errors.
@Suite(.tags(.monteCarlo), .enabled(if: ProcessInfo.processInfo.environment["RURALVALUE_SLOW_TESTS"] == "1"))
struct MonteCarloFactTests {
  private func dynamic(
    _ replications: Int, effect: Double = 0.2,
    _ change: (inout DynamicPanelSimulationSpecification) -> Void = { _ in },
    estimator: (inout DynamicPanelSpecification) -> Void = { _ in }
  ) throws -> MonteCarloResult {
    let design = SimulationDesign(
      units: (1...121).map { "u\($0)" }, periods: 2012...2022, outcome: "V",
      coefficients: [TermCoefficient("P", effect), TermCoefficient("C", 0)], seed: 1)
    var simulation = DynamicPanelSimulationSpecification(design, lag: 0.3)
    change(&simulation)
    var specification = DynamicPanelSpecification(try simulation.formula)
    estimator(&specification)
    return try MonteCarlo.run(
      replications: replications, DynamicPanelTrial(simulation, estimator: specification).draw)
  }

  @Test func `Windmeijer's interval covers, a true zero is rejected at its level, Hansen keeps its own`()
    throws
  {
    let result = try dynamic(1000) { $0.design.heteroskedasticity = 0.3 }
    for name in ["lag(V, 1)", "P", "C"] {
      let term = try #require(result.term(name))
      expectClose(term.coverage, 0.95, absolute: 0.0207, from: "the interval's level", name)
      expectClose(term.bias, 0, absolute: 0.15 * term.deviation, from: "no bias to speak of", name)
      expectClose(term.meanStandardError, term.deviation, relative: 0.07, from: "the spread", name)
    }
    expectClose(
      try #require(result.term("C")).rejectionRate(level: 0.05), 0.05, absolute: 0.0207, from: "the level")
    expectClose(
      try #require(result.test("hansen")).rejectionRate(level: 0.05), 0.05, absolute: 0.0207,
      from: "the level")
    expectClose(
      try #require(result.test("ar2")).rejectionRate(level: 0.05), 0.05, absolute: 0.0207, from: "the level")
    expectClose(try #require(result.test("ar1")).rejectionRate(level: 0.05), 1, absolute: 0, from: "MA(1)")
  }

  @Test func `power rises with the effect, and is that of the normal approximation`() throws {
    var rates: [Double] = []
    // The largest is four standard errors of the default's estimate, which are those of a predetermined regressor.
    for effect in [0.0, 0.06, 0.12, 0.24] {
      let term = try #require(try dynamic(300, effect: effect).term("P"))
      let rate = term.rejectionRate(level: 0.05)
      let shift = effect / term.deviation
      let normal = Normal.upper(1.959963984540054 - shift) + Normal.upper(1.959963984540054 + shift)
      expectClose(rate, normal, absolute: 3 * (0.25 / 300).squareRoot(), from: "Φ", "\(effect)")
      rates.append(rate)
    }
    #expect(rates == rates.sorted() && rates[3] > 0.9)
  }

  /// Deep lags are weak instruments: their bias at 121 counties is a third of the naive one, as Monte Carlo
  /// studies of system GMM find, and fades as counties are added. The naive one stays.
  @Test func `endogenous regressors bias whoever takes them for exogenous, however many counties there are`()
    throws
  {
    func bias(_ dependence: SimulationDesign.Dependence, units: Int, firstLag: Int?) throws -> Double {
      let result = try dynamic(60) { simulation in
        simulation.design.dependence = dependence
        simulation.design.units = (1...units).map { "u\($0)" }
      } estimator: { specification in
        func term(_ name: String) -> FormulaTerm { FormulaTerm([.variable(name)]) }
        func lags(_ name: String, from first: Int) -> GMMInstruments {
          GMMInstruments([term(name)], firstLag: first, lastLag: nil, isCollapsed: true)
        }
        specification.gmmInstruments = [lags("V", from: 2)]
        if let firstLag {
          specification.gmmInstruments += ["P", "C"].map { lags($0, from: firstLag) }
        } else {
          specification.standardInstruments = [StandardInstruments([term("P"), term("C")])]
        }
      }
      return try #require(result.term("P")).bias
    }
    let naive = try [121, 600].map { try bias(.endogenous, units: $0, firstLag: nil) }
    expectClose(naive[1], naive[0], absolute: 0.02, from: "121 counties")
    #expect(naive[1] > 0.4)
    let right = try [121, 600].map { try bias(.endogenous, units: $0, firstLag: 2) }
    #expect(right[0] < 0.5 * naive[0] && right[1] < 0.4 * right[0], "\(right)")
    // Three Monte Carlo errors of a mean of 60 with a deviation of 0.052.
    expectClose(
      try bias(.predetermined, units: 121, firstLag: 1), 0, absolute: 0.02, from: "no bias, predetermined")
  }

  @Test func `the SDM's intervals cover, and a zero rho is rejected at its level`() throws {
    let weights = try TestWeights.grid(7, 7)
    for rho in [0.0, 0.4] {
      let design = SimulationDesign(
        units: [], periods: 2012...2019, outcome: "V", coefficients: [TermCoefficient("P", 0.2)], seed: 3)
      var simulation = SpatialPanelSimulationSpecification(design, weights: weights, rho: rho)
      simulation.durbin = [TermCoefficient("P", 0.1)]
      let trial = try SpatialPanelTrial(simulation, estimator: simulation.estimator)
      let result = try MonteCarlo.run(replications: 800, trial.draw)
      for name in ["P", "W*P", "rho", "direct P", "total P"] {
        let term = try #require(result.term(name))
        expectClose(term.coverage, 0.95, absolute: 0.0231, from: "the interval's level", "\(name) at \(rho)")
      }
      if rho == 0 {
        expectClose(
          try #require(result.term("rho")).rejectionRate(level: 0.05), 0.05, absolute: 0.0231,
          from: "the level")
      }
    }
  }
}

extension Normal {
  fileprivate static func upper(_ x: Double) -> Double { 0.5 * erfc(x / 2.0.squareRoot()) }
}
