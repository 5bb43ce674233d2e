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
