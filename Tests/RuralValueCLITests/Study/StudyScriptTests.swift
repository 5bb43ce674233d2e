import Foundation
import RuralValue
import Testing

@testable import RuralValueCLI

/// What `study --check` prints can be pasted into a shell, and says what the study reaches outside its folder.
@Suite struct StudyScriptTests {
  /// Names that would do something if a shell read them.
  private static let hostile = [
    "$(touch PWNED)", "`touch PWNED`", "'; touch PWNED; '", "'\u{301}; touch PWNED; '\u{301}",
    "\"; touch PWNED; \"",
    "a\ntouch PWNED\n", "a\r\ntouch PWNED", "a\u{2028}touch PWNED", "-rf", "--help", "-h", "=ls", "~", "*",
    "{a,b}", "!!",
    "a\\", "a\\\n", "\u{1B}]0;x\u{7}", "\t\t", "\u{3}", "|| touch PWNED", "& touch PWNED", "> PWNED", "#",
    "a # b", "",
    " ", "县 域", "½", "\u{202E}cod", "e\u{301}", "x(e:'touch PWNED':)", "\u{10FEC4}",
  ]

  /// Runs a script for which `ruralvalue` is a stand-in that writes down its words; returns them by call.
  ///
  /// The stand-in is a function of the shell: a program just written can be "busy", where a process that another test
  /// starts at that moment still holds it open.
  private func run(_ script: String, in box: StudySandbox, options: [String] = []) throws -> (
    code: Int32, calls: [[String]]
  ) {
    let folder = box.path("sh")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try box.write(
      "ruralvalue() ( { for word; do printf '%s\\0' \"$word\"; done; printf 'END\\0'; } >> calls )\n"
        + script,
      to: "sh/script")
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = options + ["script"]
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = ["PATH": "/usr/bin:/bin"]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let bytes = (try? Data(contentsOf: URL(filePath: folder + "/calls"))) ?? Data()
    var calls: [[String]] = [[]]
    for word in bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast() {
      let text = String(decoding: word, as: UTF8.self)
      if text == "END" { calls.append([]) } else { calls[calls.count - 1].append(text) }
    }
    return (process.terminationStatus, calls.dropLast())
  }

  @Test(arguments: hostile) func `a quoted word is that word to a shell`(word: String) throws {
    let box = try StudySandbox()
    let quoted = ShellText.quoted(word)
    let result = try run("ruralvalue \(quoted) x\(quoted)\n", in: box)
    #expect(result.code == 0)
    // The last of the names stands for a byte that is no UTF-8.
    let expected = word == "\u{10FEC4}" ? "\u{FFFD}" : word
    #expect(
      result.calls.map { $0.map { Array($0.utf8) } } == [[Array(expected.utf8), Array("x\(expected)".utf8)]])
    #expect(!box.exists("sh/PWNED"))
    let keys = quoted.unicodeScalars.filter { ($0.value < 0x20 && $0 != "\n") || $0.value == 0x7F }
    #expect(keys.isEmpty, "a terminal would take these for keys")
  }

  @Test(arguments: hostile) func `a comment runs nothing, also where the prompt knows no comments`(
    text: String
  ) throws {
    let box = try StudySandbox()
    let comment = ShellText.comment(text)
    #expect(comment.hasPrefix("# ") && !comment.unicodeScalars.contains("\n"))
    for line in [comment, ":" + comment.dropFirst()] {
      #expect(try run("\(line)\nruralvalue a\n", in: box).calls.last == ["a"])
    }
    #expect(!box.exists("sh/PWNED"))
  }

  @Test(arguments: hostile.filter { !$0.allSatisfy(\.isWhitespace) })
  func `the script of a study with hostile names is a shell's and runs its calls and nothing else`(
    name: String
  ) throws {
    let box = try StudySandbox()
    func json(_ text: String) throws -> String {
      String(decoding: try JSONEncoder().encode([text]), as: UTF8.self).dropFirst().dropLast().description
    }
    let quoted = try json(name)
    try box.write(
      """
      { title: \(quoted), panel: { file: "panel.csv", unit: "code", time: "year" },
        prepare: [{ interpolate: "all" }], indicators: { file: "system.csv", label: "name" },
        models: { gmm: [{ name: \(quoted), title: \(quoted), formula: "V ~ lag(V)", "time-effects": "none" }] },
        robustness: [{ name: \(quoted), of: \(quoted), steps: 1 }] }
      """, to: "study.json")
    let outcome = box.run("--check")
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(try run(outcome.output, in: box, options: ["-n"]).code == 0)
    let result = try run(outcome.output, in: box)
    #expect(result.code == 0)
    let document = try JSONSerialization.jsonObject(with: Data(box.run("--check", "--json").output.utf8))
    let steps = (document as? [String: Any])?["steps"] as? [[String: Any]] ?? []
    #expect(result.calls.count == steps.filter { $0["call"] is String }.count && result.calls.count >= 3)
    #expect(!box.exists("sh/PWNED"))
    let prompt = outcome.output.split(separator: "\n").map {
      $0.hasPrefix("#") ? ":" + $0.dropFirst() : String($0)
    }
    _ = try run(prompt.joined(separator: "\n") + "\n", in: box)
    #expect(!box.exists("sh/PWNED"))
  }

  @Test func `a check says which folder outside its own a study writes into, and which files it reads there`()
    throws
  {
    let box = try StudySandbox()
    try FileManager.default.createDirectory(atPath: box.path("mine/study"), withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: box.path("panel.csv"), toPath: box.path("mine/study/panel.csv"))
    for name in ["system.csv", "links.csv"] {
      try FileManager.default.createSymbolicLink(
        atPath: box.path("mine/study/\(name)"), withDestinationPath: box.path(name))
    }
    let text = try box.text("study.json")
    let study = box.path("mine/study/study.json")
    let home = URL(filePath: box.path("")).resolvingSymlinksInPath().path
    func check(_ folder: String, _ words: String...) throws -> String {
      try box.write(
        text.replacingOccurrences(of: "folder: \"results\"", with: "folder: \"\(folder)\""),
        to: "mine/study/study.json")
      let outcome = ruralvalue(["study", study, "--check"] + words)
      #expect(outcome.code == .done, "\(outcome.errors)")
      return outcome.output
    }
    #expect(!(try check("results")).contains("writes outside"))
    #expect(!(try check("./a/../b")).contains("writes outside"))
    #expect(try check("results").contains("system.csv (\(home)/system.csv), links.csv (\(home)/links.csv)"))
    for (folder, place) in [
      ("..", "\(home)/mine"), ("../../new/deep", "\(home)/new/deep"), ("/nowhere/x", "/nowhere/x"),
    ] {
      #expect(try check(folder).contains("writes outside the folder of its file, into \(place)."))
      #expect(try check(folder, "--json").contains("\"writes\": \"\(place)\""))
    }
    #expect(try check("results", "--out", box.path("else")).contains("into \(home)/else."))
    try FileManager.default.createDirectory(atPath: box.path("target"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: box.path("mine/study/results"), withDestinationPath: box.path("target"))
    #expect(try check("results").contains("into \(home)/target."))
    #expect(ruralvalue(["study", study]).errors.contains("into \(home)/target."))
    #expect(!ruralvalue(["study", study, "--out", box.path("else")]).errors.contains("writes outside"))
    #expect(!box.exists("new"))
  }
}
