internal import RuralValueNumerics

/// Two-stage least squares for spatial panels:
///
///     y_t = ρWy_t + X_tβ + WX_tθ + E_tγ + WE_tδ + μ + α_t + u_t
///
/// Wy depends on u, and so do the regressors E that a call says to. Their instruments are q, which the call names, Wq, and
/// lags of X and q one power of W beyond the regressors': WX where X alone is a regressor, W²X where WX is. All lags are
/// taken first, and effects out of them afterwards:
///
///     δ̂ = (R′P_H R)⁻¹R′P_H y,   R = [X, WX, E, WE, Wy],   H = [X, WX, instruments],   scores (P_H R)_it e_it
///
/// It needs no normal errors and none of one variance.
///
/// Sources: Kelejian and Prucha (1998, 2007); methods/spatial-corrections.md, 4.1.
struct SpatialTwoStage {
  let sample: SpatialSample
  let system: SpatialSystem
  let specification: SpatialDurbinSpecification
  /// The regression without effects.
  let problem: LinearProblem
  /// What each of its columns is; nil stands for Wy.
  let columns: [SpatialDesign.Column?]
  let setting: LinearCovariance.Setting
  let fit: InstrumentalFit
  let covariance: LinearCovariance

  /// Estimates; the sample has the instruments behind the formula's regressors.
  ///
  /// Throws `InstrumentError`, `SpatialDurbinError`, `FixedEffectsError`.
  init(
    _ sample: SpatialSample, _ system: SpatialSystem, _ specification: SpatialDurbinSpecification
  ) throws {
    guard !sample.outcome.contains(where: \.isNaN) else {
      throw SpatialDurbinError.notOffered(
        "\(Setting("estimator")) 2sls takes every unit's outcome in every period, for the neighbours' lags; some are missing."
          + " Fill them, or take \(Setting("estimator")) ml.")
    }
    let terms = SpatialInstruments(sample, system.lag, specification)
    self.sample = sample
    self.system = system
    self.specification = specification
    let durbin = try SpatialEstimation.durbin(specification, among: terms.names)
    var columns: [SpatialDesign.Column?] = []
    var (parameters, values, endogenous): ([Parameter], [[Double]], [Bool]) = ([], [], [])
    func add(
      _ column: SpatialDesign.Column?, _ parameter: Parameter, _ series: [Double], _ isEndogenous: Bool
    ) {
      columns.append(column)
      parameters.append(parameter)
      values.append(series)
      endogenous.append(isEndogenous)
    }
    let effects = PanelEffects(specification.effects)
    if sample.hasIntercept && !effects.isCentred {
      add(.intercept, .constant, [Double](repeating: 1, count: sample.outcome.count), false)
    }
    for place in terms.names.indices {
      add(.regressor(place), sample.parameters[place], sample.regressors[place], terms.isEndogenous[place])
    }
    for place in durbin {
      add(
        .durbin(place), sample.parameters[place].spatialLag, system.lag(sample.regressors[place]),
        terms.isEndogenous[place])
    }
    if specification.model.hasLag { add(nil, .rho, system.lag(sample.outcome), true) }
    let instruments = terms.instruments(durbin: durbin)
    let demeaning = effects.demeaning(unitCount: sample.unitCount, periodCount: sample.periodCount)
    self.columns = columns
    problem = SpatialTwoStage.problem(
      sample, specification, demeaning, parameters, values, endogenous, instruments)
    let distances = try specification.places.map { try $0.distances(of: sample.units, in: sample.source) }
    var setting = problem.setting(SpatialTwoStage.rule(specification.standardError), distances: distances)
    setting.hasFactor = false
    self.setting = setting
    guard problem.outcome.euclideanNorm > 1e-13 * sample.outcome.euclideanNorm else {
      throw FixedEffectsError.constantOutcome(name: sample.outcomeName, effects: problem.effectsName)
    }
    fit = try InstrumentalFit(problem, setting, .twoStage)
    // As many instruments as observations would tell any regressor entirely.
    let used = fit.allInstruments.columnCount + problem.absorbedRank
    guard problem.outcome.count > used else {
      throw FixedEffectsError.tooFewObservations(observations: problem.outcome.count, parameters: used)
    }
    guard !fit.fit.isExact else { throw FixedEffectsError.exactFit(name: sample.outcomeName) }
    covariance = try LinearCovariance(fit.fit, setting)
  }

