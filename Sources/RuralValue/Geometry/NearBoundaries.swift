/// Finds polygons whose boundaries run within a tolerance of each other without sharing vertices: hairline
/// gaps and overlaps of maps that were digitised county by county, or edges that meet in a T.
struct NearBoundaries {
  let layer: PolygonLayer
  let tolerance: Double
  private let grid: EdgeGrid

  init(_ layer: PolygonLayer, tolerance: Double) {
    self.layer = layer
    self.tolerance = tolerance
    grid = EdgeGrid(layer, edges: layer.edges, reach: tolerance)
  }

  /// The pairs that touch within the tolerance and are not among those known, in ascending order.
  ///
  /// Queen: a vertex of one lies within the tolerance of the other's boundary. Rook: an edge of one runs
  /// along an edge of the other, no farther away than the tolerance, for more than twice the tolerance.
  func pairs(_ contiguity: Contiguity, beyond known: [(Int, Int)]) -> [(Int, Int)] {
    let known = Set(known.map { PairKey.of($0.0, $0.1) })
    var found: Set<UInt64> = []
    let progress = ProgressReport.steps(layer.rings.count, Phrase("boundaries", zh: "条边界"))
    for (position, ring) in layer.rings.enumerated() where ring.vertices.count > 1 {
      progress.done(position)
      var last = ring.vertices.upperBound - 1
      for vertex in ring.vertices {
        let near =
          contiguity == .queen
          ? features(nearX: layer.x[vertex], y: layer.y[vertex])
          : features(along: .init(from: Int32(last), to: Int32(vertex), feature: Int32(ring.feature)))
        for other in near where Int(other) != ring.feature {
          let key = PairKey.of(ring.feature, Int(other))
          if !known.contains(key) { found.insert(key) }
        }
        last = vertex
      }
    }
    return PairKey.pairs(found)
  }

  /// The features with an edge within the tolerance of a point.
  private func features(nearX x: Double, y: Double) -> [Int32] {
    var found: [Int32] = []
    for place in grid.cell(x: x, y: y) {
      let edge = grid.edges[Int(grid.places[place])]
      guard !found.contains(edge.feature), grid.squaredDistance(x, y, edge) <= tolerance * tolerance else {
        continue
      }
      found.append(edge.feature)
    }
    return found
  }

  /// The features with an edge that runs along another edge for more than twice the tolerance.
  private func features(along edge: LayerEdge) -> [Int32] {
    let (ax, ay) = (layer.x[Int(edge.from)], layer.y[Int(edge.from)])
    let (dx, dy) = (layer.x[Int(edge.to)] - ax, layer.y[Int(edge.to)] - ay)
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 2 * tolerance else { return [] }
    var found: [Int32] = []
    grid.visitCells(of: edge, within: 0) { cell in
      for place in grid.starts[cell]..<grid.starts[cell + 1] {
        let other = grid.edges[Int(grid.places[Int(place)])]
        guard !found.contains(other.feature) else { continue }
        func share(_ vertex: Int32) -> Double {
          ((layer.x[Int(vertex)] - ax) * dx + (layer.y[Int(vertex)] - ay) * dy) / (length * length)
        }
        let (first, second) = (share(other.from), share(other.to))
        let (start, end) = (max(0, min(first, second)), min(1, max(first, second)))
        guard (end - start) * length > 2 * tolerance,
          grid.squaredDistance(ax + start * dx, ay + start * dy, other) <= tolerance * tolerance,
          grid.squaredDistance(ax + end * dx, ay + end * dy, other) <= tolerance * tolerance
        else { continue }
        found.append(other.feature)
      }
    }
    return found
  }
}

/// Pairs of positions as one word each, the lower position first.
enum PairKey {
  /// The word of a pair, in whatever order it comes.
  static func of(_ a: Int, _ b: Int) -> UInt64 { UInt64(min(a, b)) << 32 | UInt64(max(a, b)) }

  /// The pairs of words, in ascending order.
  static func pairs(_ keys: some Sequence<UInt64>) -> [(Int, Int)] {
    keys.sorted().map { (Int($0 >> 32), Int($0 & 0xFFFF_FFFF)) }
  }
}
