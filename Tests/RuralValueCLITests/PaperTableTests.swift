import Foundation
import RuralValue
import TestSupport
import Testing

@testable import RuralValueCLI

/// The tables of a paper that `sdm`, `gmm` and `fe` print: a row a term, and effects side by side.
@Suite struct PaperTableTests {
  private static let sdm = [
    "sdm", ProjectFiles.fixture("reference/sdm/cigar.csv").path, "--formula", "logc ~ logp + logy",
    "--weights", ProjectFiles.fixture("reference/sdm/us-state-borders.csv").path, "--no-tests", "--quiet",
    "--draws", "0",
  ]
  private static let gmm = [
    "gmm", ProjectFiles.fixture("reference/gmm/abdata.csv").path, "--formula", "n ~ lag(n) + w + k",
    "--quiet",
  ]

  @Test func `sdm alone prints the coefficients a row each and the effects side by side`() {
    let text = ruralvalue(Self.sdm).output
    #expect(text.contains("Variable") && text.contains("Coefficient") && text.contains("W × logp"))
    #expect(
      text.contains("Direct effect") && text.contains("Indirect effect") && text.contains("Total effect"))
    #expect(!text.contains("95% low"))
    let full = ruralvalue(Self.sdm + ["--layout", "full"]).output
    #expect(full.contains("95% low") && full.contains("indirect") && !full.contains("Direct effect"))
    let columns = ruralvalue(Self.sdm + ["--layout", "columns"]).output
    #expect(columns.contains("(1)") && columns.contains("(0.041)") && columns.contains("Direct effect"))
  }

  /// Their columns are those that `audit` reads, and total effects are direct and indirect ones together; with W
  /// row-standardised also (b + θ)/(1 − ρ).
  @Test(arguments: [[], ["--dynamic", "both"], ["--model", "sar"]])
  func `audit finds every row of the wide effects consistent`(more: [String]) throws {
    let folder = DeliveryTests.Folder()
    #expect(ruralvalue(Self.sdm + more + ["--out", folder.path]).code == .done)
    let head = try folder.text("effects_wide.csv").prefix { $0 != "\n" }
    let horizon = more == ["--dynamic", "both"] ? "horizon," : ""
    #expect(head.hasPrefix("term,\(horizon)direct,direct_se,indirect,indirect_se,total,total_se"))
    let coefficients = more.isEmpty ? ["--coefficients", "\(folder.path)/coefficients.csv"] : []
    let outcome = ruralvalue(["audit", "\(folder.path)/effects_wide.csv", "--quiet"] + coefficients)
    let count = horizon.isEmpty ? 6 : 12
    #expect(
      outcome.code == .done && outcome.output.contains("\(count) rows: \(count) consistent."), "\(outcome)")
    #expect(outcome.output.contains("All \(count / 3) totals are direct + indirect within rounding."))
    #expect(more.isEmpty == outcome.output.contains("totals are (b + θ)/(1 − ρ) within rounding."))
  }

  @Test func `audit finds every row of the coefficients consistent`() throws {
    let folder = DeliveryTests.Folder()
    #expect(ruralvalue(Self.gmm + ["--layout", "rows", "--out", folder.path]).code == .done)
    let outcome = ruralvalue(["audit", "\(folder.path)/gmm_table.csv", "--quiet"])
    #expect(outcome.code == .done && !outcome.output.contains("inconsistent"), "\(outcome)")
    #expect(
      try folder.text("gmm_table.csv").hasPrefix("term,estimate,std_error,statistic,p_value,row_kind"))
  }

  @Test func `the wide effects have the numbers of the long ones`() throws {
    let folder = DeliveryTests.Folder()
    #expect(ruralvalue(Self.sdm + ["--out", folder.path]).code == .done)
    let long = try folder.text("effects.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let wide = try folder.text("effects_wide.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    for row in wide.dropFirst() {
      for (place, kind) in ["direct", "indirect", "total"].enumerated() {
        let own = try #require(long.first { $0[0] == row[0] && $0[1] == kind })
        #expect(own[3] == row[1 + 2 * place] && own[4] == row[2 + 2 * place])
      }
    }
    #expect(wide.count == 3)
  }

  @Test func `gmm prints a row a term on request and its usual table without`() {
    let rows = ruralvalue(Self.gmm + ["--layout", "rows"]).output
    #expect(rows.contains("n (t−1)") && rows.contains("Coefficient") && rows.contains("Hansen J p"))
    // Difference GMM beside it keeps its intervals.
    #expect(!rows.components(separatedBy: "\n\n")[0].contains("95% low"))
    let usual = ruralvalue(Self.gmm).output
    #expect(usual.contains("95% low") && usual.contains("lag(n, 1)"))
  }

  @Test func `all tables together have each number once`() throws {
    let folder = DeliveryTests.Folder()
    let outcome = ruralvalue(Self.sdm + ["--out", folder.path, "--format", "docx"])
    #expect(outcome.code == .done, "\(outcome.errors)")
    for name in ["sdm_table", "coefficients", "effects", "effects_wide", "tables"] {
      #expect(FileManager.default.fileExists(atPath: "\(folder.path)/\(name).docx"), "\(name)")
    }
    let all = try Data(contentsOf: URL(filePath: "\(folder.path)/tables.docx"))
    let text = String(decoding: all, as: UTF8.self)
    #expect(text.contains("Direct effect") && !text.contains("95% low"))
  }

  @Test func `a label of a study that is of nothing in any step is said`() throws {
    let box = try StudySandbox(
      study: """
        { labels: { income: "Income", pesticide: "Pesticide", vilages: "Villages" }, panel: { file: "panel.csv" },
          models: { fe: [{ name: "m", formula: "income ~ villages", effects: "unit" }] } }
        """)
    let outcome = box.run()
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(
      outcome.errors.contains(
        "labels: there is no \"vilages\" to be called otherwise. Did you mean \"villages\"?"),
      "\(outcome.errors)")
    #expect(!outcome.errors.contains("pesticide") && !outcome.errors.contains("\"income\""))
    // A run that finds everything done says the same.
    #expect(box.run().errors.contains("\"vilages\""))
  }
}
