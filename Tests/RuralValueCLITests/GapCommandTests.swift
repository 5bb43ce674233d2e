import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// Panels with gaps, and predictions, from the command line and in a study.
@Suite struct GapCommandTests {
  /// Hunan's scores without one county-year.
  private static let study = """
    {
      title: "A gap", panel: { file: "scores.csv", unit: "code", time: "year" },
      weights: { queen: { file: "queen.csv", rule: "file" } },
      models: {
        sdm: [{ name: "main", formula: "V ~ P + C + I + T" }],
        gmm: [{ name: "dynamic", formula: "V ~ lag(V) + P" }],
        fe: [{ name: "within", formula: "V ~ P" }],
      },
      moran: { variables: ["V"] },
      robustness: [
        { name: "Errors by county", of: "main", se: "cluster" },
        { name: "Without the county", of: "main", gaps: "drop-units" },
      ],
    }
    """

  @Test func `a study of 1,330 rows of 1,331 runs on, and says which row is missing`() throws {
    let box = try StudySandbox(study: Self.study)
    let rows = try ProjectFiles.fixtureText("data/hunan/scores-table4.csv").split(separator: "\n")
    try box.write(
      rows.filter { !$0.hasPrefix("430781,2017,") }.joined(separator: "\n") + "\n", to: "scores.csv")
    try box.write(try ProjectFiles.fixtureText("data/hunan/queen.csv"), to: "queen.csv")
    #expect(rows.count == 1332)
    let results = try box.results()
    #expect(Set(results.values) == ["done"], "\(results)")
    let report = try box.text("results/report.html")
    #expect(report.contains("1 of 1,331 unit-periods has no outcome (430781 in 2017)"))
    #expect(
      report.contains("Regressors of 1 of 1,331 unit-periods are interpolated over time (430781 in 2017)"))
    #expect(report.contains("Left out for a gap: unit 430781"))

    // The whole panel's estimates are nearer than a standard error.
    let whole = try estimates(box, "scores-table4.csv")
    for (term, own) in try estimates(box, "scores.csv") {
      let other = try #require(whole[term])
      #expect(abs(own.0 - other.0) < other.1, "\(term)")
    }
  }

  private func estimates(_ box: StudySandbox, _ file: String) throws -> [String: (Double, Double)] {
    let path = file == "scores.csv" ? box.path(file) : ProjectFiles.fixture("data/hunan/\(file)").path
    let outcome = ruralvalue([
      "sdm", path, "--formula", "V ~ P + C + I + T", "--weights", box.path("queen.csv"), "--no-tests",
      "--draws", "0",
      "--json",
    ])
    let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    let rows = document?["coefficients"] as? [[String: Any]] ?? []
    #expect(rows.count == 10)
    return Dictionary(
      uniqueKeysWithValues: rows.map {
        ($0["term"] as? String ?? "", ($0["estimate"] as? Double ?? .nan, $0["std_error"] as? Double ?? .nan))
      })
  }

  private var call: String {
    let folder = ProjectFiles.fixture("reference/spatial-corrections").path
    return
      "ruralvalue sdm \(folder)/panel-queen.csv --formula \"y ~ x1 + x2\" --weights \(folder)/links-queen.csv"
      + " --draws 0 --no-tests"
  }

  @Test func `residuals are a table that moran reads`() throws {
    let box = try StudySandbox()
    let file = box.path("residuals.csv")
    let outcome = shell(call + " --residuals \(file)")
    #expect(outcome.code == .done && outcome.errors.contains("Written to \(file)"))
    #expect(outcome.output.contains("Predictions against outcomes"))
    let lines = try box.text("residuals.csv").split(separator: "\n")
    #expect(lines.count == 241)
    #expect(lines[0] == "code,year,y,trend,structural,best,residual,unit_effect,period_effect")
    let weights = ProjectFiles.fixture("reference/spatial-corrections/links-queen.csv").path
    let moran = shell("ruralvalue moran \(file) --variable residual --weights \(weights) --quiet")
    #expect(moran.code == .done, "\(moran.errors)")
    let standard = shell(call + " --residuals -")
    #expect(standard.output.split(separator: "\n")[0] == lines[0])
  }

  @Test func `one call is one question`() throws {
    for (words, sentence) in [
      (
        "--by region --regimes region", "--by region estimates the groups apart and --regimes region together"
      ),
      ("--residuals r.csv --dynamic y", "--residuals is for static models"),
      ("--at x3=0", "--at: the effect that is wanted does not depend on \"x3\""),
      ("--regions year", "--regions year: code \"430101\" is in"),
      ("--regimes regoin", "regoin"),
    ] {
      let outcome = shell("\(call) \(words)")
      #expect(outcome.code != .done && outcome.errors.contains(sentence), "\(words): \(outcome.errors)")
    }
  }
}
