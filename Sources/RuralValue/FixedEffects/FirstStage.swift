internal import RuralValueNumerics

/// How well the instruments tell the endogenous regressors.
///
/// With ~ for what is left beside exogenous regressors and effects: X̃ = Z̃Π + v, and for each regressor
///
///     F = π̂′V(π̂)⁻¹π̂/L1,   partial R² = 1 − v′v/x̃′x̃,   F_eff = π̂′Z̃′Z̃π̂/tr(V(π̂)Z̃′Z̃)
///
/// V is that of the rule of the standard errors with its factor, in which K counts the instruments, the exogenous
/// regressors and the effects.
///
/// Sources: Sanderson and Windmeijer (2016); Montiel Olea and Pflueger (2013); methods/fixed-effects.md, section 4.
struct FirstStage: Sendable {
  /// One endogenous regressor.
  struct Equation: Sendable, Equatable {
    let name: String
    /// π̂ with errors, in the order of the instruments.
    let estimates: [Estimate]
    let f: TestResult.Statistic
    /// F for independent errors of one variance, whatever the rule.
    let classicalF: TestResult.Statistic
    let partialRSquared: Double
    /// Of one endogenous regressor.
    let effectiveF: Double?
    /// Sanderson and Windmeijer's, of several; classical.
    let conditionalF: TestResult.Statistic?
  }

  let equations: [Equation]
  /// The smallest canonical correlation's F: what Stock and Yogo's tables are of.
  let craggDonald: Double
  /// Z̃, X̃ and v.
  let instruments: Matrix
  let endogenous: Matrix
  let residuals: Matrix
  let slopes: Matrix
  /// (Z̃′Z̃)⁻¹.
  let inverse: Matrix
  let setting: LinearCovariance.Setting

  init(_ fit: InstrumentalFit) throws {
    let exogenous = fit.exogenous.columnCount
    let partial = exogenous == 0 ? nil : try LeastSquares(fit.exogenous)
    func rest(_ matrix: Matrix) throws -> Matrix {
      guard let partial else { return matrix }
      return Matrix(
        columns: try (0..<matrix.columnCount).map {
          try partial.regress(matrix.column($0), centred: false, refinementSteps: 2).residuals
        })
    }
    let z = try rest(fit.excluded)
    let x = try rest(fit.endogenous)
    let problem = try LeastSquares(z)
    let results = try (0..<x.columnCount).map {
      try problem.regress(x.column($0), centred: false, refinementSteps: 2)
    }
    for (place, result) in results.enumerated()
    where result.residualSumOfSquares <= 1e-20 * result.totalSumOfSquares {
      throw InstrumentError.determined(
        endogenous: fit.endogenousNames[place], instruments: fit.instrumentNames)
    }
    instruments = z
    endogenous = x
    residuals = Matrix(columns: results.map(\.residuals))
    slopes = Matrix(columns: results.map(\.coefficients))
    inverse = problem.crossProductInverse
    let rowCount = z.rowCount
    let setting = fit.setting.counting(exogenous)
    self.setting = setting
    let (l, k) = (z.columnCount, x.columnCount)
    let counted = l + setting.absorbedRank
    guard rowCount > counted else {
      throw FixedEffectsError.tooFewObservations(observations: rowCount, parameters: counted)
    }
    let cross = z.crossProduct
    let parameters = fit.instrumentNames.map { Parameter($0, .variable) }
    let bread = problem.crossProductInverse
    equations = try (0..<k).map { place in
      let result = results[place]
      let own = LinearFit(
        kept: Array(0..<l), parameters: parameters, coefficients: result.coefficients,
        weightedResiduals: result.residuals, roots: nil, design: z, bread: bread, outcome: x.column(place))
      let covariance = try LinearCovariance(own, setting)
      let reference = ReferenceDistribution.t(degreesOfFreedom: covariance.summary.degreesOfFreedom)
      let form = WaldForm(result.coefficients, covariance.matrix)
      return Equation(
        name: fit.endogenousNames[place],
        estimates: parameters.indices.map {
          Estimate(
            parameters[$0], result.coefficients[$0],
            standardError: covariance.matrix[$0, $0].squareRoot(), reference: reference)
        },
        f: .init(form.value / Double(l), .f(l, covariance.summary.degreesOfFreedom)),
        classicalF: .init(
          (result.totalSumOfSquares / result.residualSumOfSquares - 1) * Double(rowCount - counted)
            / Double(l),
          .f(l, rowCount - counted)),
        partialRSquared: 1 - result.residualSumOfSquares / result.totalSumOfSquares,
        effectiveF: k == 1
          ? cross.quadraticForm(result.coefficients) / (covariance.matrix * cross).trace : nil,
        conditionalF: k == 1
          ? nil
          : try Self.conditional(place, x, z, problem, degrees: rowCount - counted))
    }
    craggDonald = try Self.craggDonald(x, z, problem) * Double(rowCount - counted) / Double(l)
  }

  /// x_j less what the other endogenous regressors tell of it by two-stage least squares; F of the instruments for it.
  private static func conditional(
    _ place: Int, _ x: Matrix, _ z: Matrix, _ problem: LeastSquares, degrees: Int
  ) throws -> TestResult.Statistic {
    let others = (0..<x.columnCount).filter { $0 != place }
    let fitted = Matrix(
      columns: try others.map { other in
        let column = x.column(other)
        return column.minus(try problem.regress(column, centred: false, refinementSteps: 2).residuals)
      })
    let b = try LeastSquares(fitted).regress(x.column(place), centred: false).coefficients
    let w = x.column(place).minus(x.selectingColumns(others) * b)
    let rest = try problem.regress(w, centred: false, refinementSteps: 2)
    let explained = rest.totalSumOfSquares - rest.residualSumOfSquares
    let freedom = z.columnCount - others.count
    return .init(
      explained / Double(freedom) / (rest.residualSumOfSquares / Double(degrees)), .f(freedom, degrees))
  }

  /// ρ²/(1 − ρ²) of the smallest canonical correlation of X̃ and Z̃.
  private static func craggDonald(_ x: Matrix, _ z: Matrix, _ problem: LeastSquares) throws -> Double {
    let fitted = Matrix(
      columns: try (0..<x.columnCount).map { place in
        let column = x.column(place)
        return column.minus(try problem.regress(column, centred: false, refinementSteps: 2).residuals)
      })
    let factor = try Cholesky(x.crossProduct)
    let half = try factor.solveLower(fitted.crossProduct)
    let both = try factor.solveLower(half.transposed)
    let square = try SymmetricEigen.values(of: both.symmetrised).first ?? 0
    return square / (1 - square)
  }
}
