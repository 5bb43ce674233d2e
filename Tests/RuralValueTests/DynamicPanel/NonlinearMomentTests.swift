import Foundation
import TestSupport
import Testing

@testable import RuralValue

/// Ahn and Schmidt's moments against the numbers of Fixtures/reference/gmm-extras/nonlinear.json.
struct NonlinearMomentTests {
  static let names = try! load().map { $0["spec"] as! String }

  static func load() throws -> [[String: Any]] {
    let data = try Data(contentsOf: ProjectFiles.fixture("reference/gmm-extras/nonlinear.json"))
    let document = try JSONSerialization.jsonObject(with: data) as! [String: Any]
    return document["specifications"] as! [[String: Any]]
  }

  private func result(
    _ gmm: String, _ moments: NonlinearEstimate.Moments,
    _ change: (inout DynamicPanelSpecification) -> Void = { _ in }
  ) throws -> DynamicPanelResult {
    let panel = try GMMReference.panel("../gmm-extras/balanced_persistent.csv", variables: ["y", "x"])
    var specification = DynamicPanelSpecification(try FormulaSpecification("y ~ lag(y) + x"))
    specification.estimator = .difference
    specification.timeEffects = .none
    specification.gmmInstruments = [try GMMInstruments(gmm)]
    specification.standardInstruments = [try StandardInstruments("x;eq=diff")]
    specification.nonlinearMoments = moments
    change(&specification)
    return try DynamicPanelEstimator.fit(panel, specification)
  }

  /// pdynmc confirms the one-step coefficients as far as its optimiser goes, 2e-7; the reference's own BFGS to 1e-9. Nothing
  /// confirms the rest, which is held to the reference's own program: 1e-6.
  @Test(arguments: names) func `coefficients and errors are the reference's, one step and two`(name: String)
    throws
  {
    let reference = try #require(try Self.load().first { $0["spec"] as? String == name })
    let gmm = (name.contains("full") ? "y,2:" : name.contains("2-99") ? "y,2:;collapse" : "y,2:4;collapse")
    let result = try result(gmm, name.hasSuffix("nlcollapsed") ? .collapsed : .byPeriod)
    let estimate = try #require(result.nonlinear)
    #expect(estimate.failure == nil)
    #expect(estimate.count == reference["moments_nonlinear"] as? Int)
    func numbers(_ key: String) -> [String: Double] { reference[key] as! [String: Double] }
    for (place, key) in ["L1.y", "x"].enumerated() {
      let (one, two) = (estimate.oneStep[place], estimate.twoStep[place])
      expectClose(one.value, numbers("one_step")[key]!, relative: 1e-8, from: name, "one step \(key)")
      expectClose(
        one.standardError, numbers("one_step_robust_se")[key]!, relative: 1e-6, from: name, "its error")
      expectClose(two.value, numbers("two_step")[key]!, relative: 1e-6, from: name, "two steps \(key)")
      expectClose(
        estimate.uncorrectedErrors[place], numbers("two_step_se")[key]!, relative: 1e-6, from: name,
        "its error before the correction")
      expectClose(
        two.standardError, numbers("windmeijer_se")[key]!, relative: 1e-6, from: name, "its error")
    }
    let hansen = reference["hansen"] as! [String: Any]
    expectClose(
      try #require(estimate.hansen?.statistic), hansen["J"] as! Double, relative: 1e-6, from: name, "J")
    #expect(estimate.hansen?.degreesOfFreedom == hansen["df"] as? Int)
  }

  @Test func `the table says what no second program confirms, and of a system it takes the difference`()
    throws
  {
    let beside = try #require(try result("y,2:4;collapse", .byPeriod) { $0.estimator = .system }.nonlinear)
    let own = try #require(try result("y,2:4;collapse", .byPeriod).nonlinear)
    for (one, other) in zip(beside.twoStep, own.twoStep) {
      expectClose(one.value, other.value, relative: 1e-9, from: "difference GMM", one.name)
    }
    let table = try #require(try result("y,2:4;collapse", .byPeriod).nonlinearTable)
    #expect(table.notes.contains { $0.english.contains("No second program confirms") })
    #expect(table.rowCount == 2)
  }
}
