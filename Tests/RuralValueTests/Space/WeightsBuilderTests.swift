import RuralValue
import TestSupport
import Testing

@Suite struct WeightsBuilderTests {
  /// Squares from their lower left corners.
  static func squares(_ corners: [(Double, Double)], side: Double = 1) -> PolygonLayer {
    PolygonLayer(
      source: "squares",
      features: corners.indices.map { .init(id: "\($0)", properties: [], rings: $0..<$0 + 1) },
      rings: corners.indices.map { .init(vertices: 4 * $0..<4 * $0 + 4, feature: $0, isHole: false) },
      x: corners.flatMap { [$0.0, $0.0 + side, $0.0 + side, $0.0] },
      y: corners.flatMap { [$0.1, $0.1, $0.1 + side, $0.1 + side] })
  }

  static func build(
    _ rule: WeightsRule, _ corners: [(Double, Double)], tolerance: Double = 0, isGeographic: Bool = false
  ) throws -> (weights: SpatialWeights, healed: [(Int, Int)]) {
    try WeightsBuilder(
      layer: squares(corners), ids: corners.indices.map(String.init), tolerance: tolerance,
      isGeographic: isGeographic
    ).build(rule)
  }

  static let grid = [(0.0, 0.0), (1, 0), (0, 1), (1, 1), (5, 5)]

  @Test func `queen takes corners, rook takes edges only`() throws {
    #expect(try Self.build(.queen, Self.grid).weights.neighbourCounts == [3, 3, 3, 3, 0])
    #expect(try Self.build(.rook, Self.grid).weights.neighbourCounts == [2, 2, 2, 2, 0])
  }

  @Test func `a tolerance heals hairline gaps and says which`() throws {
    let corners = [(0.0, 0.0), (1.000_01, 0), (2.5, 0)]
    #expect(try Self.build(.queen, corners).weights.linkCount == 0)
    let queen = try Self.build(.queen, corners, tolerance: 1e-4)
    #expect(queen.healed.map { [$0.0, $0.1] } == [[0, 1]])
    let rook = try Self.build(.rook, corners, tolerance: 1e-4)
    #expect(rook.weights.linkCount == 2)
  }

  @Test(arguments: [100, 1e19, 1e160, .greatestFiniteMagnitude])
  func `a tolerance beyond the whole map makes all units neighbours`(tolerance: Double) throws {
    let corners = [(0.0, 0.0), (1.000_01, 0), (2.5, 0)]
    #expect(try Self.build(.queen, corners, tolerance: tolerance).weights.neighbourCounts == [2, 2, 2])
  }

  @Test func `a tolerance makes edges meet whose vertices differ, but rook needs a length`() throws {
    // 1 lies above the middle of the joint edge of 0 and 2; 3 touches 0 at a corner only.
    let corners = [(0.0, 0.0), (0.5, 1), (1.0, 0), (-1, 1)]
    let rook = try Self.build(.rook, corners, tolerance: 1e-6)
    #expect(rook.weights.neighbourCounts == [2, 2, 2, 0])
    let queen = try Self.build(.queen, corners, tolerance: 1e-6)
    #expect(queen.weights.neighbourCounts == [3, 2, 2, 1])
  }

  @Test func `k nearest gives k neighbours each, ties to the earlier unit`() throws {
    let weights = try Self.build(.nearest(2), Self.grid).weights
    #expect(weights.neighbourCounts == [2, 2, 2, 2, 2])
    #expect(weights.links(of: 4).map(\.to) == [1, 3])
    #expect(throws: WeightsError.tooFewUnits(found: 5, needed: 6, rule: "knn:5")) {
      try Self.build(.nearest(5), Self.grid)
    }
  }

  @Test func `distances on longitudes and latitudes are great circles`() throws {
    let distances = PlaceDistances(
      [.init(x: 0, y: 0), .init(x: 0, y: 90), .init(x: 1, y: 0)], isGeographic: true)
    let quarter = PlaceDistances.earthRadius * Double.pi / 2
    expectClose(distances.distance(0, 1), quarter, relative: 1e-14, from: "a quarter of a great circle")
    expectClose(distances.distance(0, 2), quarter / 90, relative: 1e-12, from: "a degree of the equator")
  }

  @Test func `a distance band and inverse distances keep to their limit`() throws {
    #expect(try Self.build(.distance(1), Self.grid).weights.neighbourCounts == [2, 2, 2, 2, 0])
    let inverse = try Self.build(.inverseDistance(power: 2, limit: 2), Self.grid).weights
    expectClose(inverse.weight(from: 0, to: 3), 0.5, relative: 1e-12, from: "1 / d²")
    #expect(inverse.islands == ["4"])
    #expect(throws: WeightsError.coincidentPoints(first: "0", second: "1", rule: "inverse-distance")) {
      try Self.build(.inverseDistance(power: 1, limit: nil), [(0, 0), (0, 0)])
    }
  }

  @Test func `places that differ by rounding errors alone are one place for an inverse distance`() throws {
    for (isGeographic, step, isOne) in [
      (true, 1e-13, true), (true, 1e-12, true), (true, 1e-5, false), (false, 1e-9, true),
      (false, 1e-3, false),
    ] {
      let points = [(112.9, 28.2), (112.9 + step, 28.2), (80.0, 40.0)].map {
        PolygonLayer.Point(x: $0.0, y: $0.1)
      }
      let builder = WeightsBuilder(points: points, ids: ["a", "b", "c"], isGeographic: isGeographic)
      let error = WeightsError.coincidentPoints(first: "a", second: "b", rule: "inverse-distance")
      if isOne {
        #expect(throws: error) { try builder.build(.inverseDistance(power: 1, limit: nil)) }
      } else {
        #expect(throws: Never.self) { try builder.build(.inverseDistance(power: 1, limit: nil)) }
      }
    }
  }

  @Test func `economic distance and nested products use a column`() throws {
    let layer = Self.squares(Array(Self.grid.prefix(3)))
    let builder = WeightsBuilder(
      layer: layer, ids: ["a", "b", "c"], values: ["gdp": [1, 3, 11]], isGeographic: false)
    let economic = try builder.build(.economic(column: "gdp")).weights
    #expect(economic.weight(from: 0, to: 1) == 0.5 && economic.linkCount == 6)
    let rule = try #require(WeightsRule("rook*economic:gdp"))
    #expect(try builder.build(rule).weights.links(of: 0).map(\.weight) == [0.5, 0.1])
    #expect(throws: WeightsError.missingValue(unit: "a", column: "rent")) {
      try builder.build(.economic(column: "rent"))
    }
  }

  @Test(arguments: [
    "", "knn", "knn:0", "knn:1.5", "distance:-3", "queen:2.5", "economic:", "rook*", "bishop",
  ])
  func `a rule that says nothing is not one`(text: String) {
    #expect(WeightsRule(text) == nil)
  }

  @Test func `rules read as they are written`() {
    #expect(WeightsRule("knn:4") == .nearest(4))
    #expect(WeightsRule("inverse-distance:1,200") == .inverseDistance(power: 1, limit: 200))
    #expect(
      WeightsRule("queen*knn:3*economic:gdp")
        == .product(.product(.queen, .nearest(3)), .economic(column: "gdp")))
  }
}
