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
