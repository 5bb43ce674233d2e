internal import RuralValueNumerics

/// The inverse of I − ρW at one ρ, as a solver; no inverse is formed above a few hundred units.
struct SpatialInverse {
  private let factor: Factor

  private enum Factor {
    case cholesky(SparseFactor, scales: [Double])
    case banded(BandedLU)
  }

  init(
    _ weights: SparseMatrix, similarity: SymmetricSimilarity?, analysis: SparseCholesky?, rho: Double
  ) throws(SpatialDurbinError) {
    do {
      if let similarity, let analysis {
        factor = .cholesky(
          try analysis.factor(SparseCholesky.Lanes(repeating: rho)), scales: similarity.scales)
      } else {
        factor = .banded(
          try BandedLU(identityMinus: rho, times: weights, layout: BandedLU.Layout(weights)))
      }
    } catch {
      throw .singularFilter(rho: rho)
    }
  }

  /// (I − ρW)⁻¹x, or (I − ρW′)⁻¹x, for each vector x.
  func solve(_ vectors: [[Double]], transposed: Bool = false) -> [[Double]] {
    switch factor {
    case .banded(let factor):
      let solution = factor.solve(Matrix(columns: vectors), transposed: transposed)
      return (0..<vectors.count).map { solution.column($0) }
    case .cholesky(let factor, let scales):
      return solve(vectors, factor, scales: transposed ? scales.map { 1 / $0 } : scales)
    }
  }

  /// I − ρW = Δ^−½ (I − ρS) Δ^½, eight right-hand sides at a time.
  private func solve(_ vectors: [[Double]], _ factor: SparseFactor, scales: [Double]) -> [[Double]] {
    var result: [[Double]] = []
    for first in stride(from: 0, to: vectors.count, by: SparseCholesky.lanes) {
      let batch = vectors[first..<min(vectors.count, first + SparseCholesky.lanes)]
      var right = [SparseCholesky.Lanes](repeating: .zero, count: scales.count)
      for (lane, vector) in batch.enumerated() {
        for i in scales.indices { right[i][lane] = scales[i] * vector[i] }
      }
      let left = factor.solve(right)
      for lane in batch.indices.map({ $0 - first }) {
        result.append(scales.indices.map { left[$0][lane] / scales[$0] })
      }
    }
    return result
  }
}
