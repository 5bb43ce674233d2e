internal import RuralValueNumerics

/// The smallest changes of errors that move one estimate each: B = M′(MM′)⁻¹ for M = ∂b/∂ε, so that MB = I.
enum LeastChange {
  /// The columns of B from the rows of M, which may differ in scale by orders.
  ///
  /// Throws `ExactPanelError.dependentConditions` where M has not full rank.
  static func directions(_ rows: [[Double]]) throws(ExactPanelError) -> [[Double]] {
    let lengths = rows.map(\.euclideanNorm)
    let unit = zip(rows, lengths).map { row, length in length > 0 ? row.scaled(by: 1 / length) : row }
    guard let parts = try? SingularValues(Matrix(columns: unit)) else {
      throw .dependentConditions(conditions: rows.count, rank: 0)
    }
    let rank = parts.values.count { $0 > 1e-12 * (parts.values.first ?? 0) }
    guard rank == rows.count else {
      throw .dependentConditions(conditions: rows.count, rank: rank)
    }
    return rows.indices.map { column in
      let weights = parts.values.indices.map { parts.right[column, $0] / parts.values[$0] }
      return parts.left.times(weights).scaled(by: 1 / lengths[column])
    }
  }

  /// M by differences, one estimate an error.
  static func gradient(
    at errors: [Double], _ estimates: ([Double]) throws -> [Double]
  ) throws -> [[Double]] {
    let step = 1e-5 * max(errors.filter { !$0.isNaN }.sampleStandardDeviation, 1e-10)
    let here = try estimates(errors)
    var rows = [[Double]](repeating: [], count: here.count)
    var moved = errors
    for position in errors.indices {
      moved[position] = errors[position] + step
      let change = try estimates(moved).minus(here)
      for (row, value) in change.enumerated() { rows[row].append(value / step) }
      moved[position] = errors[position]
    }
    return rows
  }
}
