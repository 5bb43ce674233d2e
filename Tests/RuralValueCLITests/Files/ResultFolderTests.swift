import Foundation
import RuralValueFormats
import TestSupport
import Testing

@testable import RuralValueCLI

/// Results of two calls do not mix: case 16 of the issue.
@Suite struct ResultFolderTests {
  private let box: StudySandbox
  private let out: String

  init() throws {
    box = try StudySandbox()
    out = box.path("out")
    let simulated = ruralvalue([
      "simulate", "sdm", "--counties", "9", "--coefficients", "P=0.2", "--seed", "1", "--periods",
      "2012:2020",
      "--out", box.path("made"),
    ])
    try #require(simulated.code == .done, "\(simulated.errors)")
  }

  private func gmm(_ words: String...) -> Outcome {
    ruralvalue(
      ["gmm", box.path("made/panel-simulated.csv"), "--formula", "V ~ lag(V)", "--out", out] + words)
  }

  private func sdm() -> Outcome {
    ruralvalue([
      "sdm", box.path("made/panel-simulated.csv"), "--formula", "V ~ P", "--weights",
      box.path("made/weights.csv"),
      "--draws", "0", "--out", out,
    ])
  }

  private func describe(_ words: String...) -> Outcome {
    ruralvalue(["describe", box.path("panel.csv"), "--out", out] + words)
  }

  private var names: [String] { SystemFile.names(in: out) }

  /// The calls that call.json names, with their files.
  private func calls() throws -> [(verb: String, outputs: [String])] {
    let document = try JSONReader.read([UInt8](try box.text("out/call.json").utf8))
    #expect(document["schema"]?.text == "ruralvalue.call/1")
    return (document["calls"]?.value.elements ?? []).map { call in
      (
        call["command"]?.text ?? "", (call["outputs"]?.value.elements ?? []).compactMap { $0["path"]?.text }
      )
    }
  }

  @Test func `a model's tables go where another model writes the same names, and a note says so`() throws {
    #expect(gmm().code == .done)
    let first = names
    #expect(first.contains("coefficients.csv"))
    let second = sdm()
    #expect(second.code == .done)
    let written = try calls()
    #expect(written.map(\.verb) == ["sdm"])
    #expect(names == (written[0].outputs + ["call.json"]).sorted())
    let gone = first.filter { !names.contains($0) }
    #expect(!gone.isEmpty)
    let note = try #require(
      second.errors.split(separator: "\n").first { $0.contains("an earlier call went") })
    for name in gone { #expect(note.contains(name), "\(note)") }
    #expect(note.contains("It was: ruralvalue gmm"))
    #expect(note.contains("coefficients.csv"))
  }

  @Test func `a second call of one verb leaves nothing of the first`() throws {
    #expect(describe("--format", "csv,tex").code == .done)
    #expect(names.contains("descriptives.tex"))
    let second = describe("--variables", "income,pesticide")
    #expect(second.code == .done)
    #expect(!names.contains { $0.hasSuffix(".tex") })
    #expect(try calls().count == 1)
    #expect(second.errors.contains("descriptives.tex"), "\(second.errors)")
  }

