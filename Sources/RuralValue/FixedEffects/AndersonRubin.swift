internal import RuralValueNumerics

/// The test of Anderson and Rubin that endogenous regressors have given coefficients, valid whatever the instruments'
/// strength, and for one regressor the set of all coefficients that it does not reject.
///
/// y − Xβ₀ is regressed on the instruments and exogenous regressors, and the instruments' coefficients are tested with
/// the rule of the standard errors: F(β₀). The set is found by going outwards from the estimate in growing steps and
/// halving each step in which F crosses its critical value; beyond all steps F is that of the first stage.
///
/// Source: Anderson and Rubin (1949); methods/fixed-effects.md, section 4.
struct AndersonRubin {
  /// F at β₀ = 0.
  let atZero: TestResult.Statistic
  /// The coefficients that are not rejected; nil with several endogenous regressors.
  let set: ConfidenceSet?

  init(_ stage: FirstStage, _ fit: InstrumentalFit, level: Double) throws {
    let exogenous = fit.exogenous.columnCount
    let partial = exogenous == 0 ? nil : try LeastSquares(fit.exogenous)
    let y =
      try partial.map { try $0.regress(fit.outcome, centred: false, refinementSteps: 2).residuals }
      ?? fit.outcome
    let z = stage.instruments
    let l = z.columnCount
    let problem = try LeastSquares(z)
    let reduced = try problem.regress(y, centred: false, refinementSteps: 2)
    let n = y.count
    let full = l + stage.setting.absorbedRank
    let (q, _) = try LinearCovariance.factor(stage.setting, n: n, k: l)
    let degrees = stage.setting.degreesOfFreedom(n: n, full: full)
    let isSingle = stage.endogenous.columnCount == 1
    // Moments Z̃′(y − βx) and their variance are a line and a parabola in β.
    let x = isSingle ? stage.endogenous.column(0) : [Double](repeating: 0, count: n)
    let v = isSingle ? stage.residuals.column(0) : x
    let (zy, zx) = (z.transposedTimes(y), z.transposedTimes(x))
    let meat: (Double) -> Matrix
    if stage.setting.rule == .classical {
      let cross = z.crossProduct
      let (uu, uv, vv) = (
        reduced.residualSumOfSquares, reduced.residuals.innerProduct(with: v), v.innerProduct(with: v)
      )
      meat = { beta in ((uu - 2 * beta * uv + beta * beta * vv) / Double(n - full)) * cross }
    } else {
      let both = try LinearCovariance.meat(
        z.scalingRows(by: reduced.residuals).appendingColumns(z.scalingRows(by: v)), stage.setting)
      let (first, second) = (Array(0..<l), Array(l..<(2 * l)))
      let (yy, xx) = (both.selecting(first), both.selecting(second))
      let cross = both.selectingRows(first).selectingColumns(second)
      let mixed = cross + cross.transposed
      meat = { beta in q * (yy + (-beta) * mixed + (beta * beta) * xx) }
    }
    func f(_ beta: Double) -> Double {
      var moments = zy
      moments.add(zx, scale: -beta)
      return WaldForm(moments, meat(beta)).value / Double(l)
    }
    atZero = .init(f(0), .f(l, degrees))
    guard isSingle else {
      set = nil
      return
    }
    let critical = FDistribution(
      numeratorDegreesOfFreedom: Double(l), denominatorDegreesOfFreedom: Double(degrees)
    ).quantile(upperTail: 1 - level)
    let estimate = fit.fit.coefficients[fit.endogenousPlaces[0]]
    let spread = try LinearCovariance(fit.fit, fit.setting).matrix[
      fit.endogenousPlaces[0], fit.endogenousPlaces[0]
    ].squareRoot()
    set = ConfidenceSet(
      level: level, from: estimate, scale: spread > 0 && spread.isFinite ? spread : max(abs(estimate), 1),
      isInsideFarOut: stage.equations[0].f.value < critical
    ) { f($0) <= critical }
  }
}
