import RuralValueFormats
import Testing

/// Texts of a study file put in the place of others, and nothing else touched.
@Suite struct JSONTextsTests {
  private func rewritten(
    _ text: String, by change: (_ text: String, _ key: String?) -> String?
  ) -> String {
    String(decoding: JSONTexts.rewriting(Array(text.utf8), .study, by: change), as: UTF8.self)
  }

  @Test func `comments, blanks, numbers and keys without quotes stay as they are written`() {
    let text = "// \"a.csv\"\n{ file: 'a.csv', /* 'a.csv' */ n: 0x1F, list: [\"b\",\t\"a.csv\",], }\n"
    let new = rewritten(text) { text, _ in text == "a.csv" ? "data/a.csv" : nil }
    #expect(
      new
        == "// \"a.csv\"\n{ file: \"data/a.csv\", /* 'a.csv' */ n: 0x1F, list: [\"b\",\t\"data/a.csv\",], }\n"
    )
    #expect(rewritten(text) { _, _ in nil } == text)
  }

  @Test func `a value comes with its key, and an element of a list and a key with none`() {
    var found: [String] = []
    _ = rewritten("{ \"k\": \"v\", bare: 'w', list: ['x'], inner: { key: \"y\" } }") { text, key in
      found.append("\(key ?? "-")=\(text)")
      return nil
    }
    #expect(found == ["-=k", "k=v", "bare=w", "-=x", "key=y"])
  }

  @Test func `escapes are read, and what needs them is written with them`() {
    let new = rewritten(#"{ a: "\u6570\u636e.csv" }"#) { text, _ in text == "数据.csv" ? "a\"b" : nil }
    #expect(new == #"{ a: "a\"b" }"#)
  }

  @Test func `a document in UTF-16 comes back as UTF-8`() {
    let wide: [UInt8] = [0xFF, 0xFE] + "{ a: 'x' }".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let new = JSONTexts.rewriting(wide, .study) { _, _ in "数" }
    #expect(String(decoding: new, as: UTF8.self) == "{ a: \"数\" }")
  }
}
