import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// What `--json` promises to scripts, and what `--out` writes.
@Suite struct SDMCommandTests {
  private var call: String {
    let folder = ProjectFiles.fixture("reference/sdm").path
    return "ruralvalue sdm \(folder)/cigar.csv --formula \"logc ~ logp + logy\""
      + " --weights \(folder)/us-state-borders.csv"
  }

  @Test func `JSON has the keys of the contract`() throws {
    let outcome = shell(call + " --dynamic both --orders 1 --json")
    #expect(outcome.code == .done)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    func rows(_ key: String) -> [[String: Any]] { document[key] as? [[String: Any]] ?? [] }
    #expect(
      rows("coefficients").map { $0["term"] as? String } == [
        "lag(logc, 1)", "W*lag(logc, 1)", "logp", "logy", "W*logp", "W*logy", "rho", "sigma2",
      ])
    #expect(rows("effects").count == 12)
    #expect(Set(rows("effects").compactMap { $0["horizon"] as? String }) == ["short", "long"])
    #expect(Set(rows("effects").compactMap { $0["kind"] as? String }) == ["direct", "indirect", "total"])
    let tests = Set(rows("tests").compactMap { $0["name"] as? String })
    #expect(
      tests.isSuperset(of: [
        "lr_sar", "lr_sem", "wald_sar", "wald_sem", "lm_lag", "lm_error", "robust_lm_lag", "robust_lm_error",
        "hausman",
      ]))
    let absent = try #require(rows("tests").first { $0["name"] as? String == "hausman" })
    #expect(absent["statistic"] is NSNull)
    #expect(absent["reason"] as? String == "the model is dynamic")
    let fit = try #require(document["fit"] as? [String: Any])
    for key in [
      "log_likelihood", "log_likelihood_kind", "aic", "bic", "r2", "r2_within", "corr2", "rho_low",
      "rho_high",
      "weights_fingerprint",
    ] {
      #expect(fit[key] != nil, "\(key)")
    }
    #expect(rows("effects_by_order").count == 4)
  }

  /// One shape of document, whatever the estimator: what an estimate without a likelihood lacks is null.
  @Test func `JSON of two-stage least squares has the members of any other, and the first stage`() throws {
    let folder = ProjectFiles.fixture("reference/spatial-corrections").path
    func document(_ options: String) throws -> [String: Any] {
      let outcome = shell(
        "ruralvalue sdm \(folder)/panel-queen.csv --weights \(folder)/links-queen.csv --draws 0 --json \(options)"
      )
      #expect(outcome.code == .done)
      return try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }
    let likelihood = try document("--formula \"y ~ x1 + x2 + endog\"")
    let twoStage = try document("--formula \"y ~ x1 + x2 + endog\" --iv \"endog ~ z1\"")
    #expect(Set(likelihood.keys).isSubset(of: twoStage.keys))
    let fits = try [likelihood, twoStage].map { try #require($0["fit"] as? [String: Any]) }
    #expect(Set(fits[0].keys).isSubset(of: fits[1].keys))
    #expect(fits[1]["log_likelihood"] is NSNull && fits[1]["aic"] is NSNull)
    #expect(fits[1]["rho_high"] as? Double == 1)
    let coefficients = try #require(twoStage["coefficients"] as? [[String: Any]])
    #expect(
      coefficients.map { $0["term"] as? String } == [
        "x1", "x2", "endog", "W*x1", "W*x2", "W*endog", "rho", "sigma2",
      ])
    #expect(coefficients[7]["std_error"] is NSNull)
    #expect((twoStage["first_stage"] as? [Any])?.count == 15)
    let specification = try #require(twoStage["specification"] as? [String: Any])
    #expect(specification["estimator"] as? String == "2sls" && specification["iv"] as? String == "endog ~ z1")
    #expect(specification["instrument_lags"] as? Int == 2 && specification["se"] as? String == "cluster")
    #expect((likelihood["specification"] as? [String: Any])?["estimator"] as? String == "ml")
    let outside = try document("--formula \"y ~ x2\" --estimator 2sls --model sar --effects unit")
    #expect((outside["effects"] as? [Any])?.isEmpty == true)
  }

  @Test func `two-stage least squares stands beside other weights and in groups`() throws {
    let folder = ProjectFiles.fixture("reference/spatial-corrections").path
    let call =
      "ruralvalue sdm \(folder)/panel-queen.csv --formula \"y ~ x1 + x2 + endog\" --iv \"endog ~ z1\" --model sar --draws 0"
    let several = shell(
      call + " --weights \(folder)/links-queen.csv,\(folder)/links-inverse.csv --quiet")
    #expect(several.code == .done, "\(several.errors)")
    #expect(several.output.contains("The model under each of the weights"))
    let groups = shell(call + " --weights \(folder)/links-queen.csv --by region --quiet")
    #expect(groups.code == .done, "\(groups.errors)")
    #expect(groups.output.contains("Differences between groups of region"))
  }

  @Test func `weights that change over time are read period by period`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sdm-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let links = try ProjectFiles.fixtureText("reference/sdm/us-state-borders.csv")
    for year in 1963...1966 {
      try Data(links.utf8).write(to: folder.appending(path: "w\(year).csv"))
    }
    let rest = " --periods 1963:1966 --no-tests --draws 0 --lee-yu none --se observed --quiet"
    let changing = shell(
      call.replacingOccurrences(
        of: ProjectFiles.fixture("reference/sdm/us-state-borders.csv").path,
        with: folder.path + "/w{time}.csv") + rest)
    let constant = shell(call + rest)
    #expect(changing.code == .done)
    #expect(changing.output.split(separator: "Fit")[0] == constant.output.split(separator: "Fit")[0])
  }
}
