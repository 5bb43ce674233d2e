internal import COpenBLAS

extension Matrix {
  /// The product AB, n × m, of A (n × k) and B (k × m).
  public func times(_ other: Matrix) -> Matrix {
    precondition(columnCount == other.rowCount, "A·B needs as many columns of A as rows of B.")
    return Matrix.product(self, CblasNoTrans, other, CblasNoTrans)
  }

  /// The product AᵀB, k × m, of A (n × k) and B (n × m).
  public func transposedTimes(_ other: Matrix) -> Matrix {
    precondition(rowCount == other.rowCount, "Aᵀ·B needs as many rows of A as of B.")
    return Matrix.product(self, CblasTrans, other, CblasNoTrans)
  }

  /// The product ABᵀ, n × m, of A (n × k) and B (m × k).
  public func timesTransposed(_ other: Matrix) -> Matrix {
    precondition(columnCount == other.columnCount, "A·Bᵀ needs as many columns of A as of B.")
    return Matrix.product(self, CblasNoTrans, other, CblasTrans)
  }

  /// The vector Ax, of n elements, of A (n × k) and x (k).
  public func times(_ vector: [Double]) -> [Double] {
    precondition(columnCount == vector.count, "A·x needs as many columns of A as elements of x.")
    return product(CblasNoTrans, vector, count: rowCount)
  }

  /// The vector Aᵀx, of k elements, of A (n × k) and x (n).
  public func transposedTimes(_ vector: [Double]) -> [Double] {
    precondition(rowCount == vector.count, "Aᵀ·x needs as many rows of A as elements of x.")
    return product(CblasTrans, vector, count: columnCount)
  }

  /// The cross product AᵀA, k × k and exactly symmetric.
  public var crossProduct: Matrix {
    var result = Matrix(rowCount: columnCount, columnCount: columnCount)
    guard !elements.isEmpty else { return result }
    unsafe cblas_dsyrk(
      CblasColMajor, CblasLower, CblasTrans, Int32(columnCount), Int32(rowCount), 1, elements,
      Int32(rowCount), 0, &result.elements, Int32(columnCount))
    result.mirrorLowerTriangle()
    return result
  }

  /// The quadratic form xᵀAx of a square A.
  public func quadraticForm(_ x: [Double]) -> Double {
    bilinearForm(x, x)
  }

  /// The bilinear form xᵀAy of x (n), A (n × k) and y (k).
  public func bilinearForm(_ x: [Double], _ y: [Double]) -> Double {
    x.innerProduct(with: times(y))
  }

  /// The outer product xyᵀ, n × k, of x (n) and y (k).
  public static func outerProduct(_ x: [Double], _ y: [Double]) -> Matrix {
    var result = Matrix(rowCount: x.count, columnCount: y.count)
    result.addOuterProduct(x, y)
    return result
  }

  /// Adds scale · xyᵀ to this n × k matrix.
  public mutating func addOuterProduct(_ x: [Double], _ y: [Double], scale: Double = 1) {
    precondition(x.count == rowCount && y.count == columnCount, "The outer product has another shape.")
    guard !elements.isEmpty else { return }
    unsafe cblas_dger(
      CblasColMajor, Int32(rowCount), Int32(columnCount), scale, x, 1, y, 1, &elements, Int32(rowCount))
  }

  /// Copies what stands below the diagonal to above it.
  mutating func mirrorLowerTriangle() {
    for j in 0..<columnCount {
      for i in 0..<j { elements[i + j * rowCount] = elements[j + i * rowCount] }
    }
  }

  private static func product(
    _ a: Matrix, _ transposeA: CBLAS_TRANSPOSE, _ b: Matrix, _ transposeB: CBLAS_TRANSPOSE
  ) -> Matrix {
    let inner = transposeA == CblasTrans ? a.rowCount : a.columnCount
    var result = Matrix(
      rowCount: transposeA == CblasTrans ? a.columnCount : a.rowCount,
      columnCount: transposeB == CblasTrans ? b.rowCount : b.columnCount)
    guard !result.elements.isEmpty && inner > 0 else { return result }
    unsafe cblas_dgemm(
      CblasColMajor, transposeA, transposeB, Int32(result.rowCount), Int32(result.columnCount),
      Int32(inner), 1, a.elements, Int32(a.rowCount), b.elements, Int32(b.rowCount), 0,
      &result.elements, Int32(result.rowCount))
    return result
  }

  private func product(_ transpose: CBLAS_TRANSPOSE, _ vector: [Double], count: Int) -> [Double] {
    var result = [Double](repeating: 0, count: count)
    guard !elements.isEmpty else { return result }
    unsafe cblas_dgemv(
      CblasColMajor, transpose, Int32(rowCount), Int32(columnCount), 1, elements, Int32(rowCount),
      vector, 1, 0, &result, 1)
    return result
  }
}
