internal import RuralValueNumerics

/// Maximum likelihood for spatial panel models:
/// y_t = ρWy_t + X_tβ + WX_tθ + μ + α_t + u_t, u_t = λWu_t + ε_t, ε ~ N(0, σ²I), and what it nests.
///
/// The spatial lag comes first and demeaning after it; the score is zero at the estimate; the covariance is
/// an inverse information matrix and nothing put in its place.
///
/// Sources: LeSage and Pace (2009); Lee and Yu (2010); Elhorst (2014); methods/spatial-durbin.md, with what
/// splm, SDPDmod and the MATLAB toolbox do differently.
public enum SpatialDurbinEstimator {
  /// Estimates a model with weights that do not change over time.
  ///
  /// Throws `SpatialDurbinError`, `WeightsError` and what the formula's evaluation throws.
  public static func fit(
    _ panel: Panel, weights: SpatialWeights, _ specification: SpatialDurbinSpecification
  ) throws -> SpatialDurbinResult {
    try fit(panel, WeightRoles(outcome: .constant(weights)), specification)
  }

  /// Estimates a model with weights for every period.
  public static func fit(
    _ panel: Panel, weightsByPeriod: [Int: SpatialWeights], _ specification: SpatialDurbinSpecification
  ) throws -> SpatialDurbinResult {
    try fit(panel, WeightRoles(outcome: .byPeriod(weightsByPeriod)), specification)
  }

  /// Estimates a model in which Wy, WX and Wu may have weights of their own.
  public static func fit(
    _ panel: Panel, _ roles: WeightRoles, _ given: SpatialDurbinSpecification
  ) throws -> SpatialDurbinResult {
    try roles.check(given)
    let sample = try SpatialSample(panel, given.samplingInstruments())
    let specification = given.restricted(to: sample.units, of: panel.units)
    let outcome = try aligned(roles.outcome, panel, sample, specification)
    let regressors = try roles.regressors.map {
      try aligned($0, panel, sample, specification, of: Setting("weights-x"))
    }
    let errors = try roles.errors.map {
      try aligned($0, panel, sample, specification, of: Setting("weights-error"))
    }
    // A model without Wy lives on the weights of its errors.
    let own = specification.model.hasLag ? outcome : errors ?? outcome
    let system = try SpatialSystem(own.weights, matrixOfPeriod: own.matrixOfPeriod)
    system.isOfErrorsAlone =
      errors.map { $0.weights != outcome.weights } ?? false && !specification.model.hasLag
    if let errors, specification.model.hasLag, errors.weights != own.weights {
      system.errorSystem = try SpatialSystem(errors.weights, matrixOfPeriod: errors.matrixOfPeriod)
    }
    // Where WX has the weights of Wy, it is one system.
    let other = regressors ?? outcome
    if other.weights != own.weights {
      system.regressorWeights = RegressorWeights(
        other.lag, beside: system.lag, fingerprint: other.fingerprint)
    }
    let notes =
      sample.gaps.notes + outcome.notes + (regressors?.notes ?? []) + (errors?.notes ?? [])
    switch specification.resolvedEstimator {
    case .likelihood: try SpatialEstimatorRules.checkLikelihood(specification)
    case .twoStage:
      let resolved = try SpatialEstimatorRules.resolveTwoStage(specification, system)
      try SpatialDefaults.requireIdentification(resolved, system)
      return try regressing {
        try SpatialTwoStageReport(
          estimate: SpatialTwoStage(sample, system, resolved), fingerprint: outcome.fingerprint, notes: notes
        ).result()
      }
    case .moments:
      let resolved = try SpatialEstimatorRules.resolveMoments(specification, system)
      return try regressing {
        try RandomComponents(sample, system, resolved).result(fingerprint: outcome.fingerprint, notes: notes)
      }
    }
    let resolved = try SpatialDefaults.resolve(
      specification, system: system, regressors: sample.regressorNames, missing: sample.missing.count)
    try SpatialDefaults.requireIdentification(resolved, system)
    if specification.prior != nil { try CandidateModels.require(resolved, system) }
    let estimation = try SpatialEstimation(sample, system, resolved)
    return try regressing {
      var result = try SpatialReport(
        estimation, asked: specification, fingerprint: outcome.fingerprint,
        notes: notes + roles.notes(resolved) + errorBoundNotes(system)
      )
      .result()
      result.fit.regressorWeightsFingerprint = regressors?.fingerprint
      result.fit.errorWeightsFingerprint = errors?.fingerprint
      result.candidates = try specification.prior.map {
        try CandidateModels(estimation, asked: specification, $0)
      }
      return result
    }
  }

