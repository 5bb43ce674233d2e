import Foundation
import RuralValueFormats
import TestSupport
import Testing

@testable import RuralValueCLI

@Suite struct DeliveryTests {
  static let small = ProjectFiles.fixture("data/small").path
  static let call = ["entropy", "\(small)/panel.csv", "--indicators", "\(small)/system.csv"]

  /// A folder that is removed after the test.
  final class Folder {
    let path = FileManager.default.temporaryDirectory.appending(path: "delivery-\(UUID().uuidString)").path
    deinit { try? FileManager.default.removeItem(atPath: path) }
    func text(_ name: String) throws -> String {
      try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }
    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
  }

  @Test func `--out writes every table in every format that is asked for, and nothing else`() throws {
    let folder = Folder()
    let outcome = ruralvalue(
      Self.call + ["--out", "\(folder.path)/new", "--format", "csv,md,tex,html,docx,json"])
    #expect(outcome.code == .done)
    let tables = ["dimensions", "mean_scores", "ranks", "scores", "weights", "weights_by_time"]
    let expected =
      tables.flatMap { table in ["csv", "docx", "html", "md", "tex"].map { "\(table).\($0)" } } + [
        "entropy.json", "call.json", "tables.docx",
      ]
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/new").sorted()
    #expect(names == expected.sorted())
    #expect(try folder.text("new/weights.tex").contains("\\toprule"))
    #expect(try folder.text("new/weights.html").contains("<table"))
    #expect(try folder.text("new/weights.md").contains("| "))
    let record = try folder.text("new/call.json")
    for name in expected where name != "call.json" {
      #expect(record.contains("\"path\": \"\(name)\""), "\(name)")
    }
    #expect(outcome.errors.contains("tables.docx, entropy.json"))
  }

  @Test func `tables.docx names the tables that are too long to print, which have files of their own`() throws
  {
    let folder = Folder()
    let call = [
      "prepare", ProjectFiles.fixture("data/hunan/panel-simulated.csv").path, "--interpolate", "all",
    ]
    #expect(
      ruralvalue(call + ["--out", folder.path, "--format", "docx", "--lang", "zh", "--quiet"]).code == .done)
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(folder.path)/tables.docx")))
    var archive = try ZipArchive(bytes, source: "tables.docx")
    let entry = try #require(archive["word/document.xml"])
    let text = String(decoding: try archive.unpack(entry), as: UTF8.self)
    #expect(text.contains("超过300行的表另存为单独文件：panel.docx。"))
    #expect(bytes.count < 200_000 && folder.names.contains("panel.docx"))
  }

  @Test func `a table that is too large for Word is left out, and a note says so`() throws {
    let folder = Folder()
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    let rows = (1...26_000).map { "u\($0),2020,1,2" }
    try Data(("unit,time,x,y\n" + rows.joined(separator: "\n") + "\n").utf8).write(
      to: URL(filePath: "\(folder.path)/panel.csv"))
    let outcome = ruralvalue([
      "prepare", "\(folder.path)/panel.csv", "--change", "x", "--out", "\(folder.path)/o", "--format",
      "csv,docx",
    ])
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(outcome.errors.contains("panel.docx is not written: a table of 26000 rows"), "\(outcome.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/o")
    #expect(names.contains("panel.csv") && !names.contains("panel.docx") && names.contains("tables.docx"))
  }

  @Test func `scores are wide and ready for the next command`() throws {
    let folder = Folder()
    #expect(ruralvalue(Self.call + ["--out", folder.path]).code == .done)
    let scores = try folder.text("scores.csv").split(separator: "\n")
    #expect(scores[0] == "unit,time,V,V_economic,V_ecological,V_cultural")
    #expect(scores[1].hasPrefix("0430102,2020,"))
    let described = ruralvalue(["describe", "\(folder.path)/scores.csv", "--quiet"])
    #expect(described.code == .done)
    #expect(described.output.contains("V_ecological"))
  }

  @Test func `csv and json carry every digit`() throws {
    let folder = Folder()
    let outcome = ruralvalue(Self.call + ["--out", folder.path, "--json", "--digits", "1"])
    struct Answer: Decodable {
      struct Weight: Decodable { let weight: Double }
      let weights: [Weight]
    }
    let answer = try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8))
    let lines = try folder.text("weights.csv").split(separator: "\n").dropFirst()
    let column = try #require(
      try folder.text("weights.csv").split(separator: "\n")[0].split(separator: ",").firstIndex(of: "weight"))
    let written = lines.map { Double($0.split(separator: ",")[column])! }
    #expect(written == answer.weights.map(\.weight))
  }

  @Test func `--quiet leaves standard error empty and notes stay off standard output`() {
    let constant = [
      "entropy", "\(Self.small)/panel.csv", "--indicators", "\(Self.small)/system-constant.csv",
    ]
    let loud = ruralvalue(constant)
    #expect(loud.errors.contains("Note: "))
    #expect(!loud.output.contains("Note: "))
    #expect(ruralvalue(constant + ["--quiet"]).errors.isEmpty)
    #expect(ruralvalue(constant + ["--lang", "zh"]).errors.hasPrefix("注："))
  }

  @Test func `a failed run writes nothing`() {
    let folder = Folder()
    let outcome = ruralvalue(
      [
        "entropy", "\(Self.small)/missing.csv", "--indicators", "\(Self.small)/system.csv", "--out",
        folder.path,
      ])
    #expect(outcome.code == .data)
    #expect(folder.names.isEmpty)
  }

  @Test func `a folder that cannot be made is named`() {
    let outcome = ruralvalue(Self.call + ["--out", "\(Self.small)/panel.csv/below"])
    #expect(outcome.code == .file)
    #expect(outcome.errors.contains("panel.csv/below cannot be made"))
    #expect(outcome.output.isEmpty)
  }

  @Test func `a folder in the place of a file is named`() throws {
    let folder = Folder()
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/scores.csv/x", withIntermediateDirectories: true)
    let outcome = ruralvalue(Self.call + ["--out", folder.path])
    #expect(outcome.code == .file)
    #expect(outcome.errors.contains("scores.csv cannot be written"))
  }

  @Test func `the same call gives the same bytes`() {
    let call = Self.call + ["--json", "--sensitivity"]
    #expect(ruralvalue(call) == ruralvalue(call))
  }

  @Test func `a file read twice is listed once, and standard input is listed as a dash`() throws {
    let bytes = try Data(contentsOf: URL(filePath: "\(Self.small)/panel.csv"))
    let outcome = ruralvalue(
      ["entropy", "-", "--indicators", "\(Self.small)/system.csv", "--json"], input: [UInt8](bytes))
    #expect(outcome.code == .done)
    #expect(outcome.output.contains("\"path\": \"-\""))
    let twice = ruralvalue(["entropy", "\(Self.small)/panel.csv", "--indicators", "\(Self.small)/panel.csv"])
    #expect(twice.code == .data)
    #expect(twice.errors.contains("an indicator system has the columns"))
  }
}
