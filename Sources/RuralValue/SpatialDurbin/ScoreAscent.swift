internal import RuralValueNumerics

/// The maximum of a smooth function of one to three parameters inside a box, where its gradient is zero.
///
/// Newton's method on the gradient, whose derivative is taken by central differences; a step is halved
/// until the value rises. Near the maximum, where values no longer tell points apart, the gradient decides.
struct ScoreAscent {
  /// The box.
  let bounds: [ClosedRange<Double>]
  /// What divides the gradient before it is held to the tolerance.
  let scale: Double
  /// The largest component of the scaled gradient at which the search ends.
  var tolerance = 1e-13

  /// A point of the search.
  struct Step {
    let point: [Double]
    let value: Double
    let gradient: [Double]
  }

  /// Climbs from a point; the last step is the best that was reached.
  func climb(from start: [Double], _ evaluate: ([Double]) throws -> Step) throws -> Step {
    var best = try evaluate(start)
    var moved = [Double](repeating: .infinity, count: start.count)
    for _ in 0..<60 {
      guard size(of: best) > tolerance else { break }
      let direction = try newtonDirection(at: best, moved: moved, evaluate).direction
      guard let next = try search(from: best, along: direction, evaluate) else { break }
      moved = zip(next.point, best.point).map { abs($0 - $1) }
      best = next
    }
    return best
  }

  /// The largest component of the scaled gradient, those that push out of the box at its edge not counted.
  func size(of step: Step) -> Double {
    var largest = 0.0
    for (i, slope) in step.gradient.enumerated() where !isPinned(step.point[i], slope, bounds[i]) {
      largest = max(largest, abs(slope) / scale)
    }
    return largest
  }

  /// Whether a parameter stands at a bound and the function rises beyond it.
  private func isPinned(_ x: Double, _ slope: Double, _ bound: ClosedRange<Double>) -> Bool {
    (x >= bound.upperBound && slope > 0) || (x <= bound.lowerBound && slope < 0)
  }

  /// How far the maximum is, in standard errors of the parameters: (g′(−H)⁻¹g)^½; nil where the function is not concave.
  ///
  /// Where a parameter is known to a millionth of what the box allows, as ρ near one, rounding alone keeps the gradient
  /// from zero, and this says that the point is right all the same.
  func distance(of step: Step, _ evaluate: ([Double]) throws -> Step) throws -> Double? {
    let newton = try newtonDirection(
      at: step, moved: [Double](repeating: 0, count: step.point.count), evaluate)
    guard newton.isConcave else { return nil }
    return max(0, newton.direction.innerProduct(with: step.gradient)).squareRoot()
  }

  /// `moved` is by how much the last step changed each parameter: differences are taken no farther than that.
  private func newtonDirection(
    at step: Step, moved: [Double], _ evaluate: ([Double]) throws -> Step
  ) throws -> (direction: [Double], isConcave: Bool) {
    let free = step.point.indices.filter { !isPinned(step.point[$0], step.gradient[$0], bounds[$0]) }
    var hessian = Matrix(rowCount: free.count, columnCount: free.count)
    for (column, i) in free.enumerated() {
      let width = bounds[i].upperBound - bounds[i].lowerBound
      let reach = min(step.point[i] - bounds[i].lowerBound, bounds[i].upperBound - step.point[i])
      let near = max(moved[i], 1e-8 * width)
      let h = min(1e-4 * width, near, max(0.4 * reach, 1e-9 * width))
      var (low, high) = (step.point, step.point)
      low[i] = max(bounds[i].lowerBound, low[i] - h)
      high[i] = min(bounds[i].upperBound, high[i] + h)
      let (below, above) = (try evaluate(low).gradient, try evaluate(high).gradient)
      for (row, j) in free.enumerated() { hessian[row, column] = (above[j] - below[j]) / (high[i] - low[i]) }
    }
    let gradient = free.map { step.gradient[$0] }
    var direction = [Double](repeating: 0, count: step.point.count)
    let negative = (-1 * hessian).symmetrised
    if let solution = try? Cholesky(negative).solve(gradient) {
      for (row, i) in free.enumerated() { direction[i] = solution[row] }
      return (direction, true)
    }
    // Where the function is not concave, go uphill by a tenth of the box.
    for i in free {
      direction[i] = (step.gradient[i] > 0 ? 0.1 : -0.1) * (bounds[i].upperBound - bounds[i].lowerBound)
    }
    return (direction, false)
  }

  private func search(
    from step: Step, along direction: [Double], _ evaluate: ([Double]) throws -> Step
  ) throws -> Step? {
    var length = 1.0
    for _ in 0..<40 {
      let point = step.point.indices.map { i in
        clamped(step.point[i] + length * direction[i], step.point[i], bounds[i])
      }
      if point == step.point { return nil }
      let next = try evaluate(point)
      let noise = 1e-13 * (abs(step.value) + scale)
      if next.value > step.value + noise { return next }
      if next.value >= step.value - noise && size(of: next) < size(of: step) { return next }
      length /= 2
    }
    return nil
  }

  /// Goes at most nine tenths of the way to an open bound; a closed bound may be reached.
  private func clamped(_ x: Double, _ from: Double, _ bound: ClosedRange<Double>) -> Double {
    if x > bound.upperBound {
      return from > bound.upperBound - 1e-3 ? bound.upperBound : from + 0.9 * (bound.upperBound - from)
    }
    if x < bound.lowerBound {
      return from < bound.lowerBound + 1e-6 ? bound.lowerBound : from + 0.9 * (bound.lowerBound - from)
    }
    return x
  }
}
