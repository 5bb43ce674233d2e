import Testing

@testable import RuralValueCLI

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What the library calls a setting is an option of some verb, and no sentence of the library spells one itself.
@Suite struct SettingSentenceTests {
  private static let sources = sourceFiles(of: ["RuralValue", "RuralValueFormats"])

  private static func sourceFiles(of modules: [String]) -> [(name: String, text: String)] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    return modules.flatMap { module -> [(String, String)] in
      let folder = "\(root)/Sources/\(module)"
      let files = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
      return files.filter { $0.hasSuffix(".swift") }.map { name in
        (name, (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) ?? "")
      }
    }
  }

  @Test func `every setting that a sentence of the library names is an option of a verb`() {
    let options = Set(CommandLineTool.commands.flatMap { $0.optionDefinitions.map(\.key) })
    let named = Self.sources.flatMap { file in
      file.text.matches(of: #/Setting\("([a-z-]+)"\)/#).map { String($0.output.1) }
    }
    #expect(named.count > 80)
    for name in Set(named).sorted() { #expect(options.contains(name), "\(name)") }
  }

  @Test func `no sentence of the library spells an option as a shell has it`() {
    let foreign = ["HTML", "ReportStyle", "ForeignFormat+Remedy"]
    for file in Self.sources where !foreign.contains(where: file.name.contains) {
      for line in file.text.split(separator: "\n") {
        let code = line.drop(while: \.isWhitespace)
        guard !code.hasPrefix("//"), !code.contains("iconv --list") else { continue }
        #expect(code.firstMatch(of: #/(?:^|[^-\/!<>|a-zA-Z])--[a-z]/#) == nil, "\(file.name): \(code)")
      }
    }
  }
}
