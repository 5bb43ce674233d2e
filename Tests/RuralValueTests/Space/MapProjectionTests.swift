import Foundation
import RuralValue
import TestSupport
import Testing

@testable import RuralValue

/// Which projection a map gets, and whether it stands upright.
@Suite struct MapProjectionTests {
  /// A layer of boxes: west, south, east, north.
  private static func boxes(_ boxes: [(Double, Double, Double, Double)]) -> PolygonLayer {
    PolygonLayer(
      source: "boxes", features: boxes.indices.map { .init(id: "\($0)", properties: [], rings: $0..<$0 + 1) },
      rings: boxes.indices.map { .init(vertices: 4 * $0..<4 * $0 + 4, feature: $0, isHole: false) },
      x: boxes.flatMap { [$0.0, $0.2, $0.2, $0.0] }, y: boxes.flatMap { [$0.1, $0.1, $0.3, $0.3] })
  }

  /// The United States: the conterminous states, Alaska with its islands beyond the date line, Hawaii, Puerto Rico.
  private static let states = boxes([
    (-124.7, 24.5, -66.9, 49.4), (-168, 55, -141, 71.4), (172.4, 51, 180, 53), (-180, 51, -170, 53),
    (-160.2, 18.9, -154.8, 22.2), (-67.3, 17.9, -65.2, 18.5),
  ])

  /// The globe in boxes of thirty degrees.
  private static let globe = boxes(
    (0..<12).flatMap { column in
      (0..<6).map { row in
        let (west, south) = (Double(column) * 30 - 180, Double(row) * 30 - 90)
        return (west, south, west + 30, south + 30)
      }
    })

  /// How many degrees north leans from the vertical at a place.
  private static func lean(_ projection: MapProjection, _ longitude: Double, _ latitude: Double) -> Double {
    let plane = projection.project(x: [longitude, longitude], y: [latitude, latitude + 0.1])
    return atan2(plane.x[1] - plane.x[0], plane.y[1] - plane.y[0]) * 180 / .pi
  }

  @Test func `the United States stand upright, with and without Alaska and Hawaii`() {
    for family in [MapProjection.Family.albers, .lambert] {
      let whole = MapProjection(family, for: Self.states)
      let states = MapProjection(family, for: Self.boxes([(-124.7, 24.5, -66.9, 49.4)]))
      for projection in [whole, states] {
        #expect(abs(Self.lean(projection, -95.8, 38)) < 2, "\(projection)")
        #expect(abs(Self.lean(projection, -120, 38)) < 20)
      }
    }
  }

  @Test func `islands beyond the date line lie beside the land that is nearest`() throws {
    let extent = try #require(GeographicExtent(Self.states))
    expectClose(extent.west, 172.4, absolute: 1e-12, from: "the westernmost island")
    expectClose(extent.width, 122.4, absolute: 1e-9, from: "172.4° E to 65.2° W")
    let plane = MapProjection(.albers, for: Self.states).project(x: Self.states.x, y: Self.states.y)
    // The island of 172.4° E to 180° ends where that of 180° W begins.
    expectClose(plane.x[9], plane.x[12], absolute: 1e-6, from: "one place")
    #expect(plane.x.max()! - plane.x.min()! < 12_000, "kilometres, not around the globe")
  }

  @Test func `the globe and both halves of America are upright on Equal Earth, and areas are kept`() {
    #expect(MapProjection(.albers, for: Self.globe) == .equalEarth(meridian: 0))
    #expect(MapProjection(.lambert, for: Self.globe) == .equalEarth(meridian: 0), "no cone suits the globe")
    let america = MapProjection(.albers, for: Self.boxes([(-170, 10, -50, 72), (-80, -55, -35, 10)]))
    #expect(america == .equalEarth(meridian: -103))
    #expect(MapProjection(.none, for: Self.globe) == .plane)
    let projection = MapProjection.equalEarth(meridian: 0)
    #expect(abs(Self.lean(projection, 0, 40)) < 1e-9)
    // Cells of ten degrees have on the plane their area on the sphere, R² Δλ (sin φ₂ − sin φ₁).
    let radius = PlaceDistances.earthRadius
    for south in stride(from: -90.0, to: 90, by: 10) {
      for west in [-180.0, -70, 0, 130] {
        let steps = (0...400).map { Double($0) / 400 }
        let x =
          steps.map { west + 10 * $0 } + steps.map { _ in west + 10 } + steps.map { west + 10 - 10 * $0 }
          + steps.map { _ in west }
        let y =
          steps.map { _ in south } + steps.map { south + 10 * $0 } + steps.map { _ in south + 10 }
          + steps.map { south + 10 - 10 * $0 }
        let plane = projection.project(x: x, y: y)
        var area = 0.0
        for corner in plane.x.indices {
          let next = (corner + 1) % plane.x.count
          area += plane.x[corner] * plane.y[next] - plane.x[next] * plane.y[corner]
        }
        let degree = Double.pi / 180
        expectClose(
          area / 2, radius * radius * 10 * degree * (sin((south + 10) * degree) - sin(south * degree)),
          relative: 1e-5, from: "the sphere")
      }
    }
  }

  @Test func `China keeps its customary cone, other land of such longitudes does not`() {
    #expect(
      MapProjection(.albers, for: Self.boxes([(73.5, 18, 135, 53.5)]))
        == .albers(.init(meridian: 105, firstParallel: 25, secondParallel: 47)))
    #expect(
      MapProjection(.albers, for: Self.boxes([(95, -10, 139, 6)]))
        != .albers(.init(meridian: 105, firstParallel: 25, secondParallel: 47)))
  }

  @Test func `meridians of a map across the date line run over the map, each once`() {
    let projection = MapProjection(.albers, for: Self.states)
    let lines = Graticule(Self.states, projection).lines
    let names = lines.filter(\.isMeridian).map(\.label)
    #expect(names.contains("180°W") || names.contains("180°E"), "\(names)")
    #expect(Set(names).count == names.count && names.contains("120°W"))
    let around = Graticule(Self.globe, MapProjection(.albers, for: Self.globe)).lines
    #expect(around.contains { $0.label == "0°" && $0.isMeridian })
    #expect(around.filter(\.isMeridian).count <= 7)
  }
}
