/// Finds polygons whose interiors meet, deeper than a hair.
///
/// Count at every place how many polygons cover it: the count changes along the open boundary only, so wherever
/// two polygons overlap, a piece of open boundary has one of them on its far side. Each open edge is cut where it
/// meets others, and the far side of the middle of each piece is looked at. A piece that runs within the depth of
/// another polygon's open edge is a hairline, unless both run the same way, with both polygons on one side. Every pair found is confirmed by its own polygons. Of
/// many overlaps not all pairs are found, but none is found only where there is none deeper than the depth.
struct PolygonOverlaps {
  /// The pairs found, in ascending order.
  let pairs: [(Int, Int)]

  init(_ layer: PolygonLayer, _ open: OpenBoundary, depth: Double) {
    var found = open.sameSide
    if open.edges.count > 2 {
      let grid = EdgeGrid(layer, edges: open.edges, reach: depth)
      let cover = CoverCount(grid)
      var owners = PolygonFinder(layer)
      let cuts = PolygonOverlaps.cuts(grid)
      for (position, edge) in open.edges.enumerated() {
        guard found.count < 1000, owners.lookups < 5000 else { break }
        let (ax, ay) = (layer.x[Int(edge.from)], layer.y[Int(edge.from)])
        let (dx, dy) = (layer.x[Int(edge.to)] - ax, layer.y[Int(edge.to)] - ay)
        let ends = [0] + (cuts[Int32(position)] ?? []).sorted() + [1]
        for (start, end) in zip(ends, ends.dropFirst()) where end > start {
          let along = (start + end) / 2
          let (x, y) = (ax + along * dx, ay + along * dy)
          let near = PolygonOverlaps.near(grid, x, y, edge, depth)
          if near.isEmpty {
            guard cover.beyond(edge: position, x: x, y: y) > 0,
              let other = owners.feature(atX: x, y: y, except: Int(edge.feature))
            else { continue }
            found.insert(PairKey.of(Int(edge.feature), other))
          } else {
            // Borders of which one runs with the other have their polygons on the same side.
            let length = (dx * dx + dy * dy).squareRoot()
            let (insideX, insideY) = (x - dy / length * 3 * depth, y + dx / length * 3 * depth)
            for other in near where PolygonOverlaps.runsWith(layer, edge, other) {
              let key = PairKey.of(Int(edge.feature), Int(other.feature))
              guard !found.contains(key),
                !PolygonOverlaps.near(grid, insideX, insideY, edge, depth).contains(where: {
                  $0.feature == other.feature
                }), owners.areBothAt(key, x: insideX, y: insideY)
              else { continue }
              found.insert(key)
            }
          }
        }
      }
    }
    pairs = PairKey.pairs(found)
  }

  /// The edges of other features that are within the depth of a point.
  private static func near(
    _ grid: EdgeGrid, _ x: Double, _ y: Double, _ own: LayerEdge, _ depth: Double
  ) -> [LayerEdge] {
    var near: [LayerEdge] = []
    for place in grid.cell(x: x, y: y) {
      let edge = grid.edges[Int(grid.places[place])]
      if edge.feature != own.feature, grid.squaredDistance(x, y, edge) <= depth * depth { near.append(edge) }
    }
    return near
  }

  /// Whether two edges have nearly the same direction.
  private static func runsWith(_ layer: PolygonLayer, _ one: LayerEdge, _ other: LayerEdge) -> Bool {
    func direction(_ edge: LayerEdge) -> (Double, Double) {
      (
        layer.x[Int(edge.to)] - layer.x[Int(edge.from)], layer.y[Int(edge.to)] - layer.y[Int(edge.from)]
      )
    }
    let ((ax, ay), (bx, by)) = (direction(one), direction(other))
    let along = ax * bx + ay * by
    return along > 0 && along * along > 0.98 * (ax * ax + ay * ay) * (bx * bx + by * by)
  }

