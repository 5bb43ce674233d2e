import Foundation
import RuralValue
import TestSupport
import Testing

/// An unbalanced panel with gaps, against dense matrices of another program (Fixtures/reference/gmm-gaps).
struct GapTests {
  static let count = try! specifications().count

  private static func specifications() throws -> [[String: Any]] {
    let data = try Data(contentsOf: ProjectFiles.fixture("reference/gmm-gaps/specifications.json"))
    return try JSONSerialization.jsonObject(with: data) as! [[String: Any]]
  }

  @Test(arguments: 0..<count) func `gaps, clusters and every option agree with dense matrices`(
    index: Int
  ) throws {
    let reference = try Self.specifications()[index]
    let panel = try GMMReference.panel(
      "../gmm-gaps/panel.csv", unit: "id", time: "year", variables: ["y", "x", "z", "q", "g"])
    let result = try DynamicPanelEstimator.fit(panel, specification(reference, panel))
    let source = "oracle.py, specification \(index)"
    let errors = reference["std_error"] as! [String: Double]
    for (name, value) in reference["coef"] as! [String: Double] {
      let found = try #require(result.coefficient(name), "\(name)")
      expectClose(found.value, value, relative: 1e-8, from: source, name)
      expectClose(found.standardError, errors[name]!, relative: 1e-8, from: source, "se of \(name)")
    }
    for (order, value) in (reference["ar"] as! [Any]).enumerated() {
      guard let value = value as? Double else { continue }
      // The oracle follows xtabond2, which sums over units also where errors are clustered.
      let byUnit = result.serialCorrelationByUnit.first { $0.key == "ar\(order + 1)" }
      let test = try #require((byUnit ?? result.test("ar\(order + 1)"))?.statistic)
      expectClose(test, value, absolute: 1e-7, from: source, "AR(\(order + 1))")
    }
    #expect(result.ledger.count == reference["instruments"] as! Int)
    #expect(result.counts.observations == reference["observations"] as! Int)
    #expect(result.counts.transformed == reference["transformed"] as! Int)
    for name in ["sargan", "hansen"] {
      guard let statistic = result.test(name)?.statistic else { continue }
      expectClose(statistic, reference[name] as! Double, relative: 1e-7, from: source, name)
    }
  }

  private func specification(_ reference: [String: Any], _ panel: Panel) throws -> DynamicPanelSpecification {
    func choice<Choice: RawRepresentable<String>>(_ key: String) -> Choice {
      Choice(rawValue: reference[key] as! String)!
    }
    var specification = DynamicPanelSpecification(try FormulaSpecification("y ~ lag(y) + x*z"))
    specification.estimator = choice("estimator")
    specification.transform = choice("transform")
    specification.steps = choice("steps")
    specification.standardErrors = choice("se")
    specification.timeEffects = choice("time")
    specification.initialWeight = reference["h"] as! Int
    specification.isSmallSample = reference["small"] as! Bool
    specification.serialCorrelationOrders = 3
    specification.gmmInstruments = try (reference["gmm"] as! [String]).map { try GMMInstruments($0) }
    specification.standardInstruments = try (reference["iv"] as! [String]).map { try StandardInstruments($0) }
    if reference["cluster"] as! Bool {
      let clusters = try panel.values(of: "g")
      specification.clusterOfUnit = panel.units.indices.map { Int(clusters[panel.rows(ofUnit: $0)[0]]) }
    }
    return specification
  }
}
