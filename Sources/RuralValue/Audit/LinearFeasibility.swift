internal import RuralValueNumerics

/// Numbers x that bring given sums of themselves as near to given values as their roundings ask.
///
/// min t ≥ 0 subject to |a_jᵀx − b_j| ≤ h_j t, a linear program. The sums are possible within rounding where t ≤ 1.
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
    let (count, size) = (start.count, sums.count)
    let scale = values.map(\.radius).min() ?? 1
    // x = start + scale · u with free u; columns u, t, and a slack for each side of each sum.
    var rows: [[Double]] = []
    var right: [Double] = []
    for (place, (sum, value)) in zip(sums, values).enumerated() {
      let residual = (value.middle - zip(sum, start).reduce(0) { $0 + $1.0 * $1.1 }) / value.radius
      for (side, sign) in [1.0, -1].enumerated() {
        let slacks = (0..<2 * size).map { $0 == 2 * place + side ? 1.0 : 0 }
        rows.append(sum.map { sign * $0 * scale / value.radius } + [-1] + slacks)
        right.append(sign * residual)
      }
    }
    let bounds = [Double](repeating: -.infinity, count: count) + [Double](repeating: 0, count: 1 + 2 * size)
    let program = LinearProgram(
      rows: rows, cost: [Double](repeating: 0, count: count) + [1] + [Double](repeating: 0, count: 2 * size),
      right: right, lower: bounds)
    var method = SimplexMethod()
    // t is bounded from below and always large enough somewhere: there is an optimum, but for numbers beyond all sizes.
    let optimum = try? method.minimise(program).solution
    solution = optimum.map { best in zip(start, best.values).map { $0 + scale * $1 } } ?? start
    tolerance = optimum?.values[count] ?? .infinity
  }
}
