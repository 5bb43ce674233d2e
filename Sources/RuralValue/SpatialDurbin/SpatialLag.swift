internal import RuralValueNumerics

/// The spatial lag over a panel, (W_1 x_1, …, W_T x_T), for values in period-major order.
///
/// Element t·N + i belongs to unit i in period t; W ⊗ I is never formed. The weights may change over time.
struct SpatialLag: Sendable, Equatable {
  /// The different weights, N × N.
  let matrices: [SparseMatrix]
  /// For each period the position of its weights in `matrices`.
  let matrixOfPeriod: [Int]
  /// The only weights with all their zeros, where dense algebra serves them.
  var dense: DenseWeights?

  /// The number of units, N.
  var unitCount: Int { matrices[0].size }

  /// The number of periods, T.
  var periodCount: Int { matrixOfPeriod.count }

  /// Whether the weights are the same in all periods.
  var isConstant: Bool { matrices.count == 1 }

  /// For each matrix the number of periods in which it holds.
  var periodsOfMatrix: [Int] {
    var counts = [Int](repeating: 0, count: matrices.count)
    for matrix in matrixOfPeriod { counts[matrix] += 1 }
    return counts
  }

  /// Wx, period by period.
  func callAsFunction(_ x: [Double]) -> [Double] {
    if let dense { return dense.transposed.transposedTimes(periods(x)).elements }
    var result = x
    for (period, position) in matrixOfPeriod.enumerated() {
      matrices[position].multiply(x, at: period * unitCount, into: &result)
    }
    return result
  }

  /// W′x, period by period.
  func transposed(_ x: [Double]) -> [Double] {
    if let dense { return dense.transposed.times(periods(x)).elements }
    return matrixOfPeriod.enumerated().flatMap { period, position in
      matrices[position].transposedTimes(Array(x[(period * unitCount)..<((period + 1) * unitCount)]))
    }
  }

  /// Values in period-major order as N × T.
  private func periods(_ x: [Double]) -> Matrix {
    Matrix(rowCount: unitCount, columnCount: x.count / unitCount, columnMajor: x)
  }
}
