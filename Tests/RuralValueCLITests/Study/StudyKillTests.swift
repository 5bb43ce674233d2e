import Foundation
import Testing

@testable import RuralValueCLI

/// A study that is killed; `.ci/faults` does the same with every verb, the whole Hunan study and more kills.
@Suite(.serialized) struct StudyKillTests {
  @Test(.enabled(if: ProcessTests.isBuilt))
  func `a killed study leaves whole files, and the next run makes all bytes the same`() throws {
    let box = try StudySandbox()
    #expect(box.run().code == .done)
    let whole = try box.files(in: "results")
    for attempt in 0..<24 {
      // In turn from nothing, on top of what the last run left, and everything anew over it.
      if attempt % 3 == 0 { try? FileManager.default.removeItem(atPath: box.path("killed")) }
      let words = ["study", box.study, "--out", box.path("killed"), "--jobs", "2"]
      let process = ProcessTests.process(words + (attempt % 3 == 1 ? ["--fresh"] : []))
      try process.run()
      Thread.sleep(forTimeInterval: 0.01 + 0.012 * Double(attempt))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      guard FileManager.default.fileExists(atPath: box.path("killed")) else { continue }
      for (name, bytes) in try box.files(in: "killed") {
        #expect(bytes == whole[name], "\(name) is not whole after kill \(attempt)")
      }
    }
    #expect(box.run("--out", box.path("killed")).code == .done)
    #expect(try box.files(in: "killed") == whole)
    #expect(try FileManager.default.contentsOfDirectory(atPath: box.path("killed/.study/tmp")).isEmpty)
  }
}