  @Test func `results without a name in common stay beside each other`() throws {
    #expect(gmm().code == .done)
    let first = try box.files(in: "out").filter { $0.key != "call.json" }
    let second = describe()
    #expect(second.code == .done)
    #expect(!second.errors.contains("an earlier call"))
    let now = try box.files(in: "out")
    for (name, bytes) in first { #expect(now[name] == bytes) }
    #expect(try calls().map(\.verb) == ["gmm", "describe"])
    // Either again changes nothing, the order of the calls included.
    #expect(gmm().errors.contains("an earlier call") == false)
    #expect(try box.files(in: "out") == now)
    // A third call that meets one of them leaves the other.
    #expect(sdm().code == .done)
    #expect(try calls().map(\.verb) == ["sdm", "describe"])
  }

  @Test func `the same call again gives the same bytes and no note`() throws {
    let first = describe("--format", "csv,json,html")
    let bytes = try box.files(in: "out")
    let second = describe("--format", "csv,json,html")
    #expect(first == second)
    #expect(try box.files(in: "out") == bytes)
    #expect(!names.contains { $0.hasPrefix(".") })
  }

  @Test func `what was changed since is kept, and so is what no call wrote`() throws {
    #expect(gmm().code == .done)
    try box.write("mine", to: "out/gmm_table.csv.kept")
    for name in ["coefficients.csv", "tests.csv"] { try box.write("edited", to: "out/\(name)") }
    let gone = try #require(names.first { $0.hasPrefix("gmm") && $0.hasSuffix(".csv") })
    try box.write("edited", to: "out/\(gone)")
    let second = sdm()
    #expect(second.code == .done)
    for name in ["coefficients.csv", "tests.csv"] {
      #expect(try box.text("out/\(name).kept") == "edited")
      let text = try box.text("out/\(name)")
      #expect(text != "edited")
      #expect(second.errors.contains("it is kept as \(name).kept"), "\(second.errors)")
    }
    #expect(!box.exists("out/\(gone)"))
    let isTaken = gone == "gmm_table.csv"
    #expect(try box.text("out/\(gone).kept\(isTaken ? "-2" : "")") == "edited")
    try box.write("edited again", to: "out/tests.csv")
    #expect(sdm().errors.contains("it is kept as tests.csv.kept-2"))
  }

  @Test func `somebody's own files are kept, whatever they are called`() throws {
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    for name in ["call.json", "descriptives.csv"] { try box.write("mine", to: "out/\(name)") }
    try box.write("far", to: "far.csv")
    try FileManager.default.createSymbolicLink(
      atPath: "\(out)/correlations.csv", withDestinationPath: box.path("far.csv"))
    let outcome = describe()
    #expect(outcome.code == .done)
    for name in ["call.json", "descriptives.csv"] {
      #expect(try box.text("out/\(name).kept") == "mine")
      #expect(outcome.errors.contains("it is kept as \(name).kept"), "\(outcome.errors)")
    }
    #expect(try box.text("far.csv") == "far")
    #expect(FileStatus(at: "\(out)/correlations.csv.kept", behindLinks: false)?.kind == .link)
  }

  @Test func `a file of an earlier call that this one reads stays`() throws {
    #expect(
      ruralvalue(["describe", box.path("panel.csv"), "--out", out, "--format", "csv,md"]).code == .done)
    let input = "\(out)/mine.csv"
    try box.write(try box.text("panel.csv"), to: "out/mine.csv")
    // As if an earlier call had written the input.
    let bytes = try box.text("out/call.json").replacingOccurrences(
      of: "\"outputs\": [",
      with: """
        "outputs": [{"path": "mine.csv", "sha256": "\(SHA256.hexadecimal([UInt8](try box.text("panel.csv").utf8)))"},
        """)
    try box.write(bytes, to: "out/call.json")
    let outcome = ruralvalue(["describe", input, "--out", out])
    #expect(outcome.code == .done)
    #expect(box.exists("out/mine.csv"))
    #expect(!box.exists("out/descriptives.md"))
  }

  @Test(arguments: ["../far.csv", "/tmp/x", "..", "a/b.csv", ""])
  func `a record that names a file elsewhere is somebody's own`(name: String) throws {
    #expect(describe().code == .done)
    try box.write("far", to: "far.csv")
    try box.write(
      try box.text("out/call.json").replacingOccurrences(
        of: "\"outputs\": [",
        with:
          "\"outputs\": [{\"path\": \"\(name)\", \"sha256\": \"\(SHA256.hexadecimal([UInt8]("far".utf8)))\"},"
      ),
      to: "out/call.json")
    #expect(describe("--digits", "4").code == .done)
    #expect(try box.text("far.csv") == "far")
    #expect(box.exists("out/call.json.kept"))
  }

