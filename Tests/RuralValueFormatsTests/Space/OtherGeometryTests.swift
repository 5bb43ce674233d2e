import RuralValue
import TestSupport
import Testing

@testable import RuralValueFormats

/// What is no polygon among polygons, and documents that are no collection.
@Suite struct OtherGeometryTests {
  private static let square = GeoJSONTests.square

  private func geometry(_ text: String, id: String = "x") -> String {
    "{\"type\":\"Feature\",\"id\":\"\(id)\",\"geometry\":\(text)}"
  }

  private func layer(_ features: String...) throws -> PolygonLayer {
    try GeoJSONTests.read(
      "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
    ).layer
  }

  @Test(arguments: [
    ("LineString", "[[0,0],[1,1],[200,100]]"), ("MultiLineString", "[[[0,0],[1,1]],[[2,2],[3,3]]]"),
    ("MultiPoint", "[[0,0],[500,1]]"), ("Point", "[500,1]"),
  ]) func `features without an area are left out and leave no vertex behind`(
    type: String, coordinates: String
  ) throws {
    let layer = try layer(
      geometry("{\"type\":\"\(type)\",\"coordinates\":\(coordinates)}", id: "line"),
      geometry("{\"coordinates\":\(coordinates),\"type\":\"\(type)\"}", id: "other"),
      GeoJSONTests.feature("a", Self.square))
    let selection = try layer.selection(excluded: [])
    #expect(selection.ids == ["a"] && selection.withoutArea == [0, 1])
    let kept = layer.keeping { selection.positions.contains($0) }
    #expect(kept.x.count == 4 && kept.isGeographic && kept.features[0].origin?.number == 3)
    let note = layer.notes(on: selection).first?.english
    #expect(note?.contains("feature 1 (line, \(type)), feature 2 (other, \(type))") == true, "\(note ?? "")")
  }

  @Test func `points alone are a layer of points, and nothing but lines is none`() throws {
    let point = "{\"type\":\"Point\",\"coordinates\":[1,2]}"
    let points = try layer(geometry(point, id: "a"), geometry(point, id: "b"))
    #expect(try points.selection(excluded: []).ids == ["a", "b"])
    let line = try layer(geometry("{\"type\":\"LineString\",\"coordinates\":[[0,0],[1,1]]}"))
    let error = #expect(throws: GeometryError.self) { try line.selection(excluded: []) }
    #expect(error == .noGeometry(source: "map.geojson", types: ["LineString"]))
  }

