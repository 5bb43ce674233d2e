import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// Cases of `../shared/cases/spatial` that fell, as a user calls them.
@Suite struct SpatialCaseTests {
  private func estimate(_ call: String, _ member: String, _ name: String, _ value: String) throws -> Double {
    let folder = ProjectFiles.fixture("reference/spatial-corrections").path
    let outcome = shell(
      "ruralvalue sdm \(folder)/\(call) --draws 0 --json".replacing("@", with: "\(folder)/"))
    #expect(outcome.code == .done, "\(outcome.errors)")
    let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    let model = (document?["models"] as? [[String: Any]])?.first ?? document
    let rows = model?[member] as? [[String: Any]]
    let row = rows?.first { ($0["term"] ?? $0["name"]) as? String == name }
    return try #require(row?[value] as? Double, "\(outcome.output.prefix(600))")
  }

  @Test func `an error model with an island is that of explicit dummies`() throws {
    let call =
      "p_sem_island.csv --formula 'y ~ x1 + x2' --weights @island.csv --model sem --lee-yu none --no-tests"
    expectClose(
      try estimate(call, "coefficients", "lambda", "estimate"), 0.3659, absolute: 5e-5,
      from: "cases/README.md")
  }

  @Test func `the default error of rho keeps the effects of periods`() throws {
    let call =
      "p_e_flow.csv --formula 'y ~ x1 + x2' --weights @flow.csv --standardise spectral --no-tests --lee-yu none"
    let error = try estimate(call, "coefficients", "rho", "std_error")
    expectClose(error, 0.0464, relative: 0.02, from: "the observed information, cases/README.md")
    expectClose(
      try estimate(call + " --se observed", "coefficients", "rho", "std_error"), 0.0464, absolute: 5e-5,
      from: "cases/README.md")
  }

  @Test func `LM tests lag the outcome and not what demeaning leaves of it`() throws {
    let call = "p_lm_island_row.csv --formula 'y ~ x1 + x2' --weights @island.csv"
    for (name, value) in [("lm_lag", 0.360), ("robust_lm_lag", 0.082), ("robust_lm_error", 0.011)] {
      expectClose(
        try estimate(call, "tests", name, "statistic"), value, absolute: 1e-3, from: "cases/README.md, cut",
        name)
    }
  }
}
