import Foundation
import RuralValue
import TestSupport
import Testing

/// Orders of contiguity, common borders, kernels, exponential decay, unions and the smallest distance.
@Suite struct WeightsRuleTests {
  static func build(_ rule: String, _ corners: [(Double, Double)]) throws -> SpatialWeights {
    try WeightsBuilderTests.build(try #require(WeightsRule(rule)), corners).weights
  }

  static func points(_ rule: String, _ places: [(Double, Double)]) throws -> SpatialWeights {
    try WeightsBuilder(
      points: places.map { .init(x: $0.0, y: $0.1) }, ids: places.indices.map(String.init),
      isGeographic: false
    ).build(try #require(WeightsRule(rule))).weights
  }

  @Test(arguments: [
    ("queen:2", WeightsRule.steps(.queen, 2...2)), ("rook:1-3", .steps(.rook, 1...3)),
    ("border", .border(.share)),
    ("border:km", .border(.kilometres)), ("distance:min", .smallestDistance),
    ("exponential:50,200", .exponential(scale: 50, limit: 200)),
    ("exponential:50", .exponential(scale: 50, limit: nil)),
    ("kernel:quartic,60", .kernel(.bisquare, .distance(60))),
    ("kernel:gaussian,knn:8", .kernel(.gaussian, .neighbours(8))),
    ("queen:2*border", .product(.steps(.queen, 2...2), .border(.share))), ("rook", .rook),
    ("knn:4", .nearest(4)),
  ])
  func `a rule is read as it is written`(text: String, rule: WeightsRule) {
    #expect(WeightsRule(text) == rule)
  }

  @Test(arguments: [
    "queen:0", "queen:2-1", "queen:x", "queen:", "queen:1-2-3", "rook:100", "border:m", "border:",
    "distance:max",
    "exponential", "exponential:0", "exponential:1,0", "exponential:1,2,3", "kernel:bisquare",
    "kernel:flat,60",
    "kernel:bisquare,knn:0", "kernel:bisquare,-1", "kernel:bisquare,60,70", "kernel", "distance:0",
  ])
  func `a rule that says nothing is refused`(text: String) { #expect(WeightsRule(text) == nil) }

  /// Five squares in a row and one beside the second.
  static let row = [(0.0, 0.0), (1, 0), (2, 0), (3, 0), (4, 0), (1, 1)]

  @Test func `neighbours of the second order are two steps away and no fewer`() throws {
    let second = try Self.build("rook:2", Self.row)
    #expect((0..<6).map { second.links(of: $0).map(\.to) } == [[2, 5], [3], [0, 4, 5], [1], [2], [0, 2]])
    #expect(second.isSymmetric)
    let both = try Self.build("rook:1-2", Self.row)
    #expect(both.links(of: 0).map(\.to) == [1, 2, 5])
    #expect(try Self.build("rook:1", Self.row) == Self.build("rook", Self.row))
    #expect(try Self.build("rook:5-99", Self.row).linkCount == 0)
  }

  @Test func `orders partition the units that links reach`() throws {
    let all = try (1...4).map { try Self.build("queen:\($0)", Self.row).linkCount }.reduce(0, +)
    #expect(try Self.build("queen:1-4", Self.row).linkCount == all && all == 30)
  }

  @Test func `common borders are shares of a unit's border, and corners are none`() throws {
    let weights = try Self.build("border", WeightsBuilderTests.grid)
    #expect(weights.neighbourCounts == [2, 2, 2, 2, 0])
    for unit in 0..<4 {
      for link in weights.links(of: unit) {
        expectClose(link.weight, 0.25, relative: 1e-15, from: "a side of four")
      }
    }
    let lengths = try Self.build("border:km", WeightsBuilderTests.grid)
    #expect(lengths.isSymmetric && lengths.links.allSatisfy { $0.weight == 1 })
  }

  @Test func `a unit of several parts has one border, and the seam between its parts is none`() throws {
    // Unit 0 is the two left squares of a 2 × 2 grid and a square far away; 1 and 2 are the others.
    let corners = [(0.0, 0.0), (0, 1), (9, 9), (1, 0), (1, 1)]
    let layer = PolygonLayer(
      source: "parts",
      features: [
        .init(id: "0", properties: [], rings: 0..<3), .init(id: "1", properties: [], rings: 3..<4),
        .init(id: "2", properties: [], rings: 4..<5),
      ],
      rings: corners.indices.map {
        .init(vertices: 4 * $0..<4 * $0 + 4, feature: $0 < 3 ? 0 : $0 - 2, isHole: false)
      },
      x: corners.flatMap { [$0.0, $0.0 + 1, $0.0 + 1, $0.0] },
      y: corners.flatMap { [$0.1, $0.1, $0.1 + 1, $0.1 + 1] })
    let weights = try WeightsBuilder(layer: layer, ids: ["0", "1", "2"], isGeographic: false).build(
      .border(.share)
    ).weights
    // Six sides around the pair and four around the part far away.
    expectClose(weights.weight(from: 0, to: 1), 0.1, relative: 1e-15, from: "one side of ten")
    expectClose(weights.weight(from: 1, to: 0), 0.25, relative: 1e-15, from: "one side of four")
    expectClose(weights.weight(from: 1, to: 2), 0.25, relative: 1e-15, from: "one side of four")
  }

  @Test func `borders on the globe are kilometres`() throws {
    let layer = WeightsBuilderTests.squares([(0, 0), (1, 0)])
    let weights = try WeightsBuilder(layer: layer, ids: ["a", "b"], isGeographic: true).build(
      .border(.kilometres)
    ).weights
    expectClose(
      weights.weight(from: 0, to: 1), PlaceDistances.earthRadius * Double.pi / 180, relative: 1e-9,
      from: "a degree of a meridian")
  }

  static let line = [(0.0, 0.0), (1, 0), (3, 0), (7, 0), (7, 0)]

  /// The weights at distances of one and of three.
  static let decays: [(String, [Double])] = [
    ("kernel:triangular,4", [0.75, 0.25]), ("kernel:epanechnikov,4", [0.9375, 0.4375]),
    ("kernel:bisquare,4", [0.87890625, 0.19140625]), ("kernel:gaussian,4", [exp(-0.03125), exp(-0.28125)]),
    ("exponential:2,4", [exp(-0.5), exp(-1.5)]),
  ]

  @Test(arguments: decays)
  func `kernels and exponential decay are functions of the distance`(rule: String, expected: [Double]) throws
  {
    let weights = try Self.points(rule, Self.line)
    expectClose(weights.weight(from: 0, to: 1), expected[0], relative: 1e-14, from: "its formula", rule)
    expectClose(weights.weight(from: 0, to: 2), expected[1], relative: 1e-14, from: "its formula", rule)
    // Two units at one place: no distance, and the weight one.
    #expect(weights.weight(from: 3, to: 4) == 1 && weights.isSymmetric)
  }

  @Test
  func `a kernel ends where it is zero, the gaussian at three bandwidths, and no unit is its own neighbour`()
    throws
  {
    #expect(try Self.points("kernel:triangular,3", Self.line).weight(from: 0, to: 2) == 0)
    let gaussian = try Self.points("kernel:gaussian,1", Self.line)
    expectClose(gaussian.weight(from: 0, to: 2), exp(-4.5), relative: 1e-14, from: "u = 3")
    #expect(gaussian.weight(from: 1, to: 3) == 0)
    let own = gaussian.withoutSelf
    #expect(gaussian == own)
    #expect(try Self.points("exponential:2", Self.line).linkCount == 20)
  }

  @Test func `an adaptive bandwidth is the distance to the k-th nearest`() throws {
    let weights = try Self.points("kernel:triangular,knn:2", Self.line)
    // From 0 the second nearest is at 3: the nearest at 1 has 1 − 1/3, and the second nothing.
    expectClose(weights.weight(from: 0, to: 1), 2.0 / 3, relative: 1e-15, from: "1 − u")
    #expect(weights.weight(from: 0, to: 2) == 0 && !weights.isSymmetric)
    expectClose(weights.weight(from: 3, to: 4), 1, relative: 1e-15, from: "no distance")
    #expect(throws: WeightsError.noBandwidth(unit: "3", neighbours: 1)) {
      try Self.points("kernel:triangular,knn:1", Self.line)
    }
    #expect(throws: WeightsError.tooFewUnits(found: 5, needed: 6, rule: "kernel:gaussian,knn:5")) {
      try Self.points("kernel:gaussian,knn:5", Self.line)
    }
  }

  @Test func `the smallest distance leaves no island, and any smaller one does`() throws {
    let weights = try Self.points("distance:min", Array(Self.line.dropLast()))
    // The fourth unit is four away from the third, and no other unit is farther from its nearest.
    let four = try Self.points("distance:4", Array(Self.line.dropLast()))
    #expect(weights.islands.isEmpty && weights == four)
    #expect(try Self.points("distance:3.999", Array(Self.line.dropLast())).islands == ["3"])
    #expect(throws: WeightsError.tooFewUnits(found: 1, needed: 2, rule: "distance:min")) {
      try Self.points("distance:min", [(0, 0)])
    }
  }

  @Test func `the smallest distance is told rounded up, so that it can be given as it stands`() throws {
    for smallest in [58.5412, 0.000_123_456, 4, 1234.5678, 38.213.nextUp] {
      let text = WeightsReport.distanceNote(smallest, isKilometres: true).english
      let number = try #require(text.split(separator: " ").compactMap { Double($0) }.last)
      #expect(number >= smallest && number < smallest * 1.01 + 1e-3, "\(text)")
    }
  }

  @Test func `a union has the links of either, each with the weight one, over the units of the first`() throws
  {
    let one = try SpatialWeights(
      units: ["a", "b", "c"], links: [.init(from: 0, to: 1, weight: 0.5), .init(from: 2, to: 2)])
    let other = try SpatialWeights(
      units: ["c", "a"], links: [.init(from: 0, to: 1, weight: 7), .init(from: 1, to: 0, weight: 7)])
    let union = try one.union(other, source: "other.csv")
    #expect(union.links == [.init(from: 0, to: 1), .init(from: 0, to: 2), .init(from: 2, to: 0)])
    #expect(try one.union(one, source: "itself").links == [.init(from: 0, to: 1)])
    #expect(throws: WeightsError.self) { try other.union(one, source: "one.csv") }
  }
}
