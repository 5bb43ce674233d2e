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
    self.init(
      columns: design.columns, names: names, rho: fit.process.hasLag ? fit.coefficients.count : nil,
      fit.system)
  }

  /// The effects of coefficients in the order of these columns; nil stands for a column that no effect rests on.
  init(columns: [SpatialDesign.Column?], names: [String], rho: Int?, _ system: SpatialSystem) {
    terms = columns.enumerated().compactMap { place, column in
      guard case .regressor(let regressor) = column else { return nil }
      return TermPlaces(
        name: names[regressor], b: place, theta: columns.firstIndex(of: .durbin(regressor)))
    }
    self.rho = rho
    tau = columns.firstIndex(of: .laggedOutcome)
    eta = columns.firstIndex(of: .laggedNeighbours)
    self.system = system
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

/// An effect with its gradient in the parameters.
struct EffectValue {
  var value = 0.0
  var gradient: [Double]

  /// Zero.
  init(parameterCount: Int) { gradient = [Double](repeating: 0, count: parameterCount) }

  /// Direct, indirect and total effect, in the order of `EffectKind`, from the first and the last.
  static func threeKinds(direct: EffectValue, total: EffectValue) -> [EffectValue] {
    var indirect = total
    indirect.value -= direct.value
    indirect.gradient = total.gradient.minus(direct.gradient)
    return [direct, indirect, total]
  }

  /// The estimate with its error by the delta method, (g′Vg)^½.
  func estimate(_ term: String, _ kind: EffectKind, _ covariance: Matrix) -> Estimate {
    Estimate(
      Parameter(term, .effect(kind, nil)), value,
      standardError: max(covariance.quadraticForm(gradient), 0).squareRoot())
  }
}

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
    // W₂X with weights of its own.
    let other = try system.regressorWeights?.multiplier(rho, in: system)
    direct = (1 + rho * traces.g / n, other?.direct ?? traces.g / n)
    directSlope = ((traces.g + rho * traces.gSquared) / n, other?.directSlope ?? traces.gSquared / n)
    let mean = try system.meanTotal(rho)
    if let other {
      total = (mean.value, other.total)
      totalSlope = (mean.derivative, other.totalSlope)
    } else if system.isRowStochastic {
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
    total = (1, system.regressorWeights?.meanRowSum ?? system.meanRowSum)
    directSlope = (0, 0)
    totalSlope = (0, 0)
  }
}

/// The effects' distribution by simulation: estimates drawn from N(ϑ, V) with the full V.
///
/// A draw whose ρ lies outside the bounds has no effects; it is counted and drawn again.
/// Source: LeSage and Pace (2009), sec. 5.6.
struct SimulatedEffects: Sendable {
  /// For each kind (direct, indirect, total) and term the mean, the standard deviation and the bounds
  /// of the middle share of the draws.
  let summaries: [[Summary]]
  /// The draws outside the bounds.
  let outside: Int

  /// Whether some deviation is far larger than the interval of the draws makes it, as that of a normal would not be.
  func hasHeavyTails(level: Double) -> Bool {
    let width = 2 * Normal().quantile(lowerTail: 0.5 + level / 2)
    return summaries.joined().contains { $0.deviation > 1.5 * ($0.high - $0.low) / width }
  }

  /// What the draws of one effect say.
  struct Summary: Sendable {
    let mean: Double
    let deviation: Double
    let low: Double
    let high: Double
  }

  /// Simulates; nil where the covariance of what effects depend on is not positive definite, or hardly a draw fits.
  init?(
    _ effects: ImpactEffects, parameters: [Double], covariance: Matrix, horizon: EffectHorizon,
    draws: Int, seed: UInt64, level: Double
  ) throws {
    let count = (effects.rho ?? parameters.count - 1) + 1
    let places = Array(0..<min(count, parameters.count))
    let block = covariance.selectingRows(places).selectingColumns(places)
    let scales = block.diagonal.map { 1 / $0.squareRoot() }
    guard draws > 1, let factor = try? Cholesky(block.scaledOnBothSides(by: scales)) else { return nil }
    try MemoryLimit.require(
      bytes: 32 * Double(draws) * Double(effects.terms.count),
      for: "\(grouped(draws)) draws of the effects of \(grouped(effects.terms.count)) terms",
      remedy: "Take fewer draws")
    var generator = CounterBasedGenerator(seed: seed)
    var samples = [[[Double]]](
      repeating: [[Double]](repeating: [], count: effects.terms.count), count: 3)
    var outside = 0
    var accepted = 0
    let progress = ProgressReport.steps(draws, Phrase("draws", zh: "次抽样"))
    while accepted < draws {
      if accepted.isMultiple(of: 64) { progress.done(accepted) }
      let shocks = factor.lower * generator.normals(places.count)
      var drawn = parameters
      for place in places { drawn[place] += shocks[place] / scales[place] }
      guard let values = try effects.values(at: drawn, horizon) else {
        outside += 1
        if outside > 20 * draws { return nil }
        continue
      }
      accepted += 1
      for (kind, estimates) in effects.threeKinds(values.effects).enumerated() {
        for (term, value) in estimates.enumerated() { samples[kind][term].append(value) }
      }
    }
    self.outside = outside
    // Of 0.95 exactly 0.025, and not what is left of 1 − 0.95.
    let tail = ((1 - level) / 2 * 1e12).rounded() / 1e12
    summaries = samples.map { $0.map { SimulatedEffects.summary($0, tail: tail) } }
  }

  private static func summary(_ sample: [Double], tail: Double) -> Summary {
    let sorted = sample.sorted()
    return Summary(
      mean: sample.mean, deviation: sample.sampleStandardDeviation,
      low: Quantile.value(at: tail, ofSorted: sorted),
      high: Quantile.value(at: 1 - tail, ofSorted: sorted))
  }
}
