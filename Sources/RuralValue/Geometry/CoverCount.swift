/// How many polygons cover the far side of an open edge.
struct CoverCount {
  private let grid: EdgeGrid
  /// For each row of the grid, where edges cross a line through it, ascending, and the cover behind each.
  private var crossings: [[(x: Double, cover: Int)]]

  init(_ grid: EdgeGrid) {
    self.grid = grid
    crossings = Array(repeating: [], count: grid.rows)
    for edge in grid.edges {
      let (ay, by) = (grid.layer.y[Int(edge.from)], grid.layer.y[Int(edge.to)])
      guard ay != by else { continue }
      for row in grid.row(min(ay, by))...grid.row(max(ay, by)) {
        let line = CoverCount.line(grid, row)
        guard (ay > line) != (by > line) else { continue }
        // Its polygon lies to the left of the edge: to the right of a line down.
        crossings[row].append((CoverCount.crossing(grid, edge, line), by < ay ? 1 : -1))
      }
    }
    for row in crossings.indices {
      crossings[row].sort { $0.x < $1.x }
      var cover = 0
      for place in crossings[row].indices {
        cover += crossings[row][place].cover
        crossings[row][place].cover = cover
      }
    }
  }

  /// The line through a row; off its middle, on which the points of regular maps lie.
  private static func line(_ grid: EdgeGrid, _ row: Int) -> Double {
    grid.originY + (Double(row) + 0.438_720_4) * grid.size
  }

  private static func crossing(_ grid: EdgeGrid, _ edge: LayerEdge, _ height: Double) -> Double {
    let (ax, ay) = (grid.layer.x[Int(edge.from)], grid.layer.y[Int(edge.from)])
    let (bx, by) = (grid.layer.x[Int(edge.to)], grid.layer.y[Int(edge.to)])
    return ax + (height - ay) / (by - ay) * (bx - ax)
  }

  /// The number of polygons on the far side of an edge, at a point on it.
  ///
  /// From the left along the row's line, then straight to the point.
  func beyond(edge position: Int, x: Double, y: Double) -> Int {
    let row = grid.row(y)
    let line = CoverCount.line(grid, row)
    let isUpward = y > line
    var cover = cover(row: row, x: x)
    for place in grid.cell(x: x, y: y) where Int(grid.places[place]) != position {
      let edge = grid.edges[Int(grid.places[place])]
      let (ax, bx) = (grid.layer.x[Int(edge.from)], grid.layer.x[Int(edge.to)])
      guard (ax > x) != (bx > x) else { continue }
      let (ay, by) = (grid.layer.y[Int(edge.from)], grid.layer.y[Int(edge.to)])
      let height = ay + (x - ax) / (bx - ax) * (by - ay)
      guard isUpward ? height > line && height < y : height < line && height > y else { continue }
      // The polygon lies above an edge to the right.
      cover += (bx > ax) == isUpward ? 1 : -1
    }
    // On which side of its own edge the way has ended.
    let own = grid.edges[position]
    let (ax, bx) = (grid.layer.x[Int(own.from)], grid.layer.x[Int(own.to)])
    let isInside =
      (ax > x) != (bx > x)
      ? (bx > ax) != isUpward : grid.layer.y[Int(own.to)] < grid.layer.y[Int(own.from)]
    return isInside ? cover - 1 : cover
  }

  private func cover(row: Int, x: Double) -> Int {
    let row = crossings[row]
    var (low, high) = (0, row.count)
    while low < high {
      let middle = (low + high) / 2
      if row[middle].x < x { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? 0 : row[low - 1].cover
  }
}