  private static func problem(
    _ sample: SpatialSample, _ specification: SpatialDurbinSpecification, _ demeaning: Demeaning,
    _ parameters: [Parameter], _ values: [[Double]], _ endogenous: [Bool],
    _ instruments: [(name: String, values: [Double])]
  ) -> LinearProblem {
    let units = Grouping.units(unitCount: sample.unitCount, periodCount: sample.periodCount)
    let clusters = specification.clusters.map { groups in
      LinearSample.Groups(
        name: Phrase(verbatim: groups.column), column: groups.column,
        grouping: Grouping(units.groupOfRow.map { groups.clusterOfUnit[$0] }, groupCount: groups.count))
    }
    return LinearProblem(
      outcome: demeaning(sample.outcome), columns: demeaning(values), lengths: values.map(\.euclideanNorm),
      parameters: parameters, instruments: demeaning(instruments.map(\.values)),
      instrumentNames: instruments.map(\.name), instrumentLengths: instruments.map(\.values.euclideanNorm),
      endogenous: endogenous, absorbedRank: demeaning.rank,
      clusters: [
        clusters ?? LinearSample.Groups(name: Phrase("units", zh: "个体"), column: "", grouping: units)
      ], units: units,
      periods: Grouping(
        sample.outcome.indices.map { $0 / sample.unitCount }, groupCount: sample.periodCount),
      effectsName: specification.effects == .none ? "constant" : specification.effects.label.english)
  }

  private static func rule(
    _ rule: SpatialDurbinSpecification.StandardError?
  ) -> FixedEffectsSpecification.StandardError {
    switch rule {
    case .classical, .information, .observed: .classical
    case .robust: .robust
    case .cluster, nil: .cluster
    case .driscollKraay: .driscollKraay
    case .conley(let kilometres): .conley(kilometres: kilometres)
    }
  }

  /// The coefficients, ρ last where the model has it.
  var coefficients: [Double] { fit.fit.coefficients }

  /// The place of ρ among the coefficients.
  var rhoPlace: Int? { fit.fit.parameters.firstIndex(of: .rho) }

  /// e′e/(n − k), n the observations less the effects.
  var sigma2: Double {
    let linear = fit.fit
    return linear.residualSumOfSquares
      / Double(linear.residuals.count - problem.absorbedRank - linear.parameterCount)
  }

  /// What estimates are held against.
  var reference: ReferenceDistribution { .t(degreesOfFreedom: covariance.summary.degreesOfFreedom) }

  /// The effects as functions of the coefficients.
  var impacts: ImpactEffects {
    ImpactEffects(
      columns: fit.fit.kept.map { columns[$0] }, names: sample.regressorNames, rho: rhoPlace, system)
  }
}

/// The formula's regressors, which of them depend on the errors, and the instruments that their lags give.
struct SpatialInstruments {
  /// The names of the formula's regressors.
  let names: [String]
  let isEndogenous: [Bool]
  private let sample: SpatialSample
  private let lag: SpatialLag
  private let specification: SpatialDurbinSpecification

  init(_ sample: SpatialSample, _ lag: SpatialLag, _ specification: SpatialDurbinSpecification) {
    let terms = specification.formula.terms
    names = Array(sample.regressorNames.prefix(terms.count))
    isEndogenous = terms.map { specification.instruments?.isEndogenous($0) ?? false }
    self.sample = sample
    self.lag = lag
    self.specification = specification
  }

  /// The highest power of W among the instruments: for Wy one more than among the regressors; of q alone, without Wy, that
  /// of the endogenous regressors.
  func highest(durbin: [Int]) -> Int {
    guard specification.model.hasLag else { return durbin.contains { isEndogenous[$0] } ? 1 : 0 }
    return specification.instrumentLags ?? SpatialEstimatorRules.defaultInstrumentLags(specification)
  }

  /// The excluded instruments by powers of W: q, then WX that is no regressor and Wq, then W²X and W²q.
  func instruments(durbin: [Int]) -> [(name: String, values: [Double])] {
    let own = names.count
    var lagged = sample.regressors
    var labels = sample.regressorNames
    var result: [(name: String, values: [Double])] = []
    for power in 0...highest(durbin: durbin) {
      if power > 0 {
        lagged = lagged.map { lag($0) }
        labels = labels.map { "W*\($0)" }
      }
      for place in lagged.indices {
        let isNamed = place >= own
        let isLag = specification.model.hasLag && power > 0 && !isNamed && !isEndogenous[place]
        guard isNamed || (isLag && !(power == 1 && durbin.contains(place))) else { continue }
        result.append((labels[place], lagged[place]))
      }
    }
    return result
  }
}
