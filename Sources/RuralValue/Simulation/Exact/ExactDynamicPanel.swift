internal import RuralValueNumerics

/// Panels whose GMM estimates are their parameters, to nine digits and more.
///
/// The reported step's first-order conditions X′Z A Z′e = 0 are made to hold at the true coefficients; the
/// j − k other moments stay what chance made them, so that Hansen's J, the tests for serial correlation and
/// the standard errors are those of a sample. (With all j moments at zero J would be zero; with the
/// conditions of the first step as well, a model with j < 2k would have no moment left.) After one step A is
/// that of the first step; after two, or to the end of iteration, that of the reported one.
///
/// X, Z and A hold lags of the outcome and hence depend on the errors. The errors move by ε₀ + Bc with
/// B = M′(MM′)⁻¹, where M = ∂b/∂ε at fixed X, Z and A: the smallest change that does it, to first order. c is
/// found by Broyden's method from the Jacobian I, which is exact but for that dependence.
public enum ExactDynamicPanel {
  /// Makes the outcome of a panel so that the estimator returns the true coefficients.
  ///
  /// - `panel` has the regressors, any columns of any origin; an outcome column in it is replaced.
  /// - `truth` has a value for the coefficient of each term of the formula, and may have values for periods'
  ///   dummies and the constant. Those not named are added to nothing and left to the estimator.
  /// - `errors` are the errors to start from, in row order; they are changed as little as the conditions ask.
  /// - `unitEffects` has one number a unit, in the order of `panel.units`.
  /// - `periodEffects` has one number a period, in the order of `panel.periods`; none for nil.
  /// - `initial` has the outcome where the formula has no value (first periods, holes), in row order.
  ///
  /// Throws `ExactPanelError` where it cannot be done, and what the estimator throws.
  public static func plant(
    _ panel: Panel, truth: [Parameter: Double], errors: [Double], unitEffects: [Double],
    periodEffects: [Double]? = nil, initial: [Double], _ specification: DynamicPanelSpecification
  ) throws -> ExactPanel {
    precondition(errors.count == panel.rowCount && initial.count == panel.rowCount)
    precondition(unitEffects.count == panel.units.count, "A unit needs its effect.")
    precondition(periodEffects == nil || periodEffects?.count == panel.periods.count)
    let process = try process(
      panel, truth, unitEffects: unitEffects, periodEffects: periodEffects, initial: initial, specification)
    let column = process.terms.outcomeColumn
    func model(_ errors: [Double]) throws -> (PreparedModel, GMMSteps) {
      let filled = panel.with([(column, try process.outcome(errors))])
      let model = try PreparedModel(filled, specification)
      return (model, try GMMSteps(model))
    }
    let (first, _) = try model(errors)
    let parameters = first.regressors.map(\.parameter)
    let targets = try targets(truth, parameters)
    let wanted = targets.map { truth[parameters[$0]] ?? 0 }
    let observations = first.observations
    guard observations > targets.count else {
      throw ExactPanelError.tooFewObservations(conditions: targets.count, observations: observations)
    }
    let steering = StagedSteering(
      directions: { errors in
        let (model, steps) = try model(errors)
        return (try directions(model, steps, targets: targets), .identity(targets.count))
      },
      estimates: { errors in
        let coefficients = try model(errors).1.reported.coefficients
        return targets.map { coefficients[$0] }
      }, truth: wanted, names: targets.map { parameters[$0].name })
    let end = try steering.solve(from: errors)
    let outcome = try process.outcome(end.errors)
    return ExactPanel(
      panel: panel.with([(column, outcome)]), outcome: outcome, errors: end.errors,
      iterations: end.iterations,
      largestMiss: end.size)
  }

  /// The process with all that is fixed in it.
  static func process(
    _ panel: Panel, _ truth: [Parameter: Double], unitEffects: [Double], periodEffects: [Double]?,
    initial: [Double], _ specification: DynamicPanelSpecification
  ) throws -> DynamicPanelProcess {
    let formula = specification.formula
    let terms = try OutcomeTerms(
      panel, formula, evaluator: PreparedModel.evaluator(panel, specification))
    let coefficients = try formula.parameters.map { parameter in
      guard let value = truth[parameter] else {
        throw ExactPanelError.noTruth(term: parameter.name, given: truth.sortedParameters.map(\.name))
      }
      return value
    }
    let constant = truth[.constant] ?? 0
    let effects = (0..<panel.rowCount).map { row in
      constant + unitEffects[panel.unitOfRow[row]] + (periodEffects?[panel.periodOfRow[row]] ?? 0)
        + (truth[Parameter("time=\(panel.period(ofRow: row))", .period)] ?? 0)
    }
    return DynamicPanelProcess(
      panel: panel, terms: terms, coefficients: coefficients, effects: effects, initial: initial)
  }

  /// The positions of the true coefficients among those estimated.
  private static func targets(
    _ truth: [Parameter: Double], _ parameters: [Parameter]
  ) throws(ExactPanelError) -> [Int] {
    for parameter in truth.sortedParameters where !parameters.contains(parameter) {
      throw .unknownTruth(name: parameter.name, coefficients: parameters.map(\.name))
    }
    return parameters.indices.filter { truth[parameters[$0]] != nil }
  }

  /// B = M′(MM′)⁻¹, in row order.
  private static func directions(
    _ model: PreparedModel, _ steps: GMMSteps, targets: [Int]
  ) throws -> [[Double]] {
    let influence = steps.reported.influence.selectingColumns(targets)
    return try LeastChange.directions(ErrorInfluence(model).rows(influence))
  }
}

/// How errors become the outcome of a dynamic panel:
///
///     y_it = Σ_k β_k x_k,it + μ_i + c_it + ε_it
///
/// where terms x may hold lags of y. Where a term has no value, as in the first period, the outcome is the
/// initial one that was given.
struct DynamicPanelProcess {
  let panel: Panel
  let terms: OutcomeTerms
  /// β, one a term.
  let coefficients: [Double]
  /// μ_i + c_it, in row order.
  let effects: [Double]
  /// What the outcome's column has where the model cannot say, in row order.
  let initial: [Double]

  /// The outcome's column, in row order. Throws `ExactPanelError.explosive`.
  func outcome(_ errors: [Double]) throws(ExactPanelError) -> [Double] {
    var outcome = initial
    // Rows stand unit by unit and by period within a unit, so that lags are made before they are needed.
    for row in outcome.indices {
      var sum = effects[row] + errors[row]
      for (term, coefficient) in coefficients.enumerated() {
        sum += coefficient * terms.value(term, row: row, outcome: outcome)
      }
      guard !sum.isNaN else { continue }
      outcome[row] = terms.column(sum)
      guard outcome[row].isFinite else {
        throw .explosive(unit: panel.unit(ofRow: row), period: panel.period(ofRow: row))
      }
    }
    return outcome
  }
}
