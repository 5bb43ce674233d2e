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
}
