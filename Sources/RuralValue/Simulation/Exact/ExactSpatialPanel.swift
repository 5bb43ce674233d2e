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
  /// - `truth` has a value for each parameter of the model; σ² and the constant may be left out and are then
  ///   what they come to be.
  /// - `errors` are the errors to start from, in row order.
  /// - `unitEffects` has one number a unit, `periodEffects` one a period (none for nil).
  /// - `initial` has the outcome where the model has no value, in row order; nil leaves those cells missing.
  ///
  /// Throws `ExactPanelError` where it cannot be done, and what the estimator throws.
  public static func plant(
    _ panel: Panel, weights: SpatialWeights, truth: [Parameter: Double], errors: [Double],
    unitEffects: [Double], periodEffects: [Double]? = nil, initial: [Double]? = nil,
    _ specification: SpatialDurbinSpecification
  ) throws -> ExactPanel {
    precondition(errors.count == panel.rowCount && (initial ?? errors).count == panel.rowCount)
    precondition(unitEffects.count == panel.units.count, "A unit needs its effect.")
    precondition(periodEffects == nil || periodEffects?.count == panel.periods.count)
    guard !specification.effects.isRandom else {
      throw ExactPanelError.notOffered(
        "An exact panel with random effects is not offered: their variance is a parameter of its own."
          + " Take fixed effects of units, or none.")
    }
    let setting = try SpatialSetting(
      panel, weights: weights, truth: truth, unitEffects: unitEffects, periodEffects: periodEffects,
      initial: initial, specification)
    let first = try setting.fit(errors)
    let parameters = first.parameters
    try check(truth, parameters)
    let targets = parameters.indices.filter { truth[parameters[$0]] != nil }
    let wanted = targets.map { truth[parameters[$0]] ?? 0 }
    guard first.transformation.observationCount > Double(targets.count) else {
      throw ExactPanelError.tooFewObservations(
        conditions: targets.count, observations: Int(first.transformation.observationCount))
    }
    let steering = StagedSteering(
      directions: { errors in (try setting.directions(setting.fit(errors), targets: targets), nil) },
      estimates: { errors in
        let values = try setting.fit(errors).values
        return targets.map { values[$0] }
      }, truth: wanted, names: targets.map { parameters[$0].name })
    let end = try steering.solve(from: errors)
    let outcome = try setting.process.outcome(end.errors)
    return ExactPanel(
      panel: panel.with([(setting.column, outcome)]), outcome: outcome, errors: end.errors,
      iterations: end.iterations, largestMiss: end.size)
  }

  private static func check(
    _ truth: [Parameter: Double], _ parameters: [Parameter]
  ) throws(ExactPanelError) {
    for parameter in truth.sortedParameters where !parameters.contains(parameter) {
      throw .unknownTruth(name: parameter.name, coefficients: parameters.map(\.name))
    }
    for parameter in parameters
    where truth[parameter] == nil && parameter != .variance && parameter != .constant {
      throw .noTruth(term: parameter.name, given: truth.sortedParameters.map(\.name))
    }
  }
}

extension [Parameter: Double] {
  /// The parameters by name, for messages.
  var sortedParameters: [Parameter] { keys.sorted { $0.name < $1.name } }
}

extension FormulaSpecification {
  /// The coefficients of the terms.
  var parameters: [Parameter] { terms.map { Parameter($0, outcome: outcome) } }
}
