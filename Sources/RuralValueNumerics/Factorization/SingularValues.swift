internal import COpenBLAS

/// The singular value decomposition A = UΣVᵀ of an n × k matrix, in its thin form.
///
/// Source: LAPACK dgesdd.
public struct SingularValues: Sendable, Equatable {
  /// The singular values, descending; min(n, k) of them.
  public let values: [Double]
  /// The left singular vectors U, n × min(n, k).
  public let left: Matrix
  /// The right singular vectors V, k × min(n, k).
  public let right: Matrix

  /// Factors A. Throws `notConverged`, `notFinite`.
  public init(_ matrix: Matrix) throws(FactorizationError) {
    try matrix.requireFinite()
    let count = min(matrix.rowCount, matrix.columnCount)
    var copy = matrix
    var values = [Double](repeating: 0, count: count)
    var left = Matrix(rowCount: matrix.rowCount, columnCount: count)
    var rightTransposed = Matrix(rowCount: count, columnCount: matrix.columnCount)
    if count > 0 {
      var rows = Int32(matrix.rowCount)
      var columns = Int32(matrix.columnCount)
      var small = Int32(count)
      var integers = [Int32](repeating: 0, count: 8 * count)
      let info = LAPACK.withWorkspace { work, size, info in
        var size = size
        var leading = rows
        var leadingLeft = rows
        unsafe dgesdd_(
          "S", &rows, &columns, &copy.elements, &leading, &values, &left.elements, &leadingLeft,
          &rightTransposed.elements, &small, &work, &size, &integers, &info)
      }
      guard info == 0 else { throw .notConverged(routine: "dgesdd", info: info) }
    }
    self.values = values
    self.left = left
    right = rightTransposed.transposed
  }

  /// The condition number, the largest singular value over the smallest; infinite where that is zero.
  public var condition: Double {
    guard let largest = values.first, let smallest = values.last else { return 1 }
    return largest / smallest
  }
}
