internal import RuralValueNumerics

/// Resolves what a specification leaves open, and refuses what has no estimator, in a sentence that says why.
enum SpatialDefaults {
  /// The specification with every default in its place.
  static func resolve(
    _ specification: SpatialDurbinSpecification, system: SpatialSystem, regressors: [String], missing: Int = 0
  ) throws(SpatialDurbinError) -> SpatialDurbinSpecification {
    var resolved = specification
    if missing > 0 { try checkGaps(specification, system, missing: missing) }
    let isFixed = specification.effects != .none && !specification.effects.isRandom
    if let obstacle = transformationObstacle(specification) {
      if specification.correction == .transform {
        throw .notOffered("\(Setting("lee-yu")) transform: \(obstacle). Take \(Setting("lee-yu")) none.")
      }
      resolved.correction = specification.correction ?? SpatialDurbinSpecification.Correction.none
    } else {
      resolved.correction =
        specification.correction ?? (missing > 0 ? SpatialDurbinSpecification.Correction.none : .transform)
    }
    if specification.correction == .elhorst, !isFixed {
      throw .notOffered(
        "\(Setting("lee-yu")) elhorst corrects for fixed effects; \(Setting("effects")) \(specification.effects.rawValue) has none."
      )
    }
    if specification.correction == .elhorst, !system.lag.isConstant {
      throw .notOffered(
        "\(Setting("lee-yu")) elhorst needs weights that do not change over time. Take \(Setting("lee-yu")) none."
      )
    }
    try checkChangingWeights(specification, system)
    try checkRegions(specification, system)
    try checkErrorWeights(specification, system)
    if specification.effects == .randomIndependent,
      !specification.model.hasError || specification.model.hasLag
    {
      throw .notOffered(
        "\(Setting("effects")) random-independent is for \(Setting("model")) sem and sdem, whose errors depend on the"
          + " neighbours'; without such errors it is \(Setting("effects")) random.")
    }
    if let dynamics = specification.dynamics { try checkDynamics(dynamics, resolved, system) }
    resolved.standardError = try standardError(specification, resolved: resolved, system)
    if missing > 0, specification.standardError == nil, specification.clusters == nil {
      resolved.standardError = .observed
    }
    if resolved.durbin == nil { resolved.durbin = specification.model.hasDurbinTerms ? regressors : [] }
    return resolved
  }

  /// Regions, regimes and predictions are of static models; the first two of weights that do not change over time.
  private static func checkRegions(
    _ specification: SpatialDurbinSpecification, _ system: SpatialSystem
  ) throws(SpatialDurbinError) {
    let groups: [(String, UnitClusters?)] = [
      ("regimes", specification.regimes), ("regions", specification.regions),
    ]
    for (name, clusters) in groups {
      guard let clusters else { continue }
      guard specification.dynamics == nil else {
        throw .notOffered(
          "\(Setting(name)) \(clusters.column) is for static models, without \(Setting("dynamic")).")
      }
      guard specification.prior == nil || name == "regions" else {
        throw .notOffered(
          "\(Setting("posterior")) compares models without \(Setting(name)). Leave one of them out.")
      }
      guard system.lag.isConstant, system.regressorWeights?.lag.isConstant != false else {
        throw .notOffered("\(Setting(name)) \(clusters.column) needs weights that do not change over time.")
      }
    }
    guard specification.keepsPredictions else { return }
    guard specification.dynamics == nil, !specification.effects.isRandom else {
      throw .notOffered(
        "\(Setting("residuals")) is for static models with fixed or no effects; found"
          + " \(specification.dynamics != nil ? "\(Setting("dynamic"))" : "\(Setting("effects")) \(specification.effects.rawValue)")."
      )
    }
  }

