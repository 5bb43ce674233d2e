internal import RuralValueNumerics

/// Which algebra serves weights: that of sparse matrices, or LAPACK's on all N² elements.
enum SpatialAlgebra: Sendable {
  case sparse, dense

  /// The largest number of units for which dense weights are treated as such.
  static let denseLimit = 6000

  /// The algebra that is cheaper for a W, told by its links alone: dense where a quarter of all pairs are links, or one
  /// in twenty and fifty to a unit.
  ///
  /// Where a twentieth of all links is, both took the same time here (`LogDeterminant.isDenseCheaper` has the figures); of
  /// a few dozen units either takes none. Fewer links may still fill the factor, which the determinant then sees.
  init(_ weights: SparseMatrix) {
    let (size, links) = (Double(weights.size), Double(weights.values.count))
    let isFull = 4 * links >= size * size || (20 * links >= size * size && links >= 50 * size)
    self = isFull && weights.size <= SpatialAlgebra.denseLimit ? .dense : .sparse
  }
}

/// Weights with all their zeros.
struct DenseWeights: Sendable, Equatable {
  /// W′, N × N: its columns are the rows of W.
  let transposed: Matrix
  /// δ^½ of the S = Δ^½WΔ^−½ that is symmetric, nil where there is none.
  let scales: [Double]?

  /// W from its links; `scales` are those of `SymmetricSimilarity`. Throws `SpatialDurbinError.tooLarge`.
  init(_ weights: SparseMatrix, scales: [Double]?) throws(SpatialDurbinError) {
    // W itself, and two copies of it that become factors or G.
    try MemoryLimit.require(
      bytes: 32 * Double(weights.size) * Double(weights.size),
      for: "Dense weights of \(grouped(weights.size)) units, with a factor and its inverse,",
      remedy: "Take weights with fewer links, such as contiguity, knn:K or a nearer limit of distance",
      orThrow: SpatialDurbinError.tooLarge)
    transposed = weights.denseTransposed
    self.scales = scales
  }

  /// S, of whose elements each is the root of w_ij w_ji; nil where W is similar to no symmetric matrix.
  var symmetric: Matrix? { scales == nil ? nil : transposed.geometricMeanWithTranspose }

  /// I − rS, or I − rW′ where there is no S, factored. Throws `FactorizationError`.
  func factor(_ r: Double) throws(FactorizationError) -> DenseFactor {
    if let scales, let symmetric {
      return .cholesky(try Cholesky(symmetric.subtractedFromIdentity(r)), scales)
    }
    return .lu(try LU(transposed.subtractedFromIdentity(r)))
  }

  /// G = W(I − rW)⁻¹ = (I − rW)⁻¹W, N × N. Throws `FactorizationError`.
  func multiplier(_ r: Double) throws(FactorizationError) -> Matrix {
    if r == 0 { return transposed.transposed }
    switch try factor(r) {
    case .cholesky(let factor, let scales):
      // G = Δ^−½ (I − rS)⁻¹S Δ^½.
      return try factor.solve(symmetric ?? transposed).scalingRows(by: scales.map { 1 / $0 })
        .scalingColumns(by: scales)
    case .lu(let factor): return try factor.solve(transposed).transposed
    }
  }
}

/// I − rW factored, of dense weights.
enum DenseFactor: Sendable {
  /// I − rS = LL′ and δ^½.
  case cholesky(Cholesky, [Double])
  /// I − rW′ = PLU.
  case lu(LU)

  /// (I − rW)⁻¹x, or (I − rW′)⁻¹x, for each vector x.
  func solve(_ vectors: [[Double]], transposed: Bool) throws(FactorizationError) -> [[Double]] {
    let right = Matrix(columns: vectors)
    let solution: Matrix
    switch self {
    case .lu(let factor): solution = try transposed ? factor.solve(right) : factor.solveTransposed(right)
    case .cholesky(let factor, let scales):
      // I − rW = Δ^−½ (I − rS) Δ^½.
      let inverse = scales.map { 1 / $0 }
      let (before, after) = transposed ? (inverse, scales) : (scales, inverse)
      solution = try factor.solve(right.scalingRows(by: before)).scalingRows(by: after)
    }
    return (0..<vectors.count).map { solution.column($0) }
  }

  /// log|I − rW|; nil where it is not positive.
  var logDeterminant: Double? {
    switch self {
    case .cholesky(let factor, _): factor.logDeterminant
    case .lu(let factor): factor.determinantSign > 0 ? factor.logAbsoluteDeterminant : nil
    }
  }
}
