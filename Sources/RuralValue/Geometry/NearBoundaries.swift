/// Finds polygons whose boundaries run within a tolerance of each other without sharing vertices: hairline
/// gaps and overlaps of maps that were digitised county by county, or edges that meet in a T.
struct NearBoundaries {
  let layer: PolygonLayer
  let tolerance: Double
  private let grid: SegmentGrid

  init(_ layer: PolygonLayer, tolerance: Double) {
    self.layer = layer
    self.tolerance = tolerance
    grid = SegmentGrid(layer, reach: tolerance)
  }

  /// The pairs that touch within the tolerance and are not among those known, in ascending order.
  ///
  /// Queen: a vertex of one lies within the tolerance of the other's boundary. Rook: an edge of one runs
  /// along an edge of the other, no farther away than the tolerance, for more than twice the tolerance.
  func pairs(_ contiguity: Contiguity, beyond known: [(Int, Int)]) -> [(Int, Int)] {
    let known = Set(known.map { NearBoundaries.key($0.0, $0.1) })
    var found: Set<UInt64> = []
    let progress = ProgressReport.steps(layer.rings.count, Phrase("boundaries", zh: "条边界"))
    for (position, ring) in layer.rings.enumerated() where ring.vertices.count > 1 {
      progress.done(position)
      var last = ring.vertices.upperBound - 1
      for vertex in ring.vertices {
        let near =
          contiguity == .queen
          ? grid.features(nearX: layer.x[vertex], y: layer.y[vertex], within: tolerance)
          : grid.features(along: (last, vertex), within: tolerance)
        for other in near where Int(other) != ring.feature {
          let key = NearBoundaries.key(ring.feature, Int(other))
          if !known.contains(key) { found.insert(key) }
        }
        last = vertex
      }
    }
    return found.sorted().map { (Int($0 >> 32), Int($0 & 0xFFFF_FFFF)) }
  }

  private static func key(_ a: Int, _ b: Int) -> UInt64 { UInt64(min(a, b)) << 32 | UInt64(max(a, b)) }
}

/// Edges in the cells of a grid, so that those near a point are found at once.
private struct SegmentGrid {
  private let layer: PolygonLayer
  private let originX: Double
  private let originY: Double
  private let size: Double
  private let columns: Int
  private let rows: Int
  /// The edges of cell c stand at `starts[c]..<starts[c + 1]`.
  private var starts: [Int32]
  private var edges: [(from: Int32, to: Int32, feature: Int32)] = []

  init(_ layer: PolygonLayer, reach: Double) {
    self.layer = layer
    originX = layer.x.min() ?? 0
    originY = layer.y.min() ?? 0
    let (width, height) = ((layer.x.max() ?? 0) - originX, (layer.y.max() ?? 0) - originY)
    // About as many cells as vertices, none smaller than the reach.
    size = max(
      reach, (max(width * height, 1e-300) / Double(max(layer.x.count, 1))).squareRoot(), width / 4096,
      height / 4096)
    columns = Int(width / size) + 1
    rows = Int(height / size) + 1
    starts = [Int32](repeating: 0, count: columns * rows + 1)
    var placed: [(cell: Int, edge: (Int32, Int32, Int32))] = []
    for ring in layer.rings where ring.vertices.count > 1 {
      var last = ring.vertices.upperBound - 1
      for vertex in ring.vertices {
        let edge = (Int32(last), Int32(vertex), Int32(ring.feature))
        for cell in cells(
          min(layer.x[last], layer.x[vertex]), max(layer.x[last], layer.x[vertex]),
          min(layer.y[last], layer.y[vertex]), max(layer.y[last], layer.y[vertex]), reach)
        { placed.append((cell, edge)) }
        last = vertex
      }
    }
    for (cell, _) in placed { starts[cell + 1] += 1 }
    for cell in 0..<columns * rows { starts[cell + 1] += starts[cell] }
    edges = [(from: Int32, to: Int32, feature: Int32)](repeating: (0, 0, 0), count: placed.count)
    var next = starts
    for (cell, edge) in placed {
      edges[Int(next[cell])] = (from: edge.0, to: edge.1, feature: edge.2)
      next[cell] += 1
    }
  }

  private func cells(
    _ left: Double, _ right: Double, _ low: Double, _ high: Double, _ reach: Double
  ) -> [Int] {
    let firstColumn = max(0, Int((left - reach - originX) / size))
    let lastColumn = min(columns - 1, Int((right + reach - originX) / size))
    let firstRow = max(0, Int((low - reach - originY) / size))
    let lastRow = min(rows - 1, Int((high + reach - originY) / size))
    return (firstRow...max(firstRow, lastRow)).flatMap { row in
      (firstColumn...max(firstColumn, lastColumn)).map { row * columns + $0 }
    }
  }

  /// The features with an edge within a distance of a point.
  func features(nearX x: Double, y: Double, within distance: Double) -> [Int32] {
    let column = min(max(Int((x - originX) / size), 0), columns - 1)
    let row = min(max(Int((y - originY) / size), 0), rows - 1)
    let cell = row * columns + column
    var found: [Int32] = []
    for place in starts[cell]..<starts[cell + 1] {
      let edge = edges[Int(place)]
      guard !found.contains(edge.feature), squaredDistance(x, y, edge) <= distance * distance else {
        continue
      }
      found.append(edge.feature)
    }
    return found
  }

  /// The features with an edge that runs along another edge for more than twice the distance.
  func features(along edge: (Int, Int), within distance: Double) -> [Int32] {
    let (ax, ay, bx, by) = (layer.x[edge.0], layer.y[edge.0], layer.x[edge.1], layer.y[edge.1])
    let (dx, dy) = (bx - ax, by - ay)
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 2 * distance else { return [] }
    var found: [Int32] = []
    for cell in cells(min(ax, bx), max(ax, bx), min(ay, by), max(ay, by), 0) {
      for place in starts[cell]..<starts[cell + 1] {
        let other = edges[Int(place)]
        guard !found.contains(other.feature) else { continue }
        func share(_ vertex: Int32) -> Double {
          ((layer.x[Int(vertex)] - ax) * dx + (layer.y[Int(vertex)] - ay) * dy) / (length * length)
        }
        let (first, second) = (share(other.from), share(other.to))
        let (start, end) = (max(0, min(first, second)), min(1, max(first, second)))
        guard (end - start) * length > 2 * distance,
          squaredDistance(ax + start * dx, ay + start * dy, other) <= distance * distance,
          squaredDistance(ax + end * dx, ay + end * dy, other) <= distance * distance
        else { continue }
        found.append(other.feature)
      }
    }
    return found
  }

  private func squaredDistance(
    _ x: Double, _ y: Double, _ edge: (from: Int32, to: Int32, feature: Int32)
  ) -> Double {
    let (ax, ay) = (layer.x[Int(edge.from)], layer.y[Int(edge.from)])
    let (dx, dy) = (layer.x[Int(edge.to)] - ax, layer.y[Int(edge.to)] - ay)
    let length = dx * dx + dy * dy
    let along = length > 0 ? min(1, max(0, ((x - ax) * dx + (y - ay) * dy) / length)) : 0
    let (ex, ey) = (x - ax - along * dx, y - ay - along * dy)
    return ex * ex + ey * ey
  }
}
