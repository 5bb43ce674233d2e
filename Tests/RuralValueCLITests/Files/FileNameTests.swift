import Foundation
import RuralValue
import TestSupport
import Testing

@testable import RuralValueCLI

/// Names of files are bytes.
@Suite struct FileNameTests {
  @Test func `any bytes come back from their text`() {
    var generator = SplitMix64(state: 7)
    let pieces: [[UInt8]] = [
      [0x41], [0x2F], [0xC3, 0xA9], [0xE4, 0xB8, 0xAD], [0xF0, 0x9F, 0x8C, 0xBE], [0xC4], [0xE4, 0xB8],
      [0xFF],
      // A name that has U+10FEC4 or U+10FFFF by itself.
      [0xF4, 0x8F, 0xBB, 0x84], [0xF4, 0x8F, 0xBF, 0xBF], [0xF4], [0x8F], [0xED, 0xA0, 0x80], [0xC0, 0x80],
    ]
    for _ in 0..<5000 {
      let bytes = (0..<Int.random(in: 0..<9, using: &generator)).flatMap { _ -> [UInt8] in
        Bool.random(using: &generator)
          ? pieces.randomElement(using: &generator)! : [UInt8.random(in: 1...255, using: &generator)]
      }
      #expect(FileName.bytes(FileName.text(bytes)) == bytes)
    }
  }

  @Test func `a name of UTF-8 is its text, and other bytes are shown as their numbers`() {
    #expect(FileName.text(Array("县域/é🌾.csv".utf8)) == "县域/é🌾.csv")
    let name = FileName.text([0xCF, 0xD8, 0x2E, 0x63])
    #expect(VisibleText.line(name) == #"\xCF\xD8.c"#)
    #expect(VisibleText.line("县.csv") == "县.csv")
    #expect(FileName.written(name) == #"\xCF\xD8.c"#)
    let others = "县\t\u{202E}\u{10FE7F}.csv"
    #expect(FileName.written(others) == others)
  }

  @Test func `a slash is a slash, whatever follows it`() {
    #expect(FileName.folder(of: "a/\u{301}b.csv").utf8.count == 2)
    #expect(FileName.last(of: "a/\u{301}b.csv").utf8.count == 7)
    #expect(FileName.folder(of: "b.csv").isEmpty)
    #expect(FileName.path("a/", "b") == "a/b")
    #expect(FileName.path("", "b") == "b")
  }

  @Test func `é in one letter and é in two are two files`() throws {
    let box = try StudySandbox()
    let (one, two) = (box.path("\u{E9}.csv"), box.path("e\u{301}.csv"))
    try OutputFile.write([1], to: one)
    try OutputFile.write([2], to: two)
    let reader = InputReader(RecordingConsole())
    #expect(try reader.bytes(of: one) == [1])
    #expect(try reader.bytes(of: two) == [2])
    #expect(reader.inputs.count == 2)
  }

  @Test func `a name with a byte 0 is not cut off before it`() throws {
    let box = try StudySandbox()
    #expect(throws: FileError.self) { try DiskFiles().bytes(of: box.path("panel.csv\u{0}.txt")) }
  }

  @Test func `a folder's list opens its files, and a misspelt name finds its neighbour`() throws {
    let box = try StudySandbox()
    let name = FileName.text(Array("panel-".utf8) + [0xCF, 0xD8] + Array(".csv".utf8))
    try OutputFile.write([7], to: box.path(name))
    let listed = try #require(SystemFile.names(in: box.folder.path).first { $0.hasPrefix("panel-") })
    #expect(FileName.isSame(listed, name))
    #expect(try DiskFiles().bytes(of: box.path(listed)) == [7])
    let outcome = ruralvalue(["describe", box.path(name.replacingOccurrences(of: ".csv", with: ".cvs"))])
    #expect(outcome.code == .file)
    #expect(
      outcome.errors.contains(#"Did you mean ""# + box.path(#"panel-\xCF\xD8.csv"?"#)), "\(outcome.errors)")
  }

  /// Case 7 of the issue: the bytes of 县域.csv in GBK.
  @Test(.enabled(if: Shell.isThere)) func `a file whose name is GBK bytes is opened by its bytes`() throws {
    let box = try StudySandbox()
    let shell = Shell(folder: box.folder.path)
    let made = try shell.run(
      "cp panel.csv $'\\xcf\\xd8\\xd3\\xf2.csv'; cp system.csv $'\\xb1\\xea.csv'; ls | wc -l")
    #expect(made.output == "7\n", "\(made)")
    let plain = try shell.run("ruralvalue entropy panel.csv --indicators system.csv")
    let named = try shell.run(
      "ruralvalue entropy $'\\xcf\\xd8\\xd3\\xf2.csv' --indicators $'\\xb1\\xea.csv' --out $'\\xc4' --format csv,json"
    )
    #expect(named.code == 0, "\(named.errors)")
    #expect(named.output == plain.output)
    #expect(named.errors.contains(#"Written to \xC4: "#), "\(named.errors)")
    let json = try shell.run("cat $'\\xc4/entropy.json' $'\\xc4/call.json'").output
    #expect(json.contains(#""path": "\\xCF\\xD8\\xD3\\xF2.csv""#))
    #expect(json.contains(#""indicators": "\\xB1\\xEA.csv""#))
    #expect(json.contains(#""\\xC4""#))
    #expect(!json.unicodeScalars.contains { (0x10FE00...0x10FEFF).contains($0.value) })
    #expect(try shell.run("ruralvalue describe $'\\xc4/scores.csv' --quiet").code == 0)
  }
}
