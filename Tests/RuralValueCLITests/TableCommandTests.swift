import Foundation
import RuralValueFormats
import TestSupport
import Testing

@testable import RuralValueCLI

/// `ruralvalue table`: results become columns of one table.
@Suite struct TableCommandTests {
  private static let seeds = ProjectFiles.root.appending(path: "Tests/Fuzz/seeds").path
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "table-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  /// Writes a result and returns its path.
  private func result(_ name: String, _ words: [String]) throws -> String {
    let outcome = ruralvalue(words + ["--json", "--quiet"])
    try #require(outcome.code == .done, "\(outcome.errors)")
    try Data(outcome.output.utf8).write(to: folder.appending(path: name))
    return path(name)
  }

  private func results() throws -> [String] {
    let (panel, scores) = ("\(Self.seeds)/panel.csv", "\(Self.seeds)/scores.csv")
    return [
      try result("fe.json", ["fe", panel, "--formula", "V ~ P + C"]),
      try result("gmm.json", ["gmm", scores, "--formula", "V ~ lag(V) + P", "--collapse"]),
      try result(
        "sdm.json",
        ["sdm", panel, "--formula", "V ~ P + C", "--weights", "\(Self.seeds)/queen.csv", "--draws", "0"]),
    ]
  }

  @Test func `the numbers of the table are those of the results`() throws {
    let paths = try results()
    let outcome = ruralvalue(["table"] + paths + ["--json"])
    #expect(outcome.code == .done, "\(outcome.errors)")
    let table = try JSONReader.read(Array(outcome.output.utf8))
    #expect(table["columns"]?.value.elements.map { $0["outcome"]?.text } == ["V", "V", "V"])
    for (place, path) in paths.enumerated() {
      let source = try JSONReader.read(Array(Data(contentsOf: URL(filePath: path))))
      for row in source["coefficients"]?.value.elements ?? [] {
        let name = row["term"]?.text ?? ""
        guard !name.hasPrefix("time=") && !name.hasPrefix("year=") else { continue }
        let cell = table["rows"]?.value.elements.first {
          $0["parameter"]?.text == name && $0["column"]?.text == "(\(place + 1))"
        }
        #expect(cell?["estimate"]?.value == row["estimate"]?.value, "\(name) of \(path)")
        #expect(cell?["std_error"]?.value == row["std_error"]?.value, "\(name) of \(path)")
        #expect(cell?["p_value"]?.value == row["p_value"]?.value, "\(name) of \(path)")
      }
    }
    let names = Set((table["footer"]?.value.elements ?? []).compactMap { $0["name"]?.text })
    #expect(
      names.isSuperset(of: [
        "observations", "units", "periods", "weights", "r2_within", "log_likelihood", "ar1", "ar2", "hansen",
        "hansen_df", "instruments", "std_errors", "unit_effects", "time_effects",
      ]))
  }

  @Test(arguments: ["docx", "tex", "html", "md", "csv", "json"])
  func `the ending of a file tells its format`(ending: String) throws {
    let paths = try results()
    let file = path("t.\(ending)")
    let outcome = ruralvalue(["table"] + paths + ["--out", file])
    #expect(outcome.code == .done, "\(outcome.errors)")
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: file)))
    let heads = ["docx": "PK", "csv": "key,label,(1),(2),(3),row_kind", "json": "{"]
    if let head = heads[ending] { #expect(bytes.starts(with: head.utf8)) }
    if ending != "docx" {
      #expect(String(decoding: bytes, as: UTF8.self).contains("0.169") || ending == "json" || ending == "csv")
    }
  }

  @Test func `a folder takes the formats of --format`() throws {
    let outcome = ruralvalue(["table"] + (try results()) + ["--out", path("out"), "--format", "csv,md,docx"])
    #expect(outcome.code == .done, "\(outcome.errors)")
    for name in ["table.csv", "table.md", "table.docx"] {
      #expect(FileManager.default.fileExists(atPath: path("out/\(name)")), "\(name)")
    }
  }

  @Test func `the words of results and of the call stand in the table, and names in keys`() throws {
    let panel = "\(Self.seeds)/panel.csv"
    let paths = [
      try result(
        "a.json",
        ["fe", panel, "--formula", "V ~ P + C", "--label", "V=Value;zh=价值", "--label", "P=People;zh=人口"]),
      try result(
        "b.json", ["fe", panel, "--formula", "V ~ P:C", "--label", "P=Persons", "--label", "C=Capital"]),
    ]
    let shown = ruralvalue(["table"] + paths)
    #expect(shown.output.hasPrefix("Models of Value\n"), "\(shown.output)")
    for words in ["People ", "People × Capital", "Capital "] {
      #expect(shown.output.contains(words), "\(words)")
    }
    #expect(!shown.output.contains("Persons"))
    let called = ruralvalue(["table"] + paths + ["--label", "P=Flow"])
    #expect(called.output.contains("Flow × Capital") && called.errors.isEmpty, "\(called.errors)")
    let chinese = ruralvalue(["table"] + paths + ["--lang", "zh"])
    #expect(chinese.output.hasPrefix("价值的模型估计结果\n") && chinese.output.contains("人口 × Capital"))
    #expect(chinese.output.contains("估计方法") && chinese.output.contains("固定效应"))
    let file = path("t.csv")
    _ = ruralvalue(["table"] + paths + ["--out", file])
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    #expect(lines[1].hasPrefix("P,P,") && lines.contains { $0.hasPrefix("P:C,P:C,,") })
    let json = ruralvalue(["table"] + paths + ["--json"]).output
    #expect(json.contains("\"outcome\": \"V\"") && !json.contains("Value"))
  }

  @Test func `groups, mediators and weights of one result are columns with their names`() throws {
    let panel = "\(Self.seeds)/panel.csv"
    func heads(_ words: [String]) throws -> [[String]] {
      let path = try result("r.json", words)
      let table = try JSONReader.read(Array(ruralvalue(["table", path, "--json"]).output.utf8))
      return (table["columns"]?.value.elements ?? []).map {
        [$0["model"]?.text ?? "", $0["outcome"]?.text ?? ""]
      }
    }
    let groups = try heads([
      "fe", panel, "--formula", "V ~ P", "--effects", "unit", "--by", "prefecture", "--permutations", "0",
      "--no-tests",
    ])
    #expect(groups == [["all", "V"], ["prefecture = East", "V"], ["prefecture = West", "V"]])
    let worded = ruralvalue(["table", path("r.json"), "--label", "prefecture=Region;zh=地区"])
    #expect(worded.output.contains("Region = East") && worded.errors.isEmpty, "\(worded.errors)")
    #expect(
      ruralvalue(["table", path("r.json"), "--label", "prefecture=Region;zh=地区", "--lang", "zh"]).output
        .contains(
          "地区＝West"))
    let mediators = try heads([
      "fe", panel, "--formula", "V ~ P", "--effects", "unit", "--mechanism", "C,I", "--no-tests",
    ])
    #expect(mediators == [["", "V"], ["", "C"], ["", "I"]])
    let weights = try heads([
      "sdm", panel, "--formula", "V ~ P", "--weights", "\(Self.seeds)/queen.csv,\(Self.seeds)/matrix.csv",
      "--draws", "0", "--no-tests",
    ])
    #expect(weights == [["queen", "V"], ["matrix", "V"]])
  }

  @Test func `a file holds what standard output shows`() throws {
    let paths = try results()
    let file = path("t.md")
    let shown = ruralvalue(["table"] + paths + ["--lang", "zh", "--out", file])
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(shown.code == .done && text.contains("--"), "\(shown.errors)")
    for scalar in text.unicodeScalars { #expect(!(0xFDD0...0xFDEF).contains(scalar.value)) }
    let json = path("t.json")
    _ = ruralvalue(["table"] + paths + ["--out", json, "--digits", "2"])
    let root = try JSONReader.read(Array(Data(contentsOf: URL(filePath: json))))
    #expect(root["specification"]?["digits"]?.value == .integer(2))
  }

  @Test func `a result may come by standard input, and one that stands twice is spoken of`() throws {
    let path = try results()[0]
    let input = [UInt8](try Data(contentsOf: URL(filePath: path)))
    let piped = ruralvalue(["table", "-", "--json"], input: input)
    #expect(piped.code == .done && piped.output.contains("\"source\": \"standard input\""), "\(piped.errors)")
    let twice = ruralvalue(["table", path, path])
    #expect(twice.code == .done && twice.output.contains("(2)"))
    #expect(twice.errors.contains("is named more than once"), "\(twice.errors)")
  }

  @Test func `a table of simulated models says that they are`() throws {
    let made = ruralvalue([
      "simulate", "dynamic-panel", "--counties", "9", "--coefficients", "P=0.2", "--seed", "1", "--periods",
      "2012:2020", "--out", path("made"),
    ])
    try #require(made.code == .done, "\(made.errors)")
    for language in ["en", "zh"] {
      let fitted = try result(
        "s.json", ["fe", path("made/panel-simulated.csv"), "--formula", "V ~ P", "--lang", language])
      let table = ruralvalue(["table", fitted])
      #expect(table.output.contains("Simulated data: about no real county."), "\(table.output)")
    }
  }

  @Test func `what is no result with a model is refused with what to do`() throws {
    let entropy = try result(
      "entropy.json",
      ["entropy", "\(Self.seeds)/panel.csv", "--indicators", "\(Self.seeds)/system.csv"])
    let old = path("old.json")
    try Data("{\"schema\": \"ruralvalue.result/1\", \"command\": \"gmm\", \"coefficients\": []}".utf8).write(
      to: URL(filePath: old))
    let changed = path("changed.json")
    let whole = try String(contentsOfFile: try results()[0], encoding: .utf8)
    try Data(whole.replacing("\"role\": \"variable\"", with: "\"role\": \"vriable\"").utf8).write(
      to: URL(filePath: changed))
    for (input, words) in [
      (entropy, "a result of entropy has no model"), (old, "an older ruralvalue wrote it"),
      (changed, "as the member \"role\" of a model"),
      ("\(Self.seeds)/panel.csv", "Expected a result of gmm, sdm or fe"),
      (
        ProjectFiles.fixture("reference/files/xlsx/zip-stored.xlsx").path,
        "this is an Excel workbook (.xlsx). Expected a result of gmm, sdm or fe"
      ),
    ] {
      let outcome = ruralvalue(["table", input])
      #expect(outcome.code == .data && outcome.output.isEmpty)
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }
  }

  @Test(arguments: [
    ("--group", "Baseline", "such as \"Baseline:1-2;Robust:3-5\""),
    ("--group", "A:2-9", "the columns 1 to 3"),
    ("--keep", "lag(V, 2)", "Did you mean \"lag(V, 1)\"?"),
    ("--out", "t.doc", "Did you mean \"docx\"?"),
    ("--out", "t.pdf", "ends in .pdf, which is no format of tables"),
    ("--format", "md", "--format says which files --out writes"),
  ])
  func `a call that is off is told how`(option: String, value: String, answer: String) throws {
    let out = option == "--format" ? ["--out", path("t.tex")] : []
    let outcome = ruralvalue(["table"] + (try results()) + [option, value] + out)
    #expect(outcome.code == .usage)
    #expect(outcome.errors.contains(answer), "\(outcome.errors)")
  }
}
