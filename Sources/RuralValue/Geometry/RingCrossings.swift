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