  @Test func `call.json holds the words, the options in force and the digests`() throws {
    #expect(describe("--lang", "zh", "--digits", "4").code == .done)
    let document = try JSONReader.read([UInt8](try box.text("out/call.json").utf8))
    let call = try #require(document["calls"]?.value.elements.first)
    let arguments = (call["arguments"]?.value.elements ?? []).compactMap(\.text)
    #expect(arguments == [box.path("panel.csv"), "--out", out, "--lang", "zh", "--digits", "4"])
    #expect(call["version"]?.text == ToolVersion.number)
    #expect(call["specification"]?["lang"]?.text == "zh")
    #expect(call["specification"]?["stars"]?.value.elements.count == 3)
    for (key, folder) in [("inputs", ""), ("outputs", "\(out)/")] {
      let files = call[key]?.value.elements ?? []
      #expect(!files.isEmpty)
      for file in files {
        let path = try #require(file["path"]?.text)
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: folder + path)))
        #expect(file["sha256"]?.text == SHA256.hexadecimal(bytes))
      }
    }
  }

  @Test func `a study and a call in each other's folders lose nothing`() throws {
    #expect(box.run("--out", out).code == .done)
    let study = try box.files(in: "out")
    #expect(describe("--format", "csv,html").code == .done)
    let intoStep = ruralvalue(["describe", box.path("panel.csv"), "--out", "\(out)/describe"])
    #expect(intoStep.code == .done)
    #expect(box.exists("out/describe/descriptives.csv.kept"))
    #expect(box.run("--out", out).code == .done)
    let now = try box.files(in: "out")
    for (name, bytes) in study { #expect(now[name] == bytes || name == "manifest.json", "\(name)") }
    #expect(now["descriptives.csv"] != nil)
    #expect(now["describe/descriptives.csv.kept-2"] != nil)
  }

  @Test(.enabled(if: Shell.isThere)) func `two calls at once leave whole results of one of them`() throws {
    let shell = Shell(folder: box.folder.path)
    for _ in 0..<5 {
      let outcome = try shell.run(
        """
        for k in 1 2 3 4; do ruralvalue describe panel.csv --out both --digits $k --format csv,tex,html --quiet \
        > /dev/null & done; wait; ruralvalue describe panel.csv --out alone --quiet > /dev/null
        """)
      #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      let bytes = [UInt8](try box.text("both/call.json").utf8)
      let document = try #require(CallDocument(bytes))
      #expect(document.calls.count == 1)
      for file in document.calls[0].outputs {
        let written = [UInt8](try Data(contentsOf: box.folder.appending(path: "both/\(file.name)")))
        #expect(SHA256.hexadecimal(written) == file.sha256)
      }
      #expect(!SystemFile.names(in: box.path("both")).contains { $0.contains(".kept") || $0.hasPrefix(".") })
    }
  }

  @Test(.enabled(if: ProcessTests.isBuilt))
  func `a killed call loses nothing, and the next one keeps no copies`() throws {
    let call = [
      "simulate", "indicators", "--counties", "60", "--seed", "1", "--out", box.path("killed"), "--format",
      "csv,html",
    ]
    #expect(ruralvalue(call).code == .done)
    let first = try box.files(in: "killed")
    let other = call.map { $0 == "1" ? "2" : $0 }
    #expect(ruralvalue(other).code == .done)
    let second = try box.files(in: "killed")
    for attempt in 0..<20 {
      let process = ProcessTests.process(attempt % 2 == 0 ? call : other)
      try process.run()
      Thread.sleep(forTimeInterval: 0.05 + 0.02 * Double(attempt))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      for (name, bytes) in try box.files(in: "killed") where name != "call.json" && !name.hasPrefix(".") {
        #expect(bytes == first[name] || bytes == second[name], "\(name) is not whole after kill \(attempt)")
      }
    }
    #expect(ruralvalue(call).code == .done)
    #expect(try box.files(in: "killed") == first)
  }
}
