internal import COpenBLAS

/// A generalized inverse of a symmetric positive semidefinite matrix by sweeping, as Stata's `invsym`.
///
/// The next pivot is the largest diagonal element of what remains (the Schur complement), unscaled. A
/// row whose remaining diagonal is at most tolerance × its original diagonal is no pivot; when none is
/// left, the rows that were not swept are set to zero. The result G obeys AGA = A and GAG = G, but is
/// not the Moore–Penrose inverse, and depends on the scale of the variables where A is singular.
///
/// Source: Goodnight (1979), "A tutorial on the SWEEP operator"; Stata's manual, [M-5] invsym().
public struct SymmetricSweepInverse: Sendable, Equatable {
  /// The tolerance at which this rule reproduced printed xtabond2 results (methods/dynamic-panel.md, 6).
  public static let defaultTolerance = 1e-10

  /// The generalized inverse, n × n and exactly symmetric.
  public let inverse: Matrix
  /// The number of rows swept.
  public let rank: Int
  /// The indices of the rows that were not swept, ascending.
  public let dropped: [Int]

  /// Inverts A; only its lower triangle is read. Throws `notFinite`, `shapeMismatch`.
  public init(
    _ matrix: Matrix, relativeTolerance: Double = defaultTolerance
  ) throws(FactorizationError) {
    try matrix.requireSquare()
    try matrix.requireFinite()
    var work = matrix
    let original = matrix.diagonal
    var remaining = Array(0..<matrix.rowCount)
    while let pivot = remaining.filter({ work[$0, $0] > relativeTolerance * original[$0] && original[$0] > 0 }
    )
    .max(by: { work[$0, $0] < work[$1, $1] }) {
      work.sweep(pivot)
      remaining.removeAll { $0 == pivot }
    }
    for dropped in remaining {
      for i in 0..<matrix.rowCount {
        work[max(i, dropped), min(i, dropped)] = 0
      }
    }
    work.mirrorLowerTriangle()
    inverse = Matrix(rowCount: work.rowCount, columnCount: work.columnCount) - work
    rank = matrix.rowCount - remaining.count
    dropped = remaining
  }
}

extension Matrix {
  /// Sweeps the lower triangle on pivot p: with d = Aₚₚ and c the pivot's column, Aᵢⱼ −= cᵢcⱼ / d,
  /// Aᵢₚ = cᵢ / d, Aₚₚ = −1 / d. Swept on every row, A becomes −A⁻¹.
  fileprivate mutating func sweep(_ pivot: Int) {
    let size = rowCount
    let d = self[pivot, pivot]
    var column = (0..<size).map { self[max($0, pivot), min($0, pivot)] }
    column[pivot] = 0
    unsafe cblas_dsyr(
      CblasColMajor, CblasLower, Int32(size), -1 / d, column, 1, &elements, Int32(size))
    for i in 0..<size { self[max(i, pivot), min(i, pivot)] = column[i] / d }
    self[pivot, pivot] = -1 / d
  }
}
