import Foundation
import RuralValue
import TestSupport
import Testing

@testable import RuralValueCLI

/// Pipes are files, and what is none is named as what it is.
@Suite(.serialized) struct InputFileTests {
  /// Calls in which a file is a pipe, and the same with the file itself. Case 3 of the issue.
  static let pipes = [
    ("describe <(cat panel.csv)", "describe panel.csv"),
    ("describe <(gzip -c panel.csv | gzip -dc)", "describe panel.csv"),
    ("describe /dev/stdin < panel.csv", "describe panel.csv"),
    ("describe /dev/stdin < <(cat panel.csv)", "describe panel.csv"),
    ("describe /dev/fd/3 3< <(cat panel.csv)", "describe panel.csv"),
    ("describe /dev/fd/3 3< panel.csv", "describe panel.csv"),
    ("describe fifo & cat panel.csv > fifo; wait $!", "describe panel.csv"),
    (
      "entropy <(cat panel.csv) --indicators <(cat system.csv)", "entropy panel.csv --indicators system.csv"
    ),
    ("entropy /dev/stdin --indicators system.csv < panel.csv", "entropy panel.csv --indicators system.csv"),
    (
      "weights codes.csv --rule economic:v --values <(cat values.csv)",
      "weights codes.csv --rule economic:v --values values.csv"
    ),
    ("weights <(cat links.csv)", "weights links.csv"),
    (
      "prepare panel.csv --join <(cut -d, -f1,2,3 panel.csv)';prefix=x_'",
      "prepare panel.csv --join cut.csv';prefix=x_'"
    ),
    (
      "study study.json --out a > log && cat a/describe/descriptives.csv",
      "study b.json --out b > log && cat b/describe/descriptives.csv"
    ),
  ]

  @Test(.enabled(if: Shell.isThere), arguments: pipes.indices)
  func `a pipe is read like a file`(place: Int) throws {
    let box = try StudySandbox()
    let shell = Shell(folder: box.folder.path)
    let study = "{ panel: { file: \"panel.csv\" }, describe: { variables: \"income\" } }"
    try box.write(study, to: "b.json")
    try box.write(study.replacingOccurrences(of: "panel.csv", with: "fifo"), to: "study.json")
    _ = try shell.run("mkfifo fifo; cut -d, -f1,2,3 panel.csv > cut.csv")
    try box.write("id,x,y\na,1,2\nb,2,2\nc,2,3\n", to: "codes.csv")
    try box.write("id,v\na,1\nb,2\nc,4\n", to: "values.csv")
    let (line, plain) = Self.pipes[place]
    let feed = line.hasPrefix("study") ? "cat panel.csv > fifo & " : ""
    // Who cannot read the pipe must not wait for it for ever.
    let piped = try shell.run(
      "\(feed)export -f ruralvalue; timeout 60 bash -c '\(escaped("ruralvalue \(line)"))'")
    let expected = try shell.run("ruralvalue \(plain)")
    #expect(piped.code == 0, "\(piped.errors)")
    #expect(piped.output == expected.output && !expected.output.isEmpty, "\(piped.errors)")
  }

  private func escaped(_ line: String) -> String { line.replacingOccurrences(of: "'", with: #"'\''"#) }

  @Test(.enabled(if: Shell.isThere)) func `a pipe with two names is read once`() throws {
    let box = try StudySandbox()
    let outcome = try Shell(folder: box.folder.path).run(
      "timeout 60 bash -c 'cat panel.csv | \"\(ProcessTests.tool.path)\" prepare - --join /dev/stdin\";prefix=x_\"'"
    )
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("x_income"))
  }

  @Test func `a file that is longer than its size says is read to its end`() throws {
    let path = "/proc/self/status"
    #expect(FileStatus(at: path)?.size == 0)
    #expect(try DiskFiles().bytes(of: path).count > 100)
  }

  @Test func `what cannot be read is named as what it is`() throws {
    let box = try StudySandbox()
    try FileManager.default.createSymbolicLink(atPath: box.path("lost"), withDestinationPath: "gone.csv")
    try FileManager.default.createSymbolicLink(atPath: box.path("round"), withDestinationPath: "round")
    let found = [
      (box.folder.path, "is a folder; expected a file"), (box.path("lost"), "is a symbolic link to gone.csv"),
      (box.path("round"), "lead in a circle"),
      (box.path(String(repeating: "x", count: 300)), "the name is too long"),
      (box.path("panel.csv/x"), "There is no file"), (box.path("pannel.csv"), "Did you mean"),
    ]
    for (path, sentence) in found {
      let outcome = ruralvalue(["describe", path])
      #expect(outcome.code == .file)
      #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
    }
  }

  @Test func `a socket is named as one`() throws {
    let path = "/tmp/ruralvalue-\(UUID().uuidString.prefix(8))"
    defer { unsafe unlink(path) }
    let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: Array(path.utf8)) }
    let answer = unsafe withUnsafeBytes(of: &address) { bytes in
      unsafe bind(
        socket, bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
    }
    try #require(answer == 0)
    let outcome = ruralvalue(["describe", path])
    #expect(outcome.code == .file)
    #expect(outcome.errors.contains("it is a socket"), "\(outcome.errors)")
  }

  @Test(.enabled(if: getuid() != 0)) func `a file that nobody may read is named`() throws {
    let box = try StudySandbox()
    unsafe chmod(box.path("panel.csv"), 0)
    let outcome = ruralvalue(["describe", box.path("panel.csv")])
    #expect(outcome.errors.contains("permission denied"), "\(outcome.errors)")
  }

  @Test func `nothing but bytes 0 is refused at once`() throws {
    let outcome = ruralvalue(["describe", "/dev/zero"])
    #expect(outcome.code == .data)
    #expect(outcome.errors.contains("/dev/zero begins with 65536 bytes 0"), "\(outcome.errors)")
  }

  /// Calls that would read without end. Case 18 of the issue.
  static let endless = [
    "ulimit -v 2000000; ruralvalue describe - < /dev/zero",
    "ulimit -v 2000000; ruralvalue describe - < /dev/urandom",
    "ulimit -v 700000; yes 1,2,3 | ruralvalue describe -",
    "ulimit -v 700000; ruralvalue weights <(yes '{\"a\": [1,2,3,4,5,6]}')",
    "yes 1,2,3 | ruralvalue describe - --max-memory 0.2",
    "yes 1,2,3 | head -c 30000000 > big.csv; ruralvalue describe big.csv --max-memory 0.02",
  ]

  @Test(.enabled(if: Shell.isThere && !ProjectFiles.isSanitized), arguments: endless)
  func `what is too large for the memory ends in a sentence`(line: String) throws {
    let box = try StudySandbox()
    let outcome = try Shell(folder: box.folder.path).run(line)
    #expect(outcome.code == 3, "\(outcome)")
    #expect(outcome.errors.hasPrefix("ruralvalue "), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    #expect(!outcome.errors.contains("--max-memory") || line.contains("--max-memory"), "\(outcome.errors)")
  }
}
