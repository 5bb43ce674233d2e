extension PolygonLayer {
  /// A point in the plane or on the globe.
  public struct Point: Sendable, Equatable {
    /// The first coordinate or the longitude.
    public let x: Double
    /// The second coordinate or the latitude.
    public let y: Double

    /// A point from its coordinates.
    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// The features' centroids, weighted by area, holes taken out; nil for a feature without geometry.
  ///
  /// The mean of the vertices stands in where the area is zero.
  public var centroids: [Point?] { features.indices.map(centroid(of:)) }

  func centroid(of feature: Int) -> Point? {
    let rings = self.rings[features[feature].rings]
    guard let first = rings.first?.vertices.lowerBound else { return nil }
    let (x0, y0) = (x[first], y[first])
    var (area, momentX, momentY) = (0.0, 0.0, 0.0)
    for ring in rings {
      var (ringArea, ringX, ringY) = (0.0, 0.0, 0.0)
      var last = ring.vertices.upperBound - 1
      for vertex in ring.vertices {
        let (ax, ay) = (x[last] - x0, y[last] - y0)
        let (bx, by) = (x[vertex] - x0, y[vertex] - y0)
        let cross = ax * by - bx * ay
        ringArea += cross
        ringX += (ax + bx) * cross
        ringY += (ay + by) * cross
        last = vertex
      }
      // Whatever way a ring runs, outer ones add and holes take away.
      let sign: Double = (ringArea < 0) == ring.isHole ? 1 : -1
      area += sign * ringArea
      momentX += sign * ringX
      momentY += sign * ringY
    }
    if area > 0 { return Point(x: x0 + momentX / (3 * area), y: y0 + momentY / (3 * area)) }
    let vertices = rings.flatMap { Array($0.vertices) }
    let count = Double(vertices.count)
    return Point(
      x: vertices.reduce(0) { $0 + x[$1] } / count, y: vertices.reduce(0) { $0 + y[$1] } / count)
  }
}

extension PolygonLayer {
  /// For each feature a point inside it, at best its centroid: where a circle or a name may stand.
  public var interiorPoints: [Point?] {
    features.indices.map { feature in
      guard let centroid = centroid(of: feature) else { return nil }
      let spans = spans(of: feature, at: centroid.y)
      if spans.contains(where: { $0.0 <= centroid.x && centroid.x <= $0.1 }) { return centroid }
      // A crescent: the middle of its widest part at the height of the centroid.
      if let widest = spans.max(by: { $0.1 - $0.0 < $1.1 - $1.0 }) {
        return Point(x: (widest.0 + widest.1) / 2, y: centroid.y)
      }
      // A county whose islands draw its centroid out to sea: the middle of its largest part.
      let heights = widestRing(of: feature).vertices.map { y[$0] }
      guard let low = heights.min(), let high = heights.max() else { return centroid }
      let height = (low + high) / 2
      let widest = self.spans(of: feature, at: height).max { $0.1 - $0.0 < $1.1 - $1.0 }
      return widest.map { Point(x: ($0.0 + $0.1) / 2, y: height) } ?? centroid
    }
  }

  /// The ring of a feature with the largest box.
  private func widestRing(of feature: Int) -> Ring {
    func extent(_ values: [Double]) -> Double { (values.max() ?? 0) - (values.min() ?? 0) }
    let own = rings[features[feature].rings]
    let sizes = own.map { ring in extent(ring.vertices.map { x[$0] }) * extent(ring.vertices.map { y[$0] }) }
    return own[own.startIndex + (sizes.indices.max { sizes[$0] < sizes[$1] } ?? 0)]
  }

  /// Where a horizontal line lies within a feature.
  private func spans(of feature: Int, at height: Double) -> [(Double, Double)] {
    let crossings = crossings(of: feature, at: height)
    return stride(from: 0, to: crossings.count - 1, by: 2).map { (crossings[$0], crossings[$0 + 1]) }
  }

  /// Where a horizontal line crosses the boundary of a feature, ascending.
  private func crossings(of feature: Int, at height: Double) -> [Double] {
    var crossings: [Double] = []
    for ring in rings[features[feature].rings] where ring.vertices.count > 2 {
      var last = ring.vertices.upperBound - 1
      for vertex in ring.vertices {
        if (y[last] > height) != (y[vertex] > height) {
          crossings.append(x[last] + (height - y[last]) / (y[vertex] - y[last]) * (x[vertex] - x[last]))
        }
        last = vertex
      }
    }
    return crossings.sorted()
  }
}

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
