extension PolygonLayer {
  /// The lines between features of different groups and around them all, as runs of points.
  public func outlines(ofGroups groups: [String?]) -> [[Point]] {
    var points = DistinctKeys(capacity: x.count)
    let numbers = x.indices.map { points.number((x[$0] + 0).bitPattern, (y[$0] + 0).bitPattern) }
    var edges = DistinctKeys(capacity: x.count)
    var edgeOfVertex = [Int32](repeating: -1, count: x.count)
    // The features on either side of an edge; −1 for none.
    var sides: [(Int32, Int32)] = []
    for ring in rings where ring.vertices.count > 1 {
      var last = ring.vertices.upperBound - 1
      for vertex in ring.vertices {
        let (a, b) = (numbers[last], numbers[vertex])
        if a != b {
          let edge = edges.number(UInt64(min(a, b)), UInt64(max(a, b)))
          edgeOfVertex[vertex] = edge
          if Int(edge) == sides.count {
            sides.append((Int32(ring.feature), -1))
          } else {
            sides[Int(edge)].1 = Int32(ring.feature)
          }
        }
        last = vertex
      }
    }
    var isDrawn = sides.map { side in side.1 >= 0 && groups[Int(side.0)] == groups[Int(side.1)] }
    var lines: [[Point]] = []
    for ring in rings where ring.vertices.count > 1 {
      var line: [Point] = []
      var last = ring.vertices.upperBound - 1
      for vertex in ring.vertices {
        let edge = Int(edgeOfVertex[vertex])
        if edge >= 0, !isDrawn[edge] {
          isDrawn[edge] = true
          if line.isEmpty { line.append(Point(x: x[last], y: y[last])) }
          line.append(Point(x: x[vertex], y: y[vertex]))
        } else if !line.isEmpty {
          lines.append(line)
          line = []
        }
        last = vertex
      }
      if !line.isEmpty { lines.append(line) }
    }
    return lines
  }
}
