internal import RuralValueNumerics

/// The models from which posterior probabilities choose, under one of the weights.
public struct CandidateModels: Sendable, Equatable {
  /// One candidate, with what speaks for it.
  public struct Model: Sendable, Equatable {
    /// Which model it is.
    public let kind: Kind
    /// The names of its regressors, in the order of Z, without a constant.
    public let regressors: [String]
    /// The logarithm of its marginal likelihood; nil where it could not be computed.
    public let logMarginal: Double?
    /// Its maximum likelihood and the criteria made of it; nil where that has no maximum.
    public let maximum: Maximum?
    /// Why there is no marginal likelihood, if there is none.
    public let failure: String?
  }

  /// A candidate's name.
  public enum Kind: String, Sendable, CaseIterable {
    /// Neither spatial lags nor a spatial error.
    case ols
    /// WX.
    case slx
    /// Wy.
    case sar
    /// Wy and WX.
    case sdm
    /// Wu.
    case sem
    /// WX and Wu.
    case sdem

    /// The name in journals: SDM.
    public var title: String { rawValue.uppercased() }

    var process: SpatialProcess {
      SpatialProcess(hasLag: self == .sar || self == .sdm, hasError: self == .sem || self == .sdem)
    }
    var hasDurbinTerms: Bool { self == .slx || self == .sdm || self == .sdem }
  }

  /// What the estimator finds of a candidate.
  public struct Maximum: Sendable, Equatable {
    /// The log-likelihood.
    public let logLikelihood: Double
    /// Which likelihood it is of, the same for all candidates under the same weights.
    public let kind: SpatialFitStatistics.LikelihoodKind
    /// −2l + 2p.
    public let aic: Double
    /// −2l + p log n.
    public let bic: Double
  }

  /// What is believed of the coefficients.
  public let prior: CoefficientPrior
  /// The candidates.
  public let models: [Model]
  /// m, the contrasts that are free of the effects.
  public let contrasts: Int
  /// Whether the weights can stand for effects of periods that the models lack: a quarter of all pairs are links.
  public let canImitatePeriods: Bool

  /// The candidates of a specification: OLS, SLX, SAR, SDM, SEM and SDEM, those with WX where any regressor may have its
  /// lag; `asked` is the specification before defaults. Throws what no candidate can do without.
  init(
    _ estimation: SpatialEstimation, asked: SpatialDurbinSpecification, _ prior: CoefficientPrior
  ) throws {
    let (sample, system) = (estimation.sample, estimation.system)
    let effects = estimation.effects
    // Without a word in the call all may enter with their lag, whichever model it is for.
    let durbin = asked.durbin == nil ? Array(sample.regressorNames.indices) : estimation.durbin
    let kinds = Kind.allCases.filter { !durbin.isEmpty || !$0.hasDurbinTerms }
    self.prior = prior
    // Of a transformed likelihood that is a density; else the direct one serves all, so that criteria are comparable.
    let isTransformed =
      estimation.specification.correction == .transform
      && (!effects.hasPeriodMeans || system.commonRowSum != nil)
    var count = 0.0
    models = try kinds.map { kind in
      let lags = kind.hasDurbinTerms ? durbin : []
      let design = try estimation.design(durbin: lags, effects: effects)
      let regressors = zip(design.columns, design.parameters).filter { $0.0 != .intercept }.map(\.1.name)
      let scope: LeeYuTransformation.Scope = isTransformed ? .both : .neither
      let fit = try? estimation.fit(process: kind.process, durbin: lags, scope: scope)
      var (value, failure) = (Double?.none, String?.none)
      do {
        let marginal = try MarginalLikelihood(design, estimation, process: kind.process, prior: prior)
        count = marginal.contrasts
        value = try marginal.logarithm()
      } catch let error as SpatialDurbinError {
        failure = error.description
      } catch let error as FactorizationError {
        failure = SpatialDurbinError.regression("\(error)").description
      }
      return Model(
        kind: kind, regressors: regressors, logMarginal: value,
        maximum: fit.map { CandidateModels.maximum($0, isTransformed: isTransformed) }, failure: failure)
    }
    contrasts = Int(count)
    let (links, size) = (Double(system.lag.matrices[0].values.count), Double(system.unitCount))
    canImitatePeriods =
      !effects.hasPeriodMeans && sample.periodCount > 1 && 4 * links >= size * (size - 1)
  }

  private static func maximum(_ fit: SpatialFit, isTransformed: Bool) -> Maximum {
    let (l, p) = (fit.logLikelihood, Double(fit.parameterCount))
    return Maximum(
      logLikelihood: l, kind: isTransformed ? .transformed : .direct, aic: -2 * l + 2 * p,
      bic: -2 * l + p * log(fit.transformation.observationCount))
  }

  /// Refuses what has no posterior probability here, in a sentence that says why.
  static func require(
    _ specification: SpatialDurbinSpecification, _ system: SpatialSystem
  ) throws(SpatialDurbinError) {
    let option = Setting("posterior")
    if specification.effects.isRandom {
      throw .notOffered(
        "\(option) is for fixed or no effects: with random effects the marginal likelihood has one more variance to be"
          + " averaged over, which is not worked out. Take \(Setting("effects")) unit or twoways.")
    }
    if specification.dynamics != nil {
      throw .notOffered(
        "\(option) is for static models: of a dynamic one the first period would need a distribution of its own. Leave out"
          + " \(Setting("dynamic")).")
    }
    guard system.lag.isConstant else {
      throw .notOffered(
        "\(option) needs weights that do not change over time. Compare the weights of single years, one file each."
      )
    }
    // Candidates have Wy and Wu whatever the model.
    var all = specification
    all.model = .sdm
    try SpatialDefaults.requireIdentification(all, system)
  }
}
