import TestSupport
import Testing

@testable import RuralValue

/// What is known of coordinates, and how distances are measured on them.
@Suite struct CoordinateTests {
  @Test(arguments: [
    ("urn:ogc:def:crs:OGC:1.3:CRS84", "geographic"), ("EPSG:4326", "geographic"),
    ("urn:ogc:def:crs:EPSG::4490", "geographic"), ("urn:ogc:def:crs:EPSG::3857", "web"),
    ("EPSG:900913", "web"),
    ("EPSG:4547", "metres"), ("urn:ogc:def:crs:EPSG::32649", "metres"), ("EPSG:2383", "metres"),
    ("EPSG:2277", "unknown"), ("urn:ogc:def:crs:EPSG::27700", "unknown"), ("Hunan 2000", "unknown"),
    ("", "unknown"),
  ]) func `a system is known by its code in the EPSG registry`(name: String, kind: String) {
    let reference = CoordinateReference(name: name)
    let found =
      switch reference {
      case .geographic: "geographic"
      case .webMercator: "web"
      case .projected(_, let metres): metres == 1 ? "metres" : "other"
      case .unknown: "unknown"
      case .undeclared: "undeclared"
      }
    #expect(found == kind)
    #expect(reference.name == name)
  }

  private func points(_ points: [(Double, Double)], _ reference: CoordinateReference = .undeclared)
    -> PolygonLayer
  {
    let layer = PolygonLayer(source: "points", places: points.map { .init(x: $0.0, y: $0.1) })
    return layer.withCoordinates(x: layer.x, y: layer.y, reference: reference)
  }

  private static let degrees = [(112.5, 28.1), (113.0, 28.4)]
  private static let metres = [(500_000.0, 3_100_000.0), (530_000.0, 3_140_000.0)]

  @Test func `degrees stay degrees and declared metres become kilometres`() throws {
    let globe = try points(Self.degrees).measured(needsUnit: true)
    #expect(globe.isGeographic && globe.scale == 1 && globe.layer.x == Self.degrees.map(\.0))
    let plane = try points(Self.metres, .projected("EPSG:4547", metresPerUnit: 1)).measured(needsUnit: true)
    #expect(!plane.isGeographic && plane.scale == 0.001)
    #expect(plane.layer.x == [500, 530] && plane.layer.y == [3100, 3140])
    #expect(plane.notes.count == 1)
  }

  @Test func `kilometres of an unknown unit are refused until it is told, nearest neighbours are not`() throws
  {
    #expect(throws: GeometryError.self) { try points(Self.metres).measured(needsUnit: true) }
    #expect(try points(Self.metres).measured(needsUnit: false).layer.x == [500_000, 530_000])
    #expect(try points(Self.metres).measured(unit: .metre, needsUnit: true).layer.x == [500, 530])
    #expect(
      try points(Self.metres).measured(unit: .kilometre, needsUnit: true).layer.x == [500_000, 530_000])
    let planar = try points(Self.degrees).measured(.planar, needsUnit: true)
    #expect(!planar.isGeographic && planar.layer.x == Self.degrees.map(\.0))
  }

  @Test func `a file that contradicts itself gives no distances, but says so and keeps its links`() {
    for layer in [
      points(Self.degrees, .projected("EPSG:4547", metresPerUnit: 1)),
      points(Self.degrees, .webMercator("EPSG:3857")),
      points(Self.metres, .geographic("EPSG:4490")),
    ] {
      let error = #expect(throws: GeometryError.self) { try layer.measured(needsUnit: false) }
      #expect(error?.description.contains("one of the two is wrong") == true)
      #expect(layer.coordinateNotes.map(\.english).contains { $0.contains("one of the two is wrong") })
    }
    #expect(points(Self.degrees, .geographic("EPSG:4490")).coordinateNotes.isEmpty)
    #expect(points(Self.metres).coordinateNotes.isEmpty)
  }

  @Test func `latitude before longitude is asked about and turned round`() throws {
    let swapped = points(Self.degrees.map { ($0.1, $0.0) })
    #expect(swapped.looksSwapped && !points(Self.degrees).looksSwapped && !points(Self.metres).looksSwapped)
    #expect(throws: GeometryError.self) { try swapped.measured(needsUnit: false) }
    #expect(swapped.coordinateNotes.count == 1)
    #expect(try swapped.swapped.measured(needsUnit: true).layer.x == Self.degrees.map(\.0))
  }

  @Test func `a corner of the web map's square is the corner of its world`() throws {
    // Source: EPSG:3857, whose bounds are ±20037508.342789244 and ±85.051128779806604 degrees.
    let edge = 20_037_508.342_789_244
    let world = points([(-edge, -edge), (0, 0), (edge, edge)], .webMercator("EPSG:3857")).inDegrees
    expectClose(world.x[2], 180, relative: 1e-14, from: "EPSG:3857")
    expectClose(world.y[2], 85.051_128_779_806_604, relative: 1e-14, from: "EPSG:3857")
    #expect(world.x[1] == 0 && abs(world.y[1]) < 1e-14)
  }

  @Test func `layers are joined in their order, and keep their features' places`() throws {
    let (a, b) = (WeightsBuilderTests.squares([(0, 0), (1, 0)]), WeightsBuilderTests.squares([(2, 0)]))
    let joined = try PolygonLayer.joined([a, b])
    #expect(joined.x == a.x + b.x && joined.rings.map(\.feature) == [0, 1, 2])
    #expect(Contiguity.queen.pairs(in: joined).map { [$0.0, $0.1] } == [[0, 1], [1, 2]])
    let kept = joined.keeping { $0 != 1 }
    #expect(kept.x == Array(a.x[..<4]) + b.x && kept.features.map { $0.origin?.number } == [1, 1])
  }
}
