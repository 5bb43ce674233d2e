import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Spatial estimates on exact panels are their parameters, to 1e-9.
@Suite struct ExactSpatialPanelTests {
  static let truth = ["x1": 1, "x2": -0.5, "W*x1": 0.5, "W*x2": 0.25, "rho": 0.4, "sigma2": 0.49]

  struct Variant: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var weights = "grid"
    var truth = ExactSpatialPanelTests.truth
    let change: @Sendable (inout SpatialDurbinSpecification) -> Void
  }

  static func truth(without names: [String], adding more: [String: Double] = [:]) -> [String: Double] {
    truth.filter { !names.contains($0.key) }.merging(more) { $1 }
  }

  static let variants: [Variant] =
    SpatialDurbinSpecification.Effects.allCases.filter { !$0.isRandom }.flatMap { effects in
      ["grid", "ring"].flatMap { weights in
        (effects == .none ? ["none"] : ["none", "transform"]).map { correction in
          Variant(testDescription: "\(effects) \(weights) \(correction)", weights: weights) {
            $0.effects = effects
            $0.correction = .init(rawValue: correction)
          }
        }
      }
    } + [
      Variant(testDescription: "elhorst") { $0.correction = .elhorst },
      Variant(testDescription: "sar", truth: truth(without: ["W*x1", "W*x2"])) { $0.model = .sar },
      Variant(
        testDescription: "sem", truth: truth(without: ["W*x1", "W*x2", "rho"], adding: ["lambda": 0.3])
      ) { $0.model = .sem },
      Variant(testDescription: "sdem", truth: truth(without: ["rho"], adding: ["lambda": 0.3])) {
        $0.model = .sdem
      },
      Variant(testDescription: "slx", truth: truth(without: ["rho"])) { $0.model = .slx },
      Variant(
        testDescription: "sac", truth: truth(without: ["W*x1", "W*x2"], adding: ["lambda": -0.3])
      ) { $0.model = .sac },
      Variant(testDescription: "one Durbin term", truth: truth(without: ["W*x2"])) { $0.durbin = ["x1"] },
      Variant(
        testDescription: "dynamic",
        truth: truth(without: [], adding: ["lag(y, 1)": 0.3, "W*lag(y, 1)": -0.1])
      ) { $0.dynamics = .both },
    ]

  @Test(arguments: variants) func `an exact panel returns its parameters to 1e-9`(variant: Variant) throws {
    let weights = try variant.weights == "grid" ? TestWeights.grid(6, 7) : TestWeights.ring(42)
    var planted = PlantedPanel()
    planted.periods = 6
    let panel = try planted.draw(weights, seed: 5)
    var specification = try planted.specification()
    variant.change(&specification)
    var generator = CounterBasedGenerator(seed: 11)
    let errors = generator.normals(panel.rowCount)
    let exact = try ExactSpatialPanel.plant(
      panel, weights: weights, truth: variant.truth.byParameter, errors: errors,
      unitEffects: generator.normals(panel.units.count),
      periodEffects: generator.normals(panel.periods.count),
      initial: generator.normals(panel.rowCount), specification)
    let result = try SpatialDurbinEstimator.fit(exact.panel, weights: weights, specification)
    for (term, value) in variant.truth {
      expectClose(result.estimate(term).value, value, absolute: 1e-9, from: "the parameter", term)
    }
  }
}
