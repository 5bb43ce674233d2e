import Foundation
import TestSupport
import Testing

@testable import RuralValue

/// Maps of rectangles, whose relations are known without geometry.
enum RectangleMap {
  /// An upright rectangle.
  struct Rectangle {
    var (left, low, right, high): (Double, Double, Double, Double)

    /// Its corners, counter-clockwise.
    var corners: [(Double, Double)] { [(left, low), (right, low), (right, high), (left, high)] }

    /// How deep the interiors of two meet; negative where they are apart.
    func depth(_ other: Rectangle) -> Double {
      min(
        min(right, other.right) - max(left, other.left), min(high, other.high) - max(low, other.low))
    }
  }

  /// A layer of rings, one a feature.
  static func layer(_ rings: [[(Double, Double)]]) -> PolygonLayer {
    var (start, parts): (Int, [PolygonLayer.Ring]) = (0, [])
    for (feature, ring) in rings.enumerated() {
      parts.append(.init(vertices: start..<start + ring.count, feature: feature, isHole: false))
      start += ring.count
    }
    return PolygonLayer(
      source: "map", features: rings.indices.map { .init(id: "\($0)", properties: [], rings: $0..<$0 + 1) },
      rings: parts, x: rings.flatMap { $0.map(\.0) }, y: rings.flatMap { $0.map(\.1) })
  }

  static func overlaps(_ layer: PolygonLayer) -> [[Int]] {
    PolygonOverlaps(layer, OpenBoundary(layer), depth: 1e-5).pairs.map { [$0.0, $0.1] }
  }

  static func near(_ layer: PolygonLayer, reach: Double = 1e-5) -> [[Int]] {
    let linked = Set(Contiguity.queen.pairs(in: layer).map { PairKey.of($0.0, $0.1) })
    return NearTouching(layer, OpenBoundary(layer), reach: reach) { !linked.contains(PairKey.of($0, $1)) }
      .pairs.map { [$0.first, $0.second] }
  }
}

/// Borders that do not fit: what nearly touches, and what overlaps.
@Suite struct BoundaryTests {
  /// A plain of counties with crooked borders, in columns and rows; `apart` moves the vertices of a county.
  private static func counties(
    _ columns: Int, _ rows: Int, _ random: inout SplitMix64,
    apart: (Int, inout SplitMix64) -> (Double, Double)
  ) -> PolygonLayer {
    // Corners and the middles of edges, moved a little, the same for both sides.
    var moved: [(Double, Double)] = []
    for y in 0...2 * rows {
      for x in 0...2 * columns {
        moved.append(
          (
            Double(x) / 2 + Double.random(in: -0.1...0.1, using: &random),
            Double(y) / 2
              + Double.random(in: -0.1...0.1, using: &random)
          ))
      }
    }
    var rings: [[(Double, Double)]] = []
    for row in 0..<rows {
      for column in 0..<columns {
        let around = [(0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1)]
        rings.append(
          around.map { x, y in
            let (x, y) = moved[(2 * row + y) * (2 * columns + 1) + 2 * column + x]
            let (dx, dy) = apart(row * columns + column, &random)
            return (x + dx, y + dy)
          })
      }
    }
    return RectangleMap.layer(rings)
  }

  /// The pairs of counties that share an edge or a corner.
  private static func neighbours(_ columns: Int, _ rows: Int) -> Set<[Int]> {
    var pairs: Set<[Int]> = []
    for one in 0..<columns * rows {
      for other in one + 1..<max(columns * rows, one + 1)
      where abs(one % columns - other % columns) <= 1 && abs(one / columns - other / columns) <= 1 {
        pairs.insert([one, other])
      }
    }
    return pairs
  }

  @Test(arguments: 0..<20) func `a map whose borders fit has nothing to say`(seed: Int) {
    var random = SplitMix64(state: UInt64(seed))
    let layer = Self.counties(5, 4, &random) { _, _ in (0, 0) }
    #expect(Set(Contiguity.queen.pairs(in: layer).map { [$0.0, $0.1] }) == Self.neighbours(5, 4))
    #expect(layer.boundaryNotes(ids: layer.features.compactMap(\.id)).isEmpty)
    // Of its edges only the outer border is open: two a county along it.
    #expect(OpenBoundary(layer).edges.count == 2 * 2 * (5 + 4))
  }

