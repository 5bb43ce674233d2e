/// An edge of a layer: two of its vertices, and the feature whose border it is.
struct LayerEdge: Equatable {
  let from: Int32
  let to: Int32
  let feature: Int32
}

/// Edges in the cells of a grid, so that those near a point are found at once.
struct EdgeGrid {
  let layer: PolygonLayer
  let edges: [LayerEdge]
  let originX: Double
  let originY: Double
  /// The width and height of a cell.
  let size: Double
  let columns: Int
  let rows: Int
  private let reach: Double
  /// The places in `edges` of those in cell c stand at `starts[c]..<starts[c + 1]`.
  private(set) var starts: [Int32] = []
  private(set) var places: [Int32] = []

  /// A grid of edges, each in all cells from which it is no farther than the reach.
  ///
  /// About as many cells as edges, none smaller than the reach. An edge is laid row by row, so that a long one
  /// meets the cells along it and not all of its box.
  init(_ layer: PolygonLayer, edges: [LayerEdge], reach: Double) {
    self.layer = layer
    self.edges = edges
    self.reach = reach
    var (left, right) = (Double.infinity, -Double.infinity)
    var (low, high) = (Double.infinity, -Double.infinity)
    for edge in edges {
      let (ax, ay) = (layer.x[Int(edge.from)], layer.y[Int(edge.from)])
      left = min(left, ax)
      right = max(right, ax)
      low = min(low, ay)
      high = max(high, ay)
    }
    // Rings are closed: what begins an edge ends another, but where some of a ring's edges are not among them.
    for edge in edges {
      let (bx, by) = (layer.x[Int(edge.to)], layer.y[Int(edge.to)])
      left = min(left, bx)
      right = max(right, bx)
      low = min(low, by)
      high = max(high, by)
    }
    let (width, height) = edges.isEmpty ? (0, 0) : (right - left, high - low)
    originX = edges.isEmpty ? 0 : left
    originY = edges.isEmpty ? 0 : low
    size = max(
      reach, (max(width * height, 1e-300) / Double(max(edges.count, 1))).squareRoot(), width / 4096,
      height / 4096)
    columns = Int(width / size) + 1
    rows = Int(height / size) + 1
    place()
  }

  private mutating func place() {
    var starts = [Int32](repeating: 0, count: columns * rows + 1)
    for edge in edges {
      visitCells(of: edge, within: reach) { starts[$0 + 1] += 1 }
    }
    for cell in 0..<columns * rows { starts[cell + 1] += starts[cell] }
    var places = [Int32](repeating: 0, count: Int(starts[columns * rows]))
    var next = starts
    for (position, edge) in edges.enumerated() {
      visitCells(of: edge, within: reach) { cell in
        places[Int(next[cell])] = Int32(position)
        next[cell] += 1
      }
    }
    self.starts = starts
    self.places = places
  }

  /// The column of a first coordinate; beyond the grid the nearest.
  @inline(__always)
  func column(_ x: Double) -> Int { Self.place((x - originX) / size, of: columns) }

  /// The row of a second coordinate; beyond the grid the nearest.
  @inline(__always)
  func row(_ y: Double) -> Int { Self.place((y - originY) / size, of: rows) }

  /// The cell in which a coordinate falls that is measured in cells, whatever its size.
  @inline(__always)
  private static func place(_ coordinate: Double, of count: Int) -> Int {
    Int(min(Double(count - 1), max(0, coordinate)))
  }

  /// The places in `places` of a cell's edges.
  @inline(__always)
  func cell(x: Double, y: Double) -> Range<Int> {
    let cell = row(y) * columns + column(x)
    return Int(starts[cell])..<Int(starts[cell + 1])
  }

  /// Calls for each cell from which an edge is no farther than a distance, and perhaps for a few more.
  @inline(__always)
  func visitCells(of edge: LayerEdge, within distance: Double, _ visit: (Int) -> Void) {
    let (ax, ay) = (layer.x[Int(edge.from)], layer.y[Int(edge.from)])
    let (bx, by) = (layer.x[Int(edge.to)], layer.y[Int(edge.to)])
    let margin = distance + 1e-9 * size
    let (firstRow, lastRow) = (row(min(ay, by) - margin), row(max(ay, by) + margin))
    let (firstColumn, lastColumn) = (column(min(ax, bx) - margin), column(max(ax, bx) + margin))
    guard firstRow < lastRow, firstColumn < lastColumn else {
      for row in firstRow...lastRow {
        for column in firstColumn...lastColumn { visit(row * columns + column) }
      }
      return
    }
    for row in firstRow...lastRow {
      // The part of the edge in the row. The first row also holds what lies below the grid, the last what lies above.
      let bottom = row == 0 ? -Double.infinity : originY + Double(row) * size - margin
      let top = row == rows - 1 ? Double.infinity : originY + Double(row + 1) * size + margin
      var (start, end) = (0.0, 1.0)
      if ay != by {
        let (first, second) = ((bottom - ay) / (by - ay), (top - ay) / (by - ay))
        start = max(0, min(first, second))
        end = min(1, max(first, second))
      }
      guard start <= end else { continue }
      let (startX, endX) = (ax + start * (bx - ax), ax + end * (bx - ax))
      for column in column(min(startX, endX) - margin)...column(max(startX, endX) + margin) {
        visit(row * columns + column)
      }
    }
  }

  /// The square of a point's distance from an edge.
  @inline(__always)
  func squaredDistance(_ x: Double, _ y: Double, _ edge: LayerEdge) -> Double {
    let (ax, ay) = (layer.x[Int(edge.from)], layer.y[Int(edge.from)])
    let (dx, dy) = (layer.x[Int(edge.to)] - ax, layer.y[Int(edge.to)] - ay)
    let length = dx * dx + dy * dy
    let along = length > 0 ? min(1, max(0, ((x - ax) * dx + (y - ay) * dy) / length)) : 0
    let (ex, ey) = (x - ax - along * dx, y - ay - along * dy)
    return ex * ex + ey * ey
  }
}

extension PolygonLayer {
  /// All edges of rings, in the order of the vertices at which they end.
  var edges: [LayerEdge] {
    var edges: [LayerEdge] = []
    edges.reserveCapacity(x.count)
    for ring in rings where ring.vertices.count > 1 {
      var last = ring.vertices.upperBound - 1
      for vertex in ring.vertices {
        edges.append(.init(from: Int32(last), to: Int32(vertex), feature: Int32(ring.feature)))
        last = vertex
      }
    }
    return edges
  }
}
