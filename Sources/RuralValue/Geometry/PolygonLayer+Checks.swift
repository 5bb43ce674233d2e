extension PolygonLayer {
  /// What is odd about the geometry without making it useless, each note naming the features.
  public func geometryNotes(ids: [String]) -> [Phrase] {
    var notes: [Phrase] = []
    let absent = features.indices.filter { features[$0].rings.isEmpty }.map { ids[$0] }
    if !absent.isEmpty {
      notes.append(
        Phrase(
          "\(source): without geometry: \(listed(absent, most: 10)).",
          zh: "\(source)：下列要素没有几何图形：\(listed(absent, most: 10, in: .chinese))。"))
    }
    let degenerate = owners(ids, ofRingsWhere: { (2..<3).contains($0.vertices.count) || hasNoArea($0) })
    if !degenerate.isEmpty {
      notes.append(
        Phrase(
          "\(source): rings without an area: \(listed(degenerate, most: 10)).",
          zh: "\(source)：下列要素含面积为零的环：\(listed(degenerate, most: 10, in: .chinese))。"))
    }
    let crossing = owners(ids, ofRingsWhere: { RingCrossings.first(in: $0.vertices, x: x, y: y) != nil })
    if !crossing.isEmpty {
      notes.append(
        Phrase(
          "\(source): rings that cross themselves: \(listed(crossing, most: 10)); their links stand, their"
            + " areas and centroids may be off.",
          zh: "\(source)：下列要素的边界自相交：\(listed(crossing, most: 10, in: .chinese))；邻接关系不受影响，面积与重心可能有偏差。"))
    }
    return notes
  }

  private func owners(_ ids: [String], ofRingsWhere isOdd: (Ring) -> Bool) -> [String] {
    var found: [String] = []
    for ring in rings where isOdd(ring) && found.last != ids[ring.feature] { found.append(ids[ring.feature]) }
    return found
  }

  private func hasNoArea(_ ring: Ring) -> Bool {
    guard ring.vertices.count > 1 else { return false }
    let (x0, y0) = (x[ring.vertices.lowerBound], y[ring.vertices.lowerBound])
    return ring.vertices.allSatisfy { x[$0] == x0 } || ring.vertices.allSatisfy { y[$0] == y0 }
  }
}
