internal import RuralValueNumerics

/// One sample and its weights, on which a model and its rivals are fitted.
struct SpatialEstimation {
  let sample: SpatialSample
  let system: SpatialSystem
  let specification: SpatialDurbinSpecification
  /// The positions of the regressors that enter with their lag.
  let durbin: [Int]

  init(_ sample: SpatialSample, _ system: SpatialSystem, _ specification: SpatialDurbinSpecification)
    throws(SpatialDurbinError)
  {
    self.sample = sample
    self.system = system
    self.specification = specification
    durbin = try Self.durbin(specification, among: sample.regressorNames)
  }

  /// The positions of the regressors that enter with their lag. Throws `SpatialDurbinError.noSuchTerm`.
  static func durbin(
    _ specification: SpatialDurbinSpecification, among terms: [String]
  ) throws(SpatialDurbinError) -> [Int] {
    guard let names = specification.durbin else {
      return specification.model.hasDurbinTerms ? Array(terms.indices) : []
    }
    var positions: [Int] = []
    for name in names {
      guard let position = terms.firstIndex(of: name) else { throw .noSuchTerm(name: name, terms: terms) }
      if !positions.contains(position) { positions.append(position) }
    }
    return positions.sorted()
  }

  /// The effects of the specification.
  var effects: PanelEffects { PanelEffects(specification.effects) }

  /// The processes of the specification's model.
  var process: SpatialProcess {
    SpatialProcess(hasLag: specification.model.hasLag, hasError: specification.model.hasError)
  }

  /// What the specification transforms away; what is corrected afterwards is estimated directly.
  var scope: LeeYuTransformation.Scope {
    guard specification.correction == .transform, !isSolved else { return .neither }
    return specification.dynamics == nil ? .both : .periods
  }

  /// Whether the estimate is the root of scores that belong to no likelihood of one model: of a dynamic model with
  /// effects of units, and of an SAC with effects of periods where rows differ in their sums.
  var isSolved: Bool {
    guard specification.correction == .transform else { return false }
    if specification.dynamics != nil { return effects.hasUnitMeans }
    return process.hasLag && FilteredPeriods.areNeeded(process, effects, system)
  }

  /// The columns of a model.
  func design(
    durbin: [Int], effects: PanelEffects, hasRegimes: Bool = true
  ) throws(SpatialDurbinError) -> SpatialDesign {
    try SpatialDesign(
      sample, lag: system.lag, regressorLag: system.regressorWeights?.lag, effects: effects, durbin: durbin,
      dynamics: specification.dynamics, regimes: hasRegimes ? specification.regimes : nil)
  }

  /// A model's maximum likelihood, without bias correction; what is not given is the specification's.
  func fit(
    process: SpatialProcess? = nil, durbin: [Int]? = nil, effects: PanelEffects? = nil,
    scope: LeeYuTransformation.Scope? = nil, hasRegimes: Bool = true
  ) throws -> SpatialFit {
    let effects = effects ?? self.effects
    return try SpatialFit(
      try design(durbin: durbin ?? self.durbin, effects: effects, hasRegimes: hasRegimes), sample, system,
      effects: effects,
      process: process ?? self.process, scope: scope ?? self.scope)
  }

  /// The specification's model with the correction that it asks for.
  func correctedFit() throws -> SpatialFit {
    let fit = try fit()
    guard isSolved else {
      return specification.correction == .elhorst ? try ElhorstCorrection.apply(to: fit) : fit
    }
    if specification.dynamics == nil {
      if let solved = try CombinedScores.solve(fit) { return solved }
      var direct = fit
      direct.correction = .withoutRoot
      return direct
    }
    guard let scores = try DynamicScores(fit) else { return try oneStepFit(.oneStepForManyUnits) }
    return try scores.solved() ?? oneStepFit(.oneStepWithoutRoot)
  }

  /// A dynamic model's estimate without its bias of order 1/T.
  func oneStepFit(_ reason: SpatialFit.Correction) throws -> SpatialFit {
    var corrected = try DynamicBiasCorrection.apply(to: try fit(scope: .periods))
    corrected.correction = reason
    return corrected
  }
}
