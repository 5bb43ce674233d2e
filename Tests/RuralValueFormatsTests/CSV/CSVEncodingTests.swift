import RuralValue
import Testing

@testable import RuralValueFormats

@Suite struct CSVEncodingTests {
  /// `县,x` and `甲,1` with CRLF, in GB2312.
  private let gb: [UInt8] = [0xCF, 0xD8, 0x2C, 0x78, 0x0D, 0x0A, 0xBC, 0xD7, 0x2C, 0x31, 0x0D, 0x0A]

  private func read(_ bytes: [UInt8], _ encoding: TextEncoding? = nil) throws(CSVError) -> CSVDocument {
    try CSVReader.read(bytes, source: "x.csv", options: CSVOptions(encoding: encoding))
  }

  @Test func `a byte-order mark is no part of the first name`() throws {
    let document = try read([0xEF, 0xBB, 0xBF] + Array("县,x\n甲,1\n".utf8))
    #expect(document.table.columnNames == ["县", "x"])
    #expect(document.notes.isEmpty)
  }

  @Test func `GB18030 is found out, with a note`() throws {
    let document = try read(gb)
    #expect(document.table.columnNames == ["县", "x"])
    #expect(cellTexts(document) == [["甲", "1"]])
    #expect(document.encoding == .gb18030)
    #expect(document.notes.count == 1)
    #expect(document.notes[0].english.contains("GB18030"))
  }

  @Test(arguments: ["gbk", "GB2312", "gb18030", "cp936"])
  func `GB18030 and its parts are decoded when named`(name: String) throws {
    let document = try read(gb, TextEncoding(name))
    #expect(cellTexts(document) == [["甲", "1"]])
    #expect(document.notes.isEmpty)
  }

  @Test func `four-byte characters of GB18030 are decoded`() throws {
    // U+20000, a rare character of names, is 95 32 82 36.
    let document = try read([0x61, 0x0A, 0x95, 0x32, 0x82, 0x36, 0x0A], .gb18030)
    #expect(cellTexts(document) == [["\u{20000}"]])
  }

  @Test func `UTF-16 with a byte-order mark is decoded, either way round`() throws {
    let units = Array("县\tx\r\n甲\t1\r\n".utf16)
    let little: [UInt8] =
      [0xFF, 0xFE]
      + units.flatMap { unit -> [UInt8] in
        [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      }
    let big: [UInt8] =
      [0xFE, 0xFF]
      + units.flatMap { unit -> [UInt8] in
        [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      }
    for (bytes, encoding) in [(little, TextEncoding.utf16LittleEndian), (big, .utf16BigEndian)] {
      let document = try read(bytes)
      #expect(document.table.columnNames == ["县", "x"])
      #expect(document.encoding == encoding)
      #expect(document.notes.count == 1)
    }
    #expect(try read(little, .utf16LittleEndian).table.columnNames == ["县", "x"])
    #expect(try read(Array(little.dropFirst(2)), TextEncoding("utf-16le")).table.rowCount == 1)
  }

  @Test func `half a character of UTF-16 is an error`() {
    let error = #expect(throws: CSVError.self) { try read([0xFF, 0xFE, 0x61, 0x00, 0x0A]) }
    #expect(
      error
        == .invalidBytes(source: "x.csv", line: 1, byte: 3, found: [0x0A], encoding: .utf16LittleEndian))
  }

  @Test func `UTF-16 without a mark is answered with the option`() {
    let error = #expect(throws: CSVError.self) { try read([0x61, 0x00, 0x2C, 0x00]) }
    #expect(error?.description.contains("\(Setting("encoding")) utf-16le") == true)
  }

  @Test func `a broken character in UTF-8 is named and not taken for GB18030`() {
    var bytes = Array("县,名\n甲,乙\n丙,丁\n".utf8)
    bytes.remove(at: bytes.count - 3)
    let error = #expect(throws: CSVError.self) { try read(bytes) }
    #expect(
      error == .invalidBytes(source: "x.csv", line: 3, byte: 5, found: [0xE4, 0x81], encoding: .utf8))
    #expect(error?.description.contains("line 3, byte 5") == true)
  }

  @Test func `a European encoding is not taken for GB18030, and can be named`() throws {
    let bytes = Array("a,b\n".utf8) + [0x43, 0xF4, 0x74, 0x65, 0x2C, 0x31, 0x0A]
    let error = #expect(throws: CSVError.self) { try read(bytes) }
    #expect(
      error == .invalidBytes(source: "x.csv", line: 2, byte: 2, found: [0xF4, 0x74], encoding: .utf8))
    #expect(error?.description.contains("found the bytes F4 74") == true)
    #expect(try cellTexts(read(bytes, TextEncoding("windows-1252"))) == [["Côte", "1"]])
  }

  @Test func `bytes that the named encoding does not have are named with line and byte`() {
    let error = #expect(throws: CSVError.self) { try read(Array("a,b\n1,".utf8) + [0xFF, 0xFF], .gb18030) }
    #expect(
      error == .invalidBytes(source: "x.csv", line: 2, byte: 3, found: [0xFF, 0xFF], encoding: .gb18030))
    #expect(error?.description.contains("Name another encoding") == true)
    #expect(throws: CSVError.self) { try read(gb, .utf8) }
  }

  @Test func `an unknown encoding is an error of the call`() {
    let error = #expect(throws: CSVError.self) { try read(gb, TextEncoding("klingon")) }
    #expect(error == .unknownEncoding(source: "x.csv", name: "KLINGON"))
    #expect(error?.kind == .usage)
    #expect(error?.description.contains("does not know the encoding") == true)
  }

  @Test func `a text that grows much when decoded is decoded whole`() throws {
    // Katakana of half width: one byte in Shift-JIS, three in UTF-8.
    let bytes = Array("a\n".utf8) + [UInt8](repeating: 0xB1, count: 10_000)
    let document = try read(bytes, TextEncoding("shift_jis"))
    #expect(cellTexts(document) == [[String(repeating: "ｱ", count: 10_000)]])
  }

  @Test(
    arguments: [
      ([0x41], true), ([0xC2, 0xA0], true), ([0xE4, 0xB8, 0xAD], true), ([0xF0, 0xA0, 0x80, 0x80], true),
      ([0xC0, 0x80], false), ([0xE0, 0x80, 0x80], false), ([0xED, 0xA0, 0x80], false),
      ([0xF4, 0x90, 0x80, 0x80], false), ([0xE4, 0xB8], false), ([0x80], false),
      ([0xF5, 0x80, 0x80, 0x80], false),
    ])
  func `only sound UTF-8 passes`(bytes: [UInt8], isText: Bool) {
    for position in [0, 1, 31, 32, 40] {
      let padded = [UInt8](repeating: 0x61, count: position) + bytes + [UInt8](repeating: 0x62, count: 40)
      let outcome = UTF8Check.outcome(of: padded.span)
      #expect(outcome == (isText ? .text : .invalid(position: position)))
    }
  }
}
