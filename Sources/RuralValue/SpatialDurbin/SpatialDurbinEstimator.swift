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
    try fit(panel, weightsOfPeriod: { _ in weights }, isConstant: true, specification)
  }

  /// Estimates a model with weights for every period.
  public static func fit(
    _ panel: Panel, weightsByPeriod: [Int: SpatialWeights], _ specification: SpatialDurbinSpecification
  ) throws -> SpatialDurbinResult {
    try fit(panel, weightsOfPeriod: { weightsByPeriod[$0] }, isConstant: false, specification)
  }

  private static func fit(
    _ panel: Panel, weightsOfPeriod: (Int) -> SpatialWeights?, isConstant: Bool,
    _ given: SpatialDurbinSpecification
  ) throws -> SpatialDurbinResult {
    let sample = try SpatialSample(panel, given.samplingInstruments())
    var specification = given
    if sample.units.count < panel.units.count {
      func kept(_ groups: UnitClusters?) -> UnitClusters? {
        groups?.restricted(to: sample.units, of: panel.units)
      }
      specification.clusters = kept(given.clusters)
      specification.regimes = kept(given.regimes)
      specification.regions = kept(given.regions)
    }
    let periods = isConstant ? Array(sample.periods.prefix(1)) : sample.periods
    var notes = sample.gaps.notes
    var weights: [SpatialWeights] = []
    var fingerprints: [String] = []
    var unused: [String] = []
    for period in periods {
      guard let given = weightsOfPeriod(period) else {
        throw SpatialDurbinError.noWeights(
          period: period, available: panel.periods.filter { weightsOfPeriod($0) != nil })
      }
      let (aligned, rest) = try given.aligned(to: sample.units, of: sample.source)
      guard specification.standardisation != .spectral || aligned.linkCount == 0 || aligned.hasCircle else {
        throw SpatialDurbinError.noCircle
      }
      weights.append(aligned.withoutSelf.standardised(specification.standardisation))
      fingerprints.append(given.fingerprint(among: sample.units))
      if unused.isEmpty { unused = rest }
    }
    notes += weightNotes(weights, unused: unused, specification)
    let system = try SpatialSystem(
      weights, matrixOfPeriod: sample.periods.indices.map { isConstant ? 0 : $0 })
    switch specification.resolvedEstimator {
    case .likelihood: try SpatialEstimatorRules.checkLikelihood(specification)
    case .twoStage:
      let resolved = try SpatialEstimatorRules.resolveTwoStage(specification, system)
      try SpatialDefaults.requireIdentification(resolved, system)
      return try regressing {
        try SpatialTwoStageReport(
          estimate: SpatialTwoStage(sample, system, resolved), fingerprint: fingerprint(fingerprints),
          notes: notes
        ).result()
      }
    case .moments:
      let resolved = try SpatialEstimatorRules.resolveMoments(specification, system)
      return try regressing {
        try RandomComponents(sample, system, resolved).result(
          fingerprint: fingerprint(fingerprints), notes: notes)
      }
    }
    let resolved = try SpatialDefaults.resolve(
      specification, system: system, regressors: sample.regressorNames, missing: sample.missing.count)
    try SpatialDefaults.requireIdentification(resolved, system)
    let estimation = try SpatialEstimation(sample, system, resolved)
    return try regressing {
      try SpatialReport(
        estimation, asked: specification, fingerprint: fingerprint(fingerprints), notes: notes
      )
      .result()
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