  /// Refuses what is not worked out where outcomes are missing.
  private static func checkGaps(
    _ specification: SpatialDurbinSpecification, _ system: SpatialSystem, missing: Int
  ) throws(SpatialDurbinError) {
    let found = "\(grouped(missing)) unit-\(missing == 1 ? "period has" : "periods have") no outcome"
    let way = "or leave the units out with \(Setting("gaps")) drop-units"
    if let correction = specification.correction, correction != .none {
      throw .notOffered(
        "\(Setting("lee-yu")) \(correction.rawValue): \(found), and with gaps no correction for bias is known. Take"
          + " \(Setting("lee-yu")) none, \(way).")
    }
    if let asked = specification.standardError, asked != .observed, asked != .cluster {
      throw .notOffered(
        "\(Setting("se")) \(asked.text): \(found), and with gaps these errors are not worked out. Take \(Setting("se"))"
          + " observed or cluster, \(way).")
    }
    if specification.prior != nil {
      throw .notOffered(
        "\(Setting("posterior")): \(found), and with gaps it is not worked out. Leave it out, \(way).")
    }
    if system.errorSystem != nil {
      throw .notOffered(
        "\(Setting("weights-error")): \(found), and with gaps Wy and Wu need the same weights. Leave it out, \(way)."
      )
    }
    if specification.model.hasError, !system.lag.isConstant {
      throw .notOffered(
        "\(Setting("model")) \(specification.model.rawValue) with weights that change over time: \(found), and with gaps the"
          + " errors' filter is not worked out. Take \(Setting("model")) sdm or sar, \(way).")
    }
  }

  /// Why the orthogonal transformation does not apply, if it does not.
  static func transformationObstacle(_ specification: SpatialDurbinSpecification) -> String? {
    let effects = PanelEffects(specification.effects)
    if !effects.isCentred { return "there are no fixed effects to be transformed away" }
    return nil
  }

  /// With both processes no filter is worked out that takes effects of units out of weights that change over time.
  private static func checkChangingWeights(
    _ specification: SpatialDurbinSpecification, _ system: SpatialSystem
  ) throws(SpatialDurbinError) {
    let effects = PanelEffects(specification.effects)
    guard specification.model.hasError, !system.lag.isConstant else { return }
    if effects.isRandom {
      throw .notOffered(
        "\(Setting("model")) \(specification.model.rawValue) with \(Setting("effects")) random and weights that change over"
          + " time is not offered: the errors' filter changes with the period. Take \(Setting("effects")) unit."
      )
    }
    guard specification.model == .sac else { return }
    guard effects.hasUnitMeans || (effects.hasPeriodMeans && !system.isRowStochastic) else { return }
    throw .notOffered(
      "\(Setting("model")) \(specification.model.rawValue) with \(Setting("effects")) \(specification.effects.rawValue) and"
        + " weights that change over time is not offered: the errors' filter changes with the period, and demeaning would"
        + " leave the effects in. Take a \(Setting("model")) with one of the two processes, or weights of one year."
    )
  }

  /// With both processes, each with its own weights, both must be the same in all periods.
  private static func checkErrorWeights(
    _ specification: SpatialDurbinSpecification, _ system: SpatialSystem
  ) throws(SpatialDurbinError) {
    guard let own = system.errorSystem else { return }
    guard system.lag.isConstant, own.lag.isConstant else {
      throw .notOffered(
        "\(Setting("model")) sac with \(Setting("weights-error")) needs weights that do not change over time, of Wy and of"
          + " Wu.")
    }
    if specification.correction == .elhorst {
      throw .notOffered(
        "\(Setting("lee-yu")) elhorst is not worked out where Wy and Wu have weights of their own. Take"
          + " \(Setting("lee-yu")) transform.")
    }
  }

  /// Refuses what no data identify: with equal weights of all others and effects of periods, Wy is y times a constant.
  static func requireIdentification(
    _ specification: SpatialDurbinSpecification, _ system: SpatialSystem
  ) throws(SpatialDurbinError) {
    let model = specification.model
    if let own = system.errorSystem {
      var errors = specification
      errors.model = .sem
      try requireIdentification(errors, own)
    }
    guard PanelEffects(specification.effects).hasPeriodMeans, model.hasLag || model.hasError,
      system.lag.isConstant
    else { return }
    let weights = system.lag.matrices[0].values
    let count = system.unitCount * (system.unitCount - 1)
    guard let first = weights.first, weights.count == count,
      weights.allSatisfy({ abs($0 - first) <= 1e-12 * first })
    else { return }
    throw .equalWeights(parameter: model.hasLag ? "ρ" : "λ", units: system.unitCount)
  }

