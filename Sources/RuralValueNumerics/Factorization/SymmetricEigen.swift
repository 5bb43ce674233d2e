internal import COpenBLAS

/// The eigenvalues and eigenvectors of a symmetric matrix, A = VΛVᵀ, n × n.
///
/// Only the lower triangle of A is read. Source: LAPACK dsyevd.
public struct SymmetricEigen: Sendable, Equatable {
  /// The eigenvalues, ascending.
  public let values: [Double]
  /// The orthonormal eigenvectors, one a column, in the order of the values; each has its largest
  /// element in absolute value positive.
  public let vectors: Matrix

  /// Factors A. Throws `notConverged`, `notFinite`, `shapeMismatch`.
  public init(_ matrix: Matrix) throws(FactorizationError) {
    let (values, vectors) = try SymmetricEigen.factor(matrix, job: "V")
    self.values = values
    self.vectors = vectors.withLargestElementsPositive
  }

  /// The eigenvalues alone, ascending. Throws as the factorization does.
  public static func values(of matrix: Matrix) throws(FactorizationError) -> [Double] {
    try factor(matrix, job: "N").values
  }

  private static func factor(
    _ matrix: Matrix, job: String
  ) throws(FactorizationError) -> (values: [Double], vectors: Matrix) {
    try matrix.requireSquare()
    try matrix.requireFinite()
    var vectors = matrix
    var values = [Double](repeating: 0, count: matrix.rowCount)
    guard matrix.rowCount > 0 else { return (values, vectors) }
    var size = Int32(matrix.rowCount)
    var integerSize: Int32 = job == "V" ? 3 + 5 * size : 1
    var integers = [Int32](repeating: 0, count: Int(integerSize))
    let info = LAPACK.withWorkspace { work, count, info in
      var count = count
      var leading = size
      unsafe dsyevd_(
        job, "L", &size, &vectors.elements, &leading, &values, &work, &count, &integers, &integerSize,
        &info)
    }
    guard info == 0 else { throw .notConverged(routine: "dsyevd", info: info) }
    return (values, vectors)
  }
}

extension Matrix {
  /// The matrix with columns turned so that the largest element in absolute value is positive.
  fileprivate var withLargestElementsPositive: Matrix {
    scalingColumns(
      by: (0..<columnCount).map { j in
        let largest = column(j).max { abs($0) < abs($1) } ?? 0
        return largest < 0 ? -1 : 1
      })
  }
}

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
