internal import RuralValueNumerics

/// The correction of a dynamic model's bias of order 1/T from fixed effects of units, in one step: what remains where
/// `DynamicScores` have no root, or too many units.
///
/// (I − ρW)y_t = τ y_{t−1} + η W y_{t−1} + … + μ: ϑ_c = ϑ + I(ϑ)⁻¹ a with, over the n eigenvalues ω of W (that
/// of effects of periods taken out), A(ω) = (τ + ηω)/(1 − ρω), q(ω) = 1/((1 − ρω)(1 − A(ω))),
/// g(ω) = ω/(1 − ρω):
/// a_τ = Σ q, a_η = Σ ωq, a_ρ = Σ (τ + ηω) g q + Σ g, a_σ² = n/(2σ²).
/// Where |A| reaches 1 − 1/n, as for an unstable estimate, q is 1/(1 − ρω).
///
/// Sources: Yu, de Jong and Lee (2008), eq. 17; Lee and Yu (2010), eq. 14; Elhorst (2014), sec. 4.3.
struct DynamicBiasCorrection {
  /// The sums over eigenvalues that the correction needs.
  struct Sums {
    var q = 0.0
    var laggedQ = 0.0
    var gq = 0.0
    var laggedGq = 0.0
    var g = 0.0

    var all: [Double] { [q, laggedQ, gq, laggedGq, g] }
  }

  /// The corrected estimate.
  static func apply(to fit: SpatialFit) throws -> SpatialFit {
    let information = try InformationMatrix.expected(fit)
    let tau = fit.design.position(of: .laggedOutcome)
    let eta = fit.design.position(of: .laggedNeighbours)
    let (tauValue, etaValue) = (tau.map { fit.coefficients[$0] } ?? 0, eta.map { fit.coefficients[$0] } ?? 0)
    let sums = try sums(
      fit, tau: tauValue, eta: etaValue, eigenvalues: fit.system.determinant.eigenvalues)
    var bias = [Double](repeating: 0, count: fit.parameterCount)
    if let tau { bias[tau] = sums.q }
    if let eta { bias[eta] = sums.laggedQ }
    let k = fit.coefficients.count
    bias[k] = tauValue * sums.gq + etaValue * sums.laggedGq + sums.g
    bias[k + 1] = Double(fit.transformation.unitCount) / (2 * fit.sigma2)
    let step = try SpatialCovariance.inverse(information, of: fit, kind: "expected") * bias
    var corrected = fit
    for i in 0..<k { corrected.coefficients[i] += step[i] }
    corrected.point.rho += step[k]
    corrected.sigma2 += step[k + 1]
    return corrected
  }

  /// The largest |A(ω)| over the spectrum: below one, effects die out.
  ///
  /// A is monotone in a real ω, so that the ends of the spectrum suffice where it is not known.
  static func largestRoot(_ system: SpatialSystem, tau: Double, eta: Double, rho: Double) -> Double {
    if let spectrum = system.determinant.spectrum {
      return spectrum.largestRoot(tau: tau, eta: eta, rho: rho)
    }
    let ends = [1 / system.bounds.lowerBound, 1 / system.bounds.upperBound]
    return ends.map { abs((tau + eta * $0) / (1 - rho * $0)) }.max() ?? 0
  }

  /// The sums, from the eigenvalues of W where they are known, else from traces; less what effects of periods take.
  static func sums(_ fit: SpatialFit, tau: Double, eta: Double, eigenvalues: [Double]?) throws -> Sums {
    let rho = fit.point.rho
    let count = Double(fit.transformation.unitCount)
    func q(_ omega: Double) -> Double {
      let a = (tau + eta * omega) / (1 - rho * omega)
      return (a <= 1 - 1 / count ? 1 / (1 - a) : 1) / (1 - rho * omega)
    }
    var sums = Sums()
    if let eigenvalues {
      for omega in eigenvalues { add(omega, q: q(omega), rho: rho, to: &sums) }
    } else {
      sums = try fractions(fit, tau: tau, eta: eta, count: Double(fit.system.unitCount)) {
        r throws(SpatialDurbinError) in
        let traces = try fit.system.traces(r)
        return (traces.g, traces.gSquared)
      }
    }
    guard fit.transformation.removesPeriods else { return sums }
    if let c = fit.system.commonRowSum {
      add(c, q: q(c), rho: rho, sign: -1, to: &sums)
      return sums
    }
    let taken = try fractions(fit, tau: tau, eta: eta, count: 1) { r throws(SpatialDurbinError) in
      let mean = try fit.system.meanMultiplier(r)
      return (mean.value, mean.derivative)
    }
    return Sums(
      q: sums.q - taken.q, laggedQ: sums.laggedQ - taken.laggedQ, gq: sums.gq - taken.gq,
      laggedGq: sums.laggedGq - taken.laggedGq, g: sums.g - taken.g)
  }

  private static func add(_ omega: Double, q: Double, rho: Double, sign: Double = 1, to sums: inout Sums) {
    let g = omega / (1 - rho * omega)
    sums.q += sign * q
    sums.laggedQ += sign * omega * q
    sums.gq += sign * g * q
    sums.laggedGq += sign * omega * g * q
    sums.g += sign * g
  }

  /// The same without eigenvalues: q = s/(1 − r′ω) with s = 1/(1 − τ), r′ = s(ρ + η), and products of two such
  /// fractions are differences of them; `multiplier` gives φ(G) and φ(G²) at r of a linear φ, the trace or 1′·1/N, and
  /// `count` is φ(I).
  private static func fractions(
    _ fit: SpatialFit, tau: Double, eta: Double, count: Double,
    _ multiplier: (Double) throws(SpatialDurbinError) -> (g: Double, gSquared: Double)
  ) throws(SpatialDurbinError) -> Sums {
    let rho = fit.point.rho
    let s = 1 / (1 - tau)
    let r = s * (rho + eta)
    let bounds = fit.system.bounds
    guard tau < 1, r > bounds.lowerBound, r < bounds.upperBound else {
      throw .unstable(tau: tau, rho: rho, eta: eta)
    }
    let (near, far) = (try multiplier(rho), try multiplier(r))
    var sums = Sums(q: s * (count + r * far.g), laggedQ: s * far.g, g: near.g)
    if abs(r - rho) > 1e-3 {
      sums.gq = s * (r * far.g - rho * near.g) / (r - rho)
      sums.laggedGq = s * (far.g - near.g) / (r - rho)
    } else {
      let middle = try multiplier(0.5 * (r + rho))
      sums.gq = s * (middle.g + 0.5 * (r + rho) * middle.gSquared)
      sums.laggedGq = s * middle.gSquared
    }
    return sums
  }
}

/// The analytic bias correction of a direct estimate with fixed effects.
///
/// ϑ_c = ϑ + I(ϑ)⁻¹ T [0; 1′G1/N; 1/(2σ²)] (g′d/g′g for λ) where effects of periods are out, and σ² T/(T − 1) where those of
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
      // What a transformed likelihood would take out of the traces.
      let transformed = LeeYuTransformation(
        fit.effects, scope: .periods, unitCount: fit.system.unitCount, periodCount: 1)
      if fit.process.hasLag {
        bias[next] = try transformed.periodShare(at: fit.point.rho, of: .lag, in: fit.system).g
        next += 1
      }
      if fit.process.hasError {
        bias[next] = try transformed.periodShare(at: fit.point.lambda, of: .error, in: fit.system).g
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
}
