import Foundation
import TestSupport
import Testing

@testable import RuralValue

/// Point estimates of row-stochastic models on the states' production (Munnell), against numpy.
@Suite struct ProducReferenceTests {
  /// One case of produc.json.
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let model: String
    let effects: String
    let correction: String
    let spatial: Double
    let coefficients: [Double]
    let sigma2: Double
    let log_likelihood: Double

    var testDescription: String { "\(model) \(effects) \(correction)" }
  }

  private struct File: Decodable { let cases: [Case] }

  static let cases: [Case] = {
    let text = (try? ProjectFiles.fixtureText("reference/sdm/produc.json")) ?? ""
    return (try? JSONDecoder().decode(File.self, from: Data(text.utf8)).cases) ?? []
  }()

  @Test func `all cases are read`() { #expect(Self.cases.count == 24) }

  @Test(arguments: cases) func `estimates are numpy's to eight digits`(entry: Case) throws {
    let panel = try Panel(
      SpatialFixtures.table("produc.csv"), variables: ["gsp", "pcap", "pc", "emp", "unemp"])
    let specification = SpatialDurbinSpecification(
      formula: try FormulaSpecification("log(gsp) ~ log(pcap) + log(pc) + log(emp) + unemp"),
      model: .init(rawValue: entry.model)!, effects: .init(rawValue: entry.effects)!,
      correction: .init(rawValue: entry.correction)!, draws: 0, isTested: false)
    let weights = try WeightsReading(SpatialFixtures.table("produc-borders.csv")).weights
    let result = try SpatialDurbinEstimator.fit(panel, weights: weights, specification)
    let source = "produc.json \(entry.testDescription)"
    for (estimate, value) in zip(result.estimates, entry.coefficients) {
      expectClose(estimate.value, value, relative: 1e-8, absolute: 1e-10, from: source, estimate.name)
    }
    expectClose(
      result.estimate(specification.model.hasLag ? "rho" : "lambda").value, entry.spatial, relative: 1e-8,
      from: source)
    expectClose(result.estimate("sigma2").value, entry.sigma2, relative: 1e-8, from: source)
    expectClose(result.fit.logLikelihood, entry.log_likelihood, absolute: 1e-7, from: source)
  }
}
