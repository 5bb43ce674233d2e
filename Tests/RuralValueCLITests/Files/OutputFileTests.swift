import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// What becomes of the place where something is written.
@Suite(.serialized) struct OutputFileTests {
  private static let weights = ["weights", "links.csv", "--out"]

  private func mode(_ path: String) -> mode_t? { FileStatus(at: path)?.mode }

  private func write(_ box: StudySandbox, _ name: String) -> Outcome {
    ruralvalue(["weights", box.path("links.csv"), "--out", box.path(name)])
  }

  /// Case 20 of the issue.
  @Test(arguments: [0o600, 0o640, 0o664, 0o400] as [mode_t])
  func `an output that is written again keeps its mode`(mode: mode_t) throws {
    let box = try StudySandbox()
    for _ in 0..<2 {
      #expect(write(box, "w.csv").code == .done)
      #expect(ruralvalue(["describe", box.path("panel.csv"), "--out", box.path("out")]).code == .done)
      #expect(box.run().code == .done)
      let paths = ["w.csv", "out/descriptives.csv", "out/call.json", "results/report.html"].map(box.path)
      for path in paths { unsafe chmod(path, mode) }
      #expect(write(box, "w.csv").code == .done)
      #expect(ruralvalue(["describe", box.path("panel.csv"), "--out", box.path("out")]).code == .done)
      try box.change("study.json", "title: \"", "title: \"A")
      #expect(box.run().code == .done)
      for path in paths { #expect(self.mode(path) == mode, "\(path)") }
    }
  }

  @Test(.enabled(if: Shell.isThere)) func `a new output has the mode that the umask leaves`() throws {
    let box = try StudySandbox()
    let shell = Shell(folder: box.folder.path)
    for (mask, expected) in [("077", 0o600), ("022", 0o644), ("002", 0o664)] as [(String, mode_t)] {
      let outcome = try shell.run(
        "umask \(mask); ruralvalue weights links.csv --out \(mask).csv; ruralvalue describe panel.csv --out \(mask)"
      )
      #expect(outcome.code == 0, "\(outcome.errors)")
      #expect(mode(box.path("\(mask).csv")) == expected)
      #expect(mode(box.path("\(mask)/descriptives.csv")) == expected)
    }
  }

  @Test func `what a killed run left goes with the next write, and what another run holds stays`() throws {
    let box = try StudySandbox()
    let (left, held) = (".ruralvalue-0123456789abcdef", ".ruralvalue-fedcba9876543210")
    let others = [".ruralvalue-notes", ".ruralvalue-0123456789abcdeg", "ruralvalue-0123456789abcdef"]
    for name in [left, held] + others { try box.write("half", to: name) }
    let holder = try #require(SystemFile(box.path(held), for: .reading))
    #expect(holder.lock())
    #expect(write(box, "w.csv").code == .done)
    #expect(FileStatus(at: box.path(left)) == nil)
    for name in [held] + others { #expect(try box.text(name) == "half", "\(name)") }
    holder.close()
    #expect(write(box, "w.csv").code == .done)
    #expect(FileStatus(at: box.path(held)) == nil)
  }

  @Test func `a foreign file that a killed run had already kept is kept once`() throws {
    let box = try StudySandbox()
    let describe = ["describe", box.path("panel.csv"), "--out", box.path("out")]
    try FileManager.default.createDirectory(atPath: box.path("out"), withIntermediateDirectories: true)
    try box.write("mine", to: "out/descriptives.csv")
    #expect(SystemFile.link(box.path("out/descriptives.csv"), to: box.path("out/descriptives.csv.kept")))
    #expect(ruralvalue(describe).code == .done)
    #expect(try box.text("out/descriptives.csv.kept") == "mine")
    #expect(SystemFile.names(in: box.path("out")).filter { $0.contains("kept") } == ["descriptives.csv.kept"])
    #expect(try box.text("out/descriptives.csv") != "mine")
  }

  @Test func `a link stays a link and the file behind it is written`() throws {
    let box = try StudySandbox()
    try FileManager.default.createDirectory(atPath: box.path("far"), withIntermediateDirectories: true)
    try box.write("old", to: "far/w.csv")
    unsafe chmod(box.path("far/w.csv"), 0o600)
    for (link, target) in [("one.csv", "far/w.csv"), ("two.csv", "one.csv"), ("new.csv", "far/new.csv")] {
      try FileManager.default.createSymbolicLink(atPath: box.path(link), withDestinationPath: target)
    }
    for link in ["two.csv", "new.csv"] {
      #expect(write(box, link).code == .done)
      #expect(FileStatus(at: box.path(link), behindLinks: false)?.kind == .link)
      #expect(try box.text(link).hasPrefix("from,to,weight"))
    }
    #expect(mode(box.path("far/w.csv")) == 0o600)
    #expect(FileStatus(at: box.path("far/new.csv"), behindLinks: false)?.kind == .file)
  }

  @Test func `what is no file is written into, and stays what it is`() throws {
    let box = try StudySandbox()
    for device in ["null", "full"] {
      try FileManager.default.createSymbolicLink(
        atPath: box.path("\(device).csv"), withDestinationPath: "/dev/\(device)")
    }
    #expect(write(box, "null.csv").code == .done)
    let full = write(box, "full.csv")
    #expect(full.code == .file)
    #expect(full.errors.contains("the disk is full"), "\(full.errors)")
    for device in ["null", "full"] {
      #expect(FileStatus(at: "/dev/\(device)", behindLinks: false)?.kind == .device)
      #expect(FileStatus(at: box.path("\(device).csv"), behindLinks: false)?.kind == .link)
    }
  }

  @Test(.enabled(if: Shell.isThere)) func `a pipe is written into`() throws {
    let box = try StudySandbox()
    let shell = Shell(folder: box.folder.path)
    let outcome = try shell.run(
      "mkfifo w.csv; timeout 60 cat w.csv > got & ruralvalue weights links.csv --out w.csv --quiet; wait; test -p w.csv"
    )
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(try box.text("got").hasPrefix("from,to,weight"))
    let log = try shell.run(
      "cp '\(ProjectFiles.fixture("reference/spatial/columbus.geojson").path)' p.geojson; echo kept > log;"
        + " ruralvalue map p.geojson --out /dev/stdout --quiet >> log; head -c 9 log; ls -A | grep -c ruralvalue-"
    )
    #expect(log.output.hasPrefix("kept\n"), "\(log)")
    #expect(log.output.hasSuffix("0\n"), "\(log)")
  }

  /// Where nothing can be written, with what the message says.
  static let obstacles = [
    ("(ulimit -f 0; OUT > /dev/null) 2>&1 | cat >&2; exit ${PIPESTATUS[0]}", "larger than a file may be"),
    ("mkdir -p w.csv/x; OUT", "a folder of that name is in the way"),
    ("echo x > d; W=d/w.csv; OUT", "a file stands in the way"),
    ("W=$(printf 'x%.0s' {1..252}).csv; OUT", "the name is too long"),
    ("ln -s w.csv w.csv; OUT", "lead in a circle"),
    ("W=/proc/ruralvalue/w.csv; OUT", "cannot be made"),
  ]

  /// The first is a limit of the size of files, in which the thread sanitizer keeps its own memory.
  @Test(.enabled(if: Shell.isThere), arguments: (ProjectFiles.isSanitized ? 1 : 0)..<obstacles.count)
  func `what cannot be written is a sentence, and nothing is left over`(place: Int) throws {
    let box = try StudySandbox()
    let (line, sentence) = Self.obstacles[place]
    let shell = Shell(folder: box.folder.path)
    let call = "ruralvalue weights links.csv --out \"$W\""
    let before = try shell.run("ls -A").output
    let outcome = try shell.run("W=w.csv; \(line.replacingOccurrences(of: "OUT", with: call))")
    #expect(outcome.code == 4)
    #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    let after = try shell.run("rm -rf w.csv d; ls -A").output
    #expect(after == before)
  }

  @Test(.enabled(if: Shell.isThere && !ProjectFiles.isSanitized))
  func `where the limit is met, what stood there stays`() throws {
    let box = try StudySandbox()
    let shell = Shell(folder: box.folder.path)
    let outcome = try shell.run(
      "ruralvalue describe panel.csv --out out --quiet >/dev/null; cp -r out before; rm -f out/correlations.csv.no;"
        + " (ulimit -f 1; ruralvalue describe panel.csv --out out --format csv,html --quiet > /dev/null 2> err); echo $?;"
        + " diff -r out before && echo same; cat err")
    #expect(outcome.output.hasPrefix("4\nsame\n"), "\(outcome)")
    #expect(outcome.output.contains("larger than a file may be"), "\(outcome)")
  }

  /// Case 21 of the issue.
  @Test(arguments: CommandLineTool.commands.map { $0.definition.name })
  func `neither a dash nor nothing is a folder`(verb: String) throws {
    let command = try #require(CommandLineTool.commands.first { $0.definition.name == verb })
    let output = try #require(command.optionDefinitions.first { $0.name == "--out" })
    for name in output.shape == .folder ? ["-", ""] : [""] {
      let outcome = ruralvalue([verb, "x", "--out", name])
      #expect(outcome.code == .usage)
      #expect(outcome.errors.contains("--out is \"\(name)\"; expected "), "\(outcome.errors)")
      #expect(FileStatus(at: "-") == nil)
      let standard = "without --out results go to standard output"
      #expect(outcome.errors.contains(standard) == (output.shape == .folder && verb != "study"))
    }
  }
}
