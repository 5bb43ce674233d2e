internal import RuralValueNumerics

/// Direct, indirect and total effects as functions of the estimates, with their gradients.
struct ImpactEffects {
  /// A regressor by the places of its coefficient and of its lag's.
  struct TermPlaces {
    let name: String
    let b: Int
    let theta: Int?
  }

  let terms: [TermPlaces]
  /// The places of ρ, of the lagged outcome's τ and of its lag's η among the parameters.
  let rho: Int?
  let tau: Int?
  let eta: Int?
  let system: SpatialSystem

  init(_ fit: SpatialFit, names: [String]) {
    let design = fit.design
    terms = design.regressors.map { regressor in
      TermPlaces(
        name: names[regressor], b: design.position(of: .regressor(regressor))!,
        theta: design.position(of: .durbin(regressor)))
    }
    rho = fit.process.hasLag ? fit.coefficients.count : nil
    tau = design.position(of: .laggedOutcome)
    eta = design.position(of: .laggedNeighbours)
    system = fit.system
  }

  /// The direct effects of all terms, then the total effects, and for each its gradient.
  struct Values {
    let effects: [Double]
    let gradients: [[Double]]
  }

  /// The effects at these parameters (b, ρ, …); nil where they lie outside the bounds.
  ///
  /// In the long run (I − ρW)y = τy + ηWy + … gives multipliers at r = (ρ + η)/(1 − τ), divided by 1 − τ.
  func values(at parameters: [Double], _ horizon: EffectHorizon) throws(SpatialDurbinError) -> Values? {
    let rhoValue = rho.map { parameters[$0] } ?? 0
    let tauValue = horizon == .long ? tau.map { parameters[$0] } ?? 0 : 0
    let etaValue = horizon == .long ? eta.map { parameters[$0] } ?? 0 : 0
    let bounds = system.bounds
    guard rho == nil || (rhoValue > bounds.lowerBound && rhoValue < bounds.upperBound), tauValue < 1 else {
      return nil
    }
    let r = (rhoValue + etaValue) / (1 - tauValue)
    guard r > bounds.lowerBound, r < bounds.upperBound else { return nil }
    let hasLag = rho != nil || (horizon == .long && eta != nil)
    let multipliers = hasLag ? try ImpactMultipliers(system, rho: r) : ImpactMultipliers(withoutLag: system)
    let kinds = [
      (multipliers.direct, multipliers.directSlope), (multipliers.total, multipliers.totalSlope),
    ]
    var effects: [Double] = []
    var gradients: [[Double]] = []
    let s = 1 / (1 - tauValue)
    for (level, slope) in kinds {
      for term in terms {
        let b = parameters[term.b]
        let theta = term.theta.map { parameters[$0] } ?? 0
        let effect = level.b * b + level.theta * theta
        let bend = slope.b * b + slope.theta * theta
        var gradient = [Double](repeating: 0, count: parameters.count)
        gradient[term.b] = s * level.b
        if let place = term.theta { gradient[place] = s * level.theta }
        if let rho { gradient[rho] = s * s * bend }
        if horizon == .long {
          if let eta { gradient[eta] = s * s * bend }
          if let tau { gradient[tau] = s * s * (effect + r * bend) }
        }
        effects.append(s * effect)
        gradients.append(gradient)
      }
    }
    return Values(effects: effects, gradients: gradients)
  }

  /// Direct, indirect and total effects of the terms, in this order, from direct and total ones.
  func threeKinds(_ values: [Double]) -> [[Double]] {
    let direct = Array(values.prefix(terms.count))
    let total = Array(values.suffix(terms.count))
    return [direct, total.minus(direct), total]
  }

  /// The three kinds' standard errors by the delta method, (g′Vg)^½.
  func standardErrors(_ values: Values, _ covariance: Matrix) -> [[Double]] {
    let direct = values.gradients.prefix(terms.count)
    let total = values.gradients.suffix(terms.count)
    let indirect = zip(total, direct).map { $0.minus($1) }
    return [Array(direct), indirect, Array(total)].map { kind in
      kind.map { covariance.quadraticForm($0).squareRoot() }
    }
  }
}
