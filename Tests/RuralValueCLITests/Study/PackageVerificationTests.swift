import Foundation
import RuralValueFormats
import Testing

@testable import RuralValueCLI

/// Running a package elsewhere: what is the same, and what differs from the package.
@Suite struct PackageVerificationTests {
  private static func change(_ package: String, _ name: String, _ old: String, _ new: String) throws {
    let text = try StudyPackageTests.text(package, name)
    #expect(text.contains(old))
    try Data(text.replacingOccurrences(of: old, with: new).utf8).write(
      to: URL(filePath: "\(package)/\(name)"))
  }

  @Test func `a package unpacked elsewhere, by somebody else, gives the same digests`() throws {
    let (_, package) = try StudyPackageTests.packed()
    defer { StudyPackageTests.remove(package) }
    let outcome = ruralvalue(["study", package, "--jobs", "3"], stateFolder: "\(package)/other-user")
    #expect(outcome.code == .done, "\(outcome.errors)")
    let listed = try #require(
      ManifestListing([UInt8](Data(contentsOf: URL(filePath: "\(package)/results/manifest.json")))))
    let count = listed.files.count
    #expect(count > 100)
    #expect(outcome.output.contains("\(count) of \(count) files are the same, byte for byte."))
    #expect(outcome.output.contains("All 31 tables and 5 figures are the same."))
    #expect(!outcome.output.contains("Moved") && !outcome.output.contains("differs"))
    #expect(
      try StudyPackageTests.text(package, "results-new/manifest.json")
        == StudyPackageTests.text(package, "results/manifest.json"))
    // Again, and somewhere else; and without running anything.
    let other = ruralvalue(["study", package, "--out", package + "/else", "--fresh"])
    #expect(other.code == .done && FileManager.default.fileExists(atPath: package + "/else/report.html"))
    let checked = ruralvalue(["study", package + "/package.json", "--check"])
    #expect(checked.code == .done && checked.output.contains("nothing was run"))
  }

  @Test func `one changed byte of data names the file, and the tables that moved and those that did not`()
    throws
  {
    let (_, package) = try StudyPackageTests.packed()
    defer { StudyPackageTests.remove(package) }
    try Self.change(package, "data/panel.csv", "0430103,2020,天心区,8,6.5", "0430103,2020,天心区,9,6.5")
    let outcome = ruralvalue(["study", package])
    #expect(outcome.code == .decisionErrors, "\(outcome.errors)")
    #expect(outcome.output.contains("Not the data of the package: data/panel.csv."))
    #expect(outcome.output.contains("Moved: Table "))
    let json = ruralvalue(["study", package, "--json"])
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let exhibits = try #require(document["exhibits"] as? [[String: Any]])
    let results = Dictionary(grouping: exhibits) { "\($0["step"] ?? "")" }
    let moved = try #require(results["entropy"]).map { $0["result"] as? String }
    #expect(moved.contains("differs"))
    #expect(try #require(results["weights-links"]).allSatisfy { $0["result"] as? String == "same" })
    let place = try #require(results["describe"]?.first?["place"] as? String)
    #expect(place.contains("V, mean: ") || place.contains("ln_income"))
    let data = try #require(document["data"] as? [[String: Any]])
    #expect(
      data.filter { $0["result"] as? String != "same" }.map { $0["file"] as? String } == ["data/panel.csv"])
    #expect(ruralvalue(["study", package, "--check"]).code == .decisionErrors)
    #expect(ruralvalue(["study", package, "--lang", "zh"]).output.contains("与材料不同的数据：data/panel.csv"))
  }

  @Test func `a package without data says what to get from where, and checks it before anything is run`()
    throws
  {
    let study = try StudySandbox().text("study.json").replacingOccurrences(
      of: "  seed: 7,",
      with:
        "  seed: 7,\n  sources: { \"panel.csv\": { source: \"The office\", url: \"https://example.org\" } },")
    let (box, package) = try StudyPackageTests.packed("--without-data", study: study)
    defer { StudyPackageTests.remove(package) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: package + "/data").isEmpty)
    // Nor do the panels that prepare writes, which are the data again.
    #expect(!FileManager.default.fileExists(atPath: package + "/results/analysis/panel.csv"))
    #expect(FileManager.default.fileExists(atPath: package + "/results/gmm-level/coefficients.csv"))
    #expect(try StudyPackageTests.text(package, "README.md").contains("results/analysis/panel.csv"))
    let digest = SHA256.hexadecimal([UInt8](try Data(contentsOf: URL(filePath: box.path("panel.csv")))))
    let outcome = ruralvalue(["study", package])
    #expect(outcome.code == .file)
    #expect(outcome.errors.contains("needs 3 data files that are not there; nothing was run."))
    #expect(outcome.errors.contains("to get: data/panel.csv, from The office; https://example.org"))
    #expect(outcome.errors.contains("SHA-256 \(digest)"))
    #expect(!FileManager.default.fileExists(atPath: package + "/results-new"))
    for name in ["panel.csv", "system.csv", "links.csv"] {
      try FileManager.default.copyItem(atPath: box.path(name), toPath: "\(package)/data/\(name)")
    }
    let found = ruralvalue(["study", package])
    #expect(found.code == .done, "\(found.errors)\(found.output)")
    try Self.change(package, "data/links.csv", "0430103,0430104", "0430102,0430104")
    let other = ruralvalue(["study", package])
    #expect(other.code == .decisionErrors)
    #expect(other.output.contains("Not the data of the package: data/links.csv."))
  }

  @Test func `a result that was changed in the package is told, and is no measure of the replication`() throws
  {
    let (_, package) = try StudyPackageTests.packed()
    defer { StudyPackageTests.remove(package) }
    try Self.change(package, "results/describe/descriptives.csv", "V,", "V ,")
    let outcome = ruralvalue(["study", package])
    #expect(outcome.code == .decisionErrors)
    #expect(
      outcome.output.contains("Changed in the package since it was made: results/describe/descriptives.csv."))
    #expect(!outcome.output.contains("Moved"))
  }

  @Test func `a package that reads more than it holds is not run`() throws {
    let (box, package) = try StudyPackageTests.packed()
    defer { StudyPackageTests.remove(package) }
    try Self.change(package, "study.json", "\"data/links.csv\"", "\"\(box.path("links.csv"))\"")
    let outcome = ruralvalue(["study", package])
    #expect(outcome.code == .data)
    #expect(outcome.errors.contains("reads files outside the package: \(box.path("links.csv"))"))
    #expect(!FileManager.default.fileExists(atPath: package + "/results-new"))
  }

  /// The difference of two tables.
  private func difference(_ before: String, _ after: String, _ name: String = "t.csv") -> FileDifference {
    FileDifference(Array(before.utf8), Array(after.utf8), named: name, digits: 3)
  }

  @Test func `last digits of another processor print the same, and the largest difference is told`() {
    let printed = difference("term,b\nP,0.12345678901234\nC,2\n", "term,b\nP,0.12345678901235\nC,2\n")
    #expect(printed.count == 1 && printed.printsSame && printed.isNumeric)
    #expect(printed.largest > 5e-14 && printed.largest < 1e-13)
    // Just at the edge of two printed numbers, the last digit of sixteen moves none.
    #expect(difference("b\n0.12350000000000\n", "b\n0.12349999999999\n").printsSame)
    let moved = difference("term,b\nP,0.1234\nC,2\n", "term,b\nP,0.1234\nC,3\n")
    #expect(!moved.printsSame)
    #expect(moved.first == .init(row: "C", column: "b", before: "2", after: "3"))
    #expect(abs(moved.largest - 1.0 / 3) < 1e-15)
  }

  @Test func `words, rows and columns that differ are no last digits`() {
    #expect(!difference("term,stars\nP,**\n", "term,stars\nP,*\n").isNumeric)
    #expect(!difference("b\n1\n", "b\n1\n2\n").printsSame)
    #expect(!difference("b,c\n1,2\n", "b,d\n1,2\n").printsSame)
    #expect(!difference("P & 0.123** \\\\", "P & 0.123* \\\\", "t.tex").printsSame)
    let aligned = difference("P  & 0.12345 \\\\", "P & 0.12346 \\\\", "t.tex")
    #expect(aligned.printsSame && aligned.count == 1)
    #expect(!difference("sha a3f9e1", "sha a3f9e2", "t.json").isNumeric)
  }
}
