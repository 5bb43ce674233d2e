internal import COpenBLAS

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
