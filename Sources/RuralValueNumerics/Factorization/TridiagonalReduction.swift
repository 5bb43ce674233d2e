internal import COpenBLAS

/// The reduction A = QTQᵀ of a symmetric matrix to a tridiagonal T, n × n.
///
/// Only the lower triangle of A is read. Source: LAPACK dsytrd, dormtr.
public struct TridiagonalReduction: Sendable {
  /// T.
  public let tridiagonal: SymmetricTridiagonal
  /// The Householder vectors of Q below the diagonal, n × n.
  private let packed: Matrix
  private let scales: [Double]

  /// Reduces A, in its own memory where nobody else holds it. Throws `notFinite`, `shapeMismatch`.
  public init(_ matrix: consuming Matrix) throws(FactorizationError) {
    try matrix.requireSquare()
    try matrix.requireFinite()
    let count = matrix.rowCount
    var packed = matrix
    var diagonal = [Double](repeating: 0, count: count)
    var beside = [Double](repeating: 0, count: max(0, count - 1))
    var scales = beside
    if count > 1 {
      var size = Int32(count)
      var leading = size
      _ = LAPACK.withWorkspace { work, length, info in
        var length = length
        unsafe dsytrd_(
          "L", &size, &packed.elements, &leading, &diagonal, &beside, &scales, &work, &length, &info)
      }
    } else if count == 1 {
      diagonal[0] = packed[0, 0]
    }
    tridiagonal = SymmetricTridiagonal(diagonal: diagonal, beside: beside)
    self.packed = packed
    self.scales = scales
  }

  /// QᵀX for the m columns of X, n × m.
  public func rotated(_ matrix: Matrix) -> Matrix {
    precondition(matrix.rowCount == packed.rowCount, "QᵀX needs as many rows of X as of Q.")
    var result = matrix
    guard !scales.isEmpty && matrix.columnCount > 0 else { return result }
    var rows = Int32(matrix.rowCount)
    var columns = Int32(matrix.columnCount)
    var leading = rows
    _ = LAPACK.withWorkspace { work, length, info in
      var length = length
      unsafe dormtr_(
        "L", "L", "T", &rows, &columns, packed.elements, &leading, scales, &result.elements, &leading, &work,
        &length, &info)
    }
    return result
  }
}

/// A symmetric tridiagonal matrix T, n × n.
public struct SymmetricTridiagonal: Sendable, Equatable {
  /// The diagonal, n elements.
  public let diagonal: [Double]
  /// The elements beside it, n − 1 of them.
  public let beside: [Double]

  /// A matrix from its diagonals.
  public init(diagonal: [Double], beside: [Double]) {
    precondition(beside.count == max(0, diagonal.count - 1), "Beside n elements stand n − 1.")
    self.diagonal = diagonal
    self.beside = beside
  }

  /// The eigenvalues, ascending. Source: LAPACK dsterf. Throws `notConverged`.
  public func eigenvalues() throws(FactorizationError) -> [Double] {
    guard !diagonal.isEmpty else { return [] }
    var (values, rest) = (diagonal, beside)
    var size = Int32(diagonal.count)
    var info: Int32 = 0
    unsafe dsterf_(&size, &values, &rest, &info)
    guard info == 0 else { throw .notConverged(routine: "dsterf", info: Int(info)) }
    return values
  }

  /// The vector Tx.
  public func times(_ x: [Double]) -> [Double] {
    precondition(x.count == diagonal.count, "T·x needs as many elements of x as T has columns.")
    var result = [Double](repeating: 0, count: x.count)
    for i in x.indices {
      var sum = diagonal[i] * x[i]
      if i > 0 { sum += beside[i - 1] * x[i - 1] }
      if i + 1 < x.count { sum += beside[i] * x[i + 1] }
      result[i] = sum
    }
    return result
  }

  /// The solution x of (I − ρT)x = b, by LDLᵀ. Throws `notPositiveDefinite` where I − ρT is not.
  public func solve(identityMinus rho: Double, _ b: [Double]) throws(FactorizationError) -> [Double] {
    precondition(b.count == diagonal.count, "A right-hand side needs an element a row.")
    var x = b
    var pivots = [Double](repeating: 0, count: b.count)
    for i in b.indices {
      pivots[i] = 1 - rho * diagonal[i]
      if i > 0 {
        let factor = -rho * beside[i - 1] / pivots[i - 1]
        pivots[i] += factor * rho * beside[i - 1]
        x[i] -= factor * x[i - 1]
      }
      guard pivots[i] > 0 else { throw .notPositiveDefinite(minor: i + 1) }
    }
    for i in b.indices.reversed() {
      if i + 1 < b.count { x[i] += rho * beside[i] * x[i + 1] }
      x[i] /= pivots[i]
    }
    return x
  }
}
