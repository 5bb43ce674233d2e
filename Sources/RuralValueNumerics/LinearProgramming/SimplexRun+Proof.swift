/// The proofs of how a program ends.
extension SimplexRun {
  /// The optimum that these prices prove. Throws `uncertified` where they do not.
  func solution(_ prices: SimplexPrices) throws(LinearProgramError) -> LinearProgramSolution {
    let x = values(of: program)
    var objective = CompensatedSum()
    var bound = CompensatedSum()
    var dualInfeasibility = 0.0
    for (y, b) in zip(prices.duals.values, program.right) { bound.add(product: y, b) }
    for j in 0..<n {
      if x[j] != 0 { objective.add(product: program.cost[j], x[j]) }
      let d = prices.reducedCosts[j]
      if d == 0 { continue }
      let end = d > 0 ? program.lower[j] : program.upper[j]
      if end.isInfinite {
        dualInfeasibility = max(dualInfeasibility, abs(d) / SimplexPrices.size(j, prices.duals, in: self))
      } else if end != 0 {
        bound.add(product: d, end)
      }
    }
    let certificate = OptimalityCertificate(
      primalInfeasibility: infeasibility(of: x), dualInfeasibility: dualInfeasibility,
      gap: abs(objective.value - bound.value) / max(1, abs(objective.value)))
    guard certificate.holds else { throw .uncertified(certificate.worst) }
    return LinearProgramSolution(
      values: x, duals: prices.duals.values, objective: objective.value, basis: basis.filter { $0 < n },
      iterations: iterations, certificate: certificate)
  }

  /// The largest |Ax − b| of a constraint, relative to |b| + Σ|a x|.
  private func infeasibility(of x: [Double], against right: [Double]? = nil) -> Double {
    let right = right ?? program.right
    var sums = right.map { CompensatedSum(-$0) }
    var sizes = right.map(abs)
    for j in 0..<n where x[j] != 0 {
      for i in 0..<m {
        sums[i].add(product: program.coefficients[j, i], x[j])
        sizes[i] += abs(program.coefficients[j, i] * x[j])
      }
    }
    return zip(sums, sizes).reduce(0) { $1.1 > 0 ? max($0, abs($1.0.value) / $1.1) : $0 }
  }

  /// The proof that nothing is feasible, of the prices at the end of the first phase.
  func farkas(_ duals: SimplexDuals) throws(LinearProgramError) -> FarkasCertificate {
    var margin = CompensatedSum()
    var size = 0.0
    for (y, b) in zip(duals.values, program.right) {
      margin.add(product: y, b)
      size += abs(y * b)
    }
    let products = program.coefficients.times(duals.values)
    for j in 0..<n where products[j] != 0 {
      let end = products[j] > 0 ? program.upper[j] : program.lower[j]
      if end.isFinite {
        margin.add(product: -products[j], end)
        size += abs(products[j] * end)
      } else if abs(products[j]) > OptimalityCertificate.tolerance * SimplexPrices.size(j, duals, in: self) {
        throw .uncertified(abs(products[j]))
      }
    }
    let share = margin.value / max(size, 1e-300)
    guard share > 0 else { throw .uncertified(-share) }
    return FarkasCertificate(weights: duals.values, margin: share)
  }

  /// The proof that the cost falls without end.
  func unbounded(_ entry: Entry) throws(LinearProgramError) -> UnboundedRay {
    var direction = [Double](repeating: 0, count: n)
    direction[entry.variable] = entry.way
    let largest = entry.change.reduce(0) { max($0, abs($1)) }
    for (variable, change) in zip(basis, entry.change) where variable < n && abs(change) > 1e-11 * largest {
      direction[variable] = -entry.way * change
    }
    let slope = zip(program.cost, direction).reduce(into: CompensatedSum()) { $0.add(product: $1.0, $1.1) }
      .value
    let miss = infeasibility(of: direction, against: [Double](repeating: 0, count: m))
    guard slope < 0, miss <= OptimalityCertificate.tolerance else { throw .uncertified(max(miss, slope)) }
    return UnboundedRay(start: values(of: program), direction: direction, slope: slope)
  }
}
