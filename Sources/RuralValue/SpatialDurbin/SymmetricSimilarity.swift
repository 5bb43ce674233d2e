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
    guard let scales = SymmetricSimilarity.scales(weights) else { return nil }
    self.init(weights, scales: scales)
  }

  /// The similarity of weights of which δ^½ is known.
  init(_ weights: SparseMatrix, scales: [Double]) {
    self.scales = scales
    var values = weights.values
    weights.visitWithMirror { place, _, _, mirror in
      values[place] = (values[place] * mirror).squareRoot()
      return true
    }
    matrix = SparseMatrix(rowStarts: weights.rowStarts, columns: weights.columns, values: values)
  }

  /// δ^½, found by a walk over the graph, and nil where a link contradicts it.
  static func scales(_ weights: SparseMatrix) -> [Double]? {
    var ratios = [Double](repeating: 0, count: weights.size)
    for start in 0..<weights.size where ratios[start] == 0 {
      ratios[start] = 1
      var open = [start]
      while let i = open.popLast() {
        for place in weights.row(i) {
          let j = Int(weights.columns[place])
          guard ratios[j] == 0 else { continue }
          let back = weights.element(j, i)
          guard back > 0 else { return nil }
          ratios[j] = ratios[i] * weights.values[place] / back
          open.append(j)
        }
      }
    }
    let isConsistent = weights.visitWithMirror { place, i, j, back in
      guard back > 0 else { return false }
      let ratio = ratios[i] * weights.values[place] / back
      return abs(ratios[j] - ratio) <= 1e-10 * ratio
    }
    return isConsistent ? ratios.map { $0.squareRoot() } : nil
  }
}
