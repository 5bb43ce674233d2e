import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// `--posterior`, `--weights-x` and `--weights-error` at the terminal and in a study.
@Suite struct PosteriorCommandTests {
  private static let folder = ProjectFiles.fixture("reference/sdm").path
  private static let call =
    "ruralvalue sdm \(folder)/cigar.csv --formula \"logc ~ logp + logy\" --no-tests --draws 0 --quiet"
  private static let borders = "\(folder)/us-state-borders.csv"
  private static let steps = "\(folder)/us-states-two-steps.gal"

  private func document(_ options: String) throws -> [String: Any] {
    let outcome = shell("\(Self.call) \(options) --json")
    #expect(outcome.code == .done, "\(outcome.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  @Test func `the posterior has a row for each model and weights, whose probabilities add up`() throws {
    let found = try document("--weights \(Self.borders),\(Self.steps) --posterior")
    let rows = try #require(found["posterior"] as? [[String: Any]])
    #expect(rows.count == 11)
    #expect(rows.compactMap { $0["weights"] as? String }.count == 10)
    #expect(Set(rows.compactMap { $0["model"] as? String }) == ["OLS", "SLX", "SAR", "SDM", "SEM", "SDEM"])
    let sum = rows.compactMap { $0["probability"] as? Double }.reduce(0, +)
    expectClose(sum, 1, absolute: 1e-12, from: "one")
    for key in [
      "prior", "log_marginal", "probability_of_model", "probability_of_weights", "log_likelihood", "aic",
      "bic",
      "log_likelihood_kind",
    ] {
      #expect(rows.allSatisfy { $0[key] != nil }, "\(key)")
    }
  }

  @Test func `without the option there is no posterior`() throws {
    #expect(try document("--weights \(Self.borders)")["posterior"] == nil)
  }

  @Test func `a flat prior leaves cells empty where regressors differ`() throws {
    let found = try document("--weights \(Self.borders) --posterior --prior flat")
    let rows = try #require(found["posterior"] as? [[String: Any]])
    #expect(rows.allSatisfy { $0["probability"] is NSNull })
    let sum = rows.compactMap { $0["probability_same_regressors"] as? Double }.reduce(0, +)
    expectClose(sum, 2, absolute: 1e-12, from: "two kinds of regressors")
  }

  @Test func `each of the weights has its fingerprint`() throws {
    let first = try document("--weights \(Self.borders) --weights-x \(Self.steps)")
    let second = try document("--weights \(Self.borders) --weights-error \(Self.steps) --model sac")
    let plain = try document("--weights \(Self.steps)")
    func print(_ document: [String: Any], _ key: String) -> String? {
      (document["fit"] as? [String: Any])?[key] as? String
    }
    #expect(print(first, "weights_x_fingerprint") == print(plain, "weights_fingerprint"))
    #expect(print(second, "weights_error_fingerprint") == print(plain, "weights_fingerprint"))
    #expect(print(first, "weights_fingerprint") != print(plain, "weights_fingerprint"))
    #expect(print(plain, "weights_x_fingerprint") == nil)
  }

  @Test func `a study names its own weights for WX, in a model and in a variant`() throws {
    let box = try StudySandbox(
      study: """
        {
          output: { folder: "results", formats: ["json"] },
          panel: { file: "\(Self.folder)/cigar.csv", unit: "state", time: "year" },
          weights: { borders: "\(Self.borders)", two: "\(Self.steps)" },
          models: { sdm: [{ name: "far", formula: "logc ~ logp + logy", weights: "borders",
            "weights-x": "two", posterior: true, "no-tests": true, draws: 0 }] },
          robustness: [{ name: "SEM", of: "far", model: "sdem", "weights-error": "two" , posterior: false}],
        }
        """)
    #expect(box.run("--check").code == .done)
    let outcome = box.run()
    #expect(outcome.code == .done, "\(outcome.errors)")
    let files = try box.files(in: "results").filter { $0.value.count > 0 && $0.key.hasSuffix(".json") }
    let texts = files.mapValues { String(decoding: $0, as: UTF8.self) }
    #expect(
      texts.values.contains { $0.contains("\"weights_x_fingerprint\"") && $0.contains("\"posterior\"") })
    #expect(texts.values.contains { $0.contains("\"weights_error_fingerprint\"") })
  }
}