  @Test func `the polygons of a collection are taken, also of one within another, with a note`() throws {
    let inner =
      "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Polygon\",\"coordinates\":\(Self.square)},"
      + "{\"type\":\"Point\",\"coordinates\":[9,9]}]}"
    let outer = "{\"geometries\":[{\"type\":\"LineString\",\"coordinates\":[[0,0],[5,5]]},\(inner)]}"
    for text in [
      outer, outer.replacing("{\"geometries\"", with: "{\"type\":\"GeometryCollection\",\"geometries\""),
    ] {
      let reading = try GeoJSONTests.read(GeoJSONTests.collection(geometry(text)))
      #expect(reading.layer.rings.count == 1 && reading.layer.x == [0, 1, 1, 0])
      #expect(reading.notes.map(\.english).contains { $0.contains("only the polygons are taken: x") })
      #expect(reading.notes { _ in false }.isEmpty)
    }
    let deep = String(repeating: "{\"geometries\":[", count: 100_000)
    let error = #expect(throws: GeoJSONError.self) {
      try GeoJSONTests.read(GeoJSONTests.collection(geometry(deep)))
    }
    #expect(error?.description.contains("geometry collections nested at most 8 deep") == true)
  }

  @Test func `what is wrong with a geometry counts only where the feature is kept`() throws {
    let text = GeoJSONTests.collection(
      GeoJSONTests.feature("short", "[[[0,0],[1,1],[0,0]]]"),
      GeoJSONTests.feature("odd", "[1]", type: "Circle")
        .replacing("[1]", with: "[1,2]"), GeoJSONTests.feature("good", Self.square))
    let reading = try GeoJSONReader.readAll(Array(text.utf8), source: "map.geojson")
    #expect(reading.layer.features.map(\.rings.count) == [0, 0, 1])
    try reading.requireSound { $0 == 3 }
    #expect(throws: GeoJSONError.shortRing(vertices: 2, source: "map.geojson", feature: "feature 1 (short)"))
    {
      try reading.requireSound { $0 != 2 }
    }
    #expect(
      throws: GeoJSONError.wrongGeometry(type: "Circle", source: "map.geojson", feature: "feature 2 (odd)")
    ) {
      try reading.requireSound { $0 != 1 }
    }
  }

  @Test func `a feature is a collection of one, and features behind each other are one collection`() throws {
    let (a, b) = (GeoJSONTests.feature("a", Self.square), GeoJSONTests.feature("b", Self.square))
    #expect(try GeoJSONTests.read(a).layer.features.map(\.id) == ["a"])
    // Record separators: RFC 8142, section 2.1.
    for text in ["\(a)\n\(b)\n", "\(a)\(b)", "\u{1E}\(a)\n\u{1E}\(b)\n", " \(a)\r\n\r\n\(b)"] {
      let reading = try GeoJSONTests.read(text)
      #expect(reading.layer.features.map(\.id) == ["a", "b"] && reading.notes.count == 1, "\(text)")
    }
    for rest in ["x", "]", "{\"type\":\"FeatureCollection\",\"features\":[]}", "{\"type\":", "1"] {
      #expect(throws: GeoJSONError.self, "\(rest)") { try GeoJSONTests.read("\(a)\n\(rest)") }
    }
  }

  @Test(arguments: [
    ("<!DOCTYPE html><html>", FileKind.foreign(.webPage)), ("<?xml version='1.0'?><kml>", .foreign(.kml)),
    ("version https://git-lfs.github.com/spec/v1\n", .foreign(.lfsPointer)),
    ("SQLite format 3\u{0}", .foreign(.database)),
    ("PK\u{3}\u{4}", .zip), ("\u{0}\u{0}'\n\u{0}", .shapes),
  ]) func `files of another kind are named`(text: String, kind: FileKind) {
    #expect(throws: GeoJSONError.otherFile(WrongFile(source: "map.geojson", found: kind, use: .polygons))) {
      try GeoJSONTests.read(text)
    }
  }

  @Test func `a feature is left out by its number, its id or another name, before ids are judged`() throws {
    func feature(_ code: String, _ name: String) -> String {
      "{\"type\":\"Feature\",\"properties\":{\"adcode\":\(code),\"name\":\"\(name)\"},\"geometry\":"
        + "{\"type\":\"Polygon\",\"coordinates\":\(Self.square)}}"
    }
    let layer = try layer(feature("1", "甲"), feature("2", "乙"), feature("2", "丙"), feature("4", ""))
    #expect(try layer.selection(excluded: ["#3"]).ids == ["1", "2", "4"])
    #expect(try layer.selection(excluded: ["丙"]).ids == ["1", "2", "4"])
    #expect(try layer.selection(excluded: ["2"]).ids == ["1", "4"])
    #expect(try layer.selection(property: "name", excluded: ["#4"]).ids == ["甲", "乙", "丙"])
    #expect(throws: GeometryError.missingIdentifier(source: "map.geojson", feature: 3, property: "name")) {
      try layer.selection(property: "name", excluded: ["#1"])
    }
    #expect(throws: GeometryError.self) { try layer.selection(excluded: ["#9"]) }
    #expect(throws: GeometryError.self) { try layer.selection(excluded: ["1", "#2", "#3", "#4"]) }
  }
}
