import Foundation

/// A line of bash that calls the built program as `ruralvalue`, in a folder.
struct Shell {
  let folder: String

  /// What the line wrote, and its exit code.
  func run(_ line: String) throws -> (output: String, errors: String, code: Int32) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", "ruralvalue() { \"\(ProcessTests.tool.path)\" \"$@\"; }\n\(line)"]
    // With coverage, the program would try to write what it covered under the limits of the line.
    process.environment = ProcessInfo.processInfo.environment.merging(["LLVM_PROFILE_FILE": "/dev/null"]) {
      $1
    }
    process.currentDirectoryURL = URL(filePath: folder)
    let scratch = FileManager.default.temporaryDirectory.appending(path: "shell-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let streams = ["output", "errors"].map { scratch.appending(path: $0) }
    for stream in streams { try Data().write(to: stream) }
    process.standardOutput = try FileHandle(forWritingTo: streams[0])
    process.standardError = try FileHandle(forWritingTo: streams[1])
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let texts = try streams.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return (texts[0], texts[1], process.terminationStatus)
  }

  /// There is a bash and the program.
  static let isThere = ProcessTests.isBuilt && FileManager.default.isExecutableFile(atPath: "/bin/bash")
}
