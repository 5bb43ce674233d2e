extension Matrix {
  /// Throws `notFinite` for the first element, by columns, that is infinite or not a number.
  func requireFinite() throws(FactorizationError) {
    guard let index = elements.firstIndex(where: { !$0.isFinite }) else { return }
    throw .notFinite(row: index % rowCount, column: index / rowCount)
  }

  /// Throws `shapeMismatch` unless the matrix is square.
  func requireSquare() throws(FactorizationError) {
    try requireShape(rows: rowCount, columns: rowCount)
  }

  /// Throws `shapeMismatch` unless the matrix is rows × columns.
  func requireShape(rows: Int, columns: Int) throws(FactorizationError) {
    guard rowCount == rows && columnCount == columns else {
      throw .shapeMismatch(
        expectedRows: rows, expectedColumns: columns, rows: rowCount, columns: columnCount)
    }
  }

  /// A vector as a matrix of one column.
  init(column: [Double]) {
    self.init(rowCount: column.count, columnCount: 1, columnMajor: column)
  }
}

extension [Double] {
  /// Throws `notFinite` for the first element that is infinite or not a number.
  func requireFinite() throws(FactorizationError) {
    guard let index = firstIndex(where: { !$0.isFinite }) else { return }
    throw .notFinite(row: index, column: 0)
  }

  /// Throws `shapeMismatch` unless the vector has this many elements.
  func requireCount(_ expected: Int) throws(FactorizationError) {
    guard count == expected else {
      throw .shapeMismatch(expectedRows: expected, expectedColumns: 1, rows: count, columns: 1)
    }
  }
}
