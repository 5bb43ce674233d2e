internal import RuralValueNumerics

/// Gi* of any values over the same units: what depends on the links alone is computed once.
///
/// z_i = Σ_j w_ij z_j / (s √((n W_i − W_i²) / (n − 1))), z deviations from the mean, s² = z′z / n, binary weights with
/// self, W_i the number of a unit's neighbours and itself.
struct GiStatistic {
  private let neighbours: SpatialWeights
  /// √((n W_i − W_i²) / (n − 1)), zero where every unit is a neighbour.
  private let spreads: [Double]

  /// The statistic of units with these weights; only who is a neighbour counts.
  init(_ weights: SpatialWeights) {
    let neighbours = weights.binaryWithSelf
    let n = Double(weights.unitCount)
    self.neighbours = neighbours
    spreads = (0..<weights.unitCount).map { unit in
      let count = Double(neighbours.sparseMatrix.row(unit).count)
      return ((n * count - count * count) / (n - 1)).squareRoot()
    }
  }

  /// Gi* of deviations with this standard deviation; NaN where every unit is a neighbour.
  func values(_ z: [Double], deviation: Double) -> [Double] {
    // Σ w x − x̄ W is Σ w z, and with binary weights Σ w² is W.
    let sums = neighbours.spatialLag(z)
    return sums.indices.map { spreads[$0] > 0 ? sums[$0] / (deviation * spreads[$0]) : .nan }
  }

  /// −3 … 3: cold and hot at 99, 95 and 90 %, by |Gi*| ≥ 2.576, 1.960 and 1.645; 0 is not significant.
  @inline(__always)
  static func level(_ z: Double) -> Int {
    let size = abs(z) >= 2.576 ? 3 : abs(z) >= 1.960 ? 2 : abs(z) >= 1.645 ? 1 : 0
    return z < 0 ? -size : size
  }
}