  /// Where edges of different features meet: for each edge the shares of its length.
  private static func cuts(_ grid: EdgeGrid) -> [Int32: [Double]] {
    var cuts: [Int32: [Double]] = [:]
    // A heap of edges on one spot is not searched to its end.
    var budget = 64 * grid.edges.count + 10_000_000
    for cell in 0..<grid.columns * grid.rows where budget > 0 {
      let places = Int(grid.starts[cell])..<Int(grid.starts[cell + 1])
      guard places.count > 1 else { continue }
      for first in places.dropLast() {
        budget -= places.upperBound - first
        let one = grid.edges[Int(grid.places[first])]
        for second in first + 1..<places.upperBound {
          let other = grid.edges[Int(grid.places[second])]
          guard one.feature != other.feature, let (t, u) = meeting(grid.layer, one, other) else { continue }
          cuts[grid.places[first], default: []].append(t)
          cuts[grid.places[second], default: []].append(u)
        }
      }
    }
    return cuts
  }

  /// The shares of two edges at which they meet, or nil where they do not, or run along one line.
  private static func meeting(
    _ layer: PolygonLayer, _ one: LayerEdge, _ other: LayerEdge
  ) -> (Double, Double)? {
    let (ax, ay) = (layer.x[Int(one.from)], layer.y[Int(one.from)])
    let (bx, by) = (layer.x[Int(one.to)] - ax, layer.y[Int(one.to)] - ay)
    let (cx, cy) = (layer.x[Int(other.from)] - ax, layer.y[Int(other.from)] - ay)
    let (dx, dy) = (layer.x[Int(other.to)] - ax - cx, layer.y[Int(other.to)] - ay - cy)
    let determinant = bx * dy - by * dx
    guard determinant != 0 else { return nil }
    let t = (cx * dy - cy * dx) / determinant
    let u = (cx * by - cy * bx) / determinant
    return (0...1).contains(t) && (0...1).contains(u) ? (t, u) : nil
  }
}

/// Finds the polygon that covers a point.
private struct PolygonFinder {
  private let layer: PolygonLayer
  private let boxes: [(left: Double, right: Double, low: Double, high: Double)]
  /// How many points were looked up.
  private(set) var lookups = 0

  init(_ layer: PolygonLayer) {
    self.layer = layer
    boxes = layer.features.map { feature in
      var box = (left: Double.infinity, right: -Double.infinity, low: Double.infinity, high: -Double.infinity)
      for ring in layer.rings[feature.rings] where ring.vertices.count > 2 {
        for vertex in ring.vertices {
          box.left = min(box.left, layer.x[vertex])
          box.right = max(box.right, layer.x[vertex])
          box.low = min(box.low, layer.y[vertex])
          box.high = max(box.high, layer.y[vertex])
        }
      }
      return box
    }
  }

  /// Whether both features of a pair cover a point.
  mutating func areBothAt(_ key: UInt64, x: Double, y: Double) -> Bool {
    lookups += 1
    return layer.covers(Int(key >> 32), x: x, y: y) && layer.covers(Int(key & 0xFFFF_FFFF), x: x, y: y)
  }

  /// The first feature but one that covers a point.
  mutating func feature(atX x: Double, y: Double, except own: Int) -> Int? {
    lookups += 1
    return boxes.indices.first { feature in
      let box = boxes[feature]
      return feature != own && box.left < x && x < box.right && box.low < y && y < box.high
        && layer.covers(feature, x: x, y: y)
    }
  }
}

extension PolygonLayer {
  /// Whether a feature covers a point, by the number of its edges to the left.
  func covers(_ feature: Int, x pointX: Double, y pointY: Double) -> Bool {
    var isInside = false
    for ring in rings[features[feature].rings] where ring.vertices.count > 2 {
      var last = ring.vertices.upperBound - 1
      for vertex in ring.vertices {
        if (y[last] > pointY) != (y[vertex] > pointY),
          x[last] + (pointY - y[last]) / (y[vertex] - y[last]) * (x[vertex] - x[last]) < pointX
        {
          isInside.toggle()
        }
        last = vertex
      }
    }
    return isInside
  }
}
