/// What a spatial panel model is asked to be.
public struct SpatialDurbinSpecification: Sendable, Equatable {
  /// Which spatial lags the model has.
  public enum Model: String, Sendable, CaseIterable {
    /// Spatial Durbin: Wy and WX.
    case sdm
    /// Spatial autoregressive (lag): Wy.
    case sar
    /// Spatial error: Wu.
    case sem
    /// Spatial lag of X.
    case slx
    /// Spatial Durbin error: WX and Wu.
    case sdem
    /// Spatial autoregressive combined: Wy and Wu; with `durbin` also WX.
    case sac

    /// Whether y depends on Wy.
    public var hasLag: Bool { self == .sdm || self == .sar || self == .sac }
    /// Whether the errors depend on those of the neighbours.
    public var hasError: Bool { self == .sem || self == .sdem || self == .sac }
    /// Whether all regressors enter with their lags unless `durbin` says otherwise.
    public var hasDurbinTerms: Bool { self == .sdm || self == .slx || self == .sdem }
    /// The name in journals: SDM.
    public var title: String { rawValue.uppercased() }
  }

  /// Which effects of units and periods the model has.
  public enum Effects: String, Sendable, CaseIterable {
    /// Fixed effects of units.
    case unit
    /// Fixed effects of periods.
    case time
    /// Fixed effects of units and of periods.
    case twoways
    /// None: a pooled panel or a cross-section, with a constant.
    case none
    /// Random effects of units, with a constant; under a spatial error they depend on the neighbours' as errors do.
    case random
    /// Random effects of units that do not depend on the neighbours', beside errors that do.
    case randomIndependent = "random-independent"

    /// Whether units have fixed effects.
    public var hasUnits: Bool { self == .unit || self == .twoways }
    /// Whether periods have fixed effects.
    public var hasPeriods: Bool { self == .time || self == .twoways }
    /// Whether units have random effects.
    public var isRandom: Bool { self == .random || self == .randomIndependent }
  }

  /// What is done about the incidental parameters of fixed effects.
  public enum Correction: String, Sendable, CaseIterable {
    /// Lee and Yu's orthogonal transformation: an exact likelihood without the effects.
    case transform
    /// The direct estimate with Elhorst's analytic bias correction.
    case elhorst
    /// The direct estimate, as with dummies.
    case none
  }

  /// Which lags of the outcome over time the model has.
  public enum Dynamics: String, Sendable, CaseIterable {
    /// The outcome a period earlier.
    case y
    /// The neighbours' outcome a period earlier.
    case wy
    /// Both.
    case both

    var hasLaggedOutcome: Bool { self != .wy }
    var hasLaggedNeighbours: Bool { self != .y }
  }

  /// Where standard errors come from.
  public enum StandardError: Sendable, Hashable {
    /// The inverse of the expected information.
    case information
    /// The inverse of the observed information.
    case observed
    /// Of two-stage least squares and moments: errors are independent, of one variance.
    case classical
    /// A sandwich that allows for errors of any variance, each independent of all others.
    case robust
    /// A sandwich that allows for any dependence over time within a unit, or within a group of units.
    case cluster
    /// A sandwich that allows for dependence between units, fading over time.
    case driscollKraay
    /// Conley's sandwich, which allows for dependence that fades with distance up to so many kilometres.
    case conley(kilometres: Double)

    /// The word that stands for it: `driscoll-kraay`, and of Conley's that before the cutoff.
    public var name: String {
      switch self {
      case .information: "information"
      case .observed: "observed"
      case .classical: "classical"
      case .robust: "robust"
      case .cluster: "cluster"
      case .driscollKraay: "driscoll-kraay"
      case .conley: "conley"
      }
    }

    /// Whether it rests on terms of units and of pairs (`ClusteredScores`).
    var hasPairs: Bool {
      switch self {
      case .robust, .cluster, .conley: true
      case .information, .observed, .classical, .driscollKraay: false
      }
    }

    /// Whether it allows for any correlation over time within a unit.
    var allowsSerialCorrelation: Bool { hasPairs && self != .robust }

    /// Those that have no number beside their name.
    public static let plain: [StandardError] = [
      .information, .observed, .classical, .robust, .cluster, .driscollKraay,
    ]

