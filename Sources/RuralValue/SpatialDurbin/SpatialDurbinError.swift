/// What can keep a spatial panel model from being estimated.
public enum SpatialDurbinError: Fault {
  /// A unit-period that the model needs is missing, or one of its values is.
  case missingValue(MissingCell)
  /// Leaving out units or periods with gaps leaves too few.
  case nothingLeft(source: String, rule: SpatialGaps.Rule, left: Int, of: Int)
  /// A unit has no value of a term in any period.
  case neverObserved(source: String, term: String, unit: String)
  /// More regressors would have to be interpolated than data can be called.
  case tooManyGaps(source: String, count: Int, total: Int, units: Int, periods: Int)
  /// A formula's term has no value in any complete period.
  case noCompletePeriod(source: String)
  /// The weights of a period are missing.
  case noWeights(period: Int, available: [Int])
  /// No unit has a neighbour.
  case noLinks
  /// `durbin` names a term that the formula does not have.
  case noSuchTerm(name: String, terms: [String])
  /// A combination of options that has no estimator.
  case notOffered(String)
  /// There are fewer observations than parameters.
  case tooFewObservations(observations: Int, parameters: Int)
  /// No regressor is left.
  case noRegressors(dropped: [String])
  /// The likelihood has no maximum inside the parameter space.
  case noMaximum(parameter: String, value: Double, low: Double, high: Double)
  /// The score could not be brought to zero.
  case noConvergence(score: Double, parameter: String?, value: Double, isAtEdge: Bool)
  /// The information matrix has no inverse that is a covariance.
  case informationNotPositiveDefinite(kind: String, parameter: String)
  /// A dynamic model's estimate is not stable, so that its bias has no formula.
  case unstable(tau: Double, rho: Double, eta: Double)
  /// A regression inside the search failed; the text says why.
  case regression(String)
  /// Something would be more than the memory holds.
  case tooLarge(MemoryLimitError)
  /// A number became infinite on the way.
  case overflow(what: String)
  /// The weights have no eigenvalue but zero, so that there is nothing to divide by.
  case noCircle
  /// I − ρW could not be factored inside the bounds.
  case singularFilter(rho: Double)
  /// The moments of random effects and spatial errors have no solution with positive variances inside the bounds.
  case noMoments(lambda: Double)
  /// All units are neighbours of all others alike, and effects of periods take out what could tell ρ.
  case equalWeights(parameter: String, units: Int)

  /// The first missing cell, and how many unit-periods lack a value.
  public struct MissingCell: Sendable, Equatable {
    let source: String
    let term: String?
    let unit: String
    let period: Int
    let count: Int
    let total: Int
    /// Why the missing outcomes are not integrated out, where the call did not refuse gaps itself.
    let reason: String?
  }

