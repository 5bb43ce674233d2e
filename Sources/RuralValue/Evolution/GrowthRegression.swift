internal import RuralValueNumerics

/// Least squares of growth on the logarithm at the beginning, and on controls.
///
/// g_i = ln(y_iT/y_i0)/T = a + b ln y_i0 + c′x_i. Errors by HC1, n/(n − K) Σ e²xx′, or of one variance.
struct GrowthRegression {
  /// b.
  let beta: Estimate
  let rSquared: Double
  /// Controls that others determine.
  let dropped: [String]

  /// Nil where there are not more rows than coefficients, or the logarithms at the beginning do not differ.
  init?(
    growth: [Double], start: [Double], controls: [(name: String, values: [Double])],
    _ errors: EvolutionSpecification.StandardError
  ) {
    let n = growth.count
    guard n > 2 else { return nil }
    let columns = [[Double](repeating: 1, count: n), start] + controls.map(\.values)
    let names = ["(Intercept)", "ln"] + controls.map(\.name)
    guard let problem = try? LeastSquares(Matrix(columns: columns), columnNames: names),
      problem.columns.kept.contains(1), n > problem.rank, let fit = try? problem.regress(growth)
    else { return nil }
    var variance = fit.residualVariance * fit.crossProductInverse[1, 1]
    if errors == .hc1 {
      // The row of (X′X)⁻¹X′ that gives b.
      let inverse = fit.crossProductInverse
      var sum = CompensatedSum()
      for i in 0..<n {
        let share = columns.indices.reduce(0.0) { $0 + inverse[1, $1] * columns[$1][i] }
        sum.add(share * share * fit.residuals[i] * fit.residuals[i])
      }
      variance = sum.value * Double(n) / Double(fit.degreesOfFreedom)
    }
    beta = Estimate(
      ConvergenceEstimator.parameter, fit.coefficients[1], standardError: variance.squareRoot(),
      reference: .t(degreesOfFreedom: fit.degreesOfFreedom))
    rSquared = fit.rSquared
    dropped = fit.droppedColumnNames
  }
}
