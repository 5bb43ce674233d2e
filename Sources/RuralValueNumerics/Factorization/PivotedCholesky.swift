internal import COpenBLAS

/// The Cholesky factorization PᵀAP = LLᵀ of a symmetric positive semidefinite matrix, n × n, with complete pivoting.
///
/// It stops at the first pivot that is at most a tolerance; the number of pivots before it is the rank. Only the lower
/// triangle of A is read. Source: LAPACK dpstrf; Higham (1990), Analysis of the Cholesky decomposition of a
/// semi-definite matrix.
public struct PivotedCholesky: Sendable, Equatable {
  /// The rank r.
  public let rank: Int
  /// The leading r × r block of L, and the rows of A to which it belongs.
  private let lower: Matrix
  private let kept: [Int]
  private let size: Int

  /// Factors A. Throws `notFinite`, `shapeMismatch`.
  public init(_ matrix: Matrix, tolerance: Double) throws(FactorizationError) {
    try matrix.requireSquare()
    try matrix.requireFinite()
    size = matrix.rowCount
    var factor = matrix
    var order = Int32(size)
    var leading = LAPACK.leading(size)
    var pivots = [Int32](repeating: 0, count: size)
    var found: Int32 = 0
    var limit = tolerance
    var work = [Double](repeating: 0, count: max(1, 2 * size))
    var info: Int32 = 0
    if size > 0 {
      unsafe dpstrf_(
        "L", &order, &factor.elements, &leading, &pivots, &found, &limit, &work, &info)
    }
    rank = Int(found)
    kept = pivots.prefix(rank).map { Int($0) - 1 }
    var lower = Matrix(rowCount: rank, columnCount: rank)
    for j in 0..<rank {
      for i in j..<rank { lower[i, j] = factor[i, j] }
    }
    self.lower = lower
  }

  /// A solution x of Ax = b for a b in the range of A: zero beyond the pivots.
  public func solve(_ b: [Double]) -> [Double] {
    precondition(b.count == size, "The right side has one element for each row.")
    var right = kept.map { b[$0] }
    var order = Int32(rank)
    var one: Int32 = 1
    var leading = LAPACK.leading(rank)
    var info: Int32 = 0
    if rank > 0 {
      unsafe dpotrs_("L", &order, &one, lower.elements, &leading, &right, &leading, &info)
    }
    var result = [Double](repeating: 0, count: size)
    for (place, row) in kept.enumerated() { result[row] = right[place] }
    return result
  }
}
