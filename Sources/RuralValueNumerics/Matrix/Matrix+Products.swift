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

  /// The vector Bx, of n elements, of some columns B of this n × k matrix, as many as x has elements.
  public func times(_ vector: [Double], columnsFrom first: Int) -> [Double] {
    precondition(
      first >= 0 && first + vector.count <= columnCount, "B·x needs as many columns of B as elements of x.")
    var result = [Double](repeating: 0, count: rowCount)
    guard !result.isEmpty, !vector.isEmpty else { return result }
    unsafe elements.withUnsafeBufferPointer { elements in
      unsafe cblas_dgemv(
        CblasColMajor, CblasNoTrans, Int32(rowCount), Int32(vector.count), 1,
        elements.baseAddress! + first * rowCount,
        Int32(rowCount), vector, 1, 0, &result, 1)
    }
    return result
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
    x.innerProduct(with: times(x))
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

extension Matrix {
  /// The matrix product AB.
  public static func * (a: Matrix, b: Matrix) -> Matrix { a.times(b) }

  /// The matrix–vector product Ax.
  public static func * (a: Matrix, x: [Double]) -> [Double] { a.times(x) }

  /// The matrix with every element multiplied by a number.
  public static func * (scalar: Double, a: Matrix) -> Matrix {
    Matrix(
      rowCount: a.rowCount, columnCount: a.columnCount, columnMajor: a.elements.scaled(by: scalar))
  }

  /// The sum of two matrices of one shape.
  public static func + (a: Matrix, b: Matrix) -> Matrix {
    var result = a
    result.add(b)
    return result
  }

  /// The difference of two matrices of one shape.
  public static func - (a: Matrix, b: Matrix) -> Matrix {
    var result = a
    result.add(b, scale: -1)
    return result
  }

  /// Adds a matrix of the same shape in place.
  public static func += (a: inout Matrix, b: Matrix) { a.add(b) }

  /// Adds scale · B in place, for a B of the same shape.
  public mutating func add(_ other: Matrix, scale: Double = 1) {
    precondition(
      rowCount == other.rowCount && columnCount == other.columnCount, "The matrices differ in shape.")
    elements.add(other.elements, scale: scale)
  }
}

extension [Double] {
  /// The inner product xᵀy of two vectors of one length.
  public func innerProduct(with other: [Double]) -> Double {
    precondition(count == other.count, "The vectors differ in length.")
    return unsafe cblas_ddot(Int32(count), self, 1, other, 1)
  }

  /// The Euclidean norm √(xᵀx), free of overflow.
  public var euclideanNorm: Double {
    unsafe cblas_dnrm2(Int32(count), self, 1)
  }

  /// Adds scale · y in place, for a y of the same length.
  public mutating func add(_ other: [Double], scale: Double = 1) {
    precondition(count == other.count, "The vectors differ in length.")
    unsafe cblas_daxpy(Int32(count), scale, other, 1, &self, 1)
  }

  /// The vector with every element multiplied by a number.
  public func scaled(by factor: Double) -> [Double] { map { factor * $0 } }

  /// The elementwise sum x + y of two vectors of one length.
  public func plus(_ other: [Double]) -> [Double] {
    var result = self
    result.add(other)
    return result
  }

  /// The elementwise difference x − y of two vectors of one length.
  public func minus(_ other: [Double]) -> [Double] {
    var result = self
    result.add(other, scale: -1)
    return result
  }
}