  /// The result, a failed regression as an error of the model.
  private static func regressing(
    _ report: () throws -> SpatialDurbinResult
  ) throws -> SpatialDurbinResult {
    do { return try report() } catch let error as FactorizationError {
      throw SpatialDurbinError.regression("\(error)")
    }
  }

  /// The bounds of λ, where they are not those of ρ.
  private static func errorBoundNotes(_ system: SpatialSystem) -> [Phrase] {
    guard let bounds = system.errorSystem?.bounds else { return [] }
    let (low, high) = (
      FixedDecimals.text(bounds.lowerBound, decimals: 3), FixedDecimals.text(bounds.upperBound, decimals: 3)
    )
    return [
      Phrase(
        "λ lies between \(low) and \(high), the bounds of its own weights.",
        zh: "λ的取值范围由其自身权重决定：\(low)至\(high)。")
    ]
  }

  /// Weights in the order of the sample's units, scaled, with what has to be said of them.
  private struct Aligned {
    let weights: [SpatialWeights]
    let matrixOfPeriod: [Int]
    let fingerprint: String
    let notes: [Phrase]

    var lag: SpatialLag {
      SpatialLag(matrices: weights.map(\.sparseMatrix), matrixOfPeriod: matrixOfPeriod)
    }
  }

  private static func aligned(
    _ source: WeightRoles.Source, _ panel: Panel, _ sample: SpatialSample,
    _ specification: SpatialDurbinSpecification, of role: Setting? = nil
  ) throws -> Aligned {
    let periods = source.isConstant ? Array(sample.periods.prefix(1)) : sample.periods
    var weights: [SpatialWeights] = []
    var fingerprints: [String] = []
    var unused: [String] = []
    for period in periods {
      guard let given = source(period) else {
        throw SpatialDurbinError.noWeights(
          period: period, available: panel.periods.filter { source($0) != nil })
      }
      let (aligned, rest) = try given.aligned(to: sample.units, of: sample.source)
      guard specification.standardisation != .spectral || aligned.linkCount == 0 || aligned.hasCircle else {
        throw SpatialDurbinError.noCircle
      }
      weights.append(aligned.withoutSelf.standardised(specification.standardisation))
      fingerprints.append(given.fingerprint(among: sample.units))
      if unused.isEmpty { unused = rest }
    }
    guard weights.contains(where: { $0.linkCount > 0 }) else { throw SpatialDurbinError.noLinks }
    let notes = weightNotes(weights, unused: unused, specification)
    return Aligned(
      weights: weights, matrixOfPeriod: sample.periods.indices.map { source.isConstant ? 0 : $0 },
      fingerprint: fingerprint(fingerprints),
      notes: role.map { role in
        notes.map { Phrase("\(role): \($0.english)", zh: "\(role)：\($0.chinese)") }
      } ?? notes)
  }

  /// The fingerprint of the weights in force, of all periods together where they change.
  private static func fingerprint(_ prints: [String]) -> String {
    guard prints.count > 1 else { return prints[0] }
    let sum = prints.enumerated().reduce(UInt64(0)) {
      $0 &* 0x100_0000_01B3 &+ (UInt64($1.element, radix: 16) ?? 0)
    }
    let digits = String(sum, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func weightNotes(
    _ weights: [SpatialWeights], unused: [String], _ specification: SpatialDurbinSpecification
  ) -> [Phrase] {
    var notes: [Phrase] = []
    if !unused.isEmpty {
      notes.append(
        Phrase(
          "\(unused.count == 1 ? "1 unit of the weights is" : "\(unused.count) units of the weights are") not in the panel"
            + " (\(listed(unused, most: 5))); \(unused.count == 1 ? "its" : "their") links are left out before the weights"
            + " are standardised.",
          zh: "权重矩阵中有\(unused.count)个单元不在面板内（\(listed(unused, most: 5, in: .chinese))），标准化之前已剔除其邻接关系。"))
    }
    let islands = weights.map(\.islands).max { $0.count < $1.count } ?? []
    if !islands.isEmpty {
      notes.append(
        Phrase(
          islands.count == 1
            ? "1 unit has no neighbours (\(islands[0])); its spatial lag is zero."
            : "\(islands.count) units have no neighbours (\(listed(islands, most: 5))); their spatial lags are zero.",
          zh: "\(islands.count)个单元没有邻居（\(listed(islands, most: 5, in: .chinese))），其空间滞后为零。"))
    }
    return notes
  }
}
