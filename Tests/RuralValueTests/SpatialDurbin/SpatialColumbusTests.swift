import Foundation
import RuralValue
import TestSupport
import Testing

/// Crime in Columbus, a cross-section, against spatialreg.
@Suite struct SpatialColumbusTests {
  struct Reference: Decodable {
    let models: [String: Model]

    struct Model: Decodable {
      let coef: [String: Double]
      let loglik: Double
      let s2: Double?
      let restErrors: [String: Double]?
      let impacts: Impacts?
      let rhoError: Number?
      let lambdaError: Number?

      enum CodingKeys: String, CodingKey {
        case coef, loglik, s2, impacts
        case restErrors = "rest.se"
        case rhoError = "rho.se"
        case lambdaError = "lambda.se"
      }
    }

    struct Impacts: Decodable {
      let direct: [Double]
      let indirect: [Double]
      let total: [Double]
    }

    /// A number, or an empty list where R had none.
    struct Number: Decodable {
      let value: Double?
      init(from decoder: any Decoder) throws {
        value = try? decoder.singleValueContainer().decode(Double.self)
      }
    }
  }

  /// R's name of a term under the program's.
  private func name(_ term: String) -> String {
    term.hasPrefix("lag.") ? "W*" + term.dropFirst(4) : term
  }

  @Test(arguments: ["sar", "sdm", "sem", "sdem", "slx", "sac", "gns"])
  func `cross-sections agree with spatialreg`(model: String) throws {
    let text = try ProjectFiles.fixtureText("reference/sdm/columbus.json")
    let expected = try #require(try JSONDecoder().decode(Reference.self, from: Data(text.utf8)).models[model])
    var specification = SpatialDurbinSpecification(
      formula: try FormulaSpecification("CRIME ~ INC + HOVAL"), model: .init(rawValue: model) ?? .sac,
      effects: .none, draws: 0, isTested: false)
    if model == "gns" { specification.durbin = ["INC", "HOVAL"] }
    let result = try SpatialDurbinEstimator.fit(
      SpatialFixtures.columbus(), weights: SpatialFixtures.neighbourhoods(), specification)
    // spatialreg's optimizers stop early; see Fixtures/reference/sdm/README.md.
    expectClose(result.fit.logLikelihood, expected.loglik, relative: 1e-9, from: "spatialreg")
    for (term, value) in expected.coef {
      let estimate = result.estimate(name(term))
      expectClose(
        estimate.value, value, relative: 1e-5, absolute: 2e-5 * estimate.standardError, from: "spatialreg",
        term)
    }
    for (term, value) in expected.restErrors ?? [:] {
      expectClose(
        result.estimate(name(term)).standardError, value, relative: 1e-5, from: "spatialreg", "se \(term)")
    }
    for (term, error) in [("rho", expected.rhoError), ("lambda", expected.lambdaError)] {
      guard let value = error?.value else { continue }
      expectClose(
        result.estimate(term).standardError, value, relative: 1e-5, from: "spatialreg", "se \(term)")
    }
    guard let impacts = expected.impacts else { return }
    for (kind, values) in [
      (EffectKind.direct, impacts.direct), (.indirect, impacts.indirect), (.total, impacts.total),
    ] {
      for (effect, value) in zip(result.effects(kind), values) {
        expectClose(
          effect.estimate.value, value, relative: 1e-5, absolute: 2e-5 * effect.estimate.standardError,
          from: "spatialreg", "\(kind) \(effect.estimate.name)")
      }
    }
  }
}
