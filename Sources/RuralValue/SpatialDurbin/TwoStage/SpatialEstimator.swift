extension SpatialDurbinSpecification {
  /// How a spatial panel model is estimated.
  public enum Estimator: String, Sendable, CaseIterable {
    /// Maximum likelihood.
    case likelihood = "ml"
    /// Two-stage least squares.
    case twoStage = "2sls"
    /// Generalised moments of random effects that depend on the neighbours' as errors do.
    case moments = "gm"

    /// What titles add: nothing of maximum likelihood.
    var titlePart: Phrase {
      switch self {
      case .likelihood: Phrase(verbatim: "")
      case .twoStage: Phrase(" by two-stage least squares", zh: "，两阶段最小二乘")
      case .moments: Phrase(" by generalised moments", zh: "，广义矩（GM）")
      }
    }
  }

  /// The estimator in force: two-stage least squares where there are instruments and nothing else is said.
  public var resolvedEstimator: Estimator { estimator ?? (instruments == nil ? .likelihood : .twoStage) }

  /// Puts a dummy a level in the place of each column of levels. Throws `FormulaError.tooManyLevels`.
  public mutating func expand(_ levels: FormulaLevels) throws(FormulaError) {
    formula = try formula.expanding(levels)
    instruments = try instruments?.expanding(levels, hasIntercept: formula.hasIntercept)
  }

  /// The same with the instruments behind the regressors, for the sample that must hold both.
  ///
  /// Throws `InstrumentError`.
  func samplingInstruments() throws(InstrumentError) -> SpatialDurbinSpecification {
    guard let instruments else { return self }
    try instruments.check(against: formula)
    var sampled = self
    for term in instruments.instruments { sampled.formula = sampled.formula.appending(term) }
    return sampled
  }
}

/// Resolves what a specification leaves open for the estimators without a likelihood, and refuses what these do not
/// offer, in a sentence that says what is offered instead.
enum SpatialEstimatorRules {
  typealias Specification = SpatialDurbinSpecification

  /// Refuses instruments, and errors of other estimators, beside maximum likelihood.
  static func checkLikelihood(_ specification: Specification) throws(SpatialDurbinError) {
    if specification.instruments != nil {
      throw .notOffered(
        "\(Setting("iv")) is for \(Setting("estimator")) 2sls; maximum likelihood takes all regressors for exogenous. Leave"
          + " \(Setting("estimator")) ml out.")
    }
    try refuseInstrumentLags(specification)
    if specification.standardError == .classical {
      throw .notOffered(
        "\(Setting("se")) classical is for \(Setting("estimator")) 2sls and gm; of maximum likelihood errors of one variance are"
          + " \(Setting("se")) information.")
    }
  }

  /// The specification of two-stage least squares with every default in its place.
  static func resolveTwoStage(
    _ specification: Specification, _ system: SpatialSystem
  ) throws(SpatialDurbinError) -> Specification {
    let model = specification.model
    guard !model.hasError else {
      throw .notOffered(
        "\(Setting("estimator")) 2sls has no model of the errors, as \(Setting("model")) \(model.rawValue) does: it allows for errors"
          + " that depend on the neighbours' by \(Setting("se")) conley:KM. Take \(Setting("model")) sar, sdm or slx."
      )
    }
    guard model.hasLag || specification.instruments != nil else {
      throw .notOffered(
        "\(Setting("model")) slx without \(Setting("iv")) has nothing that depends on the errors, so that"
          + " \(Setting("estimator")) 2sls is least squares: leave \(Setting("estimator")) out, or name endogenous regressors in"
          + " \(Setting("iv")).")
    }
    guard !specification.effects.isRandom else {
      throw .notOffered(
        "\(Setting("estimator")) 2sls with \(Setting("effects")) \(specification.effects.rawValue) is not offered; expected"
          + " \(Setting("effects")) unit, time, twoways or none.")
    }
    try refuseLikelihoodOptions(specification)
    try checkInstrumentLags(specification)
    var resolved = specification
    resolved.estimator = .twoStage
    resolved.correction = Specification.Correction.none
    resolved.standardError = try standardError(specification, periods: system.lag.periodCount)
    return resolved
  }

