import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// README's examples are true: every `console` block is run, and must print what stands below the call.
///
/// A line `…` stands for any number of lines.
@Suite struct ReadmeTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let call: String
    let output: [String]
    var testDescription: String { call }
  }

  static let examples: [Example] = {
    guard let text = try? String(contentsOf: ProjectFiles.root.appending(path: "README.md"), encoding: .utf8)
    else {
      return []
    }
    var examples: [Example] = []
    var call: String?
    var output: [String] = []
    var isInside = false
    func close() {
      if let call { examples.append(Example(call: call, output: output)) }
      call = nil
      output = []
    }
    for line in text.components(separatedBy: "\n") {
      if line.hasPrefix("```") {
        close()
        isInside = line == "```console"
      } else if isInside, line.hasPrefix("$ ") {
        close()
        call = String(line.dropFirst(2))
      } else if isInside, let open = call, open.hasSuffix("\\") {
        call = open.dropLast() + line.trimmingCharacters(in: .whitespaces)
      } else if isInside {
        output.append(line)
      }
    }
    return examples
  }()

  @Test func `there are examples`() {
    #expect(Self.examples.count >= 3)
  }

  @Test func `the study that README shows is the one in the fixtures`() throws {
    let readme = try String(contentsOf: ProjectFiles.root.appending(path: "README.md"), encoding: .utf8)
    let study = try ProjectFiles.fixtureText("studies/small/study.json")
    #expect(readme.contains("```json5\n\(study)```"))
  }

  @Test(arguments: examples) func `an example prints what README says`(example: Example) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "readme-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let outcome = shell(
      example.call.replacingOccurrences(of: "Fixtures/", with: ProjectFiles.root.path + "/Fixtures/")
        .replacingOccurrences(of: " out", with: " \(folder)"))
    let printed = (outcome.output + outcome.errors)
      .replacingOccurrences(of: ProjectFiles.root.path + "/", with: "").replacingOccurrences(
        of: folder, with: "out")
    var lines = printed.components(separatedBy: "\n").map(trimmed)[...]
    while lines.last == "" { lines.removeLast() }
    var expected = example.output.map(trimmed)
    while expected.last == "" { expected.removeLast() }
    #expect(
      matches(lines, expected[...]),
      "README says:\n\(expected.joined(separator: "\n"))\nbut it prints:\n\(printed)")
  }

  private func trimmed(_ line: String) -> String {
    var line = Substring(line)
    while line.last == " " { line.removeLast() }
    return String(line)
  }

  private func matches(_ lines: ArraySlice<String>, _ expected: ArraySlice<String>) -> Bool {
    guard let first = expected.first else { return lines.isEmpty }
    if first == "…" {
      return lines.indices.contains { matches(lines[$0...], expected.dropFirst()) } || expected.count == 1
    }
    return lines.first == first && matches(lines.dropFirst(), expected.dropFirst())
  }
}
