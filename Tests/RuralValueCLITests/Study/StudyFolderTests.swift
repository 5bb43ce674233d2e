import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// The folder of outputs: inputs are never overwritten, nobody's file is lost, no wrong record is believed.
@Suite struct StudyFolderTests {
  private static let plain = """
    { output: { folder: "." }, panel: { file: "FILE" }, prepare: [{ interpolate: "income" }], describe: { variables: "income" } }
    """

  /// A study that writes into its own folder and reads a file there.
  private func box(reading file: String) throws -> StudySandbox {
    let box = try StudySandbox(study: Self.plain.replacingOccurrences(of: "FILE", with: file))
    let folder = URL(filePath: box.path(file)).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    if file != "panel.csv" {
      try FileManager.default.moveItem(atPath: box.path("panel.csv"), toPath: box.path(file))
    }
    return box
  }

  @Test(arguments: [
    "prepare/panel.csv", "./prepare/panel.csv", "describe/p.csv", "manifest.json", "report.html",
  ])
  func `an input where the study would write is named, and stays`(file: String) throws {
    let box = try box(reading: file)
    let before = try box.text(file)
    for words in [["--check"], []] {
      let outcome = ruralvalue(["study", box.study] + words)
      #expect(outcome.code == .usage)
      #expect(outcome.errors.contains("The study reads \(file), which stands where"), "\(outcome.errors)")
    }
    let after = try box.text(file)
    #expect(after == before)
    #expect(!box.exists(".study"))
  }

  @Test func `an input is found behind symbolic links and under --out too`() throws {
    let box = try box(reading: "data/prepare/panel.csv")
    try FileManager.default.createSymbolicLink(
      atPath: box.path("link"), withDestinationPath: box.path("data"))
    for folder in ["data", "link", "data/../link/"] {
      let outcome = box.run("--out", box.path(folder))
      #expect(outcome.code == .usage)
      #expect(outcome.errors.contains("the step prepare would write"), "\(outcome.errors)")
    }
    #expect(box.run("--out", box.path("elsewhere")).code == .done)
  }

  @Test func `a study file called manifest.json is not overwritten`() throws {
    let box = try box(reading: "panel.csv")
    try FileManager.default.moveItem(atPath: box.study, toPath: box.path("manifest.json"))
    let outcome = ruralvalue(["study", box.path("manifest.json")])
    #expect(outcome.code == .usage)
    #expect(outcome.errors.contains("where manifest.json would write"), "\(outcome.errors)")
  }

  @Test func `a file in the way of the folder is said to be in the way`() throws {
    let box = try StudySandbox()
    for name in ["panel.csv", "panel.csv/below"] {
      let outcome = box.run("--out", box.path(name))
      #expect(outcome.code == .file)
      #expect(outcome.errors.contains("in the way"), "\(outcome.errors)")
    }
    #expect(box.exists("panel.csv"))
  }

  @Test func `a study may read and write in one folder where nothing meets`() throws {
    let box = try box(reading: "panel.csv")
    #expect(box.run().code == .done)
    #expect(box.exists("prepare/panel.csv") && box.exists("panel.csv"))
    #expect(box.run().code == .done)
  }

  @Test func `files that were there before are kept beside the study's own`() throws {
    let box = try box(reading: "panel.csv")
    try FileManager.default.createDirectory(atPath: box.path("describe"), withIntermediateDirectories: true)
    let mine = ["report.html", "manifest.json", "describe/descriptives.csv"]
    for name in mine { try box.write("mine", to: name) }
    let outcome = box.run()
    #expect(outcome.code == .done)
    for name in mine {
      #expect(try box.text("\(name).kept") == "mine")
      let now = try box.text(name)
      #expect(now != "mine")
      #expect(outcome.errors.contains("it is kept as \(name).kept"), "\(outcome.errors)")
    }
  }