  /// The specification of generalised moments with every default in its place.
  static func resolveMoments(
    _ specification: Specification, _ system: SpatialSystem
  ) throws(SpatialDurbinError) -> Specification {
    let name = "\(Setting("estimator")) gm"
    if specification.instruments != nil {
      throw .notOffered(
        "\(Setting("iv")) is for \(Setting("estimator")) 2sls; \(name) takes all regressors for exogenous.")
    }
    let model = specification.model
    guard model.hasError, !model.hasLag, specification.effects == .random else {
      throw .notOffered(
        "\(name) is Kapoor, Kelejian and Prucha's, of random effects beside a spatial error: expected \(Setting("model")) sem or"
          + " sdem and \(Setting("effects")) random; found \(Setting("model")) \(model.rawValue) and \(Setting("effects"))"
          + " \(specification.effects.rawValue). For a lag of the outcome take \(Setting("estimator")) 2sls.")
    }
    try refuseLikelihoodOptions(specification)
    try refuseInstrumentLags(specification)
    guard system.lag.isConstant, system.lag.periodCount > 1 else {
      throw .notOffered(
        "\(name) needs \(system.lag.isConstant ? "two periods or more" : "weights that do not change over time")."
      )
    }
    let asked = specification.standardError ?? (specification.clusters == nil ? nil : .cluster)
    guard asked == nil || asked == .classical else {
      throw .notOffered(
        "\(Setting("se")) \(asked?.text ?? "") is not worked out for \(name), whose errors are those of generalised least squares:"
          + " expected \(Setting("se")) classical.")
    }
    var resolved = specification
    resolved.estimator = .moments
    resolved.correction = Specification.Correction.none
    resolved.standardError = .classical
    return resolved
  }

  private static func refuseLikelihoodOptions(_ specification: Specification) throws(SpatialDurbinError) {
    let name = "\(Setting("estimator")) \(specification.resolvedEstimator.rawValue)"
    if specification.dynamics != nil {
      throw .notOffered(
        "\(Setting("dynamic")) does not go with \(name): beside effects of units the lagged outcome depends on the errors. Take"
          + " \(Setting("estimator")) ml, or instruments from further back with ruralvalue gmm.")
    }
    let groups = [("regimes", specification.regimes), ("regions", specification.regions)]
    let asked =
      groups.first { $0.1 != nil }?.0
      ?? (specification.moderatorValues.isEmpty ? specification.keepsPredictions ? "residuals" : nil : "at")
    if let asked = asked ?? (specification.prior == nil ? nil : "posterior") {
      throw .notOffered(
        "\(Setting(asked)) is for \(Setting("estimator")) ml, and not worked out for \(name). Leave it out.")
    }
    if let correction = specification.correction {
      throw .notOffered(
        "\(Setting("lee-yu")) \(correction.rawValue) corrects maximum likelihood for fixed effects; \(name) has no such bias. Leave it"
          + " out.")
    }
  }

  private static func refuseInstrumentLags(_ specification: Specification) throws(SpatialDurbinError) {
    guard let lags = specification.instrumentLags else { return }
    throw .notOffered(
      "\(Setting("instrument-lags")) \(lags) is for the instruments of the neighbours' outcome in \(Setting("estimator")) 2sls with"
        + " \(Setting("model")) sar or sdm; expected it beside these.")
  }

  private static func checkInstrumentLags(_ specification: Specification) throws(SpatialDurbinError) {
    guard specification.model.hasLag else { return try refuseInstrumentLags(specification) }
    let least = defaultInstrumentLags(specification)
    guard let lags = specification.instrumentLags, lags < least else { return }
    throw .notOffered(
      "\(Setting("instrument-lags")) \(lags): the regressors' own lags are no instruments for the neighbours' outcome; expected"
        + " \(least) or more.")
  }

  /// One more than the highest power of W among the regressors.
  static func defaultInstrumentLags(_ specification: Specification) -> Int {
    let hasDurbinTerms = specification.durbin.map { !$0.isEmpty } ?? specification.model.hasDurbinTerms
    return hasDurbinTerms ? 2 : 1
  }

  private static func standardError(
    _ specification: Specification, periods: Int
  ) throws(SpatialDurbinError) -> Specification.StandardError {
    guard let asked = specification.standardError else {
      return specification.clusters != nil || periods > 1 ? .cluster : .robust
    }
    if asked == .information || asked == .observed {
      throw .notOffered(
        "\(Setting("se")) \(asked.text) is of maximum likelihood; of \(Setting("estimator")) 2sls expected classical, robust,"
          + " cluster, conley:KM or driscoll-kraay.")
    }
    if asked != .cluster, specification.clusters != nil {
      throw .notOffered(
        "\(Setting("cluster")) names groups for \(Setting("se")) cluster; found \(Setting("se")) \(asked.text). Take one of"
          + " them.")
    }
    if asked.hasPairs { try SpatialDefaults.checkSandwich(asked, specification, periods: periods) }
    return asked
  }
}
