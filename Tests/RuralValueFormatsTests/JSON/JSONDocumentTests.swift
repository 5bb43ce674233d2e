import Foundation
import RuralValue
import RuralValueFormats
import Testing

@Suite struct JSONDocumentTests {
  private let document = ResultDocument(
    command: "gmm",
    specification: [JSONMember("formula", .string("V ~ lag(V) + P")), JSONMember("steps", .integer(2))],
    sample: .init(observations: 1210, units: 121, periods: 11),
    parts: [
      .init(
        ResultTable(
          name: "coefficients", title: Phrase("Coefficients", zh: "系数"),
          columns: [
            ResultColumn("term", Phrase("Term", zh: "变量"), .text(["lag(V, 1)"])),
            ResultColumn("estimate", Phrase("Estimate", zh: "系数"), .number([0.5]), significance: [0.001]),
          ], notes: [Phrase("Two-step.", zh: "两步法。"), Phrase("Simulated data.", zh: "模拟数据。")]),
        jsonKey: "coefficients"),
      .init(
        ResultTable(
          name: "layout", title: Phrase(verbatim: "x"),
          columns: [ResultColumn("a", Phrase(verbatim: "a"), .integer([1]))],
          notes: [Phrase("For people.", zh: "供阅读。")]),
        jsonKey: nil),
    ],
    values: [JSONMember("fit", .object([JSONMember("instruments", .integer(38))]))],
    notes: [Phrase("Simulated data.", zh: "模拟数据。")])

  @Test func `a document follows the contract`() {
    let bytes = JSONRenderer().bytes(
      document, version: "0.1.0", inputs: [InputDigest(path: "panel.csv", bytes: Array("abc".utf8))])
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
        {
          "schema": "ruralvalue.result/1",
          "command": "gmm",
          "version": "0.1.0",
          "inputs": [
            {
              "path": "panel.csv",
              "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            }
          ],
          "specification": {
            "formula": "V ~ lag(V) + P",
            "steps": 2
          },
          "sample": {
            "observations": 1210,
            "units": 121,
            "periods": 11,
            "dropped_rows": 0
          },
          "coefficients": [
            {"term": "lag(V, 1)", "estimate": 0.5}
          ],
          "fit": {
            "instruments": 38
          },
          "notes": [
            "Simulated data.",
            "Two-step."
          ]
        }

        """)
  }

  @Test func `notes follow the language and keys do not`() throws {
    let bytes = JSONRenderer(layout: .compact).bytes(
      document, version: "0.1.0", inputs: [], language: .chinese)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasSuffix(#""notes":["模拟数据。","两步法。"]}"#))
    #expect(text.contains(#""coefficients":[{"term":"lag(V, 1)","estimate":0.5}]"#))
    #expect(try JSONSerialization.jsonObject(with: Data(bytes)) is [String: Any])
  }

  @Test func `a command without a sample says null`() {
    let bytes = JSONRenderer(layout: .compact).bytes(
      ResultDocument(command: "map", specification: [], sample: nil, parts: []), version: "1", inputs: [])
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == #"{"schema":"ruralvalue.result/1","command":"map","version":"1","inputs":[],"#
        + #""specification":{},"sample":null,"notes":[]}"#)
  }
}
