import RuralValue
import Testing

@testable import RuralValueFormats

/// JSON text as a tree of values with places, and where it goes wrong.
@Suite struct JSONReaderTests {
  private func read(_ text: String, _ dialect: JSONDialect = .strict) throws(JSONMisreading) -> JSONNode {
    try JSONReader.read(Array(text.utf8), dialect)
  }

  /// The tree without its places.
  private func plain(_ node: JSONNode) -> JSONValue {
    switch node.value {
    case .null: .null
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .text(let text): .string(text)
    case .list(let elements): .array(elements.map(plain))
    case .object(let members): .object(members.map { JSONMember($0.key, plain($0.node)) })
    }
  }

  @Test(arguments: [JSONDialect.strict, .study])
  func `what the program writes is read again as it was, in either layout`(dialect: JSONDialect) throws {
    let document = JSONValue.object([
      JSONMember("b", .array([.integer(1), .number(0.1), .number(-1.5e-300), .null, .boolean(false)])),
      JSONMember(
        "a",
        .object([JSONMember("名 \"x\"\\\n\t\u{1}", .string("湖南 😀 '\u{7F}/")), JSONMember("", .array([]))])),
      JSONMember("A", .integer(.min)), JSONMember("c", .object([])), JSONMember("d", .integer(.max)),
    ])
    for layout in [JSONWriter.Layout.compact, .pretty] {
      let node = try JSONReader.read(JSONWriter.bytes(document, layout: layout), dialect)
      #expect(plain(node) == document)
    }
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func `keys and values have their lines, whatever ends a line`(
    end: String
  ) throws {
    let text = ["{", "\"a\":", "[1,", "{\"b\": 2,", "\"a\": 3}],", "\"a\": 4}"].joined(separator: end)
    let node = try read(text, .study)
    #expect(node.value.members.map(\.key) == ["a", "a"])
    #expect(node.value.members.map(\.line) == [2, 6])
    #expect(node["a"]?.line == 3)
    let inner = try #require(node["a"]?.value.elements.last)
    #expect(inner.line == 4 && inner.value.members.map(\.line) == [4, 5] && inner["b"]?.value == .integer(2))
  }

  @Test(arguments: [
    ("1", 1), ("1.0", 1), ("1e3", 1000), ("-0", 0), ("-12", -12), ("9223372036854775807", Int.max),
    ("-9223372036854775808", Int.min), ("1E5", 100_000), ("1e-400", 0),
  ]) func `a whole number is an integer however it is written`(text: String, value: Int) throws {
    for dialect in [JSONDialect.strict, .study] { #expect(try read(text, dialect).value == .integer(value)) }
  }

  @Test(arguments: ["1.5", "-2.5e-3", "12345678901234567890", "1e19", "0.1", "2.2250738585072011e-308"])
  func `numbers are rounded as the C library rounds them`(text: String) throws {
    let value = try #require(Double(text))
    for dialect in [JSONDialect.strict, .study] { #expect(try read(text, dialect).value == .number(value)) }
  }

  static let forPeople: [(text: String, value: JSONNode.Value?)] = [
    ("+1", .integer(1)), (".5", .number(0.5)), ("+.5", .number(0.5)), ("-.5", .number(-0.5)),
    ("5.", .integer(5)), ("5.e3", .integer(5000)), ("0x1F", .integer(31)), ("-0X1f", .integer(-31)),
    ("Infinity", .number(.infinity)), ("-Infinity", .number(-.infinity)), ("+Infinity", .number(.infinity)),
    ("'it\\'s \\x41'", .text("it's A")), ("{a: 1}", nil), ("{'a': 1}", nil), ("{\"a\": 1,}", nil),
    ("[1,]", nil),
    ("1 // one", .integer(1)), ("/* one */ 1", .integer(1)),
  ]

  @Test(arguments: forPeople)
  func `what only a study may hold is refused in strict text`(text: String, value: JSONNode.Value?) throws {
    let node = try read(text, .study)
    if let value { #expect(node.value == value) }
    #expect(throws: JSONMisreading.self) { try read("[\(text)]") }
  }

  @Test(arguments: [
    "", " ", "012", "-012", "00", "01.5", "1.2.3", "--1", "1e", "1e+", "1_000", "0x", "0x1p3", "inf", "nan",
    "1e400",
    "-", "True", "nul", "[1 2]", "[,]", "{,}", "{\"a\" 1}", "{\"a\":}", "1 2", "{} {}", "[", "{\"a\":1",
    "\"a", "]",
    "\"\\u12\"", "{1a: 2}", "{a-b: 2}",
  ]) func `a slip is refused in both dialects`(text: String) {
    for dialect in [JSONDialect.strict, .study] {
      #expect(throws: JSONMisreading.self, "\(text)") { try read(text, dialect) }
    }
  }

  @Test(arguments: [
    ("{\"a\": 1}\n{\"b\": 2}", 2, 1, "found \"{\"; expected the end of the file"),
    ("{\n  a: 1 }", 2, 3, "found \"a\"; expected a key in quotation marks"),
    ("[1,\n 2,\n]", 3, 1, "found \"]\"; expected a value: a text in quotation marks, a number"),
    ("{\"长沙\": tru}", 1, 8, "found \"tru\"; expected a value"),
    ("[\"a", 1, 2, "a text begins here and never ends"), ("[0x10]", 1, 2, "found 0x10; expected a number"),
    (String(repeating: "[", count: 200), 1, 101, "nested more than 100 deep here; expected a few"),
  ]) func `a slip in strict text has its place`(text: String, line: Int, column: Int, message: String) {
    let error = #expect(throws: JSONMisreading.self) { try read(text) }
    #expect(error?.line == line && error?.column == column, "\(error!)")
    #expect(error?.message.contains(message) == true, "\(error!)")
  }

  @Test func `strict text keeps what strangers' programs write into texts`() throws {
    #expect(try read("\"a\tb\\q\\uD800\u{1}\"").value == .text("a\tbq\u{FFFD}\u{1}"))
    #expect(throws: JSONMisreading.self) { try read("\"a\tb\"", .study) }
    // A backslash at a line's end goes on in the next line in a study too.
    for dialect in [JSONDialect.strict, .study] {
      #expect(try read("\"a\\\nb\"", dialect).value == .text("a\nb"))
    }
  }

  @Test(arguments: ["{\"a\":1,\n\"a\":2}", "[{\"b\":{},\n\"\\u0062\":1}]"])
  func `a key that stands twice is refused where no study says so of all keys at once`(text: String) throws {
    let error = #expect(throws: JSONMisreading.self) { try read(text) }
    #expect(error?.line == 2 && error?.column == 1 && error?.message.contains("stands twice") == true)
    #expect(throws: Never.self) { try read(text, .study) }
  }
}