    /// The rule as a call has it: `conley:100`.
    public var text: String {
      guard case .conley(let kilometres) = self else { return name }
      return "\(name):\(RoundTripNumber.text(kilometres))"
    }
  }

  /// The outcome and the regressors.
  public var formula: FormulaSpecification
  /// Which spatial lags the model has.
  public var model: Model
  /// Which effects the model has.
  public var effects: Effects
  /// What is done about incidental parameters; nil takes `transform` where it applies.
  public var correction: Correction?
  /// The regressors that enter with their spatial lag; nil takes the model's own rule.
  public var durbin: [String]?
  /// The lags of the outcome over time, if any.
  public var dynamics: Dynamics?
  /// Where standard errors come from; nil takes the expected information up to
  /// `LogDeterminant.denseLimit` units and the observed one above.
  public var standardError: StandardError?
  /// The groups of units within which errors may depend on each other, of clustered errors; nil for the units.
  public var clusters: UnitClusters?
  /// Where the units lie, for Conley's errors.
  public var places: UnitPlaces?
  /// What is done about unit-periods that are not there, or that lack a value.
  public var gaps: SpatialGaps.Rule
  /// How the weights are scaled.
  public var standardisation: WeightsStandardisation
  /// How the model is estimated; nil takes two-stage least squares with instruments and maximum likelihood without.
  public var estimator: Estimator?
  /// The regressors that depend on the errors and their instruments, of two-stage least squares.
  public var instruments: InstrumentedRegressors?
  /// The highest power of W among the instruments; nil for one more than among the regressors.
  public var instrumentLags: Int?
  /// The number of simulated draws for the effects' errors; zero for none.
  public var draws: Int
  /// The seed of the draws.
  public var seed: UInt64
  /// The groups of units in each of which the regressors have coefficients of their own, if any.
  public var regimes: UnitClusters?
  /// The regions by which effects are told apart; nil takes the regimes.
  public var regions: UnitClusters?
  /// Where the moderators of products stand in marginal effects; none takes three quantiles.
  public var moderatorValues: [ModeratorValues] = []
  /// Whether the result keeps predictions and residuals by unit and period.
  public var keepsPredictions = false
  /// The highest order of neighbours of the table of effects by order; nil for no table.
  public var orders: Int?
  /// Whether the tests for the choice of a model are computed.
  public var isTested: Bool
  /// What is believed of the coefficients, for posterior probabilities of the models; nil for none of these.
  public var prior: CoefficientPrior?
  /// The confidence level of intervals.
  public var confidenceLevel: Double

  /// A specification from its parts.
  public init(
    formula: FormulaSpecification, model: Model = .sdm, effects: Effects = .twoways,
    correction: Correction? = nil, durbin: [String]? = nil, dynamics: Dynamics? = nil,
    standardError: StandardError? = nil, clusters: UnitClusters? = nil, places: UnitPlaces? = nil,
    gaps: SpatialGaps.Rule = .integrate, standardisation: WeightsStandardisation = .row, draws: Int = 1000,
    seed: UInt64 = 1, orders: Int? = nil, isTested: Bool = true, prior: CoefficientPrior? = nil,
    confidenceLevel: Double = 0.95
  ) {
    self.formula = formula
    self.model = model
    self.effects = effects
    self.correction = correction
    self.durbin = durbin
    self.dynamics = dynamics
    self.standardError = standardError
    self.clusters = clusters
    self.places = places
    self.gaps = gaps
    self.standardisation = standardisation
    self.draws = draws
    self.seed = seed
    self.orders = orders
    self.isTested = isTested
    self.prior = prior
    self.confidenceLevel = confidenceLevel
  }
}

extension SpatialDurbinSpecification {
  /// The same for some of a panel's units, with the groups of these.
  func restricted(to units: [String], of all: [String]) -> SpatialDurbinSpecification {
    guard units.count < all.count else { return self }
    var result = self
    result.clusters = clusters?.restricted(to: units, of: all)
    result.regimes = regimes?.restricted(to: units, of: all)
    result.regions = regions?.restricted(to: units, of: all)
    return result
  }
}
