internal import RuralValueNumerics

/// Lagrange multiplier tests for a spatial lag and a spatial error in a model without either.
///
/// With e and σ² = e′e/NT of the regression on Z and the dummies of the effects, R its residual maker,
/// s_lag = e′Wy/σ², s_err = e′We/σ², T_w = T tr(W′W + WW) and J = ‖R(Wy − We)‖²/σ² + T_w:
/// LM lag = s²_lag/J, LM error = s²_err/T_w, robust lag = (s_lag − s_err)²/(J − T_w),
/// robust error = (s_err − (T_w/J) s_lag)²/(T_w(1 − T_w/J)).
///
/// The lag is that of the outcome itself: y − e is the fitted value with its effects. Lagging the demeaned outcome, as
/// splm and Elhorst's programs do, is right only where all rows of W sum to one.
///
/// s_err has a mean below zero in small samples. The centred test takes it out: with n = t(N − 1) of two-way effects,
/// s_a = s_err n/NT − t tr(M₀W), s²_a / (t tr((M₀WM₀)² + M₀WM₀W′M₀) − 2(t tr(M₀W))²/n).
///
/// Source: Anselin et al. (1996); methods/spatial-corrections.md, 1.8; the centring after Baltagi and Yang (2013).
enum LagrangeMultiplierTests {
  static let names = ["lm_lag", "lm_error", "lm_error_centred", "robust_lm_lag", "robust_lm_error"]

  static let titles = [
    Phrase("LM test, spatial lag", zh: "LM检验（空间滞后）"), Phrase("LM test, spatial error", zh: "LM检验（空间误差）"),
    Phrase("LM test, spatial error, centred", zh: "中心化LM检验（空间误差）"),
    Phrase("Robust LM test, spatial lag", zh: "稳健LM检验（空间滞后）"),
    Phrase("Robust LM test, spatial error", zh: "稳健LM检验（空间误差）"),
  ]

  /// The tests for a design without spatial lags.
  static func compute(
    _ design: SpatialDesign, _ sample: SpatialSample, _ system: SpatialSystem, _ effects: PanelEffects
  )
    throws -> [TestResult]
  {
    let demeaned = effects.demeaning(unitCount: sample.unitCount, periodCount: sample.periodCount)
    let y = demeaned(sample.outcome)
    let regression = try LeastSquares(Matrix(columns: demeaned(design.values)))
    let fit = try regression.regress(y)
    let e = fit.residuals
    let s2 = fit.residualSumOfSquares / Double(y.count)
    let (lagged, laggedErrors) = (system.lag(sample.outcome), system.lag(e))
    let lag = e.innerProduct(with: demeaned(lagged)) / s2
    let error = e.innerProduct(with: laggedErrors) / s2
    let rest = try regression.regress(demeaned(lagged.minus(laggedErrors)))
    let tw = system.lagrangeTrace
    let j = rest.residualSumOfSquares / s2 + tw
    let (robustLag, robustError) = (lag - error, error - tw / j * lag)
    let statistics: [Double?] = [
      lag * lag / j, error * error / tw, centred(error, system, effects), robustLag * robustLag / (j - tw),
      robustError * robustError / (tw - tw * tw / j),
    ]
    return zip(zip(names, titles), statistics).map { test, value in
      value.map { TestResult(test.0, test.1, $0, .chiSquared(1)) }
        ?? TestResult(
          test.0, test.1,
          notComputed: Phrase("the weights change over time", zh: "空间权重随时间变化"))
    }
  }

  /// The centred test; nil for weights that change over time.
  private static func centred(_ score: Double, _ system: SpatialSystem, _ effects: PanelEffects) -> Double? {
    guard system.lag.isConstant else { return nil }
    let (size, periods) = (Double(system.unitCount), Double(system.lag.periodCount))
    let t = effects.hasUnitMeans ? periods - 1 : periods
    let n = t * (effects.hasPeriodMeans ? size - 1 : size)
    let (trace, squares) = system.lagrangeTraces(centred: effects.hasPeriodMeans)
    let value = score * n / (size * periods) - t * trace
    return value * value / (t * squares - 2 * t * t * trace * trace / n)
  }

  /// The tests with the reason why there are none.
  static func absent(_ reason: Phrase) -> [TestResult] {
    zip(names, titles).map { TestResult($0, $1, notComputed: reason) }
  }
}