  private static func checkDynamics(
    _ dynamics: SpatialDurbinSpecification.Dynamics, _ resolved: SpatialDurbinSpecification,
    _ system: SpatialSystem
  ) throws(SpatialDurbinError) {
    guard resolved.model == .sdm || resolved.model == .sar else {
      throw .notOffered(
        "\(Setting("dynamic")) is for \(Setting("model")) sdm and sar; the bias of a dynamic \(resolved.model.title) has no known correction."
      )
    }
    guard !resolved.effects.isRandom else {
      throw .notOffered(
        "\(Setting("dynamic")) with \(Setting("effects")) random is not offered: a random effect moves with the lagged outcome."
      )
    }
    guard resolved.correction != .elhorst else {
      throw .notOffered(
        "\(Setting("lee-yu")) elhorst is for static models; a dynamic one has its own correction, \(Setting("lee-yu")) transform."
      )
    }
    if system.lag.isConstant { return }
    throw .notOffered("\(Setting("dynamic")) needs weights that do not change over time.")
  }

  /// Why Conley's errors cannot be had.
  static let noPlaces = SpatialDurbinError.notOffered(
    "\(Setting("se")) conley needs to know where the units lie: name the columns of longitude and latitude with"
      + " \(Setting("coordinates")), or a file of points or polygons with \(Setting("places")).")

  /// How many periods effects of units need where errors of any variance are taken one by one.
  static let periodsForRobust = 20

  private static func standardError(
    _ specification: SpatialDurbinSpecification, resolved: SpatialDurbinSpecification, _ system: SpatialSystem
  ) throws(SpatialDurbinError) -> SpatialDurbinSpecification.StandardError {
    let isSpatial = specification.model.hasLag || specification.model.hasError
    if let asked = specification.standardError ?? (specification.clusters == nil ? nil : .cluster) {
      if isSpatial && asked != .observed && !system.lag.isConstant {
        throw .notOffered(
          "\(Setting("se")) \(asked.text) needs weights that do not change over time. Take \(Setting("se")) observed."
        )
      }
      if specification.effects.isRandom && asked != .information && asked != .observed {
        throw .notOffered(
          "\(Setting("se")) \(asked.text) is for fixed or no effects; with random effects take \(Setting("se")) observed."
        )
      }
      if asked == .driscollKraay, specification.dynamics != nil, resolved.correction == .transform,
        PanelEffects(specification.effects).hasUnitMeans
      {
        throw .notOffered(
          "\(Setting("se")) driscoll-kraay is not worked out for a dynamic model's corrected estimate. Take \(Setting("se")) observed."
        )
      }
      if asked != .cluster, specification.clusters != nil {
        throw .notOffered(
          "\(Setting("cluster")) names groups for \(Setting("se")) cluster; found \(Setting("se")) \(asked.text). Take one of"
            + " them.")
      }
      if asked.hasPairs { try checkSandwich(asked, specification, periods: system.lag.periodCount) }
      return asked
    }
    guard isSpatial else { return .information }
    if specification.effects.isRandom || !system.lag.isConstant { return .observed }
    return system.unitCount <= LogDeterminant.denseLimit ? .information : .observed
  }

  /// Refuses sandwiches that are not worked out, that are inconsistent, or that lack what they need.
  static func checkSandwich(
    _ asked: SpatialDurbinSpecification.StandardError, _ specification: SpatialDurbinSpecification,
    periods: Int
  ) throws(SpatialDurbinError) {
    if specification.model == .sac || specification.dynamics != nil {
      throw .notOffered(
        "\(Setting("se")) \(asked.text) is not worked out for \(specification.dynamics == nil ? "an SAC" : "a dynamic model")."
          + " Take \(Setting("se")) observed, or a model with one spatial parameter and without a lagged outcome."
      )
    }
    if asked == .robust, PanelEffects(specification.effects).hasUnitMeans, periods <= periodsForRobust {
      throw .notOffered(
        "\(Setting("se")) robust is inconsistent with effects of units and \(periods) periods (more than"
          + " \(periodsForRobust) are needed): the mean of a unit's errors is in each of its residuals (Stock and Watson"
          + " 2008). Take \(Setting("se")) cluster, which allows for errors of any variance as well."
      )
    }
    if case .conley(let kilometres) = asked {
      guard specification.places != nil else { throw noPlaces }
      guard kilometres > 0, kilometres.isFinite else {
        throw .notOffered(
          "\(Setting("se")) \(asked.text): expected a cutoff above zero, in kilometres, such as conley:100.")
      }
    }
  }
}
