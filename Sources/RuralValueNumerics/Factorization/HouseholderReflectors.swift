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
