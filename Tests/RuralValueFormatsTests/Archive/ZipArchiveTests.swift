import Foundation
import TestSupport
import Testing

@testable import RuralValueFormats

/// What keeps a hostile zip archive harmless.
@Suite struct ZipArchiveTests {
  private static let plain = WorkbookBytes.archive([("a.txt", "abc"), ("Folder/B.TXT", "")])

  @Test func `entries are found by their names, and without regard to capital letters`() throws {
    var archive = try ZipArchive(Self.plain, source: "f.zip")
    #expect(archive.entries.map(\.name) == ["a.txt", "Folder/B.TXT"])
    let entry = try #require(archive["A.TXT"])
    #expect(try archive.unpack(entry) == Array("abc".utf8))
    #expect(archive["folder/b.txt"] != nil && archive["c"] == nil)
  }

  @Test func `an archive without entries is one`() throws {
    #expect(
      try ZipArchive(WorkbookBytes.archive([(name: String, content: String)]()), source: "f").entries.isEmpty)
  }

  /// Changes to a sound archive at a place from its end or its beginning, and the error that they must give.
  static let changes: [(at: Int, bytes: [UInt8], error: ArchiveError)] = [
    (plain.count - 22, [0], .noDirectory(source: "f")),
    (plain.count - 18, [1], .split(source: "f")),
    (plain.count - 10, [0xFF, 0xFF], .directoryOutside(source: "f")),
    (plain.count - 6, [0xFF, 0xFF], .directoryOutside(source: "f")),
    (plain.count - 14, [3, 0, 3], .wrongEntryCount(source: "f", stated: 3, found: 2)),
    (plain.count - 14, [1, 0, 1], .wrongEntryCount(source: "f", stated: 1, found: 1)),
  ]

  @Test(arguments: changes)
  func `a directory is held against its file`(_ change: (at: Int, bytes: [UInt8], error: ArchiveError)) {
    var bytes = Self.plain
    bytes.replaceSubrange(change.at..<(change.at + change.bytes.count), with: change.bytes)
    #expect(throws: change.error) { try ZipArchive(bytes, source: "f") }
  }

  @Test func `an entry that is somewhere else than its directory says is refused`() throws {
    var bytes = Self.plain
    bytes[30] = UInt8(ascii: "b")
    var archive = try ZipArchive(bytes, source: "f")
    #expect(throws: ArchiveError.entryOutside(source: "f", name: "a.txt")) {
      try archive.unpack(archive.entries[0])
    }
  }

  @Test func `a changed byte shows by the checksum`() throws {
    var bytes = Self.plain
    bytes[35] = UInt8(ascii: "x")
    var archive = try ZipArchive(bytes, source: "f")
    let error = ArchiveError.damaged(source: "f", name: "a.txt", reason: .checksum)
    #expect(throws: error) { try archive.unpack(archive.entries[0]) }
  }

  @Test func `two entries that share bytes are refused`() {
    // The second entry's header is said to stand where the first one's does.
    var bytes = Self.plain
    let second = Self.plain.count - 22 - (46 + 12)
    bytes.replaceSubrange((second + 42)..<(second + 46), with: [0, 0, 0, 0])
    #expect(throws: ArchiveError.overlap(source: "f", first: "a.txt", second: "Folder/B.TXT")) {
      try ZipArchive(bytes, source: "f")
    }
  }

  @Test func `a bomb is refused before it is unpacked`() {
    // 20 MiB of zeros as the directory says, in three bytes as there are.
    var bytes = Self.plain
    let first = Self.plain.count - 22 - (46 + 12) - (46 + 5)
    bytes.replaceSubrange((first + 10)..<(first + 12), with: [8, 0])
    bytes.replaceSubrange((first + 24)..<(first + 28), with: [0, 0, 0x40, 1])
    let error = #expect(throws: ArchiveError.self) {
      var archive = try ZipArchive(bytes, source: "f")
      _ = try archive.unpack(archive.entries[0])
    }
    #expect(error == .bomb(source: "f", name: "a.txt", packed: 3, size: 20 << 20))
  }

  @Test func `entries are unpacked up to a limit together`() throws {
    var bytes = Self.plain
    let first = Self.plain.count - 22 - (46 + 12) - (46 + 5)
    bytes.replaceSubrange((first + 24)..<(first + 28), with: [1, 0, 0, 0x40])
    bytes.replaceSubrange((first + 20)..<(first + 24), with: [3, 0, 0, 0])
    var archive = try ZipArchive(bytes, source: "f")
    let error = #expect(throws: ArchiveError.self) { try archive.unpack(archive.entries[0]) }
    if case .bomb? = error {} else { Issue.record("\(String(describing: error))") }
  }

  @Test func `mutated archives are read or refused`() throws {
    var dice = SplitMix64(state: 19)
    let seeds = try ["zip-deflated.xlsx", "zip64-directory.xlsx", "merged-cells.xlsx"].map(
      ExcelCorpusTests.bytes)
    for _ in 0..<3000 {
      let bytes = ByteMutation.mutated(seeds.randomElement(using: &dice)!, using: &dice)
      _ = try? ExcelReader.read(bytes, source: "f.xlsx")
    }
  }

  @Test func `mutated parts are read or refused`() throws {
    var dice = SplitMix64(state: 20)
    let seeds = try ["merged-cells", "dates-1900", "odd-strings", "formulas-cached", "prefixed-namespaces"]
      .map { stem in
        var archive = try ZipArchive(try ExcelCorpusTests.bytes("\(stem).xlsx"), source: "f")
        return try archive.entries.map { (name: $0.name, content: try archive.unpack($0)) }.filter {
          $0.content.count < 20_000
        }
      }
    for _ in 0..<2000 {
      var parts = seeds.randomElement(using: &dice)!
      let place = parts.indices.randomElement(using: &dice)!
      parts[place].content = ByteMutation.mutated(parts[place].content, using: &dice)
      _ = try? ExcelReader.read(WorkbookBytes.archive(parts), source: "f.xlsx")
    }
  }
}