  @Test(arguments: 0..<20)
  func `borders that differ in the sixth decimal are counted, and the tolerance joins them`(
    seed: Int
  ) {
    var random = SplitMix64(state: UInt64(seed))
    // Two prefectures: the counties of the right columns are digitised apart.
    let layer = Self.counties(6, 4, &random) { county, random in
      county % 6 < 3
        ? (0, 0)
        : (Double.random(in: -2e-6...2e-6, using: &random), Double.random(in: -2e-6...2e-6, using: &random))
    }
    let linked = Set(Contiguity.queen.pairs(in: layer).map { [$0.0, $0.1] })
    let apart = Self.neighbours(6, 4).subtracting(linked)
    #expect(!apart.isEmpty)
    #expect(Set(RectangleMap.near(layer)) == apart)
    let healed = NearBoundaries(layer, tolerance: 1e-5).pairs(
      .queen, beyond: Contiguity.queen.pairs(in: layer))
    #expect(Set(healed.map { [$0.0, $0.1] }) == apart)
    let notes = layer.boundaryNotes(ids: layer.features.compactMap(\.id)).map(\.english)
    #expect(
      notes.count == 1 && notes[0].contains("\(apart.count) pairs of polygons run within 0.00001"), "\(notes)"
    )
    // Borders up to 2.8e-6 apart: ten times less does not join them all.
    #expect(notes.first?.contains("\(Setting("tolerance")) 0.00001 links them") == true)
  }

  @Test(arguments: 0..<30) func `near pairs are those of a search through all vertices and edges`(seed: Int) {
    var random = SplitMix64(state: UInt64(seed))
    // Triangles strewn so that some nearly touch.
    let layer = RectangleMap.layer(
      (0..<40).map { _ in
        let (x, y) = (Double.random(in: 0...4, using: &random), Double.random(in: 0...4, using: &random))
        return (0..<3).map { _ in
          (x + Double.random(in: 0...0.7, using: &random), y + Double.random(in: 0...0.7, using: &random))
        }
      })
    let reach = 0.02
    var expected: Set<[Int]> = []
    for vertex in layer.x.indices {
      for edge in layer.edges where Int(edge.feature) != vertex / 3 {
        let grid = EdgeGrid(layer, edges: [edge], reach: reach)
        if grid.squaredDistance(layer.x[vertex], layer.y[vertex], edge) <= reach * reach {
          expected.insert([vertex / 3, Int(edge.feature)].sorted())
        }
      }
    }
    #expect(!expected.isEmpty)
    #expect(Set(RectangleMap.near(layer, reach: reach)) == expected)
    let healed = NearBoundaries(layer, tolerance: reach).pairs(.queen, beyond: [])
    #expect(Set(healed.map { [$0.0, $0.1] }) == expected)
  }

  @Test(arguments: 0..<200) func `rectangles overlap where their sides say so`(seed: Int) {
    var random = SplitMix64(state: UInt64(seed))
    // Whole numbers, so that sides coincide, corners meet and one lies within the other; every third map is odd.
    let step = seed % 3 == 0 ? 0.37 : 1.0
    let rectangles = (0..<2 + seed % 5).map { _ in
      let (left, low) = (Int.random(in: 0...6, using: &random), Int.random(in: 0...6, using: &random))
      let (width, height) = (Int.random(in: 1...4, using: &random), Int.random(in: 1...4, using: &random))
      return RectangleMap.Rectangle(
        left: step * Double(left), low: step * Double(low), right: step * Double(left + width),
        high: step * Double(low + height))
    }
    let layer = RectangleMap.layer(rectangles.map { seed % 2 == 0 ? $0.corners : $0.corners.reversed() })
    var expected: Set<[Int]> = []
    for one in rectangles.indices {
      for other in rectangles.indices.dropFirst(one + 1) where rectangles[one].depth(rectangles[other]) > 1e-3
      {
        expected.insert([one, other])
      }
    }
    let found = Set(RectangleMap.overlaps(layer))
    #expect(found.isSubset(of: expected))
    #expect(found.isEmpty == expected.isEmpty)
    if rectangles.count == 2 { #expect(found == expected) }
  }

  @Test func `polygons that overlap are not offered a tolerance, which would not mend them`() {
    // The upper two lie a little over the lower one, without a common vertex; the corners of the third just miss it.
    let rectangles = [
      RectangleMap.Rectangle(left: 0, low: 0, right: 4, high: 1),
      RectangleMap.Rectangle(left: 0.5, low: 1 - 3e-5, right: 1.5, high: 2),
      RectangleMap.Rectangle(left: 4 - 4e-5, low: 0.25, right: 5, high: 0.75),
      RectangleMap.Rectangle(left: 2, low: 1 + 5e-6, right: 3, high: 2),
    ]
    let layer = RectangleMap.layer(rectangles.map(\.corners))
    #expect(RectangleMap.overlaps(layer) == [[0, 1], [0, 2]])
    let notes = layer.boundaryNotes(ids: ["a", "b", "c", "d"]).map(\.english)
    #expect(notes.count == 2, "\(notes)")
    #expect(notes.first?.contains("1 pair of polygons runs within 0.00001") == true)
    #expect(notes.first?.contains("a–d") == true && notes.last?.contains("a–b, a–c") == true, "\(notes)")
    let overlapping = RectangleMap.layer(rectangles.prefix(3).map(\.corners))
      .boundaryNotes(ids: ["a", "b", "c"]).map(\.english)
    #expect(overlapping.count == 1 && !overlapping[0].contains("\(Setting("tolerance"))"), "\(overlapping)")
  }

  @Test func `hairlines are no overlaps, and what is deeper is one`() {
    let left = RectangleMap.Rectangle(left: 0, low: 0, right: 2, high: 1)
    for (depth, isOverlap) in [(-1e-6, false), (4e-6, false), (9e-6, false), (4e-5, true), (0.5, true)] {
      let right = RectangleMap.Rectangle(left: 2 - depth, low: 0, right: 4, high: 1)
      #expect(RectangleMap.overlaps(RectangleMap.layer([left.corners, right.corners])).isEmpty != isOverlap)
    }
  }

  @Test func `a hole takes its enclave, and without the hole they overlap`() {
    let outer = RectangleMap.Rectangle(left: 0, low: 0, right: 3, high: 3)
    let inner = RectangleMap.Rectangle(left: 1, low: 1, right: 2, high: 2)
    let points = outer.corners + inner.corners + inner.corners
    let layer = PolygonLayer(
      source: "map",
      features: [.init(id: "a", properties: [], rings: 0..<2), .init(id: "b", properties: [], rings: 2..<3)],
      rings: [
        .init(vertices: 0..<4, feature: 0, isHole: false), .init(vertices: 4..<8, feature: 0, isHole: true),
        .init(vertices: 8..<12, feature: 1, isHole: false),
      ], x: points.map(\.0), y: points.map(\.1))
    #expect(RectangleMap.overlaps(layer).isEmpty && OpenBoundary(layer).edges.count == 4)
    #expect(RectangleMap.overlaps(RectangleMap.layer([outer.corners, inner.corners])) == [[0, 1]])
    #expect(RectangleMap.overlaps(RectangleMap.layer([outer.corners, outer.corners])) == [[0, 1]])
  }

  @Test func `parts that no link joins are sought within ten metres, and linked ones are not`() {
    func notes(_ gap: Double) -> [String] {
      let map = RectangleMap.layer(
        [(0.0, 1.0), (1 + gap, 2.0)].map {
          RectangleMap.Rectangle(left: $0, low: 0, right: $1, high: 1).corners
        })
      return map.boundaryNotes(ids: ["a", "b"]).map(\.english)
    }
    #expect(notes(5e-6).first?.contains("within 0.00001 of each other") == true)
    #expect(notes(5e-5).first?.contains("within 0.0001 of each other") == true)
    #expect(notes(5e-5).first?.contains("\(Setting("tolerance")) 0.0001 links it") == true)
    #expect(notes(5e-4).isEmpty)
  }

  @Test func `a heap of edges through one spot is given up and not searched for ever`() {
    // 4,000 needles that cross at one place: 16 million pairs of edges, were all of them looked at in each cell.
    let rings = (0..<4000).map { needle -> [(Double, Double)] in
      let turn = Double(needle) / 4000 * 3
      return [(-50, turn), (50, -turn), (50, -turn + 1e-4)]
    }
    // Processor time of this thread, so that whatever else the machine does is not counted: 16 million pairs in each
    // cell would take an hour.
    func processorTime() -> Double {
      var time = timespec()
      unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = processorTime()
    _ = RectangleMap.layer(rings).boundaryNotes(ids: rings.indices.map(String.init))
    #expect(processorTime() - start < 300)
  }

  @Test func `powers of ten are their decimals`() {
    for (exponent, text) in [(-5, "0.00001"), (-8, "0.00000001"), (0, "1"), (2, "100")] {
      #expect(PowerOfTen(exponent: exponent).value == Double(text))
      #expect(PowerOfTen(exponent: exponent).description == text)
    }
    #expect(PowerOfTen(atMost: 0.0099) == PowerOfTen(exponent: -3))
    #expect(
      PowerOfTen(atMost: 1) == PowerOfTen(exponent: 0) && PowerOfTen(atMost: 99) == PowerOfTen(exponent: 1))
  }
}
