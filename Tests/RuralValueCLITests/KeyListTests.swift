import Foundation
import RuralValueFormats
import TestSupport
import Testing

@testable import RuralValueCLI

/// The names that scripts depend on: every CSV's columns and every JSON member of one call a verb.
///
/// `Fixtures/keys/VERB.txt` holds them. A line that goes is a broken promise; one that comes is an addition, and is
/// written with RURALVALUE_UPDATE_CASES=1. `specification` grows with every option and is not listed.
@Suite struct KeyListTests {
  static let verbs = [
    "audit", "coupling", "describe", "disparity", "efficiency", "entropy", "evaluate", "evolve", "fe", "gmm",
    "hotspot", "moran", "prepare", "sdm", "simulate", "table",
  ]

  @Test(arguments: verbs) func `columns and keys are the ones promised`(verb: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "keys-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let call = try ProjectFiles.fixtureText("cases/\(verb)-001/cmd")
      .trimmingCharacters(in: .whitespacesAndNewlines)
      .replacingOccurrences(of: "Fixtures/", with: ProjectFiles.root.path + "/Fixtures/")
    let outcome = shell("\(call) --out \(folder.path) --format csv,json --quiet")
    try #require(outcome.code == .done || verb == "audit", "\(outcome.errors)")
    var lines: [String] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    where name != "call.json" {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      if name.hasSuffix(".csv") { lines.append("\(name): \(text.prefix { $0 != "\n" })") }
      if name.hasSuffix(".json") {
        let root = try JSONReader.read(Array(text.utf8))
        lines += Set(Self.keys(root, "")).sorted().map { "\(name): \($0)" }
      }
    }
    let url = ProjectFiles.fixture("keys/\(verb).txt")
    let found = lines.joined(separator: "\n") + "\n"
    if ProcessInfo.processInfo.environment["RURALVALUE_UPDATE_CASES"] == "1" {
      try Data(found.utf8).write(to: url)
    }
    let expected = try String(contentsOf: url, encoding: .utf8)
    #expect(found == expected)
  }

  /// The paths of all members: `coefficients[].term`.
  private static func keys(_ node: JSONNode, _ path: String) -> [String] {
    switch node.value {
    case .object(let members):
      members.flatMap { member in
        member.key == "specification" && path.isEmpty
          ? ["specification"] : keys(member.node, path.isEmpty ? member.key : "\(path).\(member.key)")
      }
    case .list(let nodes): nodes.isEmpty ? ["\(path)[]"] : nodes.flatMap { keys($0, "\(path)[]") }
    default: [path]
    }
  }
}
