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
}
