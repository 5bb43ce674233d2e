import Testing

@testable import RuralValueFormats

/// What is written is what the project's own reader takes.
@Suite struct ZipWriterTests {
  @Test func `parts come back as they were`() throws {
    let parts: [(name: String, bytes: [UInt8])] = [
      ("a.xml", Array("<a/>".utf8)), ("folder/b", []),
      ("c", (0..<70_000).map { UInt8(truncatingIfNeeded: $0) }),
    ]
    var archive = try ZipArchive(ZipWriter.bytes(of: parts), source: "w")
    #expect(archive.entries.map(\.name) == parts.map(\.name))
    for (entry, part) in zip(archive.entries, parts) { #expect(try archive.unpack(entry) == part.bytes) }
  }

  @Test func `no part is an archive of 22 bytes`() throws {
    #expect(ZipWriter.bytes(of: []).count == 22)
    #expect(try ZipArchive(ZipWriter.bytes(of: []), source: "w").entries.isEmpty)
  }
}
