/// Prices y of the constraints, m numbers, each with the sizes that add up to it: what rounding makes of a price of zero
/// is known by them.
struct SimplexDuals {
  var values: [Double]
  var sizes: [Double]
}

/// The reduced costs d = c − Aᵀy of all variables at prices y.
struct SimplexPrices {
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
  func entering(isFirst: Bool, in run: SimplexRun) -> (variable: Int, reducedCost: Double)? {
    var best: (variable: Int, reducedCost: Double, share: Double)?
    let tolerance = run.optimalityTolerance
    for (variable, cost) in reducedCosts.enumerated() where cost != 0 {
      guard Self.lowers(variable, cost, in: run) else { continue }
      let share = abs(cost) / Self.size(variable, duals, in: run)
      guard share > tolerance, share > best?.share ?? 0 else { continue }
      if isFirst { return (variable, cost) }
      best = (variable, cost, share)
    }
    return best.map { ($0.variable, $0.reducedCost) }
  }

  /// The one among some variables that violates optimality most.
  static func best(among variables: [Int], _ duals: SimplexDuals, in run: SimplexRun)
    -> (variable: Int, reducedCost: Double)?
  {
    var best: (variable: Int, reducedCost: Double, share: Double)?
    let tolerance = run.optimalityTolerance
    for variable in variables where run.standing[variable] != .basic {
      var cost = run.cost(variable)
      var size = abs(cost)
      for i in 0..<run.m {
        let coefficient = run.program.coefficients[variable, i]
        cost -= duals.values[i] * coefficient
        size += duals.sizes[i] * abs(coefficient)
      }
      guard abs(cost) > tolerance * size, lowers(variable, cost, in: run) else { continue }
      let share = abs(cost) / size
      if share > best?.share ?? 0 { best = (variable, cost, share) }
    }
    return best.map { ($0.variable, $0.reducedCost) }
  }

  /// Whether a variable of this reduced cost lowers the cost where it moves from where it rests.
  private static func lowers(_ variable: Int, _ cost: Double, in run: SimplexRun) -> Bool {
    switch run.standing[variable] {
    case .basic: false
    case .free: true
    case .atLower: cost < 0 && run.lower(variable) < run.upper(variable)
    case .atUpper: cost > 0 && run.lower(variable) < run.upper(variable)
    }
  }

  /// |c_j| + Σ_i |a_ij| times the size of y_i: the sizes of which the reduced cost is the difference.
  static func size(_ variable: Int, _ duals: SimplexDuals, in run: SimplexRun) -> Double {
    var size = abs(run.cost(variable))
    for i in 0..<run.m { size += duals.sizes[i] * abs(run.program.coefficients[variable, i]) }
    return size
  }
}
