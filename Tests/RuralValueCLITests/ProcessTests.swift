import Foundation
import TestSupport
import Testing

/// What only a process of its own can show: signals, and files when a run is killed.
///
/// The release of a signal takes a moment, so these run one after the other.
@Suite(.serialized) struct ProcessTests {
  /// The program stands beside the test bundle.
  static let tool: URL = {
    let bundle = URL(filePath: CommandLine.arguments[0])
    return bundle.deletingLastPathComponent().appending(path: "ruralvalue")
  }()

  static func process(_ words: [String]) -> Process {
    let process = Process()
    process.executableURL = tool
    process.arguments = words
    // What the program remembers goes where the tests' own calls have it, and not to the user's home.
    let state = URL(filePath: RecordingConsole.sharedState).deletingLastPathComponent().path
    process.environment = ProcessInfo.processInfo.environment.merging(["XDG_STATE_HOME": state]) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    return process
  }

  static let isBuilt = FileManager.default.isExecutableFile(atPath: tool.path)

  @Test func `the program stands beside the tests`() {
    #expect(Self.isBuilt, "no program at \(Self.tool.path)")
  }

  @Test(.enabled(if: isBuilt)) func `an interrupted run ends with 130`() throws {
    let process = Self.process(["describe", "-"])
    process.standardInput = Pipe()  // Nothing comes: the program waits.
    try process.run()
    Thread.sleep(forTimeInterval: 0.3)
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    #expect(process.terminationReason == .exit)
  }

