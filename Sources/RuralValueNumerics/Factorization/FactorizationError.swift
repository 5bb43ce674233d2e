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
