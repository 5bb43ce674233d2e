internal import RuralValueNumerics

/// Effects of periods as a spatial error's filter leaves them.
///
/// Dummies of periods stand in the equation of y, so that the filter B = I − λW makes g(λ) = B1 = 1 − λd of each, with
/// d = W1; only where d is constant are these still means. What is taken out of a period a_t is a_t − g (g′a_t)/(g′g).
/// Everything happens in the plane of 1 and d, for which an orthonormal basis (1/√N, q) serves: all else of a column
/// does not depend on λ.
///
/// Source: methods/spatial-corrections.md, 1.1 and 1.2.
struct FilteredPeriods: Sendable {
  /// q, N × 1: the part of d that is orthogonal to 1, of length one.
  let direction: [Double]
  /// d in the plane's basis.
  let sums: (Double, Double)
  /// 1 in the plane's basis is (√N, 0).
  let root: Double

  /// The plane of these weights, which do not change over time.
  init(_ system: SpatialSystem) {
    root = Double(system.unitCount).squareRoot()
    let mean = system.rowSums.mean
    let rest = system.rowSums.map { $0 - mean }
    let length = rest.euclideanNorm
    direction = length > 0 ? rest.scaled(by: 1 / length) : rest
    sums = (root * mean, length)
  }

  /// Whether a likelihood needs more than means of periods: an error process, and rows that differ in their sums, be it of
  /// its weights or of those of a lag beside it.
  static func areNeeded(_ process: SpatialProcess, _ effects: PanelEffects, _ system: SpatialSystem) -> Bool {
    process.hasError && effects.hasPeriodMeans && !effects.isRandom && system.lag.isConstant
      && (system.of(.error).commonRowSum == nil || process.hasLag && system.commonRowSum == nil)
  }

  /// d′d.
  var sumsSquared: Double { sums.0 * sums.0 + sums.1 * sums.1 }

  /// g in the plane's basis.
  func filtered(_ lambda: Double) -> (Double, Double) { (root - lambda * sums.0, -lambda * sums.1) }

  /// g′g.
  func squaredLength(_ lambda: Double) -> Double {
    let g = filtered(lambda)
    return g.0 * g.0 + g.1 * g.1
  }

  /// g′d, minus half the derivative of g′g.
  func slope(_ lambda: Double) -> Double {
    let g = filtered(lambda)
    return g.0 * sums.0 + g.1 * sums.1
  }

  /// The direction in the plane that is orthogonal to g.
  func orthogonal(_ lambda: Double) -> (Double, Double) {
    let g = filtered(lambda)
    let length = (g.0 * g.0 + g.1 * g.1).squareRoot()
    return (-g.1 / length, g.0 / length)
  }

  /// The coordinates of every period of a column in period-major order.
  func coordinates(_ column: [Double]) -> (first: [Double], second: [Double]) {
    let size = direction.count
    var (first, second) = ([Double](), [Double]())
    for start in stride(from: 0, to: column.count, by: size) {
      let period = Array(column[start..<(start + size)])
      first.append(period.compensatedSum / root)
      second.append(period.innerProduct(with: direction))
    }
    return (first, second)
  }

  /// A column with g(λ) taken out of every period.
  func removing(_ column: [Double], lambda: Double) -> [Double] {
    let g = filtered(lambda)
    let length = g.0 * g.0 + g.1 * g.1
    let (first, second) = coordinates(column)
    return adding(
      to: column, first: first.indices.map { -g.0 * (g.0 * first[$0] + g.1 * second[$0]) / length },
      second: first.indices.map { -g.1 * (g.0 * first[$0] + g.1 * second[$0]) / length })
  }

  /// A column without its parts in the plane.
  func withoutPlane(_ column: [Double]) -> [Double] {
    let (first, second) = coordinates(column)
    return adding(to: column, first: first.map { -$0 }, second: second.map { -$0 })
  }

  private func adding(to column: [Double], first: [Double], second: [Double]) -> [Double] {
    var result = column
    let size = direction.count
    for place in result.indices {
      result[place] += first[place / size] / root + second[place / size] * direction[place % size]
    }
    return result
  }

  /// g(λ), N × 1.
  func vector(_ lambda: Double) -> [Double] {
    let g = filtered(lambda)
    return direction.map { g.0 / root + g.1 * $0 }
  }
}
