internal import RuralValueNumerics

/// The root of a score that is no likelihood's: Newton's method, whose derivative is taken by central differences.
///
/// A step is halved until the score comes nearer to zero inside the box. There may be no root; none is invented.
struct ScoreRoot {
  /// The box.
  let bounds: [ClosedRange<Double>]
  /// What divides the score before it is held to the tolerance.
  let scale: Double

  /// The root that a start leads to, nil where the search ends elsewhere.
  func solve(from start: [Double], _ score: ([Double]) throws -> [Double]) throws -> [Double]? {
    var point = start
    var value = try score(point)
    for _ in 0..<60 {
      guard value.allSatisfy(\.isFinite) else { return nil }
      if size(value) < 1e-13 { return point }
      guard let direction = try direction(at: point, value, score),
        let next = try search(from: point, value, along: direction, score)
      else { break }
      (point, value) = next
    }
    return size(value) < 1e-10 ? point : nil
  }

  /// The largest component of the score on its scale.
  func size(_ score: [Double]) -> Double { (score.map { abs($0) }.max() ?? 0) / scale }

  private func direction(
    at point: [Double], _ value: [Double], _ score: ([Double]) throws -> [Double]
  ) throws -> [Double]? {
    var derivative = Matrix(rowCount: point.count, columnCount: point.count)
    for j in point.indices {
      let room = min(point[j] - bounds[j].lowerBound, bounds[j].upperBound - point[j])
      let h = min(1e-5 * max(1, abs(point[j])), 0.4 * room)
      var (low, high) = (point, point)
      low[j] -= h
      high[j] += h
      let (below, above) = (try score(low), try score(high))
      for i in point.indices { derivative[i, j] = (above[i] - below[i]) / (high[j] - low[j]) }
    }
    guard derivative.isFinite else { return nil }
    return try? LU(derivative).solve(value).scaled(by: -1)
  }

  private func search(
    from point: [Double], _ value: [Double], along direction: [Double],
    _ score: ([Double]) throws -> [Double]
  ) throws -> ([Double], [Double])? {
    var length = 1.0
    for _ in 0..<30 {
      let next = zip(point, direction).map { $0 + length * $1 }
      let isInside = zip(next, bounds).allSatisfy { $1.lowerBound < $0 && $0 < $1.upperBound }
      if isInside, next != point {
        let moved = try score(next)
        if moved.euclideanNorm < value.euclideanNorm { return (next, moved) }
      }
      length /= 2
    }
    return nil
  }
}
