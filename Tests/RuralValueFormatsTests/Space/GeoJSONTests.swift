import RuralValue
import TestSupport
import Testing

@testable import RuralValueFormats

@Suite struct GeoJSONTests {
  static func read(_ text: String) throws -> GeoJSONReader.Reading {
    try GeoJSONReader.read(Array(text.utf8), source: "map.geojson")
  }

  static func collection(_ features: String...) -> String {
    "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
  }

  static func feature(_ id: String, _ coordinates: String, type: String = "Polygon") -> String {
    "{\"type\":\"Feature\",\"id\":\"\(id)\",\"properties\":{\"n\":\"\(id)\"},\"geometry\":{\"type\":\"\(type)\","
      + "\"coordinates\":\(coordinates)}}"
  }

  static let square = "[[[0,0],[1,0],[1,1],[0,1],[0,0]]]"

  @Test func `polygons with holes, multipolygons and third coordinates are read`() throws {
    let holed = "[[[0,0,5],[4,0,5],[4,4,5],[0,4,5],[0,0,5]],[[1,1],[1,2],[2,2],[1,1]]]"
    let several =
      "[[[[5,5],[6,5],[6,6],[5,5]]],[[[7,7],[8,7],[8,8],[7,7]],[[7.1,7.05],[7.2,7.1],[7.2,7.05],[7.1,7.05]]]]"
    let layer = try Self.read(
      Self.collection(Self.feature("a", holed), Self.feature("b", several, type: "MultiPolygon"))
    ).layer
    #expect(layer.rings.map(\.isHole) == [false, true, false, false, true])
    #expect(layer.rings.map(\.feature) == [0, 0, 1, 1, 1])
    #expect(layer.rings.map(\.vertices.count) == [4, 3, 3, 3, 3])
    #expect(try layer.identifiers().ids == ["a", "b"])
  }

  @Test func `members may stand in any order, and strings may be escaped`() throws {
    let text =
      "{\"features\":[{\"geometry\":{\"coordinates\":\(Self.square),\"type\":\"Polygon\"},\"properties\":"
      + "{\"\\u540d\\ud83d\\ude00\":\"a\\\"b\",\"code\":37009.0,\"deep\":{\"x\":[1,{}]}},\"type\":\"Feature\"}],"
      + "\"type\":\"FeatureCollection\",\"map_approval_number\":\"GS 1\"}"
    let layer = try Self.read(text).layer
    #expect(layer.features[0].text(of: "名😀") == "a\"b")
    #expect(layer.features[0].text(of: "code") == "37009" && layer.features[0].text(of: "deep") == nil)
    #expect(layer.members.contains(.init("map_approval_number", "GS 1")))
    #expect(try layer.identifiers().property == "code")
  }

  @Test func `an unclosed ring is closed, with a note that names the feature`() throws {
    let reading = try Self.read(Self.collection(Self.feature("a", "[[[0,0],[1,0],[1,1],[0,1]]]")))
    #expect(reading.layer.rings[0].vertices.count == 4)
    #expect(reading.notes.contains { $0.english.contains("closed: a") })
  }

  @Test func `rings that cross themselves or have no area get a note that names them`() throws {
    let layer = try Self.read(
      Self.collection(
        Self.feature("bow", "[[[0,0],[1,1],[1,0],[0,1],[0,0]]]"),
        Self.feature("flat", "[[[0,0],[1,0],[2,0],[0,0]]]"),
        Self.feature("good", Self.square))
    ).layer
    let notes = layer.geometryNotes(ids: try layer.identifiers().ids).map(\.english)
    #expect(notes.contains { $0.contains("cross themselves: bow;") })
    #expect(notes.contains { $0.contains("without an area: flat.") })
  }