  /// Options are a matter of the call, missing values of the data, all else of the numbers.
  public var kind: FaultKind {
    switch self {
    case .missingValue, .nothingLeft, .neverObserved, .tooManyGaps, .noCompletePeriod, .noWeights, .noLinks,
      .noCircle, .tooLarge:
      .data
    case .noSuchTerm, .notOffered: .usage
    default: .numerical
    }
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .missingValue(let cell):
      let what = cell.term.map { "has no value of \($0)" } ?? "has no row"
      return "\(cell.source): \"\(cell.unit)\" \(what) in \(cell.period) (\(cell.count) of \(cell.total)"
        + " unit-periods are incomplete)"
        + (cell.reason.map { "; \($0)." }
          ?? ". A spatial lag takes every neighbour's value in every period, so that a gap in one county is a gap in all its"
          + " neighbours.")
        + " Leave the unit out with \(Setting("gaps")) drop-units, the period with \(Setting("gaps")) drop-periods, or fill"
        + " the gap with `ruralvalue prepare \(Setting("interpolate"))`."
    case .nothingLeft(let source, let rule, let left, let all):
      let what = rule == .dropUnits ? "units" : "periods"
      return
        "\(source): \(Setting("gaps")) \(rule.rawValue) leaves \(left) of \(all) \(what); the others lack a value of the"
        + " outcome or of a regressor somewhere. Take fewer terms, or \(Setting("gaps"))"
        + " \(rule == .dropUnits ? "drop-periods" : "drop-units")."
    case .neverObserved(let source, let term, let unit):
      return
        "\(source): \"\(unit)\" has no value of \(term) in any period of the model, so that nothing can be learnt of it."
        + " Leave the unit out: \(Setting("gaps")) drop-units."
    case .tooManyGaps(let source, let count, let total, let units, let periods):
      return
        "\(source): \(grouped(count)) of \(grouped(total)) unit-periods lack a regressor (\(grouped(units))"
        + " \(units == 1 ? "unit" : "units"), \(grouped(periods)) \(periods == 1 ? "period" : "periods")); at most"
        + " \(FixedDecimals.text(100 * SpatialGaps.mostInterpolated, atMost: 0)) % are interpolated. Leave"
        + " the units out with \(Setting("gaps")) drop-units, the periods with \(Setting("gaps")) drop-periods, drop the term that"
        + " lacks them, or fill them yourself with `ruralvalue prepare \(Setting("interpolate"))`."
    case .noCompletePeriod(let source):
      return "\(source): no period has a value of the outcome and of every regressor for any unit;"
        + " check the formula's lags against the panel's periods."
    case .noWeights(let period, let available):
      return "There are no weights for \(period); they were given for \(listed(available.map(String.init)))."
    case .noLinks:
      return
        "No unit of the panel has a neighbour in the weights; a spatial model needs links between its units."
    case .noSuchTerm(let name, let terms):
      return "\(Setting("durbin")) names \"\(name)\", which the formula does not have."
        + NearestName.question(for: name, among: terms) + " Its terms are: \(listed(terms))."
    case .notOffered(let sentence):
      return sentence
    case .tooFewObservations(let observations, let parameters):
      return "There are \(observations) observations after the fixed effects are taken out, too few for"
        + " \(parameters) parameters."
    case .noRegressors(let dropped):
      return "No regressor is left: \(listed(dropped)) do not vary once the fixed effects are taken out."
    case .noMaximum(let parameter, let value, let low, let high):
      return
        "The likelihood rises up to the bound: \(parameter) = \(value), inside (\(low), \(high)). The spatial"
        + " dependence of the data is stronger than the model allows; check the weights and the outcome's units."
    case .noConvergence(let score, let parameter?, let value, true):
      return
        "The likelihood's maximum was not reached: the score stands at \(score) of its scale, expected below 1e-10, at"
        + " \(parameter) = \(value), the edge of what the weights allow. The variable is nearly its own spatial lag: take"
        + " differences or growth rates, or other weights."
    case .noConvergence(let score, _, _, _):
      return "The likelihood's maximum was not reached: the score stands at \(score) of its scale,"
        + " expected below 1e-10. Regressors of very different size or near collinearity are the usual cause."
    case .informationNotPositiveDefinite(let kind, let parameter):
      return
        "The \(kind) information matrix is not positive definite (first at \(parameter)), so that there are no"
        + " standard errors; no other matrix is put in its place. Too many spatial terms for these data are the"
        + " usual cause: drop some with \(Setting("durbin")), or take another \(Setting("model")) or \(Setting("se"))."
    case .unstable(let tau, let rho, let eta):
      return
        "The dynamic model is not stable: lagged outcome \(tau), lag of the neighbours' \(eta), rho \(rho);"
        + " expected their sum below one. Its bias has no formula: take \(Setting("lee-yu")) none, or first differences."
    case .regression(let reason):
      return "The model's regressors are not independent once spatially filtered. \(reason)"
    case .overflow(let what):
      return
        "\(what) became infinite or not a number: the variables' scales are too far apart. Rescale them with log(),"
        + " scale() or ruralvalue prepare."
    case .tooLarge(let error):
      return error.description
    case .singularFilter(let rho):
      return "I − ρW is singular to working precision at ρ = \(rho); check the scale of the weights"
        + " (\(Setting("standardise")) row)."
    case .noCircle:
      return
        "No chain of links leads back to where it began, so that all eigenvalues of the weights are zero and"
        + " \(Setting("standardise")) spectral has nothing to divide by. Take \(Setting("standardise")) row or minmax; links"
        + " that should hold in both directions are \(Setting("links")) undirected."
    case .noMoments(let lambda):
      return
        "The moments of the errors have no solution inside the bounds with variances above zero (λ goes to \(lambda)): the errors"
        + " are not those of random effects beside a spatial error. Take \(Setting("estimator")) ml, or \(Setting("effects")) unit."
    case .equalWeights(let parameter, let units):
      return
        "All \(grouped(units)) units are neighbours of all others with the same weight. Once effects of periods are"
        + " out, the spatial lag of a variable is the variable itself times a constant, so that \(parameter) is not"
        + " identified. Take weights that tell near from far (\(Setting("rule")) of ruralvalue weights), or"
        + " \(Setting("effects")) unit."
    }
  }
}
