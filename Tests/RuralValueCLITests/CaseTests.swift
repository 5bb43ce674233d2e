import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// Every folder under `Fixtures/cases` is a call with what it must print.
///
/// `cmd` is the call, run from the project's root; `expout` and `experr` are standard output and standard
/// error, and `experr` begins with the exit code. With RURALVALUE_UPDATE_CASES=1 they are written anew.
@Suite struct CaseTests {
  static let folders: [String] = {
    let folder = ProjectFiles.fixture("cases").path
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }()

  @Test func `there are cases`() {
    #expect(!Self.folders.isEmpty)
  }

  @Test(arguments: folders) func `a call prints what its case holds`(folder: String) throws {
    let url = ProjectFiles.fixture("cases").appending(path: folder)
    func text(_ name: String) throws -> String {
      try String(contentsOf: url.appending(path: name), encoding: .utf8)
    }
    let call = try text("cmd").trimmingCharacters(in: .whitespacesAndNewlines)
    let outcome = shell(
      call.replacingOccurrences(of: "Fixtures/", with: ProjectFiles.root.path + "/Fixtures/"))
    // Messages name files as the call did; the test runs from anywhere.
    func local(_ text: String) -> String {
      text.replacingOccurrences(of: ProjectFiles.root.path + "/", with: "")
    }
    let errors = "exit \(outcome.code.rawValue)\n" + local(outcome.errors)
    if ProcessInfo.processInfo.environment["RURALVALUE_UPDATE_CASES"] == "1" {
      try Data(local(outcome.output).utf8).write(to: url.appending(path: "expout"))
      try Data(errors.utf8).write(to: url.appending(path: "experr"))
    }
    #expect(local(outcome.output) == (try text("expout")))
    #expect(errors == (try text("experr")))
  }
}