  @Test(arguments: [
    ("NaN", "[[[0,0],[NaN,0],[1,1],[0,0]]]", "feature 1 (a): a coordinate is NaN"),
    ("null", "[[[0,0],[null,0],[1,1],[0,0]]]", "feature 1 (a): a coordinate is null"),
    ("huge", "[[[0,0],[1e300,0],[1,1],[0,0]]]", "feature 1 (a): a coordinate is 1e300"),
    ("too large", "[[[0,0],[1e999,0],[1,1],[0,0]]]", "feature 1 (a): a coordinate is 1e999"),
    ("short ring", "[[[0,0],[1,1],[0,0]]]", "feature 1 (a): a ring has 2 different vertices"),
    (
      "nested", "[[[[0,0],[1,0],[1,1],[0,0]]]]",
      "feature 1 (a): its geometry is a Polygon with coordinates nested 4"
    ),
    ("line", "[[0,0],[1,1]]", "feature 1 (a): its geometry is a Polygon with coordinates nested 2"),
  ])
  func `bad coordinates are refused and the feature named`(what: String, coordinates: String, message: String)
  {
    let error = #expect(throws: GeoJSONError.self) {
      try Self.read(Self.collection(Self.feature("a", coordinates)))
    }
    #expect(error?.description.contains(message) == true, "\(what): \(error?.description ?? "")")
  }

  @Test func `a truncated file says so and where, whatever the place`() throws {
    let text = Self.collection(Self.feature("a", Self.square), Self.feature("b", Self.square))
    for length in stride(from: 1, to: text.utf8.count - 1, by: 7) {
      let error = #expect(throws: GeoJSONError.self) {
        try GeoJSONReader.read(Array(text.utf8.prefix(length)), source: "map.geojson")
      }
      #expect(error?.description.contains("truncated") == true, "after \(length) bytes: \(error!)")
    }
  }

  @Test func `brackets without end are an error and not a crash`() {
    let deep = Self.collection(Self.feature("a", String(repeating: "[", count: 300_000)))
    #expect(throws: GeoJSONError.self) { try Self.read(deep) }
    let property =
      "{\"type\":\"FeatureCollection\",\"features\":[],\"x\":" + String(repeating: "[", count: 300_000)
    #expect(throws: GeoJSONError.self) { try Self.read(property) }
  }

  @Test func `an empty collection, another document and duplicated ids are refused`() throws {
    #expect(throws: GeoJSONError.empty(source: "map.geojson")) { try Self.read(Self.collection()) }
    #expect(throws: GeoJSONError.notACollection(type: "Topology", source: "map.geojson")) {
      try Self.read("{\"type\":\"Topology\"}")
    }
    let twice = try Self.read(Self.collection(Self.feature("a", Self.square), Self.feature("a", Self.square)))
      .layer
    #expect(
      throws: GeometryError.duplicateIdentifier(
        "a", source: "map.geojson", property: "id", first: 0, second: 1)
    ) {
      try twice.identifiers()
    }
    #expect(throws: GeometryError.self) { try twice.identifiers(property: "m") }
  }

  @Test func `a unit without geometry is an island with a note`() throws {
    let empty = "{\"type\":\"Feature\",\"id\":\"e\",\"properties\":null,\"geometry\":null}"
    let layer = try Self.read(Self.collection(empty, Self.feature("a", Self.square))).layer
    #expect(layer.centroids[0] == nil)
    #expect(try WeightsBuilder(layer: layer, ids: ["e", "a"]).build(.queen).weights.islands == ["e", "a"])
    #expect(
      layer.geometryNotes(ids: ["e", "a"]).map(\.english).contains { $0.contains("without geometry: e.") })
  }

  @Test func `numbers are rounded as the C library rounds them`() throws {
    var state: UInt64 = 7
    for digits in 1...21 {
      for _ in 0..<400 {
        var text = ""
        for place in 0..<digits {
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          // A number of JSON does not begin with a zero before other digits.
          text += String(place == 0 && digits > 1 ? 1 + (state >> 40) % 9 : (state >> 40) % 10)
          if place == Int(state >> 20 % 64) % digits, !text.contains("."), place < digits - 1 { text += "." }
        }
        if state & 1 == 0 { text = "-" + text }
        var cursor = JSONCursor(Array((text + " ").utf8))
        #expect(try cursor.number() == Double(text), "\(text)")
      }
    }
  }

  @Test func `halves round to even`() throws {
    for text in [
      "9007199254740993", "9007199254740993.0", "9007199254740992.5", "900719925474099.35", "0.5", "1e3",
    ] {
      var cursor = JSONCursor(Array((text + ",").utf8))
      #expect(try cursor.number() == Double(text), "\(text)")
    }
  }
}

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
    let place = feature.map { ", feature \($0)" } ?? ""
    #expect(message.hasPrefix("map.geojson, line 2\(place)"), "\(message)")
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
    let gbk = Array(text.replacing("长沙", with: "?").utf8).flatMap {
      $0 == UInt8(ascii: "?") ? [0xB3, 0xA4] : [$0]
    }
    let error = #expect(throws: GeoJSONError.self) { try GeoJSONReader.read(gbk, source: "map.geojson") }
    #expect(error?.description.hasPrefix("map.geojson, line 2: found bytes that are no UTF-8") == true)
    #expect(throws: GeoJSONError.self) {
      try GeoJSONReader.read(Array(wide[0].dropFirst(2)), source: "map.geojson")
    }
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
