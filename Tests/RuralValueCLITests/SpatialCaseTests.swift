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
    let rows = document?[member] as? [[String: Any]]
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

  @Test func `an error model whose weights change is that of explicit dummies of units`() throws {
    let call =
      "p_tv.csv --formula 'y ~ x1 + x2' --weights '@tv_{time}.csv' --model sem --effects unit --lee-yu none --no-tests"
    expectClose(
      try estimate(call, "coefficients", "lambda", "estimate"), 0.7443, absolute: 5e-5,
      from: "cases/README.md")
  }

  @Test func `a dynamic model with an island is corrected, and says how`() throws {
    let folder = ProjectFiles.fixture("reference/spatial-corrections").path
    let call =
      "ruralvalue sdm \(folder)/p_dyn_island.csv --formula 'y ~ x1 + x2' --weights \(folder)/isl1.csv --dynamic both"
    let outcome = shell("\(call) --draws 0 --no-tests --json")
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(outcome.output.contains("the scores have mean zero for any number of periods"))
    let direct = "p_dyn_island.csv --formula 'y ~ x1 + x2' --weights @isl1.csv --dynamic both --no-tests"
    let corrected = try estimate(direct, "coefficients", "lag(y, 1)", "estimate")
    let plain = try estimate(direct + " --lee-yu none", "coefficients", "lag(y, 1)", "estimate")
    // Of one panel: the truth is .5, and the direct estimate is .095 too low on average.
    #expect(abs(corrected - 0.5) < abs(plain - 0.5) && corrected > plain)
  }

  @Test func `one file of weights has one fingerprint in every verb and for any years`() throws {
    let folder = ProjectFiles.fixture("reference/spatial-corrections").path
    let (panel, links) = ("\(folder)/panel-island.csv", "\(folder)/links-island.csv")
    let calls = [
      "weights \(links)", "moran \(panel) --variable y --weights \(links)",
      "moran \(panel) --variable y --weights \(links) --standardise spectral --periods 2013:2014",
      "hotspot \(panel) --variable y --weights \(links)",
      "sdm \(panel) --formula 'y ~ x1' --weights \(links) --no-tests --draws 0",
      "sdm \(panel) --formula 'y ~ x1' --weights \(links) --no-tests --draws 0 --periods 2012:2016 --standardise minmax",
      "simulate sdm --weights \(links) --rho 0.3 --coefficients x1=1 --seed 1 --periods 2012:2016",
    ]
    let prints = try calls.map { call in
      let outcome = shell("ruralvalue \(call) --json")
      #expect(outcome.code == .done, "\(call): \(outcome.errors)")
      let found = try #require(outcome.output.firstMatch(of: /fingerprint"?: ?"([0-9a-f]{16})"/), "\(call)")
      return String(found.1)
    }
    #expect(Set(prints).count == 1, "\(prints)")
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
