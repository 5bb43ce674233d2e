import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// Calls of `gmm` that once misled, on the small panels on which they were found (`Fixtures/reference/gmm-cases`).
///
/// Truths are those with which the panels were drawn; other numbers are named where they stand.
@Suite struct MisleadingCallTests {
  private func call(_ file: String, _ words: [String]) -> Outcome {
    ruralvalue(["gmm", ProjectFiles.fixture("reference/gmm-cases/\(file).csv").path] + words)
  }

  private func json(_ file: String, _ words: [String]) throws -> [String: Any] {
    let outcome = call(file, words + ["--json", "--quiet"])
    #expect(outcome.code == .done, "\(outcome.errors)")
    return try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as! [String: Any]
  }

  private func row(_ document: [String: Any], _ part: String, _ key: String, _ name: String) throws
    -> [String: Any]
  {
    try #require(
      (document[part] as? [[String: Any]])?.first { $0[key] as? String == name }, "\(part): \(name)")
  }

  private func number(_ document: [String: Any], _ term: String, _ member: String = "estimate") throws
    -> Double
  {
    try #require(try row(document, "coefficients", "term", term)[member] as? Double, "\(term)")
  }

  private func cautions(_ document: [String: Any]) -> String {
    (document["cautions"] as? [String] ?? []).joined(separator: "\n")
  }

  /// Nothing in the list instruments itself in levels but the constant and the period dummies.
  private func hasNoStandardRegressor(_ document: [String: Any]) -> Bool {
    let sets = (document["instruments"] as? [[String: Any]] ?? []).compactMap { $0["set"] as? String }
    return !sets.isEmpty && sets.allSatisfy { !$0.hasPrefix("iv:") || $0 == "iv:time" }
  }

  @Test(arguments: [
    ("ar2", "y ~ lag(y, 1:2) + x", ["lag(y, 1)": 0.4, "lag(y, 2)": 0.2]),
    ("growth", "diff(y) ~ lag(y) + x", ["lag(y, 1)": -0.4]),
  ]) func `by default no lag of the outcome instruments itself, and the truth is within two standard errors`(
    file: String, formula: String, truth: [String: Double]
  ) throws {
    let document = try json(file, ["--formula", formula])
    #expect(hasNoStandardRegressor(document))
    for (term, value) in truth {
      let distance = abs(try number(document, term) - value) / (try number(document, term, "std_error"))
      #expect(distance < 2, "\(term)")
    }
  }

  @Test func `AR(2) is clustered as the errors are, and the version by unit stands beside`() throws {
    let document = try json(
      "clar",
      [
        "--formula", "y ~ lag(y) + x", "--gmm", "y,2:3;collapse", "--iv", "x", "--time-effects", "none",
        "--cluster",
        "pref",
      ])
    // From the case: −1.37 with the clustered variance, −2.53 as xtabond2 prints it.
    let clustered = try row(document, "tests", "name", "ar2")["statistic"] as! Double
    #expect(abs(clustered - -1.37) < 0.005)
    let byUnit = try row(document, "serial_correlation_by_unit", "name", "ar2")["statistic"] as! Double
    #expect(abs(byUnit - -2.53) < 0.005)
  }

  @Test func `a regressor whose instruments are irrelevant is named as not identified`() throws {
    let document = try json(
      "underid",
      [
        "--formula", "y ~ lag(y) + x", "--gmm", "y,2:4;collapse", "--gmm", "x,3:5;collapse", "--estimator",
        "difference",
        "--time-effects", "none",
      ])
    #expect(try row(document, "tests", "name", "underidentification")["p_value"] as! Double > 0.5)
    #expect(cautions(document).contains("Coefficients of x may not be identified"))
  }

  @Test func `a square is a term however it is written, in gmm and in sdm`() throws {
    let estimates = try ["x + x:x", "x*x", "x + x^2", "x + I(x^2)"].map {
      try number(json("base", ["--formula", "y ~ lag(y) + \($0)"]), "x^2")
    }
    #expect(Set(estimates).count == 1)
    let panel = ProjectFiles.fixture("reference/sdm/cigar.csv").path
    let borders = ProjectFiles.fixture("reference/sdm/us-state-borders.csv").path
    let tables = ["logp + logp:logp", "logp*logp", "logp + I(logp^2)"].map {
      ruralvalue([
        "sdm", panel, "--formula", "logc ~ \($0)", "--weights", borders, "--draws", "0", "--no-tests",
        "--quiet",
      ]).output
    }
    #expect(Set(tables).count == 1)
    #expect(tables[0].contains("logp²"))
  }

  @Test func `a regressor that the period dummies span is refused by name, or left out when told`() throws {
    let words = [
      "--formula", "y ~ lag(y) + did + post + treated", "--gmm", "y,2:3;collapse", "--iv",
      "did,post,treated;eq=level", "--cluster", "school",
    ]
    let outcome = call("u1", words)
    #expect(outcome.code != .done && outcome.output.isEmpty)
    #expect(outcome.errors.contains("post is the same for all units in every period"))
    let document = try json("u1", words + ["--collinear", "drop"])
    let post = try row(document, "coefficients", "term", "post")
    #expect(post["kind"] as? String == "omitted")
    #expect(post["estimate"] is NSNull)
  }

  @Test func `one step is estimated with more moments than units, and Hansen's test says why it is absent`()
    throws
  {
    let document = try json(
      "N10",
      ["--formula", "y ~ lag(y) + x + w", "--gmm", "y,2:;collapse", "--iv", "x,w", "--steps", "1"])
    // From gretl and a program of its own: six digits.
    #expect(abs(try number(document, "lag(y, 1)") - 0.409667) < 5e-7)
    #expect(abs(try number(document, "lag(y, 1)", "std_error") - 0.131615) < 5e-7)
    for (file, words) in [
      ("N10", ["--formula", "y ~ lag(y) + x + w", "--gmm", "y,2:;collapse", "--iv", "x,w", "--steps", "1"]),
      (
        "pref14",
        [
          "--formula", "y ~ lag(y)+x*w+lag(x)", "--gmm", "y,2:;collapse", "--iv", "x*w,lag(x)", "--steps",
          "1",
        ]
      ),
    ] {
      let hansen = try row(json(file, words), "tests", "name", "hansen")
      #expect(hansen["statistic"] is NSNull)
      #expect((hansen["reason"] as? String)?.isEmpty == false)
    }
  }

  @Test func `instruments of an equation that is not there are said to be unused`() throws {
    let document = try json(
      "base",
      ["--formula", "y ~ lag(y)+x+w", "--estimator", "difference", "--gmm", "y,2:", "--iv", "x,w;eq=level"])
    #expect(cautions(document).contains("--iv \"x,w;eq=level\" serves the level equation"))
  }

  @Test func `a set in the span of the others has no test, and without it as many restrictions stay`() throws
  {
    let document = try json(
      "base",
      [
        "--formula", "y ~ lag(y)+x+w", "--gmm", "y,2:4;collapse", "--gmm", "x,1:2;collapse;eq=diff", "--iv",
        "lag(x);eq=diff", "--iv", "w", "--estimator", "difference", "--time-effects", "none",
      ])
    let set = try row(document, "tests", "name", "diff_hansen:iv:lag(x, 1)")
    #expect(set["statistic"] is NSNull)
    #expect(set["df_excluding"] as? Int == 3)
    #expect(abs((set["p_value_excluding"] as? Double ?? .nan) - 0.270) < 0.0005)
  }

  @Test func `one stray year is named as what sets the step`() {
    let outcome = call("irregular", ["--formula", "y ~ lag(y)+x+w"])
    #expect(outcome.code != .done)
    #expect(outcome.errors.contains("only because of 2012, without which they are 5 apart"))
  }

  @Test func `units that cannot be used are named`() {
    let outcome = call("u5", ["--formula", "y ~ lag(y)+x", "--time-effects", "none"])
    #expect(outcome.errors.contains("c006, c008, c011, c014, c017 (5 of 21 units)"))
  }

  @Test(arguments: ["y,1:2", "y,0:2"])
  func `early lags of the outcome are called invalid, and no note sends to deeper ones`(
    set: String
  ) throws {
    let text = cautions(try json("base", ["--formula", "y ~ lag(y)+x+w", "--gmm", set, "--iv", "x,w"]))
    #expect(text.contains("--gmm \"\(set)\" cannot be valid"))
    #expect(!text.contains("Start deeper"))
  }

  @Test func `names with spaces and signs stand in backticks wherever a formula has them`() throws {
    let outcome = call(
      "spaces",
      [
        "--formula", "`rural value` ~ lag(`rural value`) + `P flow` + `C:flow`", "--lincom",
        "`P flow`-`C:flow`",
      ])
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(outcome.output.contains("\n`P flow`-`C:flow`  combination"))
    let bare = call("spaces", ["--formula", "rural value ~ lag(rural value) + P flow"])
    #expect(bare.code != .done && bare.errors.contains("stands in backticks"))
  }

  @Test
  func `coefficients without a standard error are named with the reason, and the others are not praised`()
    throws
  {
    let document = try json(
      "p147",
      [
        "--formula", "y ~ lag(y) + x1*x2*x3", "--gmm", "y,2:", "--iv", "x1*x2*x3", "--estimator",
        "difference",
      ])
    let missing = (document["coefficients"] as! [[String: Any]])
      .filter { $0["std_error"] is NSNull }.map { $0["term"] as! String }
    // Which they are is a matter of last digits: the weight matrix is singular.
    let text = cautions(document)
    if !missing.isEmpty {
      #expect(text.contains("no standard error"))
      for term in missing { #expect(text.contains(term), "\(term)") }
    }
    #expect(text.contains("61 instruments for 29 units"))
  }
}
