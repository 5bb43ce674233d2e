import RuralValue
import Testing

@testable import RuralValueCLI
@testable import RuralValueFormats

/// The study file as text: values, places, and where it goes wrong.
@Suite struct StudyTextTests {
  private func read(_ text: String) throws -> StudyText {
    try StudyText(Array(text.utf8), source: "study.json")
  }

  private func message(_ text: String) -> String {
    do {
      try read(text).requireNoProblem()
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func `keys keep their order and every place has its line`() throws {
    let text = try read(
      """
      // a comment { "with": signs }
      {
        "b": 1, /* another
        over lines */ 'a': [true,
          { 城市: "长沙" },],
      }
      """)
    #expect(text.root.block(in: text)?.map(\.key) == ["b", "a"])
    #expect(text.line(of: "b") == 3)
    #expect(text.line(of: "a") == 4)
    #expect(text.line(of: "a[1].城市") == 5)
    #expect(text.line(of: "a[1].nothing") == 5)
    #expect(
      text.root.value.members.map(\.node.value)
        == [
          .integer(1),
          .list([
            JSONNode(value: .boolean(true), line: 4),
            JSONNode(
              value: .object([.init(key: "城市", line: 5, node: JSONNode(value: .text("长沙"), line: 5))]),
              line: 5),
          ]),
        ])
  }

  @Test func `a byte order mark is no obstacle`() throws {
    let text = try StudyText([0xEF, 0xBB, 0xBF] + Array("{ a: 1 }".utf8), source: "study.json")
    #expect(text.root.value.members.map(\.node.value) == [.integer(1)])
    #expect(text.lines["a"] == 1)
  }

  @Test(arguments: [
    ("{ a: 1 b: 2 }", "line 1, column 8: found \"b\"; expected a comma or }"),
    ("{ a: [1 2] }", "line 1, column 9: found \"2\"; expected a comma or ]"),
    ("{ a: 1,, b: 2 }", "line 1, column 8: found \",\"; expected a key or }"),
    ("{ a 1 }", "line 1, column 5: found \"1\"; expected a colon after the key \"a\""),
    ("{ a: tru }", "line 1, column 6: found \"tru\"; expected a value"),
    ("{ a: 1 } x", "line 1, column 10: found \"x\"; expected the end of the file"),
    ("{\n a: \"x\n}", "line 2, column 5: a text begins here and has no closing quotation mark"),
    ("{ a: \"x", "line 1, column 6: a text begins here and never ends"),
    ("{ a: {", "line 1, column 7: found the end of the file; expected a key or }"),
    ("{ 城: 1\n  市: 2 }", "line 2, column 3: found \"市\"; expected a comma or }"),
    ("{ a：1 }", "line 1, column 3: found the full-width sign \"：\"; expected ordinary signs"),
    ("{ a: 1，b: 2 }", "found the full-width sign \"，\""), ("{\u{3000}a: 1 }", "found the full-width sign"),
    ("{ a: “x” }", "found the full-width sign \"“\""),
    ("{ a: [\"x\" \"y\"] }", "column 11: found a text in quotation marks; expected a comma or ]"),
    ("{ time-effects: 1 }", "expected a key with such a sign in quotation marks: \"time-effects\""),
    ("{ a: 1, a: 2 }", "the key \"a\" stands in lines 1 and 1; expected it once"),
    ("{ a: 1, \"\\u0061\": 2 }", "the key \"a\" stands in lines 1 and 1; expected it once"),
    ("{\n a: - }", "line 2, column 5: found -; expected a number such as"),
    ("{ a: 1e400 }", "line 1, column 6: found 1e400; expected a number"),
    ("{ b: [1, 1.2.3] }", "column 10: found 1.2.3; expected a number"),
    ("{\n\n a: \"\\uD800\" }", "line 3, column 5: found \"\\uD800\"; expected a text whose escapes"),
    ("{ a: \"\\xZZ\" }", "column 6: found \"\\xZZ\"; expected a text whose escapes"),
    ("{ a: 1 } /* x", "column 10: a comment begins here and never ends"),
    ("{ a: /* x", "column 6: a comment begins here and never ends"),
    ("// x\r{ a: 1,\r oops }", "line 3, column 7: found \"}\"; expected a colon"),
    ("{ a: \"x\u{0}\" }", "line 1: found a byte 0, as UTF-16"),
    (String(repeating: "[", count: 1_000_000), "column 101: blocks and lists are nested more than 100 deep"),
    (String(repeating: "{a:", count: 300_000), "blocks and lists are nested more than 100 deep"),
    ("", "the file is empty"), ("\u{FEFF} \n", "the file is empty"),
  ]) func `a slip is shown where it stands`(text: String, expected: String) {
    let message = message(text)
    #expect(message.hasPrefix("study.json"))
    #expect(message.contains(expected), "\(message)")
  }

  @Test func `UTF-16 with its mark is read with its places, and other encodings are named`() throws {
    let words = "{\n 城: \"x\" }"
    let little = words.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = words.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    for bytes in [[0xFF, 0xFE] + little, [0xFE, 0xFF] + big] {
      let text = try StudyText(bytes, source: "study.json")
      #expect(text.root.value.members.map(\.node.text) == ["x"])
      #expect(text.line(of: "城") == 2)
    }
    // 湖南 in GBK.
    let chinese = Array("{\n a: \"".utf8) + [0xBA, 0xFE, 0xC4, 0xCF] + Array("\" }".utf8)
    for (bytes, expected) in [
      (chinese, "study.json, line 2: found bytes that are no UTF-8"), (little, "a byte 0"),
    ] {
      let error = #expect(throws: StudyError.self) { try StudyText(bytes, source: "study.json") }
      #expect(error.map { "\($0)".contains(expected) } == true, "\(error.map { "\($0)" } ?? "")")
    }
  }

  @Test func `text that breaks off anywhere is refused and never crashes`() throws {
    let whole = Array("{ a: [1, 'x', { \"b\": -2.5e3, c: null }], /* d */ e: true } // f".utf8)
    for count in 0..<whole.count - 6 {
      // The cut leaves an object open, so that every prefix before its end is wrong.
      #expect(throws: StudyError.self) { try StudyText(Array(whole[..<count]), source: "study.json") }
    }
  }
}
