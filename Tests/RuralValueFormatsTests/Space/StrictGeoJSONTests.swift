import RuralValue
import TestSupport
import Testing

@testable import RuralValueFormats

/// GeoJSON is read to its end and as its grammar has it.
@Suite struct StrictGeoJSONTests {
  private static let square = GeoJSONTests.feature("a", GeoJSONTests.square)

  private func message(_ text: String) -> String {
    do {
      _ = try GeoJSONTests.read(text)
      return "read"
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [
    "{}", ",", "]", "x", "{\"type\":\"FeatureCollection\",\"features\":[ cut off", "\u{1}", "null",
  ])
  func `nothing stands behind the collection`(rest: String) {
    let text = GeoJSONTests.collection(Self.square)
    #expect(message(text + " \n") == "read")
    #expect(message(text + "\n" + rest).contains("line 2: found "))
    #expect(message(text + "\n" + rest).contains("expected the end of the file"))
  }

  @Test(
    arguments: [
      ("features", "{\"type\":\"FeatureCollection\",\"features\":[SQUARE],\"features\":[]}", nil),
      ("type", "{\"type\":\"FeatureCollection\",\"type\":\"FeatureCollection\",\"features\":[SQUARE]}", nil),
      ("crs", "{\"crs\":null,\"crs\":null,\"type\":\"FeatureCollection\",\"features\":[SQUARE]}", nil),
      ("id", "{\"type\":\"FeatureCollection\",\"features\":[SQUARE,{\"id\":1,\"id\":2}]}", 2),
      (
        "properties", "{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{},\"properties\":{}}]}",
        1
      ),
      (
        "geometry", "{\"type\":\"FeatureCollection\",\"features\":[{\"geometry\":null,\"geometry\":null}]}", 1
      ),
      (
        "coordinates",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"geometry\":{\"coordinates\":[],\"coordinates\":[]}}]}",
        1
      ),
      (
        "n",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{\"n\":1,\"m\":2,\"\\u006e\":3}}]}", 1
      ),
    ] as [(String, String, Int?)])
  func `a key that stands twice is refused with its line and feature`(
    key: String, text: String, feature: Int?
  ) {
    let message = message("\n" + text.replacing("SQUARE", with: Self.square))
    #expect(message.hasPrefix("map.geojson, line 2"), "\(message)")
    if let feature { #expect(message.contains(", feature \(feature)"), "\(message)") }
    #expect(message.contains("\"\(key)\" stands twice"), "\(message)")
  }

  @Test func `a key that stands twice among many is refused, too`() {
    let many = (0..<100).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
    let feature = "{\"properties\":{\(many),\"k7\":1}}"
    #expect(message(GeoJSONTests.collection(feature)).contains("\"k7\" stands twice"))
  }

  @Test(arguments: [
    "01", "-01", "1.", "1.e5", ".5", "+1", "-", "1e", "1e+", "0x10", "tru", "nul", "True", "NaN", "Infinity",
    "１",
    "[1 2]", "[1,]", "[,1]", "{\"a\" 1}", "{\"a\":1,}", "{\"a\":1 \"b\":2}", "{a:1}", "{1:2}", "[1}",
    "{\"a\":[1}]",
    "[:]", "'a'", "\"\\u12g4\"", "\"\\u+123\"", "",
  ]) func `what JSON does not allow is refused wherever it stands`(value: String) {
    for member in ["\"properties\":{\"n\":VALUE}", "\"bbox\":VALUE", "\"bbox\":[{\"x\":[VALUE]}]"] {
      // An empty list is a list.
      if value.isEmpty, member.hasSuffix("[VALUE]}]") { continue }
      let text = GeoJSONTests.collection("{\(member.replacing("VALUE", with: value))}")
      #expect(message(text) != "read", "\(text)")
    }
    if !value.isEmpty {
      #expect(
        message(GeoJSONTests.collection(GeoJSONTests.feature("a", "[\(value),2]", type: "Point"))) != "read")
    }
  }

  @Test(arguments: [
    "0", "-0", "-0.5e-3", "1E+2", "10", "true", "false", "null", "\"\"", "[]", "{}", "[[],{}]",
    "[1,\"x\",{\"a\":[null]}]",
    " [ 1 , 2 ] ",
  ]) func `what JSON allows is read wherever it stands`(value: String) {
    for member in ["\"properties\":{\"n\":VALUE}", "\"bbox\":VALUE", "\"bbox\":[{\"x\":[VALUE]}]"] {
      #expect(message(GeoJSONTests.collection("{\(member.replacing("VALUE", with: value))}")) == "read")
    }
  }

  @Test func `nesting that closes is passed however deep it is`() {
    let deep = String(repeating: "[", count: 300_000) + String(repeating: "]", count: 300_000)
    #expect(message(GeoJSONTests.collection("{\"bbox\":\(deep)}")) == "read")
  }

  @Test(arguments: [
    "{\"properties\":5}", "{\"properties\":[]}", "{\"geometry\":\"Polygon\"}",
    "{\"type\":\"FeatureCollection\"}",
    "{\"geometry\":{\"coordinates\":\(GeoJSONTests.square)}}",
  ]) func `what would be lost without a word is refused`(feature: String) {
    #expect(message(GeoJSONTests.collection(feature)).hasPrefix("map.geojson, "))
  }

  @Test func `UTF-16 with its mark is read, and other bytes are named with their line`() throws {
    let text = "\n" + GeoJSONTests.collection(GeoJSONTests.feature("长沙", GeoJSONTests.square))
    let units = Array(text.utf16)
    let wide: [[UInt8]] = [
      [0xFF, 0xFE] + units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] },
      [0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] },
    ]
    for bytes in wide {
      #expect(try GeoJSONReader.read(bytes, source: "map.geojson").layer.features[0].id == "长沙")
    }
    // Half a character of GBK is none; a whole one would be read.
    let broken = Array(text.utf8).flatMap { $0 == UInt8(ascii: "n") ? [$0, 0xB3] : [$0] }
    let error = #expect(throws: GeoJSONError.self) { try GeoJSONReader.read(broken, source: "map.geojson") }
    #expect(error?.description.hasPrefix("map.geojson, line 2: found bytes that are no UTF-8") == true)
    #expect(throws: GeoJSONError.self) {
      try GeoJSONReader.read(Array(wide[0].dropFirst(2)), source: "map.geojson")
    }
  }

  @Test func `GB18030 is read with a note, a character of four bytes among them`() throws {
    let text = GeoJSONTests.collection(GeoJSONTests.feature("?", GeoJSONTests.square))
    // 长沙长沙㐀: B3A4 C9B3 twice, and 8139EE39 for U+3400. Source: GB 18030-2005.
    let name: [UInt8] = [0xB3, 0xA4, 0xC9, 0xB3, 0xB3, 0xA4, 0xC9, 0xB3, 0x81, 0x39, 0xEE, 0x39]
    let reading = try GeoJSONReader.read(
      Array(text.utf8).flatMap { $0 == UInt8(ascii: "?") ? name : [$0] }, source: "map.geojson")
    #expect(reading.layer.features[0].id == "长沙长沙\u{3400}")
    #expect(reading.notes.map(\.english).contains { $0.contains("read as GB18030") })
  }

  @Test func `half a character becomes the sign for one that is lost, and what follows stays`() throws {
    for (escape, text) in [
      ("\\ud83d\\u0041", "\u{FFFD}A"), ("\\ude00x", "\u{FFFD}x"), ("\\ud83d\\ude00", "😀"),
      ("\\ud83d", "\u{FFFD}"),
    ] {
      let layer = try GeoJSONTests.read(
        GeoJSONTests.collection("{\"properties\":{\"n\":\"\(escape)\"}}")
      ).layer
      #expect(layer.features[0].text(of: "n") == text)
    }
  }

  @Test func `what keeps properties from being the id is said of each, with the features`() throws {
    func layer(_ properties: String...) throws -> PolygonLayer {
      try GeoJSONTests.read(
        GeoJSONTests.collection(properties.map { "{\"properties\":{\($0)}}" }.joined(separator: ","))
      ).layer
    }
    func message(_ layer: PolygonLayer) -> String {
      do throws(GeometryError) {
        return try layer.identifiers().ids.joined(separator: ",")
      } catch {
        return error.description
      }
    }
    #expect(
      message(try layer("\"id\":\"a\"", "\"id\":\"a\"")).contains(
        "the id \"a\" stands twice, features 1 and 2"))
    #expect(message(try layer("\"id\":\"a\"", "\"x\":1")).contains("feature 2 has no id"))
    let several = message(
      try layer("\"name\":\"a\",\"code\":1", "\"name\":\"b\"", "\"name\":\"a\",\"code\":2"))
    #expect(several.contains("the name \"a\" stands twice, features 1 and 3; feature 2 has no code."))
    #expect(message(try layer("\"name\":\"a\",\"code\":1", "\"name\":\"a\",\"code\":2")) == "1,2")
    #expect(message(try layer("\"x\":\"a\"")).contains("is plainly the features' id. Name one"))
  }

  @Test func `a property is read as a number as a cell of CSV is`() throws {
    let layer = try GeoJSONTests.read(
      GeoJSONTests.collection(
        "{\"properties\":{\"v\":1.5,\"w\":\"1.5万\"}}", "{\"properties\":{\"v\":\"1,234\"}}",
        "{\"properties\":{\"v\":\"NA\"}}", "{\"properties\":{\"v\":null}}", "{}")
    ).layer
    let ids = ["a", "b", "c", "d", "e"]
    let numbers = try layer.numbers(of: "v", ids: ids)
    #expect(numbers.prefix(2) == [1.5, 1234] && numbers.dropFirst(2).allSatisfy(\.isNaN))
    let error = #expect(throws: GeometryError.self) { try layer.numbers(of: "w", ids: ids) }
    #expect(error?.description.contains("feature 1 (a): the w is \"1.5万\"; expected a number. Write") == true)
  }
}
