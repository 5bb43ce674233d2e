import Foundation
import RuralValue
import RuralValueFormats
import Testing

@testable import RuralValueCLI

/// A folder of outputs that came from a stranger: nothing in it is believed, and no link in it leads anywhere.
@Suite struct StrangeFolderTests {
  private static let manager = FileManager.default
  private static let attack = "<script>alert(1)</script>"

  private func record(_ step: String) -> String { "results/.study/records/\(step).json" }

  /// A record's second line, changed, below a first line that belongs to it.
  private func forge(_ box: StudySandbox, _ step: String, _ code: ([UInt8]) -> String) throws {
    let text = try box.text(record(step))
    let body = String(text[text.index(after: text.firstIndex(of: "\n")!)...])
    let changed = body.replacingOccurrences(of: "\"english\":\"", with: "\"english\":\"\(Self.attack)")
    #expect(changed != body)
    try box.write(code(Array(changed.utf8)) + "\n" + changed, to: record(step))
  }

  /// Ways to sign what one has changed, without the key.
  private static let codes: [@Sendable ([UInt8]) throws -> String] = [
    { SHA256.hexadecimal($0) },
    { _ in "" },
    { _ in String(repeating: "0", count: 64) },
    { MessageAuthentication.hexadecimal($0, key: []) },
    { bytes in
      let path = FileManager.default.temporaryDirectory.appending(path: "key-\(UUID().uuidString)").path
      defer { try? FileManager.default.removeItem(atPath: path) }
      return try RecordKey(file: path).code(of: bytes, for: "record gmm-level")
    },
  ]

