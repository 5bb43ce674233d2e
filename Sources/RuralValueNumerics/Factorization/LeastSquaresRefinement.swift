/// Iterative refinement of a least squares solution through the augmented system
///
///     | I  X | | r |   | y |
///     | Xᵀ 0 | | β | = | 0 |
///
/// whose own residuals, f = y − r − Xβ and g = −Xᵀr, are accumulated in twice the working precision
/// with X as given, not as scaled. Each step multiplies the error by about condition · 10⁻¹⁶.
///
/// Source: Björck (1967), "Iterative refinement of linear least squares solutions I"; Demmel, Hida,
/// Riedy and Li (2009).
struct LeastSquaresRefinement {
  private let problem: LeastSquares
  private let outcome: [Double]
  /// β on the kept columns, r elements.
  private(set) var solution: [Double]
  /// y − Xβ, n elements.
  private(set) var residuals: [Double]

  /// Starts from the plain QR solution.
  init(_ problem: LeastSquares, outcome: [Double]) {
    self.problem = problem
    self.outcome = outcome
    let rotated = problem.reflectors.transposedTimes(Matrix(column: outcome)).elements
    let rank = problem.rank
    solution = problem.triangle.solve(Array(rotated.prefix(rank)))
    for j in 0..<rank { solution[j] *= problem.scales[j] }
    var tail = rotated
    for j in 0..<rank { tail[j] = 0 }
    residuals = problem.reflectors.times(Matrix(column: tail)).elements
  }

  /// Takes at most this many steps, and stops where a step no longer gains a factor of two.
  mutating func refine(steps: Int) {
    guard problem.rank > 0 else { return }
    var last = Double.infinity
    for _ in 0..<steps {
      let (change, residualChange) = correction()
      let size = zip(change, problem.scales).map { abs($0 / $1) }.max() ?? 0
      guard size < 0.5 * last else { return }
      solution.add(change)
      residuals.add(residualChange)
      guard size > 0 else { return }
      last = size
    }
  }

  /// The corrections of β and r: with QR = XS, h = R⁻ᵀ S g and d = Qᵀf, they are S R⁻¹(d₁ − h) and
  /// Q (h; d₂).
  private func correction() -> (solution: [Double], residuals: [Double]) {
    let rank = problem.rank
    let scaledGradient = zip(gradient(), problem.scales).map { $0 * $1 }
    let h = problem.triangle.solveTransposed(scaledGradient)
    var rotated = problem.reflectors.transposedTimes(Matrix(column: outcomeResidual())).elements
    var change = problem.triangle.solve(Array(rotated.prefix(rank)).minus(h))
    for j in 0..<rank {
      change[j] *= problem.scales[j]
      rotated[j] = h[j]
    }
    return (change, problem.reflectors.times(Matrix(column: rotated)).elements)
  }

  /// f = y − r − Xβ, n elements.
  private func outcomeResidual() -> [Double] {
    let matrix = problem.kept
    var sums = zip(outcome, residuals).map { y, r in
      var sum = CompensatedSum(y)
      sum.add(-r)
      return sum
    }
    for j in 0..<matrix.columnCount {
      let coefficient = -solution[j]
      for i in 0..<matrix.rowCount { sums[i].add(product: matrix[i, j], coefficient) }
    }
    return sums.map(\.value)
  }

  /// g = −Xᵀr, one element a kept column.
  private func gradient() -> [Double] {
    let matrix = problem.kept
    return (0..<matrix.columnCount).map { j in
      var sum = CompensatedSum()
      for i in 0..<matrix.rowCount { sum.add(product: matrix[i, j], residuals[i]) }
      return -sum.value
    }
  }
}
