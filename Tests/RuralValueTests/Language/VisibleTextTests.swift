import RuralValue
import Testing

/// Expected texts are those of the table in `VisibleText`; code points from the Unicode Standard.
@Suite struct VisibleTextTests {
  private func scalar(_ code: UInt32) -> String { String(Unicode.Scalar(code)!) }

  @Test(arguments: [
    "", "plain", "a\nb\tc", "长沙县 é 😀 ‹x› … – “q”", "ﬁ\u{301}", "\u{200B}\u{200D}\u{2060}\u{FEFF}", "＝１＋１",
  ]) func `a text that commands nothing stays, byte by byte`(text: String) {
    #expect(Array(VisibleText.of(text).utf8) == Array(text.utf8))
  }

  @Test(
    arguments: [
      (0x00, "␀"), (0x07, "␇"), (0x08, "␈"), (0x0B, "␋"), (0x0D, "␍"), (0x1B, "␛"), (0x1F, "␟"), (0x7F, "␡"),
      (0x80, "‹U+0080›"), (0x9B, "‹U+009B›"), (0x9F, "‹U+009F›"), (0x061C, "‹U+061C›"), (0x200E, "‹U+200E›"),
      (0x2028, "‹U+2028›"), (0x202E, "‹U+202E›"), (0x2066, "‹U+2066›"), (0x2069, "‹U+2069›"),
      (0xFFFE, "\u{FFFD}"),
      (0xFFFF, "\u{FFFD}"), (0xFDD0, "\u{FFFD}"), (0x1FFFE, "\u{FFFD}"), (0x10FFFF, "\u{FFFD}"),
      (0x10FE80, "\\x80"), (0x10FEC4, "\\xC4"), (0x10FEFF, "\\xFF"),
    ] as [(UInt32, String)])
  func `what commands a terminal or is no character is shown`(code: UInt32, sign: String) {
    #expect(VisibleText.of("a\(scalar(code))b") == "a\(sign)b")
    #expect(VisibleText.line(scalar(code)) == sign)
  }

  @Test func `nothing hidden is left of any scalar, and showing twice shows the same`() {
    for code in UInt32(0)...0x10FFFF {
      guard let one = Unicode.Scalar(code) else { continue }
      let shown = VisibleText.of("\(one)")
      let isLeft = shown.unicodeScalars.contains { $0 != "\n" && $0 != "\t" && VisibleText.isHidden($0) }
      if isLeft || VisibleText.of(shown) != shown { Issue.record("U+\(String(code, radix: 16))") }
      if !VisibleText.isHidden(one), Array(shown.unicodeScalars) != [one] {
        Issue.record("U+\(String(code, radix: 16)) did not stay")
      }
    }
  }

  @Test func `line breaks and tabs stay in a text and are shown in a line`() {
    #expect(VisibleText.of("a\r\nb\rc\nd\te\r") == "a\nb␍c\nd\te␍")
    #expect(VisibleText.line("a\r\nb\nc\td") == "a␍␊b␊c␉d")
  }
}
