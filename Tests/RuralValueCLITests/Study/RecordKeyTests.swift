import Foundation
import Testing

@testable import RuralValueCLI

/// The key that signs records: made once, for its user alone, and never believed when others could have touched it.
@Suite struct RecordKeyTests {
  /// A folder that goes with the test.
  private final class Folder {
    let path = FileManager.default.temporaryDirectory.appending(path: "key-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    func mode(_ name: String) throws -> Int {
      try #require(FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")[.posixPermissions] as? Int)
    }
    func write(_ text: String, mode: Int = 0o600) throws {
      try Data(text.utf8).write(to: URL(filePath: "\(path)/key"))
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(path)/key")
    }
  }

  private func code(_ key: RecordKey) -> String { key.code(of: [1, 2, 3], for: "test") }

  @Test func `a key is made for its user alone, in a folder for him alone, and is the same ever after`()
    throws
  {
    let folder = try Folder()
    let first = try RecordKey(inStateFolder: "\(folder.path)/state/ruralvalue")
    #expect(try folder.mode("state/ruralvalue/record-key") == 0o600)
    #expect(try folder.mode("state/ruralvalue") == 0o700)
    #expect(code(try RecordKey(inStateFolder: "\(folder.path)/state/ruralvalue")) == code(first))
    let text = try String(contentsOfFile: "\(folder.path)/state/ruralvalue/record-key", encoding: .utf8)
    #expect(text.wholeMatch(of: /[0-9a-f]{64}\n/) != nil)
    #expect(code(try RecordKey(file: "\(folder.path)/other")) != code(first))
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/state/ruralvalue").count == 1)
  }

  @Test func `a code serves one purpose`() throws {
    let folder = try Folder()
    let key = try RecordKey(file: "\(folder.path)/key")
    #expect(key.code(of: [1], for: "record a") != key.code(of: [1], for: "record b"))
  }

  @Test func `all that begin at once have the same key`() throws {
    for _ in 0..<20 {
      let folder = try Folder()
      let codes = Codes()
      let path = "\(folder.path)/key"
      DispatchQueue.concurrentPerform(iterations: 16) { _ in
        codes.add((try? RecordKey(file: path)).map { $0.code(of: [1, 2, 3], for: "test") } ?? "none")
      }
      #expect(codes.all.count == 1 && !codes.all.contains("none"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["key"])
    }
  }

  private final class Codes: @unchecked Sendable {
    private let lock = NSLock()
    private(set) var all: Set<String> = []
    func add(_ code: String) { _ = lock.withLock { all.insert(code) } }
  }

  @Test(.enabled(if: ProcessTests.isBuilt))
  func `processes that begin at once sign with the same key, and a later run reuses what each of them did`()
    throws
  {
    let box = try StudySandbox()
    let processes = (0..<3).map { number in
      ProcessTests.process([
        "study", box.study, "--record-key", box.path("key"), "--out", box.path("out\(number)"),
      ])
    }
    for process in processes { try process.run() }
    for process in processes { process.waitUntilExit() }
    #expect(processes.allSatisfy { $0.terminationStatus == 0 })
    for number in 0..<3 {
      // The tests' program is not the processes', so that a process asks.
      let process = ProcessTests.process([
        "study", box.study, "--record-key", box.path("key"), "--out", box.path("out\(number)"), "--json",
      ])
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(text.contains("\"reused\"") && !text.contains("\"result\": \"done\""))
    }
  }

  @Test(arguments: [
    ("", 0o600, "is no key of records"), ("0f", 0o600, "is no key of records"),
    (String(repeating: "z", count: 64) + "\n", 0o600, "is no key of records"),
    (String(repeating: "a", count: 64), 0o600, "is no key of records"),
    (String(repeating: "a", count: 10_000), 0o600, "is no key of records"),
    (String(repeating: "a", count: 64) + "\n", 0o640, "its mode is 640"),
    (String(repeating: "a", count: 64) + "\n", 0o602, "its mode is 602"),
  ])
  func `a key that is damaged or open to others is named, and not used`(
    text: String, mode: Int, words: String
  )
    throws
  {
    let box = try StudySandbox()
    let folder = try Folder()
    try folder.write(text, mode: mode)
    let outcome = box.run("--record-key", "\(folder.path)/key")
    #expect(outcome.code == .file)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(!box.exists("results"))
    // The user's own key in its place costs time and no more.
    try FileManager.default.moveItem(atPath: "\(folder.path)/key", toPath: "\(folder.path)/record-key")
    let other = ruralvalue(["study", box.study], stateFolder: folder.path)
    #expect(other.code == .done)
    #expect(other.errors.contains(words) && other.errors.contains("--record-key FILE"), "\(other.errors)")
  }

  @Test(.enabled(if: geteuid() == 0)) func `a key of another user is not used`() throws {
    let folder = try Folder()
    try folder.write(String(repeating: "a", count: 64) + "\n")
    _ = unsafe chown("\(folder.path)/key", 1, 1)
    #expect(throws: RecordKeyError.self) { try RecordKey(file: "\(folder.path)/key") }
  }

  @Test(arguments: [nil, "/dev/null/ruralvalue", "/proc/nowhere/ruralvalue"])
  func `without a place for a key a study runs, runs again, and says so in one note`(home: String?) throws {
    let box = try StudySandbox()
    for _ in 0..<2 {
      let outcome = ruralvalue(["study", box.study], stateFolder: home)
      #expect(outcome.code == .done)
      #expect(
        outcome.errors.components(separatedBy: "nor can a later one use").count == 2, "\(outcome.errors)")
      #expect(outcome.output.contains("done") && !outcome.output.contains("reused"))
    }
    #expect(try box.files(in: "results").keys.contains { $0.contains(".kept") } == false)
    #expect(try FileManager.default.contentsOfDirectory(atPath: box.path("results/.study/records")).isEmpty)
  }

  @Test func `a key of the call's own signs apart from the user's`() throws {
    let box = try StudySandbox()
    #expect(Set(try box.results("--record-key", box.path("key")).values) == ["done"])
    #expect(Set(try box.results("--record-key", box.path("key")).values) == ["reused"])
    #expect(Set(try box.results().values) == ["done"])
    #expect(Set(try box.results("--record-key", box.path("key")).values) == ["done"])
    #expect(try box.files(in: "results").keys.contains { $0.contains(".kept") } == false)
  }
}
