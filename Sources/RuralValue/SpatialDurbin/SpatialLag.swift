internal import RuralValueNumerics

/// The spatial lag over a panel, (W_1 x_1, …, W_T x_T), for values in period-major order.
///
/// Element t·N + i belongs to unit i in period t; W ⊗ I is never formed. The weights may change over time.
struct SpatialLag: Sendable, Equatable {
  /// The different weights, N × N.
  let matrices: [SparseMatrix]
  /// For each period the position of its weights in `matrices`.
  let matrixOfPeriod: [Int]

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
    let size = unitCount
    var result = [Double](repeating: 0, count: x.count)
    for (period, position) in matrixOfPeriod.enumerated() {
      let matrix = matrices[position]
      let offset = period * size
      for i in 0..<size {
        var sum = 0.0
        for place in matrix.row(i) { sum += matrix.values[place] * x[offset + Int(matrix.columns[place])] }
        result[offset + i] = sum
      }
    }
    return result
  }
}

extension SpatialWeights {
  /// The weights as a sparse matrix.
  var sparseMatrix: SparseMatrix {
    SparseMatrix(rowStarts: rowStarts, columns: neighbours, values: values)
  }
}
