internal import RuralValueNumerics

/// The symmetric S = Δ^½ W Δ^−½ to which weights are similar where δ_i w_ij = δ_j w_ji for some δ > 0.
///
/// Row-standardised contiguity is of this kind, with δ_i the number of neighbours. S has the eigenvalues of
/// W, so that they are real, and I − ρS is positive definite for ρ inside the bounds.
/// Source: Ord (1975), appendix.
struct SymmetricSimilarity: Sendable {
  /// S, N × N.
  let matrix: SparseMatrix
  /// δ_i^½.
  let scales: [Double]

  /// The similarity of these weights, nil where there is none.
  init?(_ weights: SparseMatrix) {
    guard let ratios = SymmetricSimilarity.ratios(weights) else { return nil }
    scales = ratios.map { $0.squareRoot() }
    var values = weights.values
    for i in 0..<weights.size {
      for place in weights.row(i) {
        let j = Int(weights.columns[place])
        values[place] = (weights.values[place] * weights.element(j, i)).squareRoot()
      }
    }
    matrix = SparseMatrix(rowStarts: weights.rowStarts, columns: weights.columns, values: values)
  }

  /// δ, found by a walk over the graph, and nil where a link contradicts it.
  private static func ratios(_ weights: SparseMatrix) -> [Double]? {
    var ratios = [Double](repeating: 0, count: weights.size)
    for start in 0..<weights.size where ratios[start] == 0 {
      ratios[start] = 1
      var open = [start]
      while let i = open.popLast() {
        for place in weights.row(i) {
          let j = Int(weights.columns[place])
          let back = weights.element(j, i)
          guard back > 0 else { return nil }
          let ratio = ratios[i] * weights.values[place] / back
          if ratios[j] == 0 {
            ratios[j] = ratio
            open.append(j)
          } else if abs(ratios[j] - ratio) > 1e-10 * ratio {
            return nil
          }
        }
      }
    }
    return ratios
  }
}
