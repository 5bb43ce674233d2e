import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Exact panels with holes, products, deeper lags, logarithms and planted dummies; and what cannot be done.
@Suite struct ExactPanelEdgeTests {
  private let units = 60
  private let periods = 8

  /// A panel of two regressors without some of its rows, and errors.
  private func holed(_ leftOut: (Int, Int) -> Bool = { _, _ in false }) throws -> (Panel, [Double]) {
    var generator = CounterBasedGenerator(seed: 21)
    var keys: [String] = []
    var times: [Int] = []
    var columns = [[Double]](repeating: [], count: 2)
    for unit in 0..<units {
      for period in 0..<periods {
        let (p, c) = (generator.normal(), generator.normal())
        guard !leftOut(unit, period) else { continue }
        keys.append("u\(unit)")
        times.append(2012 + period)
        columns[0].append(p)
        columns[1].append(c)
      }
    }
    let panel = try Panel(
      source: "exact", unitOfRow: keys, timeOfRow: times, variables: [("P", columns[0]), ("C", columns[1])])
    return (panel, generator.normals(panel.rowCount).scaled(by: 0.3))
  }

  private func plant(
    _ formula: String, _ truth: [String: Double], panel: Panel, errors: [Double], initial: Double = 0,
    change: (inout DynamicPanelSpecification) -> Void = { _ in }
  ) throws -> DynamicPanelResult {
    var specification = DynamicPanelSpecification(try FormulaSpecification(formula))
    change(&specification)
    var generator = CounterBasedGenerator(seed: 5)
    let exact = try ExactDynamicPanel.plant(
      panel, truth: truth.byParameter, errors: errors,
      unitEffects: generator.normals(panel.units.count).scaled(by: 0.2),
      initial: generator.normals(panel.rowCount).map { initial + 0.3 * $0 }, specification)
    let result = try DynamicPanelEstimator.fit(exact.panel, specification)
    for (term, value) in truth {
      expectClose(
        try #require(result.coefficient(term)).value, value, absolute: 1e-9, from: "the parameter", term)
    }
    return result
  }

  @Test func `holes stay holes, and the first outcome after one is the given one`() throws {
    let (panel, errors) = try holed { unit, period in unit % 7 == 0 && period == 3 || unit == 5 && period > 4
    }
    _ = try plant(
      "V ~ lag(V) + P + C", ["lag(V, 1)": 0.4, "P": 0.3, "C": -0.1], panel: panel, errors: errors)
  }

  @Test func `centred products and two lags are planted`() throws {
    let (panel, errors) = try holed()
    _ = try plant(
      "V ~ lag(V, 1:2) + P*C", ["lag(V, 1)": 0.4, "lag(V, 2)": 0.1, "P": 0.3, "C": -0.1, "P:C": 0.2],
      panel: panel, errors: errors
    ) { $0.isCentred = true }
  }

  @Test func `the outcome may be a logarithm, and a product may hold its lag`() throws {
    let (panel, errors) = try holed()
    let result = try plant(
      "log(V) ~ lag(log(V)) + P + lag(log(V)):P",
      ["lag(log(V), 1)": 0.4, "P": 0.3, "lag(log(V), 1):P": 0.05], panel: panel, errors: errors, initial: 3)
    #expect(result.counts.observations > 0)
  }

  @Test func `the constant and the dummies of periods are exact as well where they are asked for`() throws {
    let (panel, errors) = try holed()
    _ = try plant(
      "V ~ lag(V) + P",
      ["lag(V, 1)": 0.4, "P": 0.3, "(Intercept)": 0.7, "time=2014": -0.2, "time=2019": 0.6],
      panel: panel, errors: errors)
  }

  @Test func `clusters and small-sample correction change nothing about it`() throws {
    let (panel, errors) = try holed()
    _ = try plant("V ~ lag(V) + P", ["lag(V, 1)": 0.4, "P": 0.3], panel: panel, errors: errors) {
      $0.clusterOfUnit = (0..<60).map { $0 / 2 }
      $0.isSmallSample = true
    }
  }

  @Test func `what cannot be made is refused in a sentence`() throws {
    let (panel, errors) = try holed()
    func message(_ formula: String, _ truth: [String: Double]) -> (FaultKind?, String) {
      do {
        _ = try plant(formula, truth, panel: panel, errors: errors)
        return (nil, "")
      } catch { return ((error as? any Fault)?.kind, "\(error)") }
    }
    let lag = ["lag(V, 1)": 0.4]
    let missing = message("V ~ lag(V) + P", lag)
    #expect(missing.0 == .usage && missing.1.contains("no value for P"))
    let unknown = message("V ~ lag(V) + P", lag.merging(["P": 1, "Pp": 1]) { $1 })
    #expect(unknown.0 == .usage && unknown.1.contains("Did you mean \"P\"?"))
    let scaled = message("V ~ lag(scale(V)) + P", ["lag(scale(V), 1)": 0.4, "P": 1])
    #expect(scaled.0 == .usage && scaled.1.contains("period by period"))
    let outcome = message("diff(V) ~ lag(V) + P", lag.merging(["P": 1]) { $1 })
    #expect(outcome.0 == .usage && outcome.1.contains("cannot be turned back"))
    let explosive = message("V ~ lag(V) + P", ["lag(V, 1)": 1e60, "P": 1])
    #expect(explosive.0 == .numerical)
  }

  /// Linear mixing of exogenous regressors leaves y as it is: b → M⁻¹b, V → M⁻¹VM⁻ᵀ.
  @Test func `mixed regressors have mixed coefficients and the same outcome`() throws {
    let (panel, errors) = try holed()
    let specification = DynamicPanelSpecification(try FormulaSpecification("V ~ lag(V) + P + C"))
    let exact = try ExactDynamicPanel.plant(
      panel, truth: ["lag(V, 1)": 0.4, "P": 0.3, "C": -0.1].byParameter, errors: errors,
      unitEffects: [Double](repeating: 0, count: units), initial: errors, specification)
    let (p, c) = (try panel.values(of: "P"), try panel.values(of: "C"))
    // P = 2P̃, C = C̃ − P̃/2, so that b̃ = (2·0.3 − 0.5·(−0.1), −0.1) on P̃ = P/2, C̃ = C + P/4.
    let mixed = exact.panel.with([
      ("P", p.scaled(by: 0.5)), ("C", zip(c, p).map { $0 + 0.25 * $1 }),
    ])
    let result = try DynamicPanelEstimator.fit(mixed, specification)
    expectClose(try #require(result.coefficient("lag(V, 1)")).value, 0.4, absolute: 1e-9, from: "0.4")
    expectClose(try #require(result.coefficient("P")).value, 0.65, absolute: 1e-9, from: "2·0.3 + 0.05")
    expectClose(try #require(result.coefficient("C")).value, -0.1, absolute: 1e-9, from: "−0.1")
  }
}
