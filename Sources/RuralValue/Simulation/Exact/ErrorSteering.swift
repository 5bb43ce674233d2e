internal import RuralValueNumerics

/// Moves a vector of errors along a few directions until what an estimator makes of them is what it should be.
///
/// With ε = ε₀ + Bc, B n × m, the m equations f(c) = 0 are solved by Broyden's method: one estimate an
/// iteration once the first Jacobian is known, and superlinear convergence. Where it stalls, the Jacobian is
/// taken anew by differences.
///
/// Source: Broyden (1965), Mathematics of Computation 19; Dennis and Schnabel (1983), chapter 8.
struct ErrorSteering {
  /// B, m columns of n.
  let directions: [[Double]]
  /// What a component of f is measured by.
  let scales: [Double]
  /// f, the estimates less their true values, at errors ε.
  let miss: ([Double]) throws -> [Double]

  /// Where the search ended.
  struct End {
    let errors: [Double]
    let miss: [Double]
    let iterations: Int
    /// The largest component of f in its scale.
    let size: Double
  }

  /// Below this the search has arrived; it goes on to `finest` while it gets nearer.
  static let tolerance = 1e-11
  private static let finest = 1e-14
  private static let mostIterations = 120
  private static let differenceStep = 1e-5

  /// The end of the search from ε₀, at the tolerance or not; `jacobian` is ∂f/∂c at its start, if it is known.
  func solve(from start: [Double], jacobian given: Matrix?) throws -> End {
    var errors = start
    var current = try miss(errors)
    var jacobian = try given ?? differences(at: errors, current)
    var best = End(errors: errors, miss: current, iterations: 0, size: size(current))
    var isFresh = given == nil
    var iterations = 0
    while best.size > Self.finest, iterations < Self.mostIterations {
      iterations += 1
      guard let (step, next, nextErrors) = try advance(errors, current, jacobian) else {
        if isFresh || best.size <= Self.tolerance { break }
        jacobian = try differences(at: errors, current)
        isFresh = true
        continue
      }
      let hasStalled = size(next) > 0.5 * size(current) && iterations % 12 == 0
      jacobian = updated(jacobian, step: step, change: next.minus(current))
      isFresh = false
      (errors, current) = (nextErrors, next)
      if size(current) < best.size {
        best = End(errors: errors, miss: current, iterations: iterations, size: size(current))
      }
      if hasStalled, best.size > Self.tolerance { jacobian = try differences(at: errors, current) }
    }
    return End(errors: best.errors, miss: best.miss, iterations: iterations, size: best.size)
  }

  /// The largest component of f in its scale.
  func size(_ miss: [Double]) -> Double {
    let size = zip(miss, scales).map { abs($0 / $1) }.max() ?? 0
    return size.isFinite ? size : .infinity
  }

  /// A step of Newton, halved until f is smaller or at least computable; nil where no step helps.
  private func advance(
    _ errors: [Double], _ current: [Double], _ jacobian: Matrix
  ) throws -> (step: [Double], miss: [Double], errors: [Double])? {
    guard let factor = try? LU(jacobian), factor.reciprocalCondition > 1e-15,
      let full = try? factor.solve(current.scaled(by: -1))
    else { return nil }
    var length = 1.0
    for _ in 0..<8 {
      let step = full.scaled(by: length)
      let moved = self.moved(errors, step)
      if let next = try? miss(moved), size(next) < size(current) { return (step, next, moved) }
      length /= 3
    }
    return nil
  }

  private func moved(_ errors: [Double], _ step: [Double]) -> [Double] {
    var result = errors
    for (direction, length) in zip(directions, step) { result.add(direction, scale: length) }
    return result
  }

  /// J + (Δf − JΔc)Δc′ / Δc′Δc.
  private func updated(_ jacobian: Matrix, step: [Double], change: [Double]) -> Matrix {
    var result = jacobian
    let rest = change.minus(jacobian.times(step))
    result.addOuterProduct(rest, step, scale: 1 / step.innerProduct(with: step))
    return result
  }

  private func differences(at errors: [Double], _ current: [Double]) throws -> Matrix {
    let step = Self.differenceStep
    return Matrix(
      columns: try directions.indices.map { position in
        var moved = errors
        moved.add(directions[position], scale: step)
        return try miss(moved).minus(current).scaled(by: 1 / step)
      })
  }
}

/// The smallest changes of errors that move one estimate each: B = M′(MM′)⁻¹ for M = ∂b/∂ε, so that MB = I.
enum LeastChange {
  /// The columns of B from the rows of M, which may differ in scale by orders.
  ///
  /// Throws `ExactPanelError.dependentConditions` where M has not full rank.
  static func directions(_ rows: [[Double]]) throws(ExactPanelError) -> [[Double]] {
    let lengths = rows.map(\.euclideanNorm)
    let unit = zip(rows, lengths).map { row, length in length > 0 ? row.scaled(by: 1 / length) : row }
    guard let parts = try? SingularValues(Matrix(columns: unit)) else {
      throw .dependentConditions(conditions: rows.count, rank: 0)
    }
    let rank = parts.values.count { $0 > 1e-12 * (parts.values.first ?? 0) }
    guard rank == rows.count else {
      throw .dependentConditions(conditions: rows.count, rank: rank)
    }
    return rows.indices.map { column in
      let weights = parts.values.indices.map { parts.right[column, $0] / parts.values[$0] }
      return parts.left.times(weights).scaled(by: 1 / lengths[column])
    }
  }

  /// M by differences, one estimate an error.
  static func gradient(
    at errors: [Double], _ estimates: ([Double]) throws -> [Double]
  ) throws -> [[Double]] {
    let step = 1e-5 * max(errors.filter { !$0.isNaN }.sampleStandardDeviation, 1e-10)
    let here = try estimates(errors)
    var rows = [[Double]](repeating: [], count: here.count)
    var moved = errors
    for position in errors.indices {
      moved[position] = errors[position] + step
      let change = try estimates(moved).minus(here)
      for (row, value) in change.enumerated() { rows[row].append(value / step) }
      moved[position] = errors[position]
    }
    return rows
  }
}
