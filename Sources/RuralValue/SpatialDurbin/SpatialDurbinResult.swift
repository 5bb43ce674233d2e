internal import RuralValueNumerics

/// What a spatial panel model found.
public struct SpatialDurbinResult: FittedModel {
  /// What was asked, with every default resolved.
  public let specification: SpatialDurbinSpecification
  /// The outcome's name.
  public let outcomeName: String
  /// The sizes of the sample.
  public let sample: ResultDocument.Sample
  /// Which standard errors the estimates have.
  public let errors: SpatialErrorSummary
  /// The terms, ρ and λ, σ² and, with random effects, θ.
  public let estimates: [Estimate]
  /// Their covariance, row by row in their order.
  public let covariance: [[Double]]
  /// The effects, by horizon, kind and term.
  public let effects: [SpatialEffect]
  /// The effects by order of neighbours, where they were asked for.
  public let effectsByOrder: [SpatialOrderEffect]
  /// What variables of products do where their moderators stand somewhere, and over the sample.
  public internal(set) var margins: [SpatialMargin] = []
  /// Where such an effect changes its sign.
  public internal(set) var signChanges: [SignChange] = []
  /// The effects by region, where regions or regimes were given.
  public internal(set) var regions: RegionalResult?
  /// The model with a ρ for each regime, where regimes were given and it was estimated.
  public internal(set) var regimeLags: [Estimate] = []
  /// Predictions and residuals by unit and period, where they were asked for.
  public internal(set) var predictions: SpatialPredictions?
  /// The tests, in the order of the decision.
  public internal(set) var tests: [TestResult]
  /// What the tests say, step by step, and at the end which model they support.
  public let decision: [Phrase]
  /// Likelihood, fit and bounds.
  public internal(set) var fit: SpatialFitStatistics
  /// How well instruments tell the endogenous regressors, of two-stage least squares.
  public let instruments: InstrumentSummary?
  /// What the reader must know.
  public let notes: [Phrase]
  /// Why the estimate itself may not carry a conclusion.
  let estimateCautions: [Phrase]
  /// The models with their marginal likelihoods, where posterior probabilities were asked for.
  public internal(set) var candidates: CandidateModels?
}

/// What a change in one regressor does, to the unit itself, to the others, or in all.
public struct SpatialEffect: Sendable, Equatable {
  /// Whom the change reaches.
  public let kind: EffectKind
  /// When; nil for a static model.
  public let horizon: EffectHorizon?
  /// The effect with its delta-method error.
  public let estimate: Estimate
  /// What simulated draws say of it, if there were any.
  public let simulated: Simulated?

  init(
    term: String, _ kind: EffectKind, _ horizon: EffectHorizon?, _ value: Double, standardError: Double,
    reference: ReferenceDistribution = .normal, simulated: Simulated?
  ) {
    self.kind = kind
    self.horizon = horizon
    estimate = Estimate(
      Parameter(term, .effect(kind, horizon)), value, standardError: standardError, reference: reference)
    self.simulated = simulated
  }

  /// The distribution over draws.
  public struct Simulated: Sendable, Equatable {
    /// The mean.
    public let mean: Double
    /// The standard deviation.
    public let standardError: Double
    /// The lower end of the middle share of the draws that the confidence level asks for.
    public let low: Double
    /// The upper end.
    public let high: Double
  }
}

/// Effects by region.
public struct RegionalResult: Sendable, Equatable {
  /// Whom a change reaches, seen from a region.
  public enum Kind: String, Sendable, CaseIterable {
    /// The unit itself.
    case direct
    /// A unit of the region, from all others.
    case spillIn = "spill_in"
    /// All others, from a unit of the region.
    case spillOut = "spill_out"

    /// What tables call it.
    var label: Phrase {
      switch self {
      case .direct: Phrase("direct", zh: "直接效应")
      case .spillIn: Phrase("spill-in", zh: "溢入效应")
      case .spillOut: Phrase("spill-out", zh: "溢出效应")
      }
    }
  }

  /// What a change in a regressor does by region.
  public struct Effect: Sendable, Equatable {
    /// The region.
    public let region: String
    /// The number of its units.
    public let units: Int
    /// Whom it reaches.
    public let kind: Kind
    /// The mean over the region's units.
    public let estimate: Estimate
  }

  /// What a rise of a regressor by one in all of a region does to a unit of a region.
  public struct Pair: Sendable, Equatable {
    /// The region whose units are reached.
    public let on: String
    /// The region in which the regressor rises.
    public let from: String
    /// The mean over the units that are reached.
    public let estimate: Estimate
  }

  /// The column of the regions.
  public let column: String
  /// By term, region and kind.
  public let effects: [Effect]
  /// By term and pair of regions.
  public let pairs: [Pair]
}

/// What one order of neighbours contributes to an effect.
public struct SpatialOrderEffect: Sendable, Equatable {
  /// The regressor.
  public let term: String
  /// The order: 0 the unit itself, 1 its neighbours, 2 theirs.
  public let order: Int
  /// The part of the direct effect.
  public let direct: Double
  /// The part of the total effect.
  public let total: Double

  /// The part of the indirect effect.
  public var indirect: Double { total - direct }
}

/// Likelihood, fit and bounds of a model.
public struct SpatialFitStatistics: Sendable, Equatable {
  /// Which likelihood a logarithm is of; numbers of different kinds must not be compared.
  public enum LikelihoodKind: String, Sendable {
    /// Of all N·T observations, as with dummies.
    case direct
    /// Of the transformed observations of Lee and Yu.
    case transformed
    /// Of the contrasts orthogonal to filtered dummies, for weights whose rows have different sums.
    case restricted
    /// The direct likelihood beside an estimate whose score is adjusted, for such weights.
    case adjusted
    /// With random effects integrated out.
    case random
  }

  /// The log-likelihood; NaN, as what is made of it, for an estimate that has none.
  public let logLikelihood: Double
  /// Which likelihood it is of; nil where there is none.
  public let kind: LikelihoodKind?
  /// The number of parameters.
  public let parameterCount: Int
  /// −2l + 2p.
  public let aic: Double
  /// −2l + p log n, n the observations that the likelihood is of.
  public let bic: Double
  /// 1 − e′e / Σ(y − ȳ)², with the fixed effects counted as explained.
  public let rSquared: Double
  /// 1 − e′e / y′y of the demeaned outcome.
  public let rSquaredWithin: Double
  /// The squared correlation of the demeaned outcome and (I − ρW)⁻¹Zb; nil where outcomes are missing.
  public let squaredCorrelation: Double?
  /// The bounds between which ρ and λ must lie.
  public let bounds: ClosedRange<Double>
  /// The largest component of the score, divided by the number of observations; NaN without a likelihood.
  public let score: Double
  /// The number of local maxima that the starts led to; nil without a likelihood.
  public let maxima: Int?
  /// Sixteen digits that tell the weights.
  public let weightsFingerprint: String
  /// Those of WX, where they are others.
  public internal(set) var regressorWeightsFingerprint: String?
  /// Those of Wu, where they are others.
  public internal(set) var errorWeightsFingerprint: String?
  /// σ²_μ of random effects.
  public let unitVariance: Double?
  /// The largest root of a dynamic model; below one it is stable.
  public let largestRoot: Double?
  /// The mean |r_ij| of the residuals of two units, where effects of periods make Pesaran's CD say nothing.
  public let meanAbsoluteCorrelation: Double?
}
