internal import RuralValueNumerics

/// Lagrange multiplier tests for a spatial lag and a spatial error in a model without either.
///
/// With e and σ² = e′e/NT of the demeaned regression, T_w = T tr(W′W + WW), M its residual maker and
/// J = ‖M W Zb‖²/σ² + T_w:
/// LM lag = (e′Wy/σ²)²/J, LM error = (e′We/σ²)²/T_w,
/// robust lag = ((e′Wy − e′We)/σ²)²/(J − T_w), robust error = ((e′We − (T_w/J) e′Wy)/σ²)²/(T_w(1 − T_w/J)).
///
/// The lag inside J is that of the demeaned series, as in Elhorst's programs; demeaned once more it would
/// move LM lag by a tenth of a per cent where there are effects of periods.
///
/// Source: Anselin et al. (1996); Elhorst (2010) for panels; methods/spatial-durbin.md, item 7.
enum LagrangeMultiplierTests {
  static let names = ["lm_lag", "lm_error", "robust_lm_lag", "robust_lm_error"]

  static let titles = [
    Phrase("LM test, spatial lag", zh: "LM检验（空间滞后）"), Phrase("LM test, spatial error", zh: "LM检验（空间误差）"),
    Phrase("Robust LM test, spatial lag", zh: "稳健LM检验（空间滞后）"),
    Phrase("Robust LM test, spatial error", zh: "稳健LM检验（空间误差）"),
  ]

  /// The four tests for a design without spatial lags.
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
    let ey = e.innerProduct(with: system.lag(y)) / s2
    let ee = e.innerProduct(with: system.lag(e)) / s2
    let rest = try regression.regress(system.lag(fit.fittedValues(outcome: y)))
    let tw = system.lagrangeTrace
    let j = rest.residualSumOfSquares / s2 + tw
    let robustLag = ey - ee
    let robustError = ee - tw / j * ey
    let statistics: [Double] = [
      ey * ey / j, ee * ee / tw, robustLag * robustLag / (j - tw),
      robustError * robustError / (tw - tw * tw / j),
    ]
    return zip(zip(names, titles), statistics).map {
      TestResult($0.0, $0.1, $1, .chiSquared(1))
    }
  }

  /// The four tests with the reason why there are none.
  static func absent(_ reason: Phrase) -> [TestResult] {
    zip(names, titles).map { TestResult($0, $1, notComputed: reason) }
  }
}
