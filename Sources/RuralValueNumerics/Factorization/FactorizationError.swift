internal import COpenBLAS

/// Why a matrix could not be factored, inverted or solved with.
public enum FactorizationError: Error, Equatable, Sendable {
  /// The leading minor of this order, counted from one, is not positive.
  case notPositiveDefinite(minor: Int)
  /// The pivot in this row, counted from one, is zero.
  case singular(pivot: Int)
  /// An iteration inside a LAPACK routine did not converge; the number is the routine's `info`.
  case notConverged(routine: String, info: Int)
  /// The element in this row and column, both counted from zero, is infinite or not a number.
  case notFinite(row: Int, column: Int)
  /// A matrix or vector has another shape than the operation needs.
  case shapeMismatch(expectedRows: Int, expectedColumns: Int, rows: Int, columns: Int)
}

extension FactorizationError: CustomStringConvertible {
  /// One sentence for the person who made the matrix.
  public var description: String {
    switch self {
    case .notPositiveDefinite(let minor):
      "The matrix is not positive definite: its leading minor of order \(minor) is not positive."
    case .singular(let pivot):
      "The matrix is singular: pivot \(pivot) is zero."
    case .notConverged(let routine, let info):
      "LAPACK's \(routine) did not converge (info \(info))."
    case .notFinite(let row, let column):
      "The element in row \(row + 1), column \(column + 1) is not a finite number."
    case .shapeMismatch(let expectedRows, let expectedColumns, let rows, let columns):
      "The matrix is \(rows) × \(columns) where \(expectedRows) × \(expectedColumns) is needed."
    }
  }
}

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

/// The calling convention that LAPACK's routines share.
enum LAPACK {
  /// Calls a routine twice: first with `lwork` −1 to learn the size of its workspace, then to work.
  ///
  /// The closure takes (work, lwork, info), and a first element of `work` is the size asked for.
  static func withWorkspace(
    _ routine: (_ work: inout [Double], _ size: Int32, _ info: inout Int32) -> Void
  ) -> Int {
    var query = [0.0]
    var info: Int32 = 0
    routine(&query, -1, &info)
    let size = max(1, Int(query[0]))
    var work = [Double](repeating: 0, count: size)
    routine(&work, Int32(size), &info)
    return Int(info)
  }

  /// A leading dimension: at least one, as LAPACK demands even of an empty matrix.
  static func leading(_ rowCount: Int) -> Int32 { Int32(max(1, rowCount)) }
}
