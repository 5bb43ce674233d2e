internal import COpenBLAS

/// The factorization A = PLU of a square matrix, n × n, by partial pivoting.
///
/// Source: LAPACK dgetrf, dgecon.
public struct LU: Sendable, Equatable {
  /// An estimate of 1 / (‖A‖₁ ‖A⁻¹‖₁): near 2⁻⁵² and below, A is singular to working precision.
  public let reciprocalCondition: Double
  private let packed: Matrix
  private let pivots: [Int32]

  /// Factors A. Throws `singular` at a pivot that is exactly zero; `notFinite`, `shapeMismatch`.
  public init(_ matrix: Matrix) throws(FactorizationError) {
    try matrix.requireSquare()
    try matrix.requireFinite()
    var packed = matrix
    var size = Int32(matrix.rowCount)
    var leading = LAPACK.leading(matrix.rowCount)
    var pivots = [Int32](repeating: 0, count: matrix.rowCount)
    var info: Int32 = 0
    unsafe dgetrf_(&size, &size, &packed.elements, &leading, &pivots, &info)
    if info > 0 { throw .singular(pivot: Int(info)) }
    var norm = (0..<matrix.columnCount).map { matrix.column($0).reduce(0) { $0 + abs($1) } }.max() ?? 0
    var reciprocal = 1.0
    var work = [Double](repeating: 0, count: 4 * matrix.rowCount + 1)
    var integers = [Int32](repeating: 0, count: matrix.rowCount + 1)
    unsafe dgecon_(
      "1", &size, packed.elements, &leading, &norm, &reciprocal, &work, &integers, &info)
    self.packed = packed
    self.pivots = pivots
    reciprocalCondition = reciprocal
  }

  /// The solution x of Ax = b. Throws `shapeMismatch`.
  public func solve(_ b: [Double]) throws(FactorizationError) -> [Double] {
    try solve(Matrix(column: b)).elements
  }

  /// The solution X, n × m, of AX = B. Throws `shapeMismatch`.
  public func solve(_ b: Matrix) throws(FactorizationError) -> Matrix {
    try solve(b, transpose: "N")
  }

  /// The solution X, n × m, of AᵀX = B. Throws `shapeMismatch`.
  public func solveTransposed(_ b: Matrix) throws(FactorizationError) -> Matrix {
    try solve(b, transpose: "T")
  }

  /// The solution x of Aᵀx = b. Throws `shapeMismatch`.
  public func solveTransposed(_ b: [Double]) throws(FactorizationError) -> [Double] {
    try solve(Matrix(column: b), transpose: "T").elements
  }

  /// A⁻¹.
  public var inverse: Matrix {
    var result = packed
    var size = Int32(packed.rowCount)
    var leading = LAPACK.leading(packed.rowCount)
    _ = LAPACK.withWorkspace { work, count, info in
      var count = count
      unsafe dgetri_(&size, &result.elements, &leading, pivots, &work, &count, &info)
    }
    return result
  }

  /// log |det A| = Σ log |Uⱼⱼ|.
  public var logAbsoluteDeterminant: Double {
    packed.diagonal.map { log(abs($0)) }.compensatedSum
  }

  /// The sign of det A, −1 or 1.
  public var determinantSign: Double {
    let exchanges = pivots.enumerated().count { $0.offset + 1 != Int($0.element) }
    let negatives = packed.diagonal.count { $0 < 0 }
    return (exchanges + negatives).isMultiple(of: 2) ? 1 : -1
  }

  private func solve(_ b: Matrix, transpose: String) throws(FactorizationError) -> Matrix {
    try b.requireShape(rows: packed.rowCount, columns: b.columnCount)
    var result = b
    var size = Int32(packed.rowCount)
    var columns = Int32(b.columnCount)
    var leading = LAPACK.leading(packed.rowCount)
    var info: Int32 = 0
    unsafe dgetrs_(
      transpose, &size, &columns, packed.elements, &leading, pivots, &result.elements, &leading, &info)
    return result
  }
}
