internal import RuralValueNumerics

/// Panels whose spatial estimates are their parameters, to nine digits and more.
///
/// Conditions are those of the maximum: residuals orthogonal to the (demeaned, filtered) design, q = nt·σ²,
/// and the score of ρ (or λ), −t tr G + e′Wy/σ² = 0. The errors move along the design's columns, along Wy,
/// which moves e′Wy, and along themselves, which sets their scale; how far, is found by Broyden's method on
/// the estimator itself, so that the same holds for Lee and Yu's transformation, for Elhorst's correction and
/// for dynamic models, whose estimates are no zeros of a score.
public enum ExactSpatialPanel {
  /// Makes the outcome of a panel so that the estimator returns the true coefficients.
  ///
  /// - `panel` has the regressors, any columns of any origin; an outcome column in it is replaced.
  /// - `truth` has a value for each coefficient under the name in results: `P`, `W*P`, `rho`, `lambda`; for a
  ///   dynamic model also `lag(V, 1)` and `W*lag(V, 1)`. `sigma2` and `(Intercept)` may be left out and are
  ///   then what they come to be.
  /// - `errors` are the errors to start from, in row order.
  /// - `unitEffects` has one number a unit, `periodEffects` one a period (none for nil).
  /// - `initial` has the outcome where the model has no value, in row order; nil leaves those cells missing.
  ///
  /// Throws `ExactPanelError` where it cannot be done, and what the estimator throws.
  public static func plant(
    _ panel: Panel, weights: SpatialWeights, truth: [String: Double], errors: [Double],
    unitEffects: [Double], periodEffects: [Double]? = nil, initial: [Double]? = nil,
    _ specification: SpatialDurbinSpecification
  ) throws -> ExactPanel {
    precondition(errors.count == panel.rowCount && (initial ?? errors).count == panel.rowCount)
    precondition(unitEffects.count == panel.units.count, "A unit needs its effect.")
    precondition(periodEffects == nil || periodEffects?.count == panel.periods.count)
    guard specification.effects != .random else {
      throw ExactPanelError.notOffered(
        "An exact panel with random effects is not offered: their variance is a parameter of its own."
          + " Take fixed effects of units, or none.")
    }
    let setting = try SpatialSetting(
      panel, weights: weights, truth: truth, unitEffects: unitEffects, periodEffects: periodEffects,
      initial: initial, specification)
    let first = try setting.fit(errors)
    let names = first.parameterNames
    try check(truth, names: names)
    let targets = names.indices.filter { truth[names[$0]] != nil }
    let wanted = targets.map { truth[names[$0]] ?? 0 }
    guard first.transformation.observationCount > Double(targets.count) else {
      throw ExactPanelError.tooFewObservations(
        conditions: targets.count, observations: Int(first.transformation.observationCount))
    }
    let scales = wanted.map { max(abs($0), 1) }
    let steering = ErrorSteering(
      directions: try setting.directions(first, targets: targets), scales: scales
    ) { errors in
      let parameters = try setting.fit(errors).parameters
      return targets.map { parameters[$0] }.minus(wanted)
    }
    let end = try steering.solve(from: errors, jacobian: nil)
    guard end.size <= ErrorSteering.tolerance else {
      let worst = targets.indices.max { abs(end.miss[$0]) / scales[$0] < abs(end.miss[$1]) / scales[$1] } ?? 0
      throw ExactPanelError.notConverged(
        iterations: end.iterations, coefficient: names[targets[worst]], truth: wanted[worst],
        estimate: wanted[worst] + end.miss[worst])
    }
    let outcome = try setting.process.outcome(end.errors)
    return ExactPanel(
      panel: panel.with([(setting.column, outcome)]), outcome: outcome, errors: end.errors,
      iterations: end.iterations, largestMiss: end.size)
  }

  /// The parameters that may be left to themselves.
  private static let optional: Set<String> = ["sigma2", ModelFrame.interceptName]

  private static func check(_ truth: [String: Double], names: [String]) throws(ExactPanelError) {
    for name in truth.keys.sorted() where !names.contains(name) {
      throw .unknownTruth(name: name, coefficients: names)
    }
    for name in names where truth[name] == nil && !optional.contains(name) {
      throw .noTruth(term: name, given: truth.keys.sorted())
    }
  }
}
