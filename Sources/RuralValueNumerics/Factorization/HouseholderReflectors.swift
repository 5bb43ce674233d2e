internal import COpenBLAS

/// Q and R of a QR factorization, packed as LAPACK leaves them: R on and above the diagonal, the
/// Householder vectors below it.
struct HouseholderReflectors: Sendable, Equatable {
  /// R and the vectors, n × k.
  var packed: Matrix
  /// The factor τ of each reflector, min(n, k) of them.
  var scales: [Double]

  /// Factors an n × k matrix without moving columns (dgeqrf).
  init(_ matrix: Matrix) {
    var packed = matrix
    var scales = [Double](repeating: 0, count: min(matrix.rowCount, matrix.columnCount))
    if !scales.isEmpty {
      var rows = Int32(matrix.rowCount)
      var columns = Int32(matrix.columnCount)
      var leading = LAPACK.leading(matrix.rowCount)
      _ = LAPACK.withWorkspace { work, size, info in
        var size = size
        unsafe dgeqrf_(&rows, &columns, &packed.elements, &leading, &scales, &work, &size, &info)
      }
    }
    self.packed = packed
    self.scales = scales
  }

  init(packed: Matrix, scales: [Double]) {
    self.packed = packed
    self.scales = scales
  }

  /// The upper triangular (or trapezoidal) R, min(n, k) × k.
  var upper: Matrix {
    var result = Matrix(rowCount: scales.count, columnCount: packed.columnCount)
    for j in 0..<packed.columnCount {
      for i in 0...j where i < scales.count { result[i, j] = packed[i, j] }
    }
    return result
  }

  /// Qᵀ times an n × m matrix.
  func transposedTimes(_ matrix: Matrix) -> Matrix { apply("T", to: matrix) }

  /// Q times an n × m matrix.
  func times(_ matrix: Matrix) -> Matrix { apply("N", to: matrix) }

  private func apply(_ transpose: String, to matrix: Matrix) -> Matrix {
    var result = matrix
    guard !scales.isEmpty && matrix.columnCount > 0 else { return result }
    var rows = Int32(matrix.rowCount)
    var columns = Int32(matrix.columnCount)
    var reflectors = Int32(scales.count)
    var leading = LAPACK.leading(matrix.rowCount)
    _ = LAPACK.withWorkspace { work, size, info in
      var size = size
      unsafe dormqr_(
        "L", transpose, &rows, &columns, &reflectors, packed.elements, &leading, scales,
        &result.elements, &leading, &work, &size, &info)
    }
    return result
  }
}

/// A k × k upper triangular R with a diagonal free of zeros.
struct UpperTriangular: Sendable, Equatable {
  let matrix: Matrix

  /// Takes R from the leading `size` rows and columns; throws `singular` at a zero on the diagonal.
  init(leading size: Int, of matrix: Matrix) throws(FactorizationError) {
    var upper = Matrix(rowCount: size, columnCount: size)
    for j in 0..<size {
      for i in 0...j { upper[i, j] = matrix[i, j] }
      guard upper[j, j] != 0 else { throw .singular(pivot: j + 1) }
    }
    self.matrix = upper
  }

  /// The solution x of Rx = b.
  func solve(_ b: [Double]) -> [Double] { solve(b, transpose: "N") }

  /// The solution x of Rᵀx = b.
  func solveTransposed(_ b: [Double]) -> [Double] { solve(b, transpose: "T") }

  /// R⁻¹, upper triangular.
  var inverse: Matrix {
    var result = matrix
    var size = Int32(matrix.rowCount)
    var leading = LAPACK.leading(matrix.rowCount)
    var info: Int32 = 0
    unsafe dtrtri_("U", "N", &size, &result.elements, &leading, &info)
    return result
  }

  private func solve(_ b: [Double], transpose: String) -> [Double] {
    var result = b
    var size = Int32(matrix.rowCount)
    var columns: Int32 = 1
    var leading = LAPACK.leading(matrix.rowCount)
    var info: Int32 = 0
    unsafe dtrtrs_(
      "U", transpose, "N", &size, &columns, matrix.elements, &leading, &result, &leading, &info)
    return result
  }
}

extension Matrix {
  /// The triangle R of A = QR, min(n, k) × k: a regression among the columns of A has the same solution
  /// and the same sum of squares among the columns of R.
  ///
  /// Source: LAPACK dgeqrf; Golub and Van Loan, §5.3.
  public var orthogonalCompression: Matrix { HouseholderReflectors(self).upper }

  /// The b that minimises ‖y − Ab‖² for an A of full column rank, by QR, without refinement.
  ///
  /// For the small problems inside an optimizer. Throws `singular` for a column that depends on those before it.
  public func leastSquaresSolution(_ y: [Double]) throws(FactorizationError) -> [Double] {
    guard columnCount > 0 else { return [] }
    let reflectors = HouseholderReflectors(self)
    let triangle = try UpperTriangular(leading: columnCount, of: reflectors.packed)
    return triangle.solve(Array(reflectors.transposedTimes(Matrix(column: y)).elements.prefix(columnCount)))
  }
}
