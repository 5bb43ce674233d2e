/// The basis and its inverse, in scaled units.
extension SimplexRun {
  /// b less what the variables that are not basic take of it.
  func remainder() -> [Double] {
    var sums = program.right.map { CompensatedSum($0) }
    for variable in 0..<n where standing[variable] != .basic {
      let value = restingValue(variable)
      guard value != 0 else { continue }
      for i in 0..<m { sums[i].add(product: -value, program.coefficients[variable, i]) }
    }
    return zip(sums, program.rowScales).map { $0.value * $1 }
  }

  /// Inverts the basis anew and computes its values, refined once.
  mutating func invert() throws(LinearProgramError) {
    if m > 0 {
      do {
        inverse = try LU(Matrix(columns: basis.map(\.column))).inverse.transposed.elements
      } catch { throw .singularBasis }
    }
    let right = remainder()
    values = timesInverse(right)
    var rest = right.map { CompensatedSum($0) }
    for (place, basic) in basis.enumerated() {
      for i in 0..<m { rest[i].add(product: -values[place], basic.column[i]) }
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

  /// B⁻¹a of a variable's column a.
  func change(of column: [Double]) -> [Double] { timesInverse(column) }

  /// The largest element of a row of B⁻¹.
  func largestOfInverse(row: Int) -> Double {
    var largest = 0.0
    for k in 0..<m { largest = max(largest, abs(inverse[row * m + k])) }
    return largest
  }

  private func timesInverse(_ vector: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: m)
    for i in 0..<m {
      var sum = 0.0
      for k in 0..<m { sum += inverse[i * m + k] * vector[k] }
      result[i] = sum
    }
    return result
  }

  /// y with Bᵀy = c_B, refined once where the inverse is new.
  func duals() -> SimplexDuals {
    var y = [Double](repeating: 0, count: m)
    var sizes = y
    for (i, basic) in basis.enumerated() where basic.cost != 0 {
      for k in 0..<m {
        let part = basic.cost * inverse[i * m + k]
        y[k] += part
        sizes[k] += abs(part)
      }
    }
    let noise = sizes.max() ?? 0
    guard stepsSinceInversion == 0 else { return SimplexDuals(y, noise: noise, program) }
    let first = y
    for (place, basic) in basis.enumerated() {
      var rest = CompensatedSum(basic.cost)
      for i in 0..<m { rest.add(product: -basic.column[i], first[i]) }
      for k in 0..<m { y[k] += rest.value * inverse[place * m + k] }
    }
    return SimplexDuals(y, noise: noise, program)
  }
}
