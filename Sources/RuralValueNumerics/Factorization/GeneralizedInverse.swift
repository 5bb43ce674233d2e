/// The Moore–Penrose inverse A⁺ of a matrix, with the rank that it was computed at.
///
/// Eigenvalues or singular values at most tolerance × the largest in absolute value count as zero.
/// The default tolerance is max(n, k) · 2⁻⁵².
public struct GeneralizedInverse: Sendable, Equatable {
  /// A⁺, k × n.
  public let inverse: Matrix
  /// The number of values above the tolerance.
  public let rank: Int

  /// Inverts an n × k matrix by its singular values, A⁺ = VΣ⁺Uᵀ. Throws `notConverged`, `notFinite`.
  public init(_ matrix: Matrix, relativeTolerance: Double? = nil) throws(FactorizationError) {
    let decomposition = try SingularValues(matrix)
    let reciprocals = GeneralizedInverse.reciprocals(
      decomposition.values, relativeTolerance ?? GeneralizedInverse.defaultTolerance(matrix))
    inverse = decomposition.right.scalingColumns(by: reciprocals).timesTransposed(decomposition.left)
    rank = reciprocals.count { $0 != 0 }
  }

  /// Inverts a symmetric n × n matrix by its eigenvalues, A⁺ = VΛ⁺Vᵀ; the inverse is exactly symmetric.
  ///
  /// Only the lower triangle is read. Throws `notConverged`, `notFinite`, `shapeMismatch`.
  public init(
    symmetric matrix: Matrix, relativeTolerance: Double? = nil
  ) throws(FactorizationError) {
    let decomposition = try SymmetricEigen(matrix)
    let reciprocals = GeneralizedInverse.reciprocals(
      decomposition.values, relativeTolerance ?? GeneralizedInverse.defaultTolerance(matrix))
    let vectors = decomposition.vectors
    inverse = vectors.scalingColumns(by: reciprocals).timesTransposed(vectors).symmetrised
    rank = reciprocals.count { $0 != 0 }
  }

  private static func defaultTolerance(_ matrix: Matrix) -> Double {
    Double(max(matrix.rowCount, matrix.columnCount)) * .ulpOfOne
  }

  private static func reciprocals(_ values: [Double], _ tolerance: Double) -> [Double] {
    let largest = values.map(abs).max() ?? 0
    return values.map { abs($0) > tolerance * largest ? 1 / $0 : 0 }
  }
}
