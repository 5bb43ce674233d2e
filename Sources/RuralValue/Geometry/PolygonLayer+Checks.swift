extension PolygonLayer {
  /// Throws `GeometryError.noBorders` where every feature that has a place is a point.
  public func requireBorders() throws(GeometryError) {
    guard !rings.isEmpty, rings.allSatisfy({ $0.vertices.count == 1 }) else { return }
    throw .noBorders(source: source)
  }

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

/// Finds where a ring crosses itself.
enum RingCrossings {
  /// A pair of edges, by their first vertices, that cross in their interiors, or nil.
  ///
  /// Edges sorted by their left end meet only those that begin before they end (sweep and prune).
  static func first(in vertices: Range<Int>, x: [Double], y: [Double]) -> (Int, Int)? {
    let count = vertices.count
    guard count >= 4 else { return nil }
    let start = vertices.lowerBound
    func end(_ edge: Int) -> Int { edge + 1 == vertices.upperBound ? start : edge + 1 }
    let left = vertices.map { min(x[$0], x[end($0)]) }
    let order = (0..<count).sorted { left[$0] < left[$1] }
    for (place, i) in order.enumerated() {
      let a = start + i
      let b = end(a)
      let right = max(x[a], x[b])
      let (low, high) = (min(y[a], y[b]), max(y[a], y[b]))
      var other = place + 1
      while other < count, left[order[other]] < right {
        let c = start + order[other]
        let d = end(c)
        other += 1
        guard max(y[c], y[d]) > low, min(y[c], y[d]) < high, c != b, d != a else { continue }
        let (p, q) = (side(a, b, c, x, y), side(a, b, d, x, y))
        guard p * q < 0 else { continue }
        if side(c, d, a, x, y) * side(c, d, b, x, y) < 0 { return (a, c) }
      }
    }
    return nil
  }

  /// On which side of the line from a to b the point c stands: the sign of twice the triangle's area.
  private static func side(_ a: Int, _ b: Int, _ c: Int, _ x: [Double], _ y: [Double]) -> Double {
    let area = (x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a])
    return area > 0 ? 1 : area < 0 ? -1 : 0
  }
}

extension PolygonLayer {
  /// A property as numbers, NaN where a feature has none or a missing marker.
  ///
  /// Throws `GeometryError` where no feature has the property, and for a value that is no number.
  public func numbers(of property: String, ids: [String]) throws(GeometryError) -> [Double] {
    guard propertyNames.contains(property) else {
      throw .noSuchProperty(name: property, source: source, properties: propertyNames)
    }
    var numbers: [Double] = []
    for (place, feature) in features.enumerated() {
      let text = feature.text(of: property) ?? ""
      switch NumberReading(text) {
      case .number(let value): numbers.append(value)
      case .missing: numbers.append(.nan)
      case .unreadable(let advice):
        throw .notANumber(
          found: text, source: source, feature: place, id: ids[place], property: property, advice: advice)
      }
    }
    return numbers
  }
}