  @Test(arguments: codes.indices)
  func `a record that another signed is run again, and nothing of it is in the report`(place: Int) throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    let first = try box.files(in: "results")
    try forge(box, "gmm-level") { (try? Self.codes[place]($0)) ?? "" }
    let results = try box.results()
    #expect(results["gmm-level"] == "done" && results["describe"] == "reused")
    #expect(!(try box.text("results/report.html")).contains("<script"))
    #expect(try box.files(in: "results") == first)
  }

  @Test func `a record of one step is none of another`() throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    try box.write(try box.text(record("describe")), to: record("gmm-level"))
    #expect(try box.results()["gmm-level"] == "done")
  }

  @Test func `records from before they were signed are run again without a word`() throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    for name in try Self.manager.contentsOfDirectory(atPath: box.path("results/.study/records")) {
      let body = try box.text("results/.study/records/\(name)").drop { $0 != "\n" }.dropFirst()
      try box.write(SHA256.hexadecimal(Array(body.utf8)) + "\n" + body, to: "results/.study/records/\(name)")
    }
    let journal = try box.text("results/.study/written")
    try box.write(
      journal.split(separator: "\n").map { "\n\($0.prefix(64))\n" }.joined(), to: "results/.study/written")
    let outcome = box.run()
    #expect(outcome.code == .done && !outcome.errors.contains("Note"), "\(outcome.errors)")
    #expect(outcome.output.contains("done") && !outcome.output.contains("reused"))
    #expect(try box.files(in: "results").keys.contains { $0.contains(".kept") } == false)
  }

  @Test func `a study that its user moves or copies is reused`() throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    let moved = try StudySandbox()
    try Self.manager.moveItem(atPath: box.path("results"), toPath: moved.path("results"))
    #expect(Set(try moved.results().values) == ["reused"])
  }

  @Test func `own records in a folder with other inputs are not believed there`() throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    let other = try StudySandbox()
    try other.change("panel.csv", ",10,", ",11,")
    try Self.manager.moveItem(atPath: box.path("results"), toPath: other.path("results"))
    #expect(try other.results().filter { $0.value == "reused" }.map(\.key) == ["weights-links"])
  }

  @Test func `a journal that a stranger wrote lets no file be written over`() throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    try box.write("mine", to: "results/describe/descriptives.csv")
    let digest = SHA256.hexadecimal(Array("mine".utf8))
    let journal = try box.text("results/.study/written")
    let stolen = journal.split(separator: "\n").first.map { $0.dropFirst(64) } ?? ""
    try box.write(journal + "\n\(digest)\n\(digest)\(stolen)\n", to: "results/.study/written")
    #expect(box.run().errors.contains("it is kept as describe/descriptives.csv.kept"))
    #expect(try box.text("results/describe/descriptives.csv.kept") == "mine")
  }

  @Test func `a manifest that a stranger wrote removes and overwrites nothing`() throws {
    let box = try StudySandbox()
    try Self.manager.createDirectory(atPath: box.path("results/data"), withIntermediateDirectories: true)
    try Self.manager.createDirectory(atPath: box.path("results/describe"), withIntermediateDirectories: true)
    for name in ["data/mine.csv", "describe/descriptives.csv"] {
      try box.write("mine", to: "results/\(name)")
    }
    let digest = SHA256.hexadecimal(Array("mine".utf8))
    let outputs = ["data/mine.csv", "describe/descriptives.csv"].map {
      "{\"path\": \"results/\($0)\", \"sha256\": \"\(digest)\"}"
    }
    try box.write(
      "{\"schema\": \"ruralvalue.manifest/1\", \"steps\": [{\"outputs\": [\(outputs.joined(separator: ","))]}]}",
      to: "results/manifest.json")
    let outcome = box.run()
    #expect(outcome.code == .done)
    #expect(try box.text("results/data/mine.csv") == "mine")
    #expect(try box.text("results/describe/descriptives.csv.kept") == "mine")
    #expect(outcome.errors.contains("are left where they are (1)"), "\(outcome.errors)")
  }

  /// What must be the study's own, and may be no link and nothing else.
  private static let places = [
    ".study", ".study/records", ".study/tmp", ".study/lock", ".study/written", "gmm-level", "describe",
  ]

  @Test(arguments: places, [[], ["--fresh"], ["--check"]])
  func `a link in the place of the study's own is refused before anything is done`(
    name: String, words: [String]
  ) throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    try Self.manager.createDirectory(atPath: box.path("victim/tmp"), withIntermediateDirectories: true)
    try Self.manager.createDirectory(atPath: box.path("victim/records"), withIntermediateDirectories: true)
    for file in ["tmp/1", "records/gmm-level.json", "written", "fit.csv"] {
      try box.write("mine", to: "victim/\(file)")
    }
    let isFile = name.hasSuffix("lock") || name.hasSuffix("written")
    try Self.manager.removeItem(atPath: box.path("results/\(name)"))
    try Self.manager.createSymbolicLink(
      atPath: box.path("results/\(name)"), withDestinationPath: box.path(isFile ? "victim/written" : "victim")
    )
    let before = try box.files(in: "results")
    let victim = try box.files(in: "victim")
    let outcome = ruralvalue(["study", box.study] + words)
    #expect(outcome.code == .file)
    #expect(outcome.errors.contains("/results/\(name) is a symbolic link; expected"), "\(outcome.errors)")
    #expect(try box.files(in: "results") == before)
    #expect(try box.files(in: "victim") == victim)
  }

  @Test(arguments: places)
  func `a file in the place of a folder, and a folder in that of a file, are named`(name: String) throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    try Self.manager.removeItem(atPath: box.path("results/\(name)"))
    if name.hasSuffix("lock") || name.hasSuffix("written") {
      try Self.manager.createDirectory(
        atPath: box.path("results/\(name)"), withIntermediateDirectories: false)
    } else {
      try box.write("mine", to: "results/\(name)")
    }
    let outcome = box.run()
    #expect(outcome.code == .file)
    #expect(outcome.errors.contains("/results/\(name) is in the way"), "\(outcome.errors)")
  }

  @Test(arguments: ["report.html", "manifest.json", "gmm-level/fit.csv", "prepare/panel.csv"])
  func `an output that is a link is put aside itself, and what it points to stays`(name: String) throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    let first = try box.files(in: "results")
    // Even a file that this study once wrote is not written through a link, nor is a missing one made.
    for target in ["mine.txt", "copy", "missing"] {
      try box.write("mine", to: "mine.txt")
      try (first[name] ?? Data()).write(to: URL(filePath: box.path("copy")))
      try Self.manager.removeItem(atPath: box.path("results/\(name)"))
      try Self.manager.createSymbolicLink(
        atPath: box.path("results/\(name)"), withDestinationPath: box.path(target))
      #expect(box.run("--fresh").code == .done)
      #expect(try box.text("mine.txt") == "mine")
      #expect(try Data(contentsOf: URL(filePath: box.path("copy"))) == first[name])
      #expect(!box.exists("missing"))
      #expect(
        try Self.manager.destinationOfSymbolicLink(atPath: box.path("results/\(name).kept"))
          == box.path(target))
      try Self.manager.removeItem(atPath: box.path("results/\(name).kept"))
      #expect(try box.files(in: "results") == first)
    }
  }

  @Test func `a journal that is another name of somebody's file is not written into`() throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    try box.write(try box.text("results/.study/written"), to: "mine")
    try Self.manager.removeItem(atPath: box.path("results/.study/written"))
    try Self.manager.linkItem(atPath: box.path("mine"), toPath: box.path("results/.study/written"))
    let before = try box.text("mine")
    try box.change("panel.csv", ",10,", ",11,")
    #expect(box.run().code == .done)
    #expect(try box.text("mine") == before)
    #expect(try box.files(in: "results").keys.contains { $0.contains(".kept") } == false)
  }

  @Test func `a pipe in the place of a record or an output is waited for by nobody`() throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    for name in ["gmm-level/fit.csv", ".study/records/gmm-level.json", ".study/tmp/1"] {
      try? Self.manager.removeItem(atPath: box.path("results/\(name)"))
      let made = unsafe mkfifo(box.path("results/\(name)"), 0o600)
      #expect(made == 0)
    }
    #expect(box.run().code == .done)
  }

  @Test func `a folder that is held open stays the same though its name becomes a link`() throws {
    let box = try StudySandbox()
    for name in ["out/step", "victim/step"] {
      try Self.manager.createDirectory(atPath: box.path(name), withIntermediateDirectories: true)
    }
    try box.write("mine", to: "victim/step/a")
    let folder = try #require(HeldFolder(box.path("out")))
    try Self.manager.moveItem(atPath: box.path("out"), toPath: box.path("moved"))
    try Self.manager.createSymbolicLink(atPath: box.path("out"), withDestinationPath: box.path("victim"))
    let step = try #require(folder.folder("step", isMade: true))
    #expect(step.make("b", [1]))
    step.remove("a")
    #expect(box.exists("moved/step/b") && !box.exists("victim/step/b"))
    #expect(try box.text("victim/step/a") == "mine")
  }

  @Test(arguments: [
    "results/../../mine", "../mine", "..", "results/..", "/mine", "a/", "a//b", ".study/written", "./mine",
    "results/./mine", "a\u{0}/b", "x/.study/lock",
  ])
  func `a path that leads out of the folder has no place in it`(path: String) {
    #expect(StepRecord.File(path: path, sha256: "").place == nil)
    #expect(StepRecord.File(path: "any/folder/describe/fit.csv", sha256: "").place == "describe/fit.csv")
  }
}
