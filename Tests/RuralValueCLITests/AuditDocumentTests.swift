import Foundation
import RuralValue
import TestSupport
import Testing

@testable import RuralValueCLI

/// `audit` on documents: the program's own tables in every format, several tables in a file, hand edits.
@Suite struct AuditDocumentTests {
  private static let formats = "csv,md,tex,html,docx,json"
  private static let abdata = ProjectFiles.fixture("reference/gmm/abdata.csv").path

  /// Calls that write tables, with the verb's own table.
  static let writers: [[String]] = [
    [
      "sdm", ProjectFiles.fixture("reference/sdm/cigar.csv").path, "--formula", "logc ~ logp + logy",
      "--weights",
      ProjectFiles.fixture("reference/sdm/us-state-borders.csv").path, "--no-tests", "--draws", "0",
    ],
    [
      "sdm", ProjectFiles.fixture("reference/sdm/cigar.csv").path, "--formula", "logc ~ logp + logy",
      "--weights",
      ProjectFiles.fixture("reference/sdm/us-state-borders.csv").path, "--no-tests", "--draws", "0",
      "--layout",
      "columns", "--dynamic", "both", "--lang", "zh",
    ],
    ["gmm", abdata, "--formula", "n ~ lag(n) + w + k"],
    [
      "gmm", abdata, "--formula", "n ~ lag(n) + w + k", "--layout", "rows", "--stars", "0.05,0.01", "--lang",
      "zh",
    ],
    ["fe", abdata, "--formula", "n ~ w + k", "--digits", "2"],
    ["fe", abdata, "--formula", "n ~ w + k", "--layout", "columns", "--digits", "4s"],
  ]

  @Test(arguments: writers) func `audit finds nothing in the program's own tables, whatever their format`(
    call: [String]
  ) throws {
    let folder = DeliveryTests.Folder()
    #expect(ruralvalue(call + ["--quiet", "--out", folder.path, "--format", Self.formats]).code == .done)
    var audited = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    where !name.hasSuffix(".json") {
      let outcome = ruralvalue(["audit", "\(folder.path)/\(name)", "--quiet"])
      // Tables of tests and of the fit hold no estimates.
      guard outcome.code != .data else { continue }
      #expect(outcome.code == .done && !outcome.output.contains("inconsistent"), "\(name): \(outcome)")
      // CSV has estimates and errors without stars.
      #expect(name.hasSuffix(".csv") || !outcome.output.contains("Too little"), "\(name): \(outcome)")
      audited += 1
    }
    #expect(audited >= 10)
  }

  @Test(arguments: ["(", "["]) func `models side by side are clean in every format, and a hand edit is seen`(
    bracket: String
  ) throws {
    let folder = DeliveryTests.Folder()
    for (place, call) in [Self.writers[0], Self.writers[2], Self.writers[4]].enumerated() {
      #expect(
        ruralvalue(call + ["--quiet", "--out", "\(folder.path)/\(place)", "--format", "json"]).code == .done)
    }
    let results = zip(0..., ["sdm", "gmm", "fe"]).map { "\(folder.path)/\($0)/\($1).json" }
    let table =
      ["table"] + results + ["--quiet", "--out", "\(folder.path)/t", "--format", "csv,md,tex,html,docx"]
    #expect(ruralvalue(table + (bracket == "[" ? ["--brackets", "t"] : [])).code == .done)
    for format in ["csv", "md", "tex", "html", "docx"] {
      let outcome = ruralvalue(["audit", "\(folder.path)/t/table.\(format)", "--quiet"])
      #expect(
        outcome.code == .done && outcome.output.contains("18 rows: 18 consistent"), "\(format): \(outcome)")
    }
    let tex = try folder.text("t/table.tex")
    #expect(tex.contains("-0.353 &"))
    try tex.replacing("-0.353 &", with: "-0.353^{**} &").write(
      toFile: "\(folder.path)/t/edited.tex", atomically: true, encoding: .utf8)
    let edited = ruralvalue(["audit", "\(folder.path)/t/edited.tex"])
    #expect(edited.code == .decisionErrors)
    let line =
      1 + tex.prefix { $0 != "\u{0}" }.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { $0.contains("-0.353 &") }!
    #expect(edited.output.contains("edited.tex, table 1"))
    #expect(edited.output.split(separator: "\n").contains { $0.hasPrefix("w ") && $0.contains(" \(line) ") })
  }

  private static let page = """
    <p>Table 1. Means</p><table><tr><td>x</td><td>12</td></tr><tr><td>y</td><td>15</td></tr></table>
    <table><caption>Table 2. Effects of P</caption><tr><td></td><td>(1)</td></tr><tr><td>P</td><td>0.199** (0.061)</td></tr>
    <tr><td>C</td><td>-0.035* (0.060)</td></tr></table><p>* p &lt; 0.05, ** p &lt; 0.01</p>
    <table><caption>Table 3. Effects of I</caption><tr><td></td><td>(1)</td></tr><tr><td>I</td><td>-0.064** (0.018)</td></tr>
    <tr><td>T</td><td>-0.004 (0.015)</td></tr></table><p>* p &lt; 0.05, ** p &lt; 0.01</p>
    """

  @Test func `each table of a page is audited and named, or the one that is asked for`() throws {
    let folder = DeliveryTests.Folder()
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    let path = "\(folder.path)/paper.html"
    try Self.page.write(toFile: path, atomically: true, encoding: .utf8)
    let all = ruralvalue(["audit", path])
    #expect(all.code == .decisionErrors)
    #expect(
      all.output.contains("table 2 (Table 2. Effects of P)") && all.output.contains("table 3 (Table 3."))
    #expect(all.errors.contains("Left out, for nothing in them can be checked: table 1 of"))
    let third = ruralvalue(["audit", path, "--table", "3"])
    #expect(third.code == .done && third.output.contains("2 rows: 2 consistent."))
    let none = ruralvalue(["audit", path, "--table", "7"])
    #expect(
      none.code == .usage && none.errors.contains("--table is 7") && none.errors.contains("3 tables: 1 ("))
    let first = ruralvalue(["audit", path, "--table", "1"])
    #expect(first.code == .data && first.errors.contains("there is no estimate"))
    let json = ruralvalue(["audit", path, "--json", "--quiet"]).output
    #expect(json.contains("\"table\": 2") || json.contains("\"table\":2"))
  }

  @Test func `a printed table that looks like a page is read from CSV and told from panels`() throws {
    let folder = DeliveryTests.Folder()
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    let path = "\(folder.path)/printed.csv"
    try
      "Table 4. Estimates\n,(1),(2)\nlnP,0.199**,-0.029**\n,(0.061),(0.009)\nN,1210,1210\n* p<0.05, ** p<0.01\n"
      .write(
        toFile: path, atomically: true, encoding: .utf8)
    let printed = ruralvalue(["audit", path])
    #expect(printed.code == .done && printed.output.contains("2 rows: 2 consistent."), "\(printed)")
    let panel = ruralvalue(["audit", Self.abdata])
    #expect(panel.code == .data && panel.errors.contains("there is no column \"term\""), "\(panel)")
  }
}
