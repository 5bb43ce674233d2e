import Foundation
import RuralValue
import TestSupport
import Testing

/// The 96 specifications on Arellano and Bond's firms, to the digits that the issue asks for.
struct AbdataTests {
  static let names = GMMReference.specifications.map { $0["spec"] as! String }

  @Test(arguments: names) func `every number of the specification is xtabond2's`(name: String) throws {
    let reference = GMMReference.specifications.first { $0["spec"] as! String == name }!
    let result = try DynamicPanelEstimator.fit(GMMReference.abdata, specification(reference))
    let source = "xtabond2 \(name)"

    let coefficients = reference["coef"] as! [String: Double]
    let errors = reference["se"] as! [String: Double]
    #expect(result.estimates.count == coefficients.count)
    for (key, value) in coefficients {
      let found = try #require(result.coefficient(GMMReference.term(key)), "\(key)")
      expectClose(found.value, value, relative: 1e-8, from: source, key)
      expectClose(found.standardError, errors[key]!, relative: 1e-8, from: source, "se of \(key)")
    }
    #expect(result.counts.observations == reference["n_obs"] as! Int)
    #expect(result.counts.transformed == reference["n_obs_trans"] as! Int)
    #expect(result.counts.level == reference["n_obs_level"] as? Int)
    #expect(result.counts.units == reference["n_groups"] as! Int)
    #expect(result.ledger.count == reference["n_instruments"] as! Int)
    #expect(result.weightRank == reference["rank_S2"] as! Int)
    expectClose(result.errorVariance, reference["sigma2"] as! Double, relative: 1e-8, from: source, "sigma2")
    try expectTests(result, reference["tests"] as! [String: Any], source)
  }

  private func expectTests(_ result: DynamicPanelResult, _ tests: [String: Any], _ source: String) throws {
    for (order, value) in tests["ar"] as! [String: [String: Double]] {
      let test = try #require(result.test("ar\(order)"))
      expectClose(try #require(test.statistic), value["z"]!, absolute: 1e-7, from: source, "AR(\(order))")
      expectClose(try #require(test.pValue), value["p"]!, absolute: 1e-7, from: source, "p of AR(\(order))")
    }
    for name in ["sargan", "hansen"] {
      let value = tests[name] as! [String: Double]
      let test = try #require(result.test(name))
      expectClose(try #require(test.statistic), value["stat"]!, relative: 1e-7, from: source, name)
      expectClose(try #require(test.pValue), value["p"]!, absolute: 1e-7, from: source, "p of \(name)")
      #expect(test.degreesOfFreedom == Int(value["df"]!))
    }
    for (key, value) in tests["diff_in_hansen"] as! [String: [String: Double]] {
      let name = key == "gmm instruments for levels" ? "levels" : key.hasPrefix("iv:yr") ? "iv:time" : key
      let test = try #require(result.test("diff_hansen:\(name)"))
      expectClose(
        try #require(test.statistic), value["diff"]!, relative: 1e-7, absolute: 1e-7, from: source, key)
      #expect(test.degreesOfFreedom == Int(value["df"]!), "\(key)")
      expectClose(
        test.excluding!.value, value["J_excl"]!, relative: 1e-7, from: source, "\(key), excluding")
      #expect(test.excluding!.degreesOfFreedom == Int(value["df_excl"]!))
    }
    if (tests["wald_df"] as! Int) < 5 {
      let wald = try #require(result.test("wald"))
      expectClose(
        try #require(wald.statistic), tests["wald_slopes"] as! Double, relative: 1e-7, from: source, "wald")
    }
  }

  private func specification(_ reference: [String: Any]) throws -> DynamicPanelSpecification {
    let options = reference["options"] as! [String: Any]
    let terms = (reference["x"] as! [String]).filter { $0 != "_cons" && !$0.hasPrefix("yr") }
    var specification = DynamicPanelSpecification(
      try FormulaSpecification("n ~ " + terms.map(GMMReference.term).joined(separator: " + ")))
    specification.estimator = options["level"] as! Bool ? .system : .difference
    specification.transform = .init(rawValue: options["transform"] as! String)!
    specification.steps = options["steps"] as! Int == 1 ? .one : .two
    specification.standardErrors = options["robust"] as! Bool ? .robust : .classical
    specification.timeEffects = options["td"] as! Int == 1 ? .both : .none
    let instruments = reference["instruments"] as! [[[Any]]]
    let suffix = options["collapse"] as! Bool ? ";collapse" : ""
    specification.gmmInstruments = try instruments[0].map { set in
      try GMMInstruments("\(set[0]),\(set[1]):\((set[2] as? Int).map(String.init) ?? "")\(suffix)")
    }
    specification.standardInstruments = try instruments[1].map { try StandardInstruments($0[0] as! String) }
    return specification
  }
}
