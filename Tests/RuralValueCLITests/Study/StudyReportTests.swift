import Foundation
import Testing

@testable import RuralValueCLI

/// The report's first page, the paper's tables and figures, and the appendix.
struct StudyReportTests {
  /// The small study with further blocks.
  private static func sandbox(_ blocks: String = "") throws -> StudySandbox {
    let box = try StudySandbox()
    let text = try box.text("study.json")
    let end = try #require(text.lastIndex(of: "}"))
    try box.write(text[..<end] + blocks + "}\n", to: "study.json")
    return box
  }

  private static func report(_ box: StudySandbox, _ words: String...) throws -> String {
    let outcome = ruralvalue(["study", box.study] + words)
    #expect(outcome.code == .done, "\(outcome.errors)")
    return try box.text("results/report.html")
  }

  /// The words of a part of a page, without markup.
  private static func words(_ html: Substring) -> String {
    String(html).replacing(/<[^>]*>/, with: " ").replacing(/\s+/, with: " ").replacing("&quot;", with: "\"")
  }

  private static func firstPage(_ report: String) throws -> String {
    let start = try #require(report.firstRange(of: "<section class=\"rv-first\""))
    let end = try #require(report[start.lowerBound...].firstRange(of: "</section>"))
    return words(report[start.lowerBound..<end.lowerBound])
  }

  @Test
  func
    `the report opens with what was asked, the number that answers with its interval, and what speaks against it`()
    throws
  {
    let page = try Self.firstPage(
      try Self.report(
        try Self.sandbox(
          "questions: [{ ask: \"Does value last?\", of: \"level\", numbers: [\"lag(V, 1)\", \"ar1\", \"lag(W)\"] }],"
        )))
    #expect(page.hasPrefix(" Summary What was asked Does value last? Model level. Sample: 6 observations"))
    #expect(page.contains("95% low 95% high"))
    // The lag has an interval, the test a p value, and what is not there its reason.
    #expect(page.firstMatch(of: /V \(t−1\) level 1\.324 \*\*\* 0\.78\d 1\.86\d/) != nil, "\(page)")
    #expect(page.contains("Test: no serial correlation of order 1"))
    #expect(page.contains("lag(W): the model has no such number."))
    #expect(page.contains("What speaks against it level: Instruments were assumed"))
  }

  @Test func `a study without questions says what its models ask, in both languages`() throws {
    let box = try Self.sandbox()
    #expect(try Self.firstPage(try Self.report(box)).contains("Dynamic panel GMM: level"))
    let chinese = try Self.firstPage(try Self.report(box, "--lang", "zh"))
    #expect(chinese.hasPrefix(" 摘要 研究问题") && chinese.contains("对结论不利的证据"))
  }

  @Test func `the paper's tables stand first with their numbers, and the appendix points to them`() throws {
    let report = try Self.report(
      try Self.sandbox(
        "paper: [{ table: 4, of: \"gmm-level\", title: \"Results\" }, { table: 3, of: \"variables\" },"
          + " { table: 7, of: \"entropy/weight_summary\", rows: { index: \"V\" } }],"))
    let body = Self.words(report[...])
    // The list of contents names both; then each stands once more in its place.
    let order = body.ranges(of: /Table 4\. Results|Appendix A ?\. Data and preparation/).map {
      body[$0].hasPrefix("Table")
    }
    #expect(order == [false, true, false], "\(order)")
    #expect(report.contains("id=\"rv-table-4\"") && report.contains("id=\"rv-table-3\""))
    #expect(report.contains("<p class=\"rv-elsewhere\"><a href=\"#rv-table-4\">Table 4</a>"))
    // All rows are of V, so that the appendix does not repeat the table.
    #expect(report.contains("<p class=\"rv-elsewhere\"><a href=\"#rv-table-7\">Table 7</a>"))
  }

  @Test func `printing hides nothing and skips no number`() throws {
    let report = try Self.report(try Self.sandbox())
    let folded = report.matches(of: /<details[^>]*>/).map(\.output)
    #expect(!folded.isEmpty && folded.allSatisfy { $0.contains(" open") })
    for letter in ["A", "B", "C", "D", "E"] {
      let pattern = try Regex("Table \(letter)(\\d+)\\.")
      let numbers = report.matches(of: pattern).compactMap { $0.output[1].substring.flatMap { Int($0) } }
      #expect(Set(numbers) == Set(numbers.isEmpty ? [] : Array(1...(numbers.max() ?? 1))), "\(letter)")
    }
  }

  @Test(arguments: [
    ("questions: [{ of: \"level\" }],", "questions[0]: there is no key \"ask\""),
    (
      "questions: [{ ask: \"a\", of: \"levle\", numbers: [\"rho\"] }],",
      "there is no model \"levle\". Did you mean \"level\"?"
    ),
    ("questions: [true],", "questions[0]: found true; expected a question"),
    ("paper: [{ table: 1 }],", "paper[0]: there is no key \"of\""),
    ("paper: [{ of: \"gmm-level\" }],", "paper[0]: expected one of table: 4 and figure: 3"),
    (
      "paper: [{ table: 1, figure: 1, of: \"gmm-level\" }],",
      "paper[0]: expected one of table: 4 and figure: 3"
    ),
    (
      "paper: [{ table: 1, of: \"gmm-levle\" }],",
      "there is no step \"gmm-levle\". Did you mean \"gmm-level\"?"
    ),
    (
      "paper: [{ table: 0, of: \"gmm-level\" }],",
      "paper[0].table: found the number 0; expected a whole number from 1 to 999"
    ),
    (
      "paper: [{ table: 1, of: \"entropy\" }, { table: 1, of: \"gmm-level\" }],",
      "paper[1]: its number stands there already"
    ),
  ])
  func `what a block names and is not there is said at its place`(block: String, message: String) throws {
    let outcome = try Self.sandbox(block).run("--check")
    #expect(outcome.code == .usage || outcome.code == .data)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test func `a table that a step lacks is named in the paper's part with those that it has`() throws {
    let body = Self.words(
      try Self.report(try Self.sandbox("paper: [{ table: 2, of: \"gmm-level/effects\" }],"))[...])
    #expect(body.contains("The step gmm-level has no table \"effects\"; it has: coefficients"))
  }

  @Test
  func `names of units come from the column that the panel names, and a column that is nowhere is said`()
    throws
  {
    let box = try Self.sandbox()
    try box.change("study.json", "time: \"year\"", "time: \"year\", names: \"nmae\"")
    let outcome = box.run("--check")
    #expect(outcome.errors.contains("there is no column \"nmae\" in the panel"), "\(outcome.errors)")
  }
}
