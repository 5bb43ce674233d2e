import Foundation
import RuralValue
import RuralValueFormats
import TestSupport
import Testing

@Suite struct JSONWriterTests {
  private func compact(_ value: JSONValue) -> String {
    String(decoding: JSONWriter.bytes(value, layout: .compact), as: UTF8.self)
  }

  @Test func `members keep their order`() {
    let value = JSONValue.object([
      JSONMember("z", .integer(1)), JSONMember("a", .boolean(true)), JSONMember("m", .null),
      JSONMember("list", .array([.integer(1), .array([]), .object([])])),
    ])
    #expect(compact(value) == #"{"z":1,"a":true,"m":null,"list":[1,[],{}]}"#)
  }

  @Test func `what is not a number is null`() {
    #expect(compact(.array([.number(.nan), .number(.infinity), .number(-.infinity)])) == "[null,null,null]")
    #expect(compact(JSONValue(nil as Double?)) == "null")
  }

  @Test func `strings are escaped where JSON asks for it and nowhere else`() {
    #expect(compact(.string("a\"b\\c\n\t\r\u{1}\u{1F}/长沙县")) == #""a\"b\\c\n\t\r\u0001\u001f/长沙县""#)
  }

  @Test func `every control character and plane comes back`() throws {
    let text = (0..<0x80).map { String(UnicodeScalar(UInt8($0))) }.joined() + "é长🌾\u{2028}"
    let bytes = JSONWriter.bytes(JSONValue([text]))
    #expect(try JSONDecoder().decode([String].self, from: Data(bytes)) == [text])
  }

  @Test func `the pretty layout indents and ends its last line`() {
    let value = JSONValue.object([
      JSONMember("name", .string("hansen")), JSONMember("empty", .array([])),
      JSONMember("list", .array([.number(0.5), .integer(2)])),
    ])
    #expect(
      String(decoding: JSONWriter.bytes(value), as: UTF8.self) == """
        {
          "name": "hansen",
          "empty": [],
          "list": [
            0.5,
            2
          ]
        }

        """)
  }

  @Test func `columns of a group form one object a row`() {
    let table = ResultTable(
      name: "weights", title: Phrase("Weights", zh: "权重"),
      columns: [
        ResultColumn("indicator", Phrase("Indicator", zh: "指标"), .text(["GDP", nil])),
        ResultColumn(
          "weight_2012", Phrase(verbatim: "2012"), .number([0.25, .nan]),
          group: .init(key: "weight_by_time", member: "2012")),
        ResultColumn("units", Phrase("Units", zh: "个体数"), .integer([121, nil])),
        ResultColumn(
          "weight_2013", Phrase(verbatim: "2013"), .number([0.5, 1]),
          group: .init(key: "weight_by_time", member: "2013")),
        ResultColumn(
          "class", Phrase("Class", zh: "类别"), .phrase([Phrase("hot", zh: "热点"), Phrase("cold", zh: "冷点")])),
      ])
    #expect(
      String(decoding: JSONRenderer().bytes(table), as: UTF8.self) == """
        [
          {"indicator": "GDP", "weight_by_time": {"2012": 0.25, "2013": 0.5}, "units": 121, "class": "hot"},
          {"indicator": null, "weight_by_time": {"2012": null, "2013": 1}, "units": null, "class": "cold"}
        ]

        """)
    #expect(
      String(decoding: JSONRenderer(layout: .compact).bytes(table), as: UTF8.self)
        .hasPrefix(#"[{"indicator":"GDP","weight_by_time":{"2012":0.25,"#))
  }

  @Test func `a table without rows is an empty array`() {
    let table = ResultTable(
      name: "none", title: Phrase(verbatim: ""),
      columns: [ResultColumn("a", Phrase(verbatim: "a"), .number([]))])
    #expect(JSONRenderer(layout: .compact).bytes(table) == Array("[]".utf8))
  }

  @Test func `any table survives the way through JSON`() throws {
    var random = SplitMix64(state: 42)
    let letters = Array("aZ\"\\,;\n\t|&<>长沙é🌾 ")
    for _ in 0..<50 {
      let rows = Int(random.next() % 20)
      let numbers = (0..<rows).map { _ in Double(bitPattern: random.next()) }
      let texts: [String?] = (0..<rows).map { _ in
        random.next() % 5 == 0
          ? nil
          : String((0..<random.next() % 9).map { _ in letters[Int(random.next() % UInt64(letters.count))] })
      }
      let integers: [Int?] = (0..<rows).map { _ in
        random.next() % 5 == 0 ? nil : Int(truncatingIfNeeded: random.next())
      }
      let table = ResultTable(
        name: "t", title: Phrase(verbatim: "t"),
        columns: [
          ResultColumn("number", Phrase(verbatim: "n"), .number(numbers)),
          ResultColumn("text", Phrase(verbatim: "t"), .text(texts)),
          ResultColumn("in\"teger", Phrase(verbatim: "i"), .integer(integers)),
        ])
      for layout in [JSONWriter.Layout.compact, .pretty] {
        let read = try JSONDecoder().decode([Row].self, from: Data(JSONRenderer(layout: layout).bytes(table)))
        #expect(read.map(\.text) == texts)
        #expect(read.map(\.integer) == integers)
        #expect(read.map(\.number) == numbers.map { $0.isFinite ? $0 : nil })
      }
    }
  }

  private struct Row: Decodable {
    let number: Double?
    let text: String?
    let integer: Int?

    enum CodingKeys: String, CodingKey {
      case number
      case text
      case integer = "in\"teger"
    }
  }
}
