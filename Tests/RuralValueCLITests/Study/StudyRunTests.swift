import Foundation
import RuralValue
import TestSupport
import Testing

@testable import RuralValueCLI

/// Running a study: the same bytes, reuse, failures, and nothing out of date.
@Suite struct StudyRunTests {
  @Test func `the same study gives the same bytes, fresh, again, side by side and elsewhere`() throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    let first = try box.files(in: "results")
    #expect(first["report.html"] != nil && first["manifest.json"] != nil)
    #expect(first.count > 50)
    #expect(box.run("--fresh").code == .done)
    #expect(try box.files(in: "results") == first)
    #expect(box.run("--out", box.path("other"), "--jobs", "4").code == .done)
    #expect(try box.files(in: "other") == first)
    let elsewhere = try StudySandbox()
    #expect(elsewhere.run("--jobs", "3").code == .done)
    #expect(try elsewhere.files(in: "results") == first)
  }

  @Test func `the manifest names every file with the digest of its bytes, and no folder of the machine`()
    throws
  {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    let text = try box.text("results/manifest.json")
    #expect(!text.contains(box.folder.path))
    #expect(!(try box.text("results/report.html")).contains(box.folder.path))
    let manifest = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(manifest["schema"] as? String == "ruralvalue.manifest/1")
    let steps = try #require(manifest["steps"] as? [[String: Any]])
    var listed: Set<String> = ["report.html", "manifest.json", "tables.docx"]
    for file in steps.flatMap({ $0["outputs"] as? [[String: String]] ?? [] }) {
      let path = try #require(file["path"])
      let bytes = try Data(contentsOf: box.folder.appending(path: path))
      #expect(file["sha256"] == digest(bytes), "\(path)")
      listed.insert(String(path.dropFirst("results/".count)))
    }
    #expect(listed == Set(try box.files(in: "results").keys))
  }

  private func digest(_ data: Data) -> String {
    let path = try? write(data)
    let entry = try? StudyFiles(studyFolder: "").entry(path ?? "")
    if let path { try? FileManager.default.removeItem(atPath: path) }
    return entry?.sha256 ?? ""
  }

  private func write(_ data: Data) throws -> String {
    let url = FileManager.default.temporaryDirectory.appending(path: "digest-\(UUID().uuidString)")
    try data.write(to: url)
    return url.path
  }

  @Test func `only steps whose inputs changed, and those that build on them, run again`() throws {
    let box = try StudySandbox()
    _ = box.run()
    #expect(Set(try box.results().values) == ["reused"])
    try box.change("links.csv", "0430103,0430104", "0430102,0430104")
    var results = try box.results()
    #expect(results.filter { $0.value == "done" }.map(\.key) == ["weights-links"])
    try box.change("study.json", "steps: 1", "steps: 1, small: true")
    results = try box.results()
    #expect(Set(results.filter { $0.value == "done" }.keys) == ["gmm-one-step", "robustness-level"])
    try box.change("panel.csv", ",15,4.0,", ",16,4.0,")
    results = try box.results()
    #expect(results.filter { $0.value == "reused" }.map(\.key) == ["weights-links"])
  }

  @Test func `an output that was changed, removed or left half-written is made again`() throws {
    let box = try StudySandbox()
    _ = box.run()
    let first = try box.files(in: "results")
    try box.write("half", to: "results/describe/descriptives.csv")
    try FileManager.default.removeItem(atPath: box.path("results/gmm-level/fit.csv"))
    try FileManager.default.removeItem(atPath: box.path("results/report.html"))
    try box.write("{", to: "results/.study/records/entropy.json")
    try box.write("left over", to: "results/.study/tmp/1")
    let results = try box.results()
    #expect(Set(results.filter { $0.value == "done" }.keys) == ["describe", "entropy", "gmm-level"])
    let now = try box.files(in: "results").filter { $0.key != "describe/descriptives.csv.kept" }
    #expect(now == first)
    #expect(try FileManager.default.contentsOfDirectory(atPath: box.path("results/.study/tmp")).isEmpty)
  }

  @Test func `a step that fails leaves the others, and report, manifest and exit code say so`() throws {
    let box = try StudySandbox()
    _ = box.run()
    #expect(box.exists("results/gmm-level/coefficients.csv"))
    // Moran's I needs four counties, so the step fails for good reasons; its neighbours must not care.
    try box.change("study.json", "models: {", "moran: { variables: [\"V\"] },\n  models: {")
    try box.change("study.json", "V ~ lag(V)", "V ~ lag(V) + constant")
    let outcome = box.run()
    #expect(outcome.code == .data || outcome.code == .numerical)
    #expect(outcome.errors.contains("ruralvalue study: moran-v failed: "))
    let results = try box.results()
    #expect(results["moran-v"] == "failed")
    #expect(results["describe"] == "reused")
    let report = try box.text("results/report.html")
    #expect(report.contains("needs at least 4 units"))
    let manifest = try box.text("results/manifest.json")
    #expect(manifest.contains("\"status\": \"failed\""))
  }

  @Test func `what builds on a failed step is not run, and its old files are gone`() throws {
    let box = try StudySandbox()
    let first = box.run()
    #expect(first.code == .done, "\(first.errors)")
    try box.change("panel.csv", ",15,4.0,", ",much,4.0,")
    let outcome = box.run()
    #expect(outcome.code == .data)
    let results = try box.results()
    #expect(results["prepare"] == "failed")
    #expect(results["gmm-level"] == "not run: needs analysis")
    #expect(results["robustness-level"] == "not run: needs gmm-level")
    #expect(results["weights-links"] == "reused")
    #expect(!box.exists("results/gmm-level") && !box.exists("results/describe"))
    #expect(box.exists("results/weights-links/links.csv"))
    try box.change("panel.csv", ",much,4.0,", ",15,4.0,")
    #expect(box.run().code == .done)
  }

  @Test func `where the fault is the machine's, the files of an earlier run stay`() throws {
    let box = try StudySandbox()
    _ = box.run()
    // A folder that nothing takes away stands where the step would write.
    let before = try box.files(in: "results")
    let place = box.path("results/prepare/panel.csv")
    try FileManager.default.removeItem(atPath: place)
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
    try box.write("in the way", to: "results/prepare/panel.csv/notes.txt")
    try box.change("panel.csv", ",15,4.0,", ",16,4.0,")
    let outcome = box.run()
    #expect(outcome.code == .file)
    let results = try box.results()
    #expect(results["prepare"] == "failed")
    #expect(results["gmm-level"] == "not run: needs analysis")
    #expect(outcome.errors.contains("What an earlier run wrote stays: prepare, describe-indicators, "))
    #expect(try box.text("results/report.html").contains("What an earlier run wrote stays: prepare."))
    let own: Set = ["report.html", "manifest.json", "tables.docx", "prepare/panel.csv"]
    for (name, bytes) in before where !own.contains(name) {
      #expect(try box.files(in: "results")[name] == bytes, "\(name)")
    }
    try FileManager.default.removeItem(atPath: place)
    #expect(box.run().code == .done)
  }

  @Test func `files of steps that left the study go, and only those`() throws {
    let box = try StudySandbox()
    _ = box.run()
    try box.write("mine", to: "results/describe/notes.txt")
    try box.write("changed by hand", to: "results/gmm-one-step/fit.csv")
    try box.change(
      "study.json", "describe: { variables: [\"V\", \"ln_income\"] },", "")
    try box.change("study.json", "{ name: \"One step\", of: \"level\", steps: 1 },", "")
    let outcome = box.run()
    #expect(outcome.code == .done)
    #expect(try box.files(in: "results/describe").keys.sorted() == ["notes.txt"])
    #expect(try box.files(in: "results/gmm-one-step").keys.sorted() == ["fit.csv"])
    #expect(outcome.errors.contains("gmm-one-step/fit.csv is of an earlier run and was changed since"))
  }

  @Test func `two runs do not write into one folder at the same time`() throws {
    let box = try StudySandbox()
    let folder = try StudyFolder(box.path("results"), key: nil)
    let outcome = box.run()
    #expect(outcome.code == .file)
    #expect(outcome.errors.contains("Another run of a study is writing"))
    withExtendedLifetime(folder) {}
  }

  @Test func `the language, decimals and stars of the call go before the file's`() throws {
    let box = try StudySandbox()
    #expect(box.run("--lang", "zh", "--digits", "5", "--stars", "0.05,0.01").code == .done)
    #expect(try box.text("results/report.html").contains("lang=\"zh"))
    let manifest = try box.text("results/manifest.json")
    #expect(
      manifest.contains("\"--digits\"") && manifest.contains("\"zh\"") && manifest.contains("0.05,0.01"))
  }

  @Test func `the Hunan study runs whole, the same with one job and with four`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hunan-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let study = ProjectFiles.fixture("studies/hunan/study.json").path
    #expect(ruralvalue(["study", study, "--out", folder + "/one", "--quiet"]).code == .done)
    #expect(ruralvalue(["study", study, "--out", folder + "/four", "--jobs", "4", "--quiet"]).code == .done)
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder + "/one").filter {
      !$0.hasPrefix(".study") && $0.contains(".")
    }
    #expect(names.count > 200)
    for name in names {
      #expect(
        FileManager.default.contentsEqual(atPath: "\(folder)/one/\(name)", andPath: "\(folder)/four/\(name)"),
        "\(name)")
    }
  }
}
