import RuralValue
import RuralValueFormats
import TestSupport
import Testing

/// Which rings are holes: a rule of what lies inside what, whatever the order and the direction of the rings.
@Suite struct RingNestingTests {
  private static func square(_ x: Double, _ y: Double, _ half: Double) -> [(Double, Double)] {
    [
      (x - half, y - half), (x - half, y + half), (x + half, y + half), (x + half, y - half),
      (x - half, y - half),
    ]
  }

  private static func layer(_ rings: [[(Double, Double)]]) throws -> PolygonLayer {
    let file = ShapefileBytes(features: [rings])
    return try ShapefileReader.readAll(
      ShapefileParts(shapes: file.shapes, attributes: file.attributes), source: "f.shp"
    ).layer
  }

  @Test func `an island in a lake on an island is land, water, land`() throws {
    let rings = [3.0, 1, 2, 0.5].map { Self.square(0, 0, $0) }
    let layer = try Self.layer(rings)
    #expect(layer.rings.map(\.isHole) == [false, true, false, true])
    // 6² − 4² + 2² − 1²
    #expect(ShapefileCorpusTests.area(of: 0, layer) == 36 - 16 + 4 - 1)
  }

  @Test func `order and direction of rings change nothing`() throws {
    var dice = SplitMix64(state: 7)
    let rings =
      [Self.square(0, 0, 5), Self.square(-2, -2, 1), Self.square(2, 2, 1.5), Self.square(2, 2, 0.5)]
      + [Self.square(20, 0, 1), Self.square(40, 0, 3), Self.square(40, 0, 1)]
    let area = 100.0 - 4 - 9 + 1 + 4 + 36 - 4
    for _ in 0..<40 {
      let shuffled = rings.shuffled(using: &dice).map {
        Bool.random(using: &dice) ? Array($0.reversed()) : $0
      }
      let layer = try Self.layer(shuffled)
      #expect(ShapefileCorpusTests.area(of: 0, layer) == area)
      #expect(layer.rings.count(where: \.isHole) == 3)
    }
  }

  @Test func `a hole follows the outline around it`() throws {
    let layer = try Self.layer([
      Self.square(9, 9, 1), Self.square(0, 0, 1), Self.square(9, 9, 3), Self.square(0, 0, 4),
    ])
    let corners = layer.rings.map { layer.x[$0.vertices.lowerBound] }
    #expect(layer.rings.map(\.isHole) == [false, true, false, true])
    #expect(corners == [6, 8, -4, -1])
  }

  @Test func `a hole that touches its outline in a corner is a hole`() throws {
    let outline: [(Double, Double)] = [(0, 0), (0, 4), (4, 4), (4, 0), (0, 0)]
    let hole: [(Double, Double)] = [(0, 0), (2, 1), (1, 2), (0, 0)]
    #expect(try Self.layer([outline, hole]).rings.map(\.isHole) == [false, true])
  }

  @Test func `a hole all of whose corners lie on the outline is a hole`() throws {
    let outline: [(Double, Double)] = [(0, 0), (0, 4), (4, 4), (4, 0), (0, 0)]
    let hole: [(Double, Double)] = [(2, 0), (0, 2), (2, 4), (4, 2), (2, 0)]
    #expect(try Self.layer([hole, outline]).rings.map(\.isHole) == [false, true])
  }

  @Test func `neighbouring islands that share an edge are no holes of each other`() throws {
    let layer = try Self.layer([Self.square(0, 0, 1), Self.square(2, 0, 1), Self.square(1, 2, 1)])
    #expect(layer.rings.allSatisfy { !$0.isHole })
  }

  @Test func `rings that lie in each other thousands deep are refused in no time`() throws {
    let rings = (0..<3000).map { Self.square(0, 0, 1 + Double($0) * 1e-5) }
    let error = try #require(throws: ShapefileError.self) { try Self.layer(rings) }
    #expect("\(error)".contains("feature 1: its 3000 rings lie in each other too often"))
  }
}
