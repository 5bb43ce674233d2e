import RuralValue
import Testing

@Suite struct CellTextTests {
  @Test(arguments: [
    ("", ""), ("  ", ""), ("\u{FEFF}a", "a"), ("\u{A0}a b\u{3000}", "a b"), ("普 宁", "普 宁"), ("\t1\r\n", "1"),
  ])
  func `white space of every kind is trimmed, but only around a text`(text: String, trimmed: String) {
    #expect(CellText.trimmed(text) == trimmed)
  }

  @Test func `full-width signs become ASCII and the rest stays`() {
    #expect(CellText.halfWidth("ＡＢ１２．５（县）") == "AB12.5(县)")
    #expect(CellText.halfWidth("县") == "县")
  }

  @Test(arguments: [
    "x", " x ", "\u{3000}\u{FEFF}x\u{A0}\t", "", " \u{2003}", "岳麓区", "é\u{200B}", "\u{3000}岳 麓\u{85}",
  ])
  func `bytes are trimmed as texts are`(text: String) {
    let bytes = Array(text.utf8)
    let range = CellText.trimmedRange(of: bytes.span, from: 0, to: bytes.count)
    #expect(String(decoding: bytes[range], as: UTF8.self) == CellText.trimmed(text))
  }

  @Test func `bytes that are not UTF-8 can be trimmed too`() {
    for bytes: [UInt8] in [[0xE3], [0xE3, 0x80], [0x80], [0xC2], [0xEF, 0xBB], [0xE3, 0xFF, 0xFF]] {
      #expect(CellText.trimmedRange(of: bytes.span, from: 0, to: bytes.count) == 0..<bytes.count)
    }
  }
}
