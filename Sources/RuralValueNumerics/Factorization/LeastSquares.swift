/// Linear least squares, min ‖y − Xβ‖², by Householder QR of the columns scaled to unit length.
///
/// The matrix is factored once and solved for any number of outcomes. Dependent columns are dropped,
/// the later of two collinear ones (`IndependentColumns`). The solution is refined with residuals in
/// twice the working precision (`LeastSquaresRefinement`), so that coefficients are as good as the
/// data unless the condition number nears 10¹⁶.
///
/// Source: Golub and Van Loan, Matrix Computations, 4th ed., §5.3; refinement after Björck (1967).
public struct LeastSquares: Sendable, Equatable {
  /// X, n × k, as given.
  public let regressors: Matrix
  /// The names of the k columns, where they were given.
  public let columnNames: [String]
  /// The columns that were kept, r of them, and those that were dropped.
  public let columns: IndependentColumns
  /// (XᵀX)⁻¹ on the kept columns, k × k; rows and columns of dropped ones are zero.
  public let crossProductInverse: Matrix

  let kept: Matrix
  let scales: [Double]
  let reflectors: HouseholderReflectors
  let triangle: UpperTriangular

  /// Factors an n × k matrix of regressors.
  ///
  /// `columnScales` are the columns' lengths before a transformation such as demeaning, see
  /// `IndependentColumns`. Throws `notFinite`, `shapeMismatch`.
  public init(
    _ regressors: Matrix, columnNames: [String] = [],
    tolerance: Double = IndependentColumns.defaultTolerance, columnScales: [Double]? = nil
  ) throws(FactorizationError) {
    precondition(
      columnNames.isEmpty || columnNames.count == regressors.columnCount, "Each column needs a name.")
    try regressors.requireFinite()
    try columnScales?.requireCount(regressors.columnCount)
    let lengths = regressors.columnLengths
    let all = HouseholderReflectors(regressors.scalingColumns(by: lengths.map(reciprocalOrZero)))
    let columns = IndependentColumns(unit: all, lengths: lengths, tolerance: tolerance, scales: columnScales)
    let isFull = columns.dropped.isEmpty
    let kept = isFull ? regressors : regressors.selectingColumns(columns.kept)
    let scales = columns.kept.map { 1 / lengths[$0] }
    let reflectors = isFull ? all : HouseholderReflectors(kept.scalingColumns(by: scales))
    let triangle = try UpperTriangular(leading: kept.columnCount, of: reflectors.packed)
    let inverse = triangle.inverse
    let small = inverse.timesTransposed(inverse).symmetrised.scaledOnBothSides(by: scales)
    self.regressors = regressors
    self.columnNames = columnNames
    self.columns = columns
    crossProductInverse = small.scattered(to: columns.kept, size: regressors.columnCount)
    self.kept = kept
    self.scales = scales
    self.reflectors = reflectors
    self.triangle = triangle
  }

  /// The rank r of X.
  public var rank: Int { columns.kept.count }

  /// The names of the dropped columns; empty where no names were given.
  public var droppedColumnNames: [String] {
    columnNames.isEmpty ? [] : columns.dropped.map { columnNames[$0] }
  }

  /// Regresses an outcome of n elements on X.
  ///
  /// `centred` says against what R² measures: the outcome's mean, or zero for a model without
  /// intercept. No refinement step (0) is faster and enough for a well-conditioned simulation.
  /// Throws `notFinite`, `shapeMismatch`.
  public func regress(
    _ outcome: [Double], centred: Bool = true, refinementSteps: Int = 5
  ) throws(FactorizationError) -> LeastSquaresResult {
    try outcome.requireCount(regressors.rowCount)
    try outcome.requireFinite()
    var refinement = LeastSquaresRefinement(self, outcome: outcome)
    refinement.refine(steps: refinementSteps)
    return LeastSquaresResult(
      self, outcome: outcome, coefficients: refinement.solution, residuals: refinement.residuals,
      centred: centred)
  }
}

extension Matrix {
  /// A size × size matrix of zeros with this matrix in the given rows and columns.
  func scattered(to indices: [Int], size: Int) -> Matrix {
    var result = Matrix(rowCount: size, columnCount: size)
    for (j, column) in indices.enumerated() {
      for (i, row) in indices.enumerated() { result[row, column] = self[i, j] }
    }
    return result
  }
}

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
