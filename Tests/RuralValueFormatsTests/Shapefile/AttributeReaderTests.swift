import RuralValue
import RuralValueFormats
import TestSupport
import Testing

/// dBASE tables whose fields and encodings the corpus does not hold.
@Suite struct AttributeReaderTests {
  private static func column(_ type: Character, _ length: Int, _ cells: [String]) throws -> [String] {
    let bytes = ShapefileBytes.table([("a", type, length)], cells.map { [$0] })
    return try AttributeReader.read(bytes, source: "f.dbf").table.texts(column: 0)
  }

  @Test func `numbers are the shortest decimals, and long codes keep their digits`() throws {
    #expect(
      try Self.column(
        "N", 24, ["12.500000000000000", "-0.0", "430101", "0430101", "430101000000012345", "1E3"])
        == ["12.5", "-0", "430101", "430101", "430101000000012345", "1000"])
  }

  @Test func `a number that does not fit its field is missing`() throws {
    #expect(try Self.column("N", 4, ["****", "", "  7"]) == ["", "", "7"])
  }

  @Test func `days are days of a calendar`() throws {
    #expect(
      try Self.column("D", 8, ["20240229", "00000000", "", "20241301", "2024"])
        == ["2024-02-29", "", "", "", ""])
  }

  @Test func `texts longer than 255 bytes are read whole`() throws {
    let text = String(repeating: "县", count: 100)
    #expect(try Self.column("C", 300, [text, "乙"]) == [text, "乙"])
  }

  /// The driver byte, the text's bytes and what they are.
  static let drivers: [(driver: UInt8, bytes: [UInt8], text: String)] = [
    (0x57, [0xCF, 0xD8, 0xB3, 0xC7], "县城"), (0x03, [0x43, 0x61, 0xF1, 0x61], "Caña"),
    (0x4F, [0xBF, 0xA4, 0xAB, 0xB0], "縣城"), (0x57, Array("县城".utf8), "县城"),
    (0x64, [0x8F, 0x6B], "Ćk"),
  ]

  @Test(arguments: drivers)
  func `the driver byte counts where the texts can be read as it says`(
    _ line: (driver: UInt8, bytes: [UInt8], text: String)
  ) throws {
    var table = ShapefileBytes.table([("a", "C", 12)], [["x"]], driver: line.driver)
    let start = table.count - 1 - 12
    table.replaceSubrange(start..<start + line.bytes.count, with: line.bytes)
    #expect(try AttributeReader.read(table, source: "f.dbf").table.texts(column: 0) == [line.text])
  }

  /// What a .cpg file says, and the name of the encoding.
  static let codePages: [(text: String, name: String)] = [
    ("UTF-8", "UTF-8"), ("utf8\r\n", "UTF-8"), ("65001", "UTF-8"), ("936", "GB18030"), ("GBK", "GB18030"),
    ("ANSI 936", "GB18030"), ("GB18030", "GB18030"), ("CP936", "GB18030"), ("OEM 936", "GB18030"),
  ]

  @Test(arguments: codePages)
  func `a code page is known by its numbers and names`(_ line: (text: String, name: String)) throws {
    let isUTF8 = line.name == "UTF-8"
    var table = ShapefileBytes.table([("a", "C", 12)], [["x"]])
    let bytes: [UInt8] = isUTF8 ? Array("县".utf8) : [0xCF, 0xD8]
    let start = table.count - 1 - 12
    table.replaceSubrange(start..<start + bytes.count, with: bytes)
    let document = try AttributeReader.read(table, codePage: Array(line.text.utf8), source: "f.dbf")
    #expect(document.encoding.name == line.name)
    #expect(document.table.texts(column: 0) == ["县"])
    #expect(document.notes.isEmpty)
  }

  @Test func `two fields whose names were cut to the same are refused`() throws {
    let bytes = ShapefileBytes.table([("population", "C", 1), ("population", "C", 1)], [["1", "2"]])
    let error = try #require(throws: ShapefileError.self) { try AttributeReader.read(bytes, source: "f.dbf") }
    #expect("\(error)".contains("fields 1 and 2 are both called \"population\""))
  }

  @Test func `a text that no encoding reads is named by its record and field`() throws {
    var table = ShapefileBytes.table([("id", "C", 2), ("name", "C", 6)], [["1", "x"], ["2", "y"]])
    let start = table.count - 1 - 6
    table.replaceSubrange(start..<start + 4, with: [0x41, 0xFF, 0x42, 0xFF])
    let error = try #require(throws: ShapefileError.self) { try AttributeReader.read(table, source: "f.dbf") }
    #expect(
      "\(error)".contains("f.dbf, record 2, field \"name\": the bytes FF 42 FF are no UTF-8 text"), "\(error)"
    )
  }
}
