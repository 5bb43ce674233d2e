import RuralValue
import RuralValueFormats
import TestSupport
import Testing

/// What the corpus of shapefiles does not hold.
@Suite struct ShapefileReaderTests {
  private static let square = [(0.0, 0.0), (0, 1), (1, 1), (1, 0), (0, 0)]

  private static func read(
    _ file: ShapefileBytes, projection: String? = nil
  ) throws(ShapefileError) -> PolygonReading {
    try ShapefileReader.readAll(
      ShapefileParts(
        shapes: file.shapes, attributes: file.attributes, projection: projection.map { Array($0.utf8) }),
      source: "a/f.shp")
  }

  @Test func `a ring that does not end where it begins is closed with a note`() throws {
    let reading = try Self.read(ShapefileBytes(features: [[Array(Self.square.dropLast())]]))
    #expect(reading.layer.x.count == 4)
    #expect(reading.notes.contains { $0.english.contains("rings of 1 feature did not end where they begin") })
  }

  @Test func `a ring of two points is refused only where its feature is kept`() throws {
    let file = ShapefileBytes(features: [[Self.square], [[(0, 0), (1, 1), (0, 0)]]])
    let reading = try Self.read(file)
    #expect(throws: Never.self) { try reading.requireSound { $0 == 1 } }
    let error = try #require(throws: GeoJSONError.self) { try reading.requireSound { _ in true } }
    #expect("\(error)".contains("feature 2 (2): a ring has 2 different vertices"))
  }

  @Test func `points have their places`() throws {
    let reading = try Self.read(ShapefileBytes(type: 1, features: [[[(110, 25)]], [[(111, 26)]]]))
    #expect(reading.layer.rings.map(\.vertices.count) == [1, 1])
    #expect(reading.layer.centroids.compactMap(\.self).map(\.x) == [110, 111])
  }

  /// Well-known texts and what they say.
  static let projections: [(text: String, reference: CoordinateReference)] = [
    (
      "PROJCS[\"NAD83 / Texas (ftUS)\",GEOGCS[\"NAD83\",UNIT[\"degree\",0.0174532925199433]],UNIT[\"US survey foot\","
        + "0.3048006096012192],AXIS[\"X\",EAST]]",
      .projected("NAD83 / Texas (ftUS)", metresPerUnit: 0.3048006096012192)
    ),
    (
      "PROJCRS[\"CGCS2000 / GK 111E\",BASEGEOGCRS[\"CGCS2000\",DATUM[\"China 2000\"]],CONVERSION[\"GK\"],CS[Cartesian,2],"
        + "AXIS[\"northing\",north],AXIS[\"easting\",east],LENGTHUNIT[\"metre\",1]]",
      .projected("CGCS2000 / GK 111E", metresPerUnit: 1)
    ),
    (
      "PROJCRS[\"U\",CS[Cartesian,2],AXIS[\"(E)\",east,LENGTHUNIT[\"kilometre\",1000]]]",
      .projected("U", metresPerUnit: 1000)
    ),
    (
      "PROJCS[\"WGS 84 / Pseudo-Mercator\",GEOGCS[\"WGS 84\"],PROJECTION[\"Mercator_1SP\"],UNIT[\"metre\",1]]",
      .webMercator("WGS 84 / Pseudo-Mercator")
    ),
    ("GEOGCRS[\"CGCS2000\",DATUM[\"China 2000\"],CS[ellipsoidal,2]]", .geographic("CGCS2000")),
    ("LOCAL_CS[\"here\",UNIT[\"metre\",1]]", .unknown("here")), ("not a system", .unknown("")),
    ("PROJCS[\"cut", .undeclared), ("", .undeclared),
  ]

  @Test(arguments: projections)
  func `a coordinate system is read with its unit`(
    _ line: (text: String, reference: CoordinateReference)
  ) throws {
    let reading = try Self.read(ShapefileBytes(features: [[Self.square]]), projection: line.text)
    #expect(reading.layer.reference == line.reference)
  }

  @Test func `brackets without end in a coordinate system do not end the program`() throws {
    let text = String(repeating: "A[", count: 20_000)
    #expect(
      try Self.read(ShapefileBytes(features: [[Self.square]]), projection: text).layer.reference
        == .undeclared)
  }

  /// The files beside a `.shp` are called as it is, letters of either case.
  @Test func `the other files have the name of the shapes`() {
    #expect(ShapefileParts.sibling(of: "a/b.shp", ending: "dbf") == "a/b.dbf")
    #expect(ShapefileParts.sibling(of: "A.B.SHP", ending: "dbf") == "A.B.DBF")
    #expect(ShapefileParts.sibling(of: "shapes", ending: "dbf") == "shapes.dbf")
  }

  @Test func `a file cut anywhere is refused`() throws {
    let parts = try ShapefileCorpusTests.parts("multipolygon-holes")
    for length in 0..<parts.shapes.count {
      var cut = parts
      cut.shapes = Array(parts.shapes[..<length])
      #expect(throws: ShapefileError.self) { try ShapefileReader.readAll(cut, source: "f.shp") }
    }
    let attributes = try #require(parts.attributes)
    for length in 0..<attributes.count - 1 {
      var cut = parts
      cut.attributes = Array(attributes[..<length])
      #expect(throws: ShapefileError.self) { try ShapefileReader.readAll(cut, source: "f.shp") }
    }
  }

  @Test func `mutated files are read or refused and never more`() throws {
    var dice = SplitMix64(state: 19)
    let seeds = try ["multipolygon-holes", "polygon-z", "points", "names-gbk-no-cpg"].map(
      ShapefileCorpusTests.parts)
    for _ in 0..<4000 {
      var parts = seeds.randomElement(using: &dice)!
      switch Int.random(in: 0..<4, using: &dice) {
      case 0, 1: parts.shapes = ByteMutation.mutated(parts.shapes, using: &dice)
      case 2: parts.attributes = parts.attributes.map { ByteMutation.mutated($0, using: &dice) }
      default:
        parts.projection = parts.projection.map { ByteMutation.mutated($0, using: &dice) }
        parts.codePage = parts.codePage.map { ByteMutation.mutated($0, using: &dice) }
      }
      do throws(ShapefileError) {
        let layer = try ShapefileReader.readAll(parts, source: "f.shp").layer
        #expect(layer.x.allSatisfy(\.isFinite) && layer.y.allSatisfy(\.isFinite))
        #expect(layer.features.allSatisfy { $0.rings.upperBound <= layer.rings.count })
      } catch {
        #expect(!"\(error)".isEmpty)
      }
    }
  }
}
