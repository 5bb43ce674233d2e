internal import RuralValueNumerics

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
    var generator = CounterBasedGenerator(seed: seed)
    var samples = [[[Double]]](
      repeating: [[Double]](repeating: [], count: effects.terms.count), count: 3)
    var outside = 0
    var accepted = 0
    while accepted < draws {
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
