internal import COpenBLAS

/// A rank-revealing QR factorization AP = QR, A n × k, that takes the longest remaining column first.
///
/// The diagonal of R falls in absolute value; its numerical rank is the number of diagonal elements
/// above `relativeTolerance · |R₁₁|`. For the rank decision of a regression, where the earlier of two
/// collinear columns must stay, see `IndependentColumns`.
///
/// Source: Golub and Van Loan, Matrix Computations, 4th ed., §5.4.2; LAPACK dgeqp3.
public struct PivotedQR: Sendable, Equatable {
  /// The order in which columns were taken: column `permutation[j]` of A is column j of QR.
  public let permutation: [Int]
  /// The numerical rank.
  public let rank: Int
  private let reflectors: HouseholderReflectors

  /// Factors an n × k matrix of any shape.
  ///
  /// Throws `notFinite`. The default tolerance is max(n, k) · 2⁻⁵².
  public init(_ matrix: Matrix, relativeTolerance: Double? = nil) throws(FactorizationError) {
    try matrix.requireFinite()
    var packed = matrix
    var scales = [Double](repeating: 0, count: min(matrix.rowCount, matrix.columnCount))
    var pivots = [Int32](repeating: 0, count: matrix.columnCount)
    var rows = Int32(matrix.rowCount)
    var columns = Int32(matrix.columnCount)
    var leading = LAPACK.leading(matrix.rowCount)
    if scales.isEmpty {
      pivots = (0..<columns).map { $0 + 1 }
    } else {
      _ = LAPACK.withWorkspace { work, size, info in
        var size = size
        unsafe dgeqp3_(
          &rows, &columns, &packed.elements, &leading, &pivots, &scales, &work, &size, &info)
      }
    }
    let tolerance = relativeTolerance ?? Double(max(matrix.rowCount, matrix.columnCount)) * .ulpOfOne
    let sizes = packed.diagonal.map(abs)
    permutation = pivots.map { Int($0) - 1 }
    rank = sizes.count { $0 > tolerance * sizes[0] }
    reflectors = HouseholderReflectors(packed: packed, scales: scales)
  }

  /// The upper triangular (or trapezoidal) factor R, min(n, k) × k.
  public var upper: Matrix { reflectors.upper }

  /// The factor Q with orthonormal columns, n × min(n, k).
  public var orthonormal: Matrix {
    var identity = Matrix(rowCount: reflectors.packed.rowCount, columnCount: reflectors.scales.count)
    for i in 0..<reflectors.scales.count { identity[i, i] = 1 }
    return reflectors.times(identity)
  }
}
