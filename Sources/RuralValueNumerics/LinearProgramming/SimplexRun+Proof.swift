/// The proofs of how a program ends.
extension SimplexRun {
  /// The optimum that these prices prove. Throws `uncertified` where they do not.
  func solution(_ prices: SimplexPrices) throws(LinearProgramError) -> LinearProgramSolution {
    let x = programValues
    let y = prices.duals.values
    var objective = CompensatedSum()
    var bound = CompensatedSum()
    var dualInfeasibility = 0.0
    for (price, b) in zip(y, program.right) { bound.add(product: price, b) }
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
      primalInfeasibility: infeasibility(of: x, against: program.right), dualInfeasibility: dualInfeasibility,
      gap: abs(objective.value - bound.value) / max(1, abs(objective.value)))
    guard certificate.holds else { throw .uncertified(certificate.worst) }
    return LinearProgramSolution(
      values: x, duals: y, objective: objective.value,
      basis: basis.map(\.variable).filter { $0 < n }, iterations: iterations, certificate: certificate)
  }

  /// The largest |Ax − b| of a constraint, relative to |b| + Σ|a x|.
  private func infeasibility(of x: [Double], against right: [Double]) -> Double {
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
  func farkas(_ prices: SimplexPrices) throws(LinearProgramError) -> FarkasCertificate {
    var margin = CompensatedSum()
    var size = 0.0
    for (y, b) in zip(prices.duals.values, program.right) {
      margin.add(product: y, b)
      size += abs(y * b)
    }
    // The first phase has no costs of its own, so that d = −Aᵀy.
    for (j, d) in prices.reducedCosts.enumerated() where d != 0 {
      let end = d < 0 ? program.upper[j] : program.lower[j]
      if end.isFinite {
        margin.add(product: d, end)
        size += abs(d * end)
      } else if abs(d) > OptimalityCertificate.tolerance * SimplexPrices.size(j, prices.duals, in: self) {
        throw .uncertified(abs(d))
      }
    }
    let share = margin.value / max(size, 1e-300)
    guard share > 0 else { throw .uncertified(-share) }
    return FarkasCertificate(weights: prices.duals.values, margin: share)
  }

  /// The proof that the cost falls without end.
  func unbounded(_ entry: Entry) throws(LinearProgramError) -> UnboundedRay {
    var direction = [Double](repeating: 0, count: n)
    direction[entry.entering.variable] = entry.way * entry.entering.unit
    for (place, basic) in basis.enumerated() where basic.variable < n {
      guard abs(entry.change[place]) > 1e-10 * largestOfInverse(row: place) else { continue }
      direction[basic.variable] = -entry.way * entry.change[place] * basic.unit
    }
    var slope = CompensatedSum()
    for j in 0..<n where direction[j] != 0 { slope.add(product: program.cost[j], direction[j]) }
    let miss = infeasibility(of: direction, against: [Double](repeating: 0, count: m))
    guard slope.value < 0, miss <= OptimalityCertificate.tolerance else {
      throw .uncertified(max(miss, slope.value))
    }
    return UnboundedRay(start: programValues, direction: direction, slope: slope.value)
  }
}
