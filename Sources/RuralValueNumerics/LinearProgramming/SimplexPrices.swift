/// Prices y of the constraints.
struct SimplexDuals {
  /// y of the constraints as the program has them, m numbers.
  let values: [Double]
  /// How large the numbers were that added up to the scaled prices: what rounding makes of a price of zero is far below.
  let noise: Double

  /// From the prices of the scaled constraints.
  init(_ scaled: [Double], noise: Double, _ program: LinearProgram) {
    values = zip(scaled, program.rowScales).map { $0 * $1 }
    self.noise = noise
  }
}

/// The reduced costs d = c − Aᵀy of all variables at prices y.
struct SimplexPrices {
  /// A variable and its d.
  typealias Reduced = (variable: Int, cost: Double)

  /// y.
  let duals: SimplexDuals
  /// d, n numbers.
  let reducedCosts: [Double]

  /// Prices all variables.
  init(_ duals: SimplexDuals, in run: SimplexRun) {
    self.duals = duals
    var costs = run.program.coefficients.times(duals.values)
    for j in costs.indices { costs[j] = (run.isFirstPhase ? 0 : run.program.cost[j]) - costs[j] }
    reducedCosts = costs
  }

  /// The variable that enters: the one that violates optimality most, or the first that does; nil at an optimum.
  func entering(isFirst: Bool, in run: SimplexRun) -> Reduced? {
    var best: (variable: Int, cost: Double, share: Double)?
    let tolerance = run.optimalityTolerance
    for (variable, cost) in reducedCosts.enumerated() where cost != 0 {
      guard Self.lowers(variable, cost, in: run) else { continue }
      let share = abs(cost) / Self.size(variable, duals, in: run)
      guard share > tolerance, share > best?.share ?? 0 else { continue }
      if isFirst { return (variable, cost) }
      best = (variable, cost, share)
    }
    return best.map { ($0.variable, $0.cost) }
  }

  /// The one among some variables that violates optimality most.
  static func best(among variables: [Int], _ duals: SimplexDuals, in run: SimplexRun) -> Reduced? {
    var best: (variable: Int, cost: Double, share: Double)?
    let tolerance = run.optimalityTolerance
    for variable in variables where run.standing[variable] != .basic {
      var cost = run.isFirstPhase ? 0 : run.program.cost[variable]
      for i in 0..<run.m { cost -= duals.values[i] * run.program.coefficients[variable, i] }
      guard cost != 0, lowers(variable, cost, in: run) else { continue }
      let share = abs(cost) / size(variable, duals, in: run)
      if share > tolerance, share > best?.share ?? 0 { best = (variable, cost, share) }
    }
    return best.map { ($0.variable, $0.cost) }
  }

  /// Whether a variable of this reduced cost lowers the cost where it moves from where it rests.
  private static func lowers(_ variable: Int, _ cost: Double, in run: SimplexRun) -> Bool {
    switch run.standing[variable] {
    case .basic: false
    case .free: true
    case .atLower: cost < 0 && run.program.lower[variable] < run.program.upper[variable]
    case .atUpper: cost > 0 && run.program.lower[variable] < run.program.upper[variable]
    }
  }

  /// |c_j| + Σ_i |y_i a_ij|, the sizes of which the reduced cost is the difference, and a thousandth of what the prices
  /// were added up from.
  static func size(_ variable: Int, _ duals: SimplexDuals, in run: SimplexRun) -> Double {
    var size = run.isFirstPhase ? 0 : abs(run.program.cost[variable])
    var largest = 0.0
    for i in 0..<run.m {
      let coefficient = abs(run.program.coefficients[variable, i])
      size += abs(duals.values[i]) * coefficient
      largest = max(largest, coefficient * run.program.rowScales[i])
    }
    return size + 1e-3 * duals.noise * largest
  }
}
