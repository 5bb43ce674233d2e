/// The basis and its inverse.
extension SimplexRun {
  /// b less what the variables that are not basic take of it.
  func remainder() -> [Double] {
    var sums = program.right.map { CompensatedSum($0) }
    for variable in 0..<n where standing[variable] != .basic {
      let value = restingValue(variable)
      guard value != 0 else { continue }
      for i in 0..<m { sums[i].add(product: -value, program.coefficients[variable, i]) }
    }
    return sums.map(\.value)
  }

  /// Inverts the basis anew and computes its values, refined once.
  mutating func invert() throws(LinearProgramError) {
    var matrix = Matrix(rowCount: m, columnCount: m)
    for (place, variable) in basis.enumerated() {
      for (i, value) in column(variable).enumerated() { matrix[i, place] = value }
    }
    if m > 0 {
      do {
        let factor = try LU(matrix)
        guard factor.reciprocalCondition > 1e-18 else { throw LinearProgramError.singularBasis }
        inverse = factor.inverse.transposed.elements
      } catch { throw .singularBasis }
    }
    let right = remainder()
    values = timesInverse(right)
    var rest = right.map { CompensatedSum($0) }
    for (place, variable) in basis.enumerated() {
      for (i, value) in column(variable).enumerated() { rest[i].add(product: -value, values[place]) }
    }
    for (i, correction) in timesInverse(rest.map(\.value)).enumerated() { values[i] += correction }
    stepsSinceInversion = 0
  }

  /// B⁻¹ after the variable at `place` of the basis was replaced by one whose column is B·change.
  mutating func pivot(at place: Int, _ change: [Double]) {
    let pivot = change[place]
    for k in 0..<m { inverse[place * m + k] /= pivot }
    for i in 0..<m where i != place && change[i] != 0 {
      for k in 0..<m { inverse[i * m + k] -= change[i] * inverse[place * m + k] }
    }
    stepsSinceInversion += 1
  }

  /// B⁻¹v.
  private func timesInverse(_ vector: [Double]) -> [Double] {
    (0..<m).map { i in
      var sum = 0.0
      for k in 0..<m { sum += inverse[i * m + k] * vector[k] }
      return sum
    }
  }

  /// B⁻¹a of a variable's column a.
  func change(of variable: Int) -> [Double] { timesInverse(column(variable)) }

  /// y with Bᵀy = c_B, refined once where the inverse is new.
  func duals() -> SimplexDuals {
    let costs = basis.map(cost)
    var duals = SimplexDuals(
      values: [Double](repeating: 0, count: m), sizes: [Double](repeating: 0, count: m))
    for i in 0..<m where costs[i] != 0 {
      for k in 0..<m {
        let part = costs[i] * inverse[i * m + k]
        duals.values[k] += part
        duals.sizes[k] += abs(part)
      }
    }
    guard stepsSinceInversion == 0 else { return duals }
    let rest = basis.map { variable in
      var sum = CompensatedSum(cost(variable))
      for (i, value) in column(variable).enumerated() { sum.add(product: -value, duals.values[i]) }
      return sum.value
    }
    for i in 0..<m where rest[i] != 0 {
      for k in 0..<m { duals.values[k] += rest[i] * inverse[i * m + k] }
    }
    return duals
  }
}
