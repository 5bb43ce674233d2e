import Foundation
import Testing

@testable import RuralValueCLI

/// `audit study.json`: every file of a finished study as it was written, or what was changed by hand.
@Suite struct StudyAuditTests {
  @Test func `a study that nobody touched has no finding`() throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    let outcome = ruralvalue(["audit", box.study])
    #expect(outcome.code == .done, "\(outcome.errors)\(outcome.output)")
    #expect(outcome.output.contains("files are as the study wrote them."))
    #expect(ruralvalue(["audit", box.path("results/manifest.json")]).code == .done)
  }

  @Test(arguments: [
    ("results/gmm-level/coefficients.csv", "std_error"), ("results/gmm-level/coefficients.tex", ""),
    ("results/gmm-level/coefficients.md", ""), ("results/gmm-level/coefficients.html", ""),
  ])
  func `a number changed by hand is named with its place and with what the study wrote`(
    name: String, column: String
  )
    throws
  {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    let text = try box.text(name)
    let number = try #require(text.firstMatch(of: /0\.[0-9]{3,}/)).output
    let edited = "0.9" + number.dropFirst(3)
    try box.write(text.replacing(number, with: edited, maxReplacements: 1), to: name)
    let outcome = ruralvalue(["audit", box.study, "--json"])
    #expect(outcome.code == .decisionErrors, "\(outcome.errors)")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let findings = try #require(document["findings"] as? [[String: Any]])
    #expect(findings.count == 1)
    #expect(findings.first?["file"] as? String == name)
    #expect(findings.first?["result"] as? String == "changed by hand")
    #expect((findings.first?["written"] as? String)?.contains(number) == true)
    #expect((findings.first?["found"] as? String)?.contains(edited) == true)
    if !column.isEmpty { #expect(findings.first?["column"] as? String == column) }
  }

  @Test func `a manifest made to fit an edit does not fit what the step left behind`() throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    let name = "results/describe/descriptives.csv"
    let before = try StudyFiles(studyFolder: "").entry(box.path(name)).sha256
    try box.change(name, "V,", "V ,")
    let after = try StudyFiles(studyFolder: "").entry(box.path(name)).sha256
    try box.change("results/manifest.json", before, after)
    let outcome = ruralvalue(["audit", box.study])
    #expect(outcome.code == .decisionErrors)
    #expect(
      outcome.output.contains("changed by hand") && outcome.output.contains("not what the steps left behind"))
    // Without the key a digest is all that there is, and the list is believed.
    #expect(ruralvalue(["audit", box.study], stateFolder: nil).code == .done)
  }

  @Test func `a drawing, a lost file, other data and another study file are findings too`() throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    let drawing = try #require(
      try box.files(in: "results").keys.filter { $0.hasSuffix(".svg") }.sorted().first)
    try box.write("<svg/>", to: "results/\(drawing)")
    try FileManager.default.removeItem(atPath: box.path("results/gmm-level/fit.csv"))
    try box.change("links.csv", "0430103,0430104", "0430102,0430104")
    try box.change("study.json", "seed: 7", "seed: 8")
    let outcome = ruralvalue(["audit", box.study, "--lang", "zh"])
    #expect(outcome.code == .decisionErrors)
    for word in [drawing, "不存在", "与研究所读数据不同", "与所运行的研究文件不同"] {
      #expect(outcome.output.contains(word), "\(word)")
    }
  }

  @Test func `a study without results, and options about printed tables, are refused`() throws {
    let box = try StudySandbox()
    let outcome = ruralvalue(["audit", box.study])
    #expect(outcome.code == .file)
    #expect(outcome.errors.contains("The study has no results yet"))
    #expect(box.run().code == .done)
    #expect(ruralvalue(["audit", box.study, "--levels", "0.05"]).code == .usage)
  }
}
