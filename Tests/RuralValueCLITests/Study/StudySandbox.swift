import Foundation
import TestSupport

@testable import RuralValueCLI

/// A folder with a small study of its own: three counties over three years.
final class StudySandbox {
  let folder: URL

  /// A folder with the small study, or with another text in its place.
  init(study text: String? = nil) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "study-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["panel.csv", "system.csv", "links.csv", "card.csv"] {
      try FileManager.default.copyItem(
        at: ProjectFiles.fixture("data/small/\(name)"), to: folder.appending(path: name))
    }
    let small = try ProjectFiles.fixtureText("studies/small/study.json")
      .replacingOccurrences(of: "../../data/small/", with: "")
    try write(text ?? small, to: "study.json")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var study: String { folder.appending(path: "study.json").path }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// Replaces words in a file.
  func change(_ name: String, _ old: String, _ new: String) throws {
    try write(try text(name).replacingOccurrences(of: old, with: new), to: name)
  }

  /// Runs the study with more words.
  func run(_ words: String...) -> Outcome { ruralvalue(["study", study] + words) }

  /// The results of the steps by their names, from `--json`.
  func results(_ words: String...) throws -> [String: String] {
    let outcome = ruralvalue(["study", study, "--json"] + words)
    let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    let steps = document?["steps"] as? [[String: Any]] ?? []
    return Dictionary(
      steps.map { ($0["step"] as? String ?? "", $0["result"] as? String ?? "") }
    ) { first, _ in first }
  }

  /// Every file below a folder but the study's own records, by its path there.
  func files(in name: String) throws -> [String: Data] {
    let root = folder.appending(path: name)
    var files: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: root.path)
    where !path.hasPrefix(".study") {
      let url = root.appending(path: path)
      if (try? FileManager.default.contentsOfDirectory(atPath: url.path)) == nil {
        files[path] = try Data(contentsOf: url)
      }
    }
    return files
  }
}
