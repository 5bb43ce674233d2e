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