  @Test(.enabled(if: isBuilt)) func `a killed run leaves the old file or the new one`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "killed-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let call = [
      "simulate", "indicators", "--counties", "100", "--seed", "1", "--out", folder.path,
    ]
    let whole = Self.process(call)
    try whole.run()
    whole.waitUntilExit()
    let file = folder.appending(path: "panel-simulated.csv")
    let expected = try Data(contentsOf: file)
    let old = Data("old".utf8)
    for attempt in 0..<20 {
      try old.write(to: file)
      let process = Self.process(call)
      try process.run()
      Thread.sleep(forTimeInterval: 0.02 + 0.015 * Double(attempt))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let found = try Data(contentsOf: file)
      #expect(found == old || found == expected, "a file of \(found.count) bytes is neither")
    }
  }

  @Test(.enabled(if: isBuilt)) func `a reader that goes away ends the run without a message`() throws {
    let process = Self.process(["simulate", "indicators", "--counties", "400", "--seed", "1"])
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    try output.fileHandleForReading.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try errors.fileHandleForReading.readToEnd()?.isEmpty ?? true)
  }

  /// A call in a shell, by its words after the program's name and what is done with its streams.
  private func code(_ call: String, before: String = "") throws -> (code: Int32, errors: String) {
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/bash")
    shell.arguments = ["-c", "\(before) exec \"$0\" \(call)", Self.tool.path]
    shell.currentDirectoryURL = ProjectFiles.root
    let errors = Pipe()
    shell.standardInput = FileHandle.nullDevice
    shell.standardOutput = FileHandle.nullDevice
    shell.standardError = errors
    try shell.run()
    let text = String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    shell.waitUntilExit()
    return (shell.terminationStatus, text)
  }

  @Test(
    .enabled(if: isBuilt),
    arguments: ["2>/dev/full", "2>&-", ">/dev/full 2>/dev/full", ">&- 2>&-", "<&- >&- 2>&-", "2>/dev/null"])
  func `a code holds where nobody can be told`(streams: String) throws {
    #expect(try code("describe no-such-file.csv \(streams)").code == 4)
    #expect(try code("describe --no-such-option \(streams)").code == 2)
    #expect(try code("describe Fixtures/data/hunan/counties.geojson \(streams)").code == 3)
    let audit = "audit Fixtures/data/paper/table5.csv --levels 0.05,0.01"
    #expect(try code("\(audit) \(streams)").code == 6)
  }

  @Test(.enabled(if: isBuilt))
  func `an answer that standard output does not take is an error with a sentence`()
    throws
  {
    for (stream, reason) in [(">/dev/full", "the disk is full"), (">&-", "it is closed")] {
      let outcome = try code("describe Fixtures/data/hunan/panel-simulated.csv --quiet \(stream)")
      #expect(outcome.code == 4)
      #expect(
        outcome.errors
          == "ruralvalue: Standard output cannot be written: \(reason). What it was to hold is not all there.\n"
      )
    }
    let outcome = try code("describe - <&-")
    #expect(outcome.code == 4)
    #expect(outcome.errors.contains("standard input cannot be read: it is closed"))
  }

  /// How little lets a process be loaded is the loader's and differs from build to build; just below it a process
  /// ends without a word of the program, so the limits begin at the smallest at which the program speaks.
  @Test(.enabled(if: isBuilt && !ProjectFiles.isSanitized))
  func `a process that may have little memory answers or says so`() throws {
    func outcome(kilobytes: Int) throws -> (code: Int32, text: String) {
      let (code, text) = try self.code(
        "describe Fixtures/data/hunan/scores-table4.csv", before: "ulimit -v \(kilobytes);")
      return (code, text)
    }
    func answersOrSaysSo(_ outcome: (code: Int32, text: String)) -> Bool {
      outcome.code == 0
        || outcome.code == 3 && outcome.text.hasPrefix("ruralvalue describe: ")
          && outcome.text.hasSuffix(".\n")
          && (outcome.text.contains("memory") || outcome.text.contains("address space"))
    }
    var (tooLittle, enough) = (0, 200_000)
    while enough - tooLittle > 500 {
      let middle = (tooLittle + enough) / 2
      if answersOrSaysSo(try outcome(kilobytes: middle)) { enough = middle } else { tooLittle = middle }
    }
    for kilobytes in [enough, enough + 1_000, enough + 10_000, enough + 50_000, 200_000, 400_000, 4_000_000] {
      let outcome = try outcome(kilobytes: kilobytes)
      #expect(answersOrSaysSo(outcome), "\(kilobytes) KB: \(outcome)")
    }
    #expect(try outcome(kilobytes: 4_000_000).code == 0)
  }

  @Test(.enabled(if: isBuilt), arguments: [SIGSEGV, SIGILL, SIGABRT, SIGBUS, SIGFPE])
  func `a fault of the program is one sentence and exit code 1`(signal: Int32) throws {
    let process = Self.process(["describe", "-"])
    let errors = Pipe()
    process.standardInput = Pipe()
    process.standardError = errors
    try process.run()
    Thread.sleep(forTimeInterval: 0.3)
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
    #expect(process.terminationReason == .exit)
    #expect(
      String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        == "ruralvalue describe: internal error: the program met a fault and was ended. Please report it with the"
        + " call and its input.\n")
  }

  /// Case 19 of the folder attack: Dispatch ended the process where it could not open a descriptor for itself.
  @Test(
    .enabled(if: isBuilt),
    arguments: ["-n 4", "-n 5", "-n 6", "-n 7", "-n 9", "-s 128", "-u 1"]
      + (ProjectFiles.isSanitized ? [] : ["-v 300000"]))
  func `a study on several threads ends in words, whatever the shell allows it`(limit: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "limits-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let (code, text) = try self.code(
      "study Fixtures/studies/small/study.json --jobs 4 --fresh --quiet --out \(folder.path)",
      before: "ulimit \(limit);")
    let isLoaded = !text.contains("error while loading shared libraries")
    #expect(!isLoaded || [0, 3, 4].contains(code), "\(text)")
    #expect(!text.contains("internal error"), "\(text)")
  }

  @Test(.enabled(if: isBuilt)) func `a formula of a hundred brackets fits a small stack`() throws {
    let formula = "n ~ lag(n) + \(String(repeating: "(", count: 99))w\(String(repeating: ")", count: 99))"
    let outcome = try self.code(
      "gmm Fixtures/reference/gmm/abdata.csv --formula '\(formula)' --quiet", before: "ulimit -s 128;")
    #expect(outcome.code == 0, "\(outcome.errors)")
  }
}
