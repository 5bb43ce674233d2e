import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Estimates on exact panels are their parameters, to 1e-9.
@Suite struct ExactDynamicPanelTests {
  static let truth = ["lag(V, 1)": 0.5, "P": 0.2, "C": -0.035]

  /// Regressors that follow their own past and the unit's effect; errors with a deviation of 0.3.
  private func ingredients(units: Int, periods: Int, seed: UInt64) throws -> (
    panel: Panel, errors: [Double], effects: [Double]
  ) {
    var generator = CounterBasedGenerator(seed: seed)
    let effects = generator.normals(units).scaled(by: 0.3)
    var columns = [[Double]](repeating: [], count: 2)
    for unit in 0..<units {
      var state = [effects[unit], 0]
      for _ in 0..<periods {
        for k in 0..<2 { state[k] = 0.6 * state[k] + 0.4 * generator.normal() + 0.2 * effects[unit] }
        for k in 0..<2 { columns[k].append(state[k]) }
      }
    }
    let panel = try Panel(
      source: "exact", unitOfRow: (0..<units).flatMap { [String](repeating: "u\($0)", count: periods) },
      timeOfRow: (0..<units).flatMap { _ in 2012..<(2012 + periods) },
      variables: [("P", columns[0]), ("C", columns[1])])
    return (panel, generator.normals(units * periods).scaled(by: 0.3), effects)
  }

  struct Variant: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let change: @Sendable (inout DynamicPanelSpecification) -> Void
  }

  static let variants: [Variant] = [
    Variant(testDescription: "two-step system with time effects") { _ in },
    Variant(testDescription: "one-step system") { $0.steps = .one },
    Variant(testDescription: "two-step difference") { $0.estimator = .difference },
    Variant(testDescription: "one-step difference, classical") {
      ($0.estimator, $0.steps, $0.standardErrors) = (.difference, .one, .classical)
    },
    Variant(testDescription: "forward deviations") { $0.transform = .orthogonalDeviations },
    Variant(testDescription: "forward deviations, difference") {
      ($0.transform, $0.estimator) = (.orthogonalDeviations, .difference)
    },
    Variant(testDescription: "time dummies in levels only") { $0.timeEffects = .level },
    Variant(testDescription: "no time effects") { $0.timeEffects = .none },
    Variant(testDescription: "h(2)") { $0.initialWeight = 2 },
    Variant(testDescription: "not collapsed, predetermined") {
      $0.gmmInstruments = [
        GMMInstruments([FormulaTerm([.variable("V")])], firstLag: 2, lastLag: 4),
        GMMInstruments([FormulaTerm([.variable("P")])], firstLag: 1, lastLag: 2),
      ]
      $0.standardInstruments = [StandardInstruments([FormulaTerm([.variable("C")])])]
    },
    Variant(testDescription: "iterated") { $0.steps = .iterated },
  ]

  @Test(arguments: variants) func `an exact panel returns its parameters to 1e-9`(variant: Variant) throws {
    let (panel, errors, effects) = try ingredients(units: 80, periods: 7, seed: 3)
    var specification = DynamicPanelSpecification(try FormulaSpecification("V ~ lag(V) + P + C"))
    variant.change(&specification)
    let exact = try ExactDynamicPanel.plant(
      panel, truth: Self.truth.byParameter, errors: errors, unitEffects: effects,
      initial: panel.unitOfRow.map { 2 * effects[$0] }, specification)
    let result = try DynamicPanelEstimator.fit(exact.panel, specification)
    for (term, value) in Self.truth {
      expectClose(
        try #require(result.coefficient(term)).value, value, absolute: 1e-9, from: "the parameter", term)
    }
    // The other moments stay what chance made them.
    #expect(try #require(result.test("hansen")?.statistic) > 0.1)
    // The errors stay what they were, but for the little that k conditions ask.
    let change = exact.errors.minus(errors).euclideanNorm / errors.euclideanNorm
    #expect(change < 0.25, "\(change)")
  }

  /// With 66 columns of lags the estimate depends on the errors through its weight matrix as much as through
  /// its moments, and the way along the moments' own directions ends. Slow: one estimate an error.
  @Test(
    .tags(.monteCarlo),
    .enabled(if: ProcessInfo.processInfo.environment["RURALVALUE_SLOW_TESTS"] == "1"))
  func `many instruments take the full gradient, and are exact as well`() throws {
    let design = SimulationDesign(
      units: (1...121).map { String(900_000 + $0) }, periods: 2012...2022, outcome: "V",
      coefficients: [TermCoefficient("P", 0.2), TermCoefficient("C", -0.05)], seed: 2)
    let simulation = DynamicPanelSimulationSpecification(design, lag: 0.5)
    var specification = DynamicPanelSpecification(try simulation.formula)
    specification.gmmInstruments = [
      GMMInstruments([FormulaTerm([.variable("V")])], firstLag: 2, lastLag: nil)
    ]
    specification.standardInstruments = [
      StandardInstruments(["P", "C"].map { FormulaTerm([.variable($0)]) })
    ]
    let exact = try DynamicPanelSimulator().draw(simulation).exact(specification)
    for estimate in exact.estimates {
      expectClose(
        estimate.value, try #require(exact.result.truth(estimate.parameter)), absolute: 1e-9,
        from: "the parameter",
        estimate.name)
    }
  }
}
