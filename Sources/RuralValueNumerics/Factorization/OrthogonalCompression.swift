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
