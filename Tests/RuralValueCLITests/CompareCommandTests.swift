import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// `compare` on what other commands wrote: the tables of `make reproduce`.
@Suite struct CompareCommandTests {
  private static let fixtures = ProjectFiles.fixture("").path

  /// Runs calls one after the other, with `OUT` a folder of their own; gives the last outcome.
  private func run(_ calls: [String], then check: (Outcome, String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "compare-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var outcome = Outcome(output: "", errors: "", code: .done)
    for call in calls {
      outcome = shell(
        call.replacingOccurrences(of: "Fixtures/", with: Self.fixtures + "/")
          .replacingOccurrences(of: "OUT", with: folder))
    }
    try check(outcome, folder)
  }

  private static let table4 =
    "ruralvalue gmm Fixtures/data/hunan/scores-table4.csv --formula 'V ~ lag(V) + P + C + I + T'"
    + " --gmm 'V,2:;collapse' --iv P --iv C --iv I --iv T --sums P,C,I,T --out OUT --quiet"
  private static let table5 =
    "ruralvalue sdm Fixtures/data/hunan/scores-table5.csv --formula 'lnV ~ lnP + lnC + lnI + lnT'"
    + " --weights Fixtures/data/hunan/queen.csv --draws 0 --no-tests --out OUT --quiet"

  @Test func `the planted scores give all 80 cells of the paper's table 4`() throws {
    try run([
      Self.table4,
      "ruralvalue compare Fixtures/data/paper/table4.csv --with OUT/coefficients.csv"
        + " --with OUT/linear_combinations.csv --stars 0.05,0.01",
    ]) { outcome, _ in
      #expect(outcome.code == .done)
      #expect(outcome.output.contains("80 of 80 cells agree"))
    }
  }

  @Test func `the planted scores give the nine coefficients and eight errors of the paper's table 5`() throws
  {
    let compare =
      "ruralvalue compare Fixtures/data/paper/table5.csv --with OUT/coefficients.csv --stars 0.05,0.01"
    try run([Self.table5, compare + " --require estimate --json"]) { outcome, _ in
      #expect(outcome.code == .done)
      let json = try #require(
        JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      #expect(json["verdict"] as? String == "reproduced-where-required")
      let cells = try #require(json["cells"] as? [[String: Any]])
      let off = cells.filter { $0["verdict"] as? String == "off" }
      func terms(_ quantity: String) -> [String?] {
        off.filter { $0["quantity"] as? String == quantity }.map { $0["term"] as? String }
      }
      #expect(terms("std_error") == ["rho"])
      // The rows whose stars the audit finds unearned.
      #expect(terms("stars") == ["lnI", "lnT", "W×lnC", "W×lnI", "rho"])
      #expect(off.count == 6)
    }
    try run([Self.table5, compare]) { outcome, _ in #expect(outcome.code == .decisionErrors) }
  }

  @Test func `the paper's table 6 is compared with why its totals cannot be had`() throws {
    try run([
      Self.table5,
      "ruralvalue compare Fixtures/data/paper/table6.csv --with OUT/effects.csv --require none"
        + " --coefficients Fixtures/data/paper/table5.csv --stars 0.05,0.01",
    ]) { outcome, _ in
      #expect(outcome.code == .done)
      for term in ["lnP", "lnC", "lnI", "lnT"] {
        #expect(outcome.output.contains("\(term): the printed coefficients give a total effect"))
      }
    }
  }

  @Test func `every format is written, csv with full precision`() throws {
    let small = "Fixtures/data/small"
    try run([
      "ruralvalue compare \(small)/printed.csv --with \(small)/results.csv --with \(small)/results-sums.csv"
        + " --require none --out OUT --format csv,md,tex,html,json --quiet"
    ]) { outcome, folder in
      #expect(outcome.code == .done)
      let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(
        files == [
          "call.json", "compare.json", "comparison.csv", "comparison.html", "comparison.md", "comparison.tex",
          "comparison_summary.csv", "comparison_summary.html", "comparison_summary.md",
          "comparison_summary.tex",
        ])
      let lines = try String(contentsOfFile: folder + "/comparison.csv", encoding: .utf8).split(
        separator: "\n")
      #expect(lines[0] == "term,quantity,printed,program,lower,upper,verdict,off_by")
      #expect(lines.contains { $0.hasPrefix("Population,estimate,0.199,0.1992601961,") })
    }
  }
}