  @Test func `an output that was edited is written anew and the edit kept, each time`() throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    let first = try box.files(in: "results")
    for (edit, name) in [("one", ".kept"), ("two", ".kept-2")] {
      try box.write(edit, to: "results/gmm-level/coefficients.tex")
      let outcome = box.run()
      #expect(outcome.errors.contains("kept as gmm-level/coefficients.tex\(name)"), "\(outcome.errors)")
      #expect(try box.text("results/gmm-level/coefficients.tex\(name)") == edit)
    }
    let now = try box.files(in: "results").filter { !$0.key.contains(".kept") }
    #expect(now == first)
    #expect(box.run().errors.contains("kept") == false)
  }

  @Test func `new results take the place of old ones without a copy`() throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    try box.change("panel.csv", ",10,", ",11,")
    #expect(box.run().code == .done)
    let names = try box.files(in: "results").keys
    #expect(!names.contains { $0.contains(".kept") })
  }

  @Test
  func `where the study's own records are gone its files are kept as anybody's are, but for equal ones`()
    throws
  {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    try FileManager.default.removeItem(atPath: box.path("results/.study"))
    #expect(box.run().code == .done)
    #expect(try box.files(in: "results").keys.contains { $0.contains(".kept") } == false)
    let before = try box.text("results/prepare/panel.csv")
    try FileManager.default.removeItem(atPath: box.path("results/.study"))
    try box.change("panel.csv", ",10,", ",11,")
    #expect(box.run().code == .done)
    #expect(try box.text("results/prepare/panel.csv.kept") == before)
  }

  /// Ways to spoil a record or the manifest.
  static let spoilings: [@Sendable (String) -> String] = [
    { _ in "" }, { String($0.prefix($0.count / 2)) }, { _ in "null" }, { _ in "{}" },
    { $0.replacingOccurrences(of: "<table", with: "<p>42</p><table") },
    { $0.replacingOccurrences(of: "estimate\":", with: "estimate\":4") },
    { $0.replacingOccurrences(of: "\"key\"", with: "\"kex\"") },
    { _ in String(repeating: "[", count: 100_000) },
  ]

  @Test(arguments: spoilings.indices) func `no spoilt record is believed`(place: Int) throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    let first = try box.files(in: "results")
    let spoil = Self.spoilings[place]
    for name in try FileManager.default.contentsOfDirectory(atPath: box.path("results/.study/records")) {
      let record = "results/.study/records/\(name)"
      try box.write(spoil(try box.text(record)), to: record)
    }
    try box.write(spoil(try box.text("results/manifest.json")), to: "results/manifest.json")
    #expect(box.run().code == .done)
    let now = try box.files(in: "results").filter { !$0.key.contains("manifest.json.kept") }
    #expect(now == first)
  }

  @Test func `a record that lists somebody else's file removes nothing`() throws {
    let box = try StudySandbox()
    #expect(box.run("--out", box.path(".")).code == .done)
    let record = StepRecord(
      key: "", inputs: [],
      outputs: [.init(path: "./data/mine.csv", sha256: ""), .init(path: "x/panel.csv", sha256: "")],
      notes: [], sentence: nil, tables: [], figures: [], sample: [], estimates: [], effects: [],
      tests: [], objections: [], confidenceLevel: 0.95, cautions: [], isSimulated: false, names: [],
      said: .init(), leftOut: [])
    try FileManager.default.createDirectory(atPath: box.path("data"), withIntermediateDirectories: true)
    try box.write("mine", to: "data/mine.csv")
    let key = try RecordKey(inStateFolder: RecordingConsole.sharedState)
    try box.write(
      String(decoding: try record.bytes(of: "gmm-level", signedWith: key), as: UTF8.self),
      to: ".study/records/gmm-level.json")
    try box.change("study.json", "V ~ lag(V)", "V ~ lag(V) + Q")
    #expect(box.run("--out", box.path(".")).code == .data)
    #expect(try box.text("data/mine.csv") == "mine")
    #expect(box.exists("panel.csv"))
  }

  @Test func `another study's output that this one reads is not swept away`() throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    try box.write(
      "{ panel: { file: \"results/prepare/panel.csv\" }, describe: { variables: \"income\" } }",
      to: "study.json")
    #expect(box.run().code == .done)
    #expect(box.exists("results/prepare/panel.csv"))
    #expect(!box.exists("results/gmm-level"))
  }

  @Test func `steps that fail side by side leave the folder of records alone`() throws {
    // A failing step used to remove the folder of records while it was empty, under the hands of another.
    let box = try StudySandbox()
    for _ in 0..<20 {
      try? FileManager.default.removeItem(atPath: box.path("results"))
      try box.change("study.json", "interpolate: \"all\"", "log: \"constant;as=name\"")
      let outcome = box.run("--jobs", "4")
      #expect(outcome.code != .file, "\(outcome.errors)")
    }
  }
}
