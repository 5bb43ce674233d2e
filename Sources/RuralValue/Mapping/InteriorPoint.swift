extension PolygonLayer {
  /// For each feature a point inside it, at best its centroid: where a circle or a name may stand.
  public var interiorPoints: [Point?] {
    features.indices.map { feature in
      guard let centroid = centroid(of: feature) else { return nil }
      let crossings = crossings(of: feature, at: centroid.y)
      let spans = stride(from: 0, to: crossings.count - 1, by: 2).map { (crossings[$0], crossings[$0 + 1]) }
      if spans.isEmpty || spans.contains(where: { $0.0 <= centroid.x && centroid.x <= $0.1 }) {
        return centroid
      }
      // A crescent: the middle of its widest part at the height of the centroid.
      let widest = spans.max { $0.1 - $0.0 < $1.1 - $1.0 } ?? (centroid.x, centroid.x)
      return Point(x: (widest.0 + widest.1) / 2, y: centroid.y)
    }
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
