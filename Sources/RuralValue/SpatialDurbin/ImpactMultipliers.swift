internal import RuralValueNumerics

/// What one unit of b and of its lag's θ contribute to the direct and the total effect, with derivatives.
///
/// direct = a b + c θ, total = m b + w θ, where for a model with Wy
/// a = tr(I − ρW)⁻¹ / N = 1 + ρ tr G / N, c = tr W(I − ρW)⁻¹ / N = tr G / N,
/// m = 1′(I − ρW)⁻¹1 / N and w = 1′(I − ρW)⁻¹W1 / N = (m − 1)/ρ.
///
/// Source: LeSage and Pace (2009), sec. 2.7; methods/spatial-durbin.md, item 6.
struct ImpactMultipliers {
  let direct: (b: Double, theta: Double)
  let total: (b: Double, theta: Double)
  /// The derivatives of `direct` and `total` in ρ.
  let directSlope: (b: Double, theta: Double)
  let totalSlope: (b: Double, theta: Double)

  /// The multipliers at ρ.
  init(_ system: SpatialSystem, rho: Double) throws(SpatialDurbinError) {
    let n = Double(system.unitCount)
    let traces = try system.traces(rho)
    direct = (1 + rho * traces.g / n, traces.g / n)
    directSlope = ((traces.g + rho * traces.gSquared) / n, traces.gSquared / n)
    let mean = try system.meanTotal(rho)
    if system.isRowStochastic {
      total = (mean.value, mean.value)
      totalSlope = (mean.derivative, mean.derivative)
    } else {
      let lagged = abs(rho) < 1e-6 ? system.meanRowSum : (mean.value - 1) / rho
      total = (mean.value, lagged)
      totalSlope = (mean.derivative, abs(rho) < 1e-6 ? 0 : (mean.derivative - lagged) / rho)
    }
  }

  /// The multipliers of a model without Wy.
  init(withoutLag system: SpatialSystem) {
    direct = (1, 0)
    total = (1, system.meanRowSum)
    directSlope = (0, 0)
    totalSlope = (0, 0)
  }
}
