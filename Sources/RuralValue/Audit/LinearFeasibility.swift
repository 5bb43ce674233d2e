/// Numbers x that bring given sums of themselves as near to given values as their roundings ask.
///
/// min t ≥ 0 subject to |a_jᵀx − b_j| ≤ h_j t, by the simplex method: one artificial variable makes the first
/// dictionary feasible, and Bland's rule ends every run. The sums are possible within rounding where t ≤ 1.
/// Source: Chvátal (1983), Linear Programming, chapters 2 and 3.
struct LinearFeasibility: Equatable {
  /// x, k numbers.
  let solution: [Double]
  /// The smallest t.
  let tolerance: Double

  /// Whether every sum lies within its rounding.
  var isFeasible: Bool { tolerance <= 1 + 1e-9 }

  /// - Parameters:
  ///   - sums: a_j, m vectors of k numbers.
  ///   - values: b_j with radius h_j > 0.
  ///   - start: a first guess at x, near which numbers keep their digits.
  init(sums: [[Double]], values: [RoundingInterval], start: [Double]) {
    let count = start.count
    let scale = values.map(\.radius).min() ?? 1
    // x = start + scale · (u − w), with u_1 … u_k ≥ 0 and one w ≥ 0 for all; columns u, w, t.
    var rows: [[Double]] = []
    var right: [Double] = []
    for (sum, value) in zip(sums, values) {
      let residual = (value.middle - zip(sum, start).reduce(0) { $0 + $1.0 * $1.1 }) / value.radius
      let scaled = sum.map { $0 * scale / value.radius }
      let row = scaled + [-scaled.reduce(0, +)]
      rows.append(row + [-1])
      right.append(residual)
      rows.append(row.map { -$0 } + [-1])
      right.append(-residual)
    }
    var tableau = SimplexTableau(
      rows: rows, right: right, cost: [Double](repeating: 0, count: count + 1) + [1])
    if let worst = right.indices.min(by: { right[$0] < right[$1] }), right[worst] < 0 {
      tableau.pivot(row: worst, column: count + 1)
    }
    tableau.minimise()
    let all = tableau.values
    solution = start.indices.map { start[$0] + scale * (all[$0] - all[count]) }
    tolerance = all[count + 1]
  }
}

/// A linear program in standard form: min cᵀx, Ax ≤ b, x ≥ 0, with slack variables as the first basis.
private struct SimplexTableau {
  private var rows: [[Double]]
  private var right: [Double]
  private var cost: [Double]
  private var basis: [Int]
  private let variableCount: Int

  init(rows: [[Double]], right: [Double], cost: [Double]) {
    variableCount = cost.count
    self.rows = rows.indices.map { i in
      rows[i] + rows.indices.map { $0 == i ? 1 : 0 }
    }
    self.right = right
    self.cost = cost + [Double](repeating: 0, count: rows.count)
    basis = Array(cost.count..<(cost.count + rows.count))
  }

  mutating func pivot(row: Int, column: Int) {
    let divisor = rows[row][column]
    rows[row] = rows[row].map { $0 / divisor }
    right[row] /= divisor
    for i in rows.indices where i != row && rows[i][column] != 0 {
      let factor = rows[i][column]
      for j in rows[i].indices { rows[i][j] -= factor * rows[row][j] }
      rows[i][column] = 0
      right[i] -= factor * right[row]
    }
    let factor = cost[column]
    for j in cost.indices { cost[j] -= factor * rows[row][j] }
    cost[column] = 0
    basis[row] = column
  }

  /// Bland's rule: the first variable that lowers the cost enters, the first that binds leaves.
  mutating func minimise() {
    for _ in 0..<10_000 {
      guard let column = cost.firstIndex(where: { $0 < -1e-10 }) else { return }
      var leaving: (row: Int, ratio: Double)?
      for i in rows.indices where rows[i][column] > 1e-10 {
        let ratio = right[i] / rows[i][column]
        if leaving == nil || ratio < leaving!.ratio - 1e-12
          || (ratio <= leaving!.ratio + 1e-12 && basis[i] < basis[leaving!.row])
        {
          leaving = (i, ratio)
        }
      }
      guard let leaving else { return }
      pivot(row: leaving.row, column: column)
    }
  }

  var values: [Double] {
    var values = [Double](repeating: 0, count: variableCount)
    for (i, variable) in basis.enumerated() where variable < variableCount { values[variable] = right[i] }
    return values
  }
}
