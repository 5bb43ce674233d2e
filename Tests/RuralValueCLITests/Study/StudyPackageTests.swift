import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// Making a package of a study: what it holds, and what it does not.
@Suite struct StudyPackageTests {
  /// The small study, packed, and the package moved to another folder, as a journal's archive would.
  static func packed(_ words: String..., study: String? = nil) throws -> (box: StudySandbox, package: String)
  {
    let box = try StudySandbox(study: study)
    let outcome = ruralvalue(["study", box.study, "--package", box.path("package")] + words)
    #expect(outcome.code == .done, "\(outcome.errors)")
    let place = FileManager.default.temporaryDirectory.appending(path: "别处-\(UUID().uuidString)").path
    try FileManager.default.moveItem(atPath: box.path("package"), toPath: place)
    return (box, place)
  }

  static func remove(_ package: String) { try? FileManager.default.removeItem(atPath: package) }

  static func text(_ package: String, _ name: String) throws -> String {
    try String(contentsOfFile: "\(package)/\(name)", encoding: .utf8)
  }

  private static func files(_ package: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: package).filter { name in
      (try? FileManager.default.contentsOfDirectory(atPath: "\(package)/\(name)")) == nil
    }.sorted()
  }

  @Test func `a package holds data, study, results and README, and nothing of the machine that made it`()
    throws
  {
    let (box, package) = try Self.packed()
    defer { Self.remove(package) }
    let names = try Self.files(package)
    for name in [
      "README.md", "study.json", "package.json", "data/panel.csv", "data/system.csv", "data/links.csv",
    ] {
      #expect(names.contains(name))
    }
    #expect(names.contains("results/manifest.json") && names.contains("results/gmm-level/coefficients.csv"))
    #expect(!names.contains { $0.contains(".study") })
    // The results are those of the study, but for what names its inputs.
    #expect(box.run().code == .done)
    #expect(
      try Self.text(package, "results/gmm-level/coefficients.csv")
        == box.text("results/gmm-level/coefficients.csv"))
    let traces = [
      box.folder.path, box.folder.lastPathComponent, NSTemporaryDirectory(), NSHomeDirectory() + "/",
    ]
    for name in names {
      let bytes = try Data(contentsOf: URL(filePath: "\(package)/\(name)"))
      for trace in traces where trace.count > 1 {
        #expect(bytes.range(of: Data(trace.utf8)) == nil, "\(name): \(trace)")
      }
    }
    let study = try Self.text(package, "study.json")
    #expect(study.contains("file: \"data/panel.csv\""))
    #expect(study.contains("// Three invented counties"))
    #expect(box.exists("package") == false)
  }

  @Test func `the README names each table and figure, its step, its call and files that are there`() throws {
    let (_, package) = try Self.packed()
    defer { Self.remove(package) }
    let readme = try Self.text(package, "README.md")
    for heading in [
      "## Overview", "## Data availability and provenance statements", "## Dataset list",
      "## Computational requirements", "## Description of programs/code", "## Instructions to replicators",
      "## List of tables, figures and programs", "## References",
    ] {
      #expect(readme.contains(heading + "\n"))
    }
    #expect(readme.contains("its seed, 7"))
    #expect(readme.contains("OpenBLAS"))
    #expect(readme.contains("ruralvalue gmm results/analysis/panel.csv"))
    let rows = readme.split(separator: "\n").filter { $0.hasPrefix("| Table ") || $0.hasPrefix("| Figure ") }
    #expect(rows.count > 10)
    for row in rows {
      let files = row.split(separator: "`").filter { $0.hasPrefix("results/") }
      // What the models' variables are has no file but the report.
      #expect(!files.isEmpty || row.contains("`report`"), "\(row)")
      for file in files { #expect(FileManager.default.fileExists(atPath: "\(package)/\(file)"), "\(file)") }
    }
    // The report counts its tables and figures; the README must know the same.
    let report = try Self.text(package, "results/report.html")
    let pattern = /<span class="rv-number">((?:Table|Figure) [A-Z]?\d+)\.<\/span>/
    let counted = Set(report.matches(of: pattern).map { String($0.output.1) })
    let listed = Set(rows.map { $0.split(separator: " ")[1...2].joined(separator: " ") })
    #expect(counted == listed)
  }

  @Test func `a Chinese package speaks Chinese, and keeps the option for whoever runs it again`() throws {
    let (_, package) = try Self.packed("--lang", "zh", "--digits", "4")
    defer { Self.remove(package) }
    let readme = try Self.text(package, "README.md")
    #expect(readme.contains("## 数据可得性与来源声明"))
    #expect(readme.contains("ruralvalue study study.json --lang zh --digits 4 --out results-new"))
    #expect(readme.contains("| 表1 |"))
    let outcome = ruralvalue(["study", package])
    #expect(outcome.code == .done, "\(outcome.errors)\(outcome.output)")
  }

  @Test func `sources of the study stand in the README and in the list, and a file without one is told`()
    throws
  {
    let small = try StudySandbox().text("study.json").replacingOccurrences(
      of: "  seed: 7,",
      with: """
          seed: 7,
          sources: {
            "panel.csv": { source: "Invented | for tests", url: "https://example.org/panel", license: "CC BY 4.0",
              citation: "Nobody (2024). Counties." },
            "links.csv": "drawn by hand",
          },
        """)
    let box = try StudySandbox(study: small)
    let outcome = box.run("--package", box.path("p"))
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(outcome.errors.contains("does not say where these come from: system.csv."))
    let readme = try box.text("p/README.md")
    #expect(readme.contains("Source: Invented \\| for tests"))
    #expect(readme.contains("License: CC BY 4.0"))
    #expect(readme.contains("- Nobody (2024). Counties."))
    let study = try box.text("p/study.json")
    #expect(study.contains("\"data/panel.csv\": { source:"))
    let wrong = try StudySandbox(
      study: small.replacingOccurrences(of: "\"links.csv\": \"dr", with: "\"lnks.csv\": \"dr"))
    #expect(wrong.run().errors.contains("the study reads no file \"lnks.csv\". Did you mean \"links.csv\"?"))
  }

  @Test func `what stands in the place of a package stays, and nothing stands beside it`() throws {
    let box = try StudySandbox()
    try FileManager.default.createDirectory(atPath: box.path("full"), withIntermediateDirectories: true)
    try box.write("mine", to: "full/notes.txt")
    try box.write("mine", to: "file")
    let before = try FileManager.default.contentsOfDirectory(atPath: box.folder.path).sorted()
    let outcome = box.run("--package", box.path("full"))
    #expect(outcome.code == .file)
    #expect(outcome.errors.contains("is not empty: it has notes.txt."))
    #expect(box.run("--package", box.path("file")).code == .file)
    #expect(try box.text("full/notes.txt") == "mine")
    #expect(try FileManager.default.contentsOfDirectory(atPath: box.folder.path).sorted() == before)
    // An empty folder is as good as none.
    try FileManager.default.createDirectory(atPath: box.path("empty"), withIntermediateDirectories: true)
    #expect(box.run("--package", box.path("empty")).code == .done)
    #expect(box.exists("empty/README.md"))
  }

  @Test func `a study with a failed step is no package, and leaves nothing`() throws {
    let box = try StudySandbox()
    // Moran's I needs four counties.
    try box.change("study.json", "models: {", "moran: { variables: [\"V\"] },\n  models: {")
    let before = try FileManager.default.contentsOfDirectory(atPath: box.folder.path).sorted()
    let outcome = box.run("--package", box.path("package"))
    #expect(outcome.code == .data || outcome.code == .numerical)
    #expect(outcome.errors.contains("No package was made") && outcome.errors.contains("moran-v: "))
    #expect(try FileManager.default.contentsOfDirectory(atPath: box.folder.path).sorted() == before)
  }

  @Test func `a comment that names the machine's folders is told`() throws {
    let box = try StudySandbox()
    try box.change("study.json", "  seed: 7,", "  seed: 7,  // as in \(box.folder.path)/old, panel.csv")
    let outcome = box.run("--package", box.path("p"))
    #expect(outcome.code == .done)
    #expect(outcome.errors.contains("study.json in the package still names \(box.folder.path)"))
  }

  @Test func `options that do not go with a package are refused`() throws {
    let box = try StudySandbox()
    for words in [["--without-data"], ["--package", "p", "--check"], ["--package", "p", "--out", "q"]] {
      #expect(ruralvalue(["study", box.study] + words).code == .usage, "\(words)")
    }
    #expect(ruralvalue(["study", box.study, "--package", box.path("made")]).code == .done)
    #expect(ruralvalue(["study", box.path("made"), "--package", box.path("again")]).code == .usage)
    let other = ruralvalue(["study", box.path("made"), "--digits", "2"])
    #expect(other.code == .usage && other.errors.contains("expected it without --digits"))
    #expect(!box.exists("again") && !box.exists("made/results-new"))
    let folder = ruralvalue(["study", box.folder.path])
    #expect(folder.code == .file)
    #expect(
      folder.errors.contains("so no package") && folder.errors.contains("\(box.folder.path)/study.json"))
    try box.write("{}", to: "package.json")
    #expect(ruralvalue(["study", box.folder.path]).code == .data)
  }
}
