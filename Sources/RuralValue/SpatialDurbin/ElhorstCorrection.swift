internal import RuralValueNumerics

/// The analytic bias correction of a direct estimate with fixed effects.
///
/// ϑ_c = ϑ + I(ϑ)⁻¹ T [0; 1′G1/N; 1/(2σ²)] where effects of periods are out, and σ² T/(T − 1) where those of
/// units are. Covariances are then taken at ϑ_c.
///
/// Source: Elhorst (2010) after Lee and Yu (2010), eq. 17, as in the MATLAB toolbox and SDPDmod.
enum ElhorstCorrection {
  static func apply(to fit: SpatialFit) throws -> SpatialFit {
    var corrected = fit
    let t = Double(fit.transformation.periodCount)
    if fit.effects.hasPeriodMeans {
      let information = try InformationMatrix.expected(fit)
      var bias = [Double](repeating: 0, count: fit.parameterCount)
      let k = fit.coefficients.count
      var next = k
      for r in (fit.process.hasLag ? [fit.point.rho] : []) + (fit.process.hasError ? [fit.point.lambda] : [])
      {
        bias[next] = try meanMultiplier(fit, r)
        next += 1
      }
      bias[next] = 1 / (2 * fit.sigma2)
      let inverse = try SpatialCovariance.inverse(information, of: fit, kind: "expected")
      let step = (inverse * bias).scaled(by: t)
      for i in 0..<k { corrected.coefficients[i] += step[i] }
      if fit.process.hasLag { corrected.point.rho += step[k] }
      if fit.process.hasError { corrected.point.lambda += step[next - 1] }
      corrected.sigma2 += step[next]
    }
    if fit.effects.hasUnitMeans { corrected.sigma2 *= t / (t - 1) }
    return corrected
  }

  /// 1′G1/N, which is 1/(1 − r) where the rows of W sum to one.
  private static func meanMultiplier(_ fit: SpatialFit, _ r: Double) throws -> Double {
    if fit.system.isRowStochastic { return 1 / (1 - r) }
    let filter = try fit.system.inverse(r)
    let ones = [Double](repeating: 1, count: fit.system.unitCount)
    return fit.system.lag.matrices[0].times(filter.solve([ones])[0]).pairwiseSum
      / Double(fit.system.unitCount)
  }
}
