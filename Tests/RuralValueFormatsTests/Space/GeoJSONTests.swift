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
    #expect(throws: GeoJSONError.notACollection(type: "Map", source: "map.geojson")) {
      try Self.read("{\"type\":\"Map\"}")
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
