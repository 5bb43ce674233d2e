internal import COpenBLAS

/// The Cholesky factorization A = LLᵀ of a symmetric positive definite matrix, n × n.
///
/// Only the lower triangle of A is read. Source: LAPACK dpotrf.
public struct Cholesky: Sendable, Equatable {
  /// The lower triangular factor L.
  public let lower: Matrix
  /// The smallest of Lⱼⱼ² / Aⱼⱼ: the share of a variable's variance that the variables before it
  /// leave unexplained. Near zero, A is near singular whatever its scale.
  public let smallestRelativePivot: Double

  /// Factors A.
  ///
  /// Throws `notPositiveDefinite` with the order of the first minor that is not positive, or whose
  /// relative pivot Lⱼⱼ² / Aⱼⱼ is at most `relativeTolerance`; `notFinite`, `shapeMismatch`.
  public init(_ matrix: Matrix, relativeTolerance: Double = 0) throws(FactorizationError) {
    try matrix.requireSquare()
    try matrix.requireFinite()
    var factor = matrix
    var size = Int32(matrix.rowCount)
    var leading = LAPACK.leading(matrix.rowCount)
    var info: Int32 = 0
    unsafe dpotrf_("L", &size, &factor.elements, &leading, &info)
    let factored = info > 0 ? Int(info) - 1 : matrix.rowCount
    let pivots = (0..<factored).map { factor[$0, $0] * factor[$0, $0] / matrix[$0, $0] }
    if let weak = pivots.firstIndex(where: { $0 <= relativeTolerance }) {
      throw .notPositiveDefinite(minor: weak + 1)
    }
    if info > 0 { throw .notPositiveDefinite(minor: Int(info)) }
    for j in 0..<matrix.columnCount {
      for i in 0..<j { factor[i, j] = 0 }
    }
    lower = factor
    smallestRelativePivot = pivots.min() ?? 1
  }

  /// The solution x of Ax = b. Throws `shapeMismatch`.
  public func solve(_ b: [Double]) throws(FactorizationError) -> [Double] {
    try solve(Matrix(column: b)).elements
  }

  /// The solution X, n × m, of AX = B. Throws `shapeMismatch`.
  public func solve(_ b: Matrix) throws(FactorizationError) -> Matrix {
    try b.requireShape(rows: lower.rowCount, columns: b.columnCount)
    var result = b
    var size = Int32(lower.rowCount)
    var columns = Int32(b.columnCount)
    var leading = LAPACK.leading(lower.rowCount)
    var info: Int32 = 0
    unsafe dpotrs_(
      "L", &size, &columns, lower.elements, &leading, &result.elements, &leading, &info)
    return result
  }

  /// L⁻¹B, n × m. Throws `shapeMismatch`.
  public func solveLower(_ b: Matrix) throws(FactorizationError) -> Matrix {
    try solveLower(b, transpose: "N")
  }

  /// L′⁻¹b. Throws `shapeMismatch`.
  public func solveLowerTransposed(_ b: [Double]) throws(FactorizationError) -> [Double] {
    try solveLower(Matrix(column: b), transpose: "T").elements
  }

  private func solveLower(_ b: Matrix, transpose: String) throws(FactorizationError) -> Matrix {
    try b.requireShape(rows: lower.rowCount, columns: b.columnCount)
    var result = b
    var size = Int32(lower.rowCount)
    var columns = Int32(b.columnCount)
    var leading = LAPACK.leading(lower.rowCount)
    var info: Int32 = 0
    unsafe dtrtrs_(
      "L", transpose, "N", &size, &columns, lower.elements, &leading, &result.elements, &leading, &info)
    return result
  }

  /// A⁻¹, exactly symmetric.
  public var inverse: Matrix {
    var result = lower
    var size = Int32(lower.rowCount)
    var leading = LAPACK.leading(lower.rowCount)
    var info: Int32 = 0
    unsafe dpotri_("L", &size, &result.elements, &leading, &info)
    result.mirrorLowerTriangle()
    return result
  }

  /// log det A = 2 Σ log Lⱼⱼ.
  public var logDeterminant: Double {
    2 * lower.diagonal.map { log($0) }.compensatedSum
  }
}
