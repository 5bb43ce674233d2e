/// A dynamic panel model and how it is to be estimated.
public struct DynamicPanelSpecification: Sendable, Equatable {
  /// Which equations are stacked.
  public enum Estimator: String, Sendable, CaseIterable {
    /// The transformed equation and the level equation.
    case system
    /// The transformed equation alone.
    case difference
  }

  /// How unit effects are removed.
  public enum Transform: String, Sendable, CaseIterable {
    /// First differences.
    case firstDifferences = "fd"
    /// Forward orthogonal deviations.
    case orthogonalDeviations = "fod"
  }

  /// How often the weight matrix is renewed.
  public enum Steps: String, Sendable, CaseIterable {
    /// Once: the weight matrix of the first step.
    case two = "2"
    /// Never.
    case one = "1"
    /// Until the coefficients stand still.
    case iterated
    /// With every coefficient that is tried: continuously updated GMM.
    case cue
  }

  /// Which covariance is reported.
  public enum StandardErrors: String, Sendable, CaseIterable {
    /// Robust to heteroskedasticity and to correlation within units; in two steps Windmeijer's.
    case robust
    /// The textbook covariance of the step.
    case classical
    /// The derivative of the estimate by its clusters' weights, which holds where moments fail.
    case doublyCorrected = "doubly-corrected"
  }

  /// Which equations the time dummies instrument.
  public enum TimeEffects: String, Sendable, CaseIterable {
    /// Both: xtabond2's `iv(yr*)`.
    case both
    /// The level equation only, as gretl and plm have it.
    case level
    /// No time dummies.
    case none
  }

  /// What becomes of regressors that the others determine.
  public enum CollinearTerms: String, Sendable, CaseIterable {
    /// They are an error, which names them all.
    case error
    /// They are left out and named.
    case drop
  }

  /// From how many directions the test for underidentification searches for its minimum.
  public enum UnderidentificationSearch: String, Sendable, CaseIterable {
    /// From the two regressors that are identified worst.
    case worst
    /// From every regressor.
    case full
  }

  /// The model.
  public var formula: FormulaSpecification
  /// Difference or system GMM.
  public var estimator = Estimator.system
  /// How unit effects are removed.
  public var transform = Transform.firstDifferences
  /// One step, two steps or iterated.
  public var steps = Steps.two
  /// Which covariance is reported.
  public var standardErrors = StandardErrors.robust
  /// GMM-style instruments; where neither these nor standard ones are given, the estimator chooses.
  public var gmmInstruments: [GMMInstruments] = []
  /// Standard instruments.
  public var standardInstruments: [StandardInstruments] = []
  /// Whether there are time dummies, and which equations they instrument.
  public var timeEffects = TimeEffects.both
  /// xtabond2's h(): the covariance of the errors that the first step supposes, 1, 2 or 3.
  public var initialWeight = 3
  /// Whether the covariance is corrected for the sample's size, with t and F in place of z and χ².
  public var isSmallSample = false
  /// The largest order of the tests for serial correlation.
  public var serialCorrelationOrders = 2
  /// Whether variables that enter a product are centred first.
  public var isCentred = false
  /// What becomes of regressors that the others determine.
  public var collinearTerms = CollinearTerms.error
  /// From how many directions the test for underidentification searches.
  public var underidentificationSearch = UnderidentificationSearch.worst
  /// The confidence level of intervals.
  public var confidenceLevel = 0.95
  /// Whether the residuals are kept, by unit and period.
  public var keepsResiduals = false
  /// The nonlinear moments of an estimate beside the linear one; nil without.
  public var nonlinearMoments: NonlinearEstimate.Moments?
  /// Whether long-run effects are reported.
  public var reportsLongRun = false
  /// For each unit of the panel its cluster, where that is not the unit itself.
  public var clusterOfUnit: [Int]?
  /// Where moderators stand in marginal effects, in the place of quantiles.
  public var moderatorValues: [ModeratorValues] = []
  /// The variables whose marginal effects are wanted.
  public var marginVariables: [String] = []
  /// The quantiles of the moderators at which they are wanted, as fractions.
  public var marginQuantiles: [Double] = [0.1, 0.25, 0.5, 0.75, 0.9]

  /// A specification with the defaults: two-step system GMM in first differences, Windmeijer's standard
  /// errors, time dummies in both equations.
  public init(_ formula: FormulaSpecification) {
    self.formula = formula
  }

  /// Puts the dummies of levels in the place of `factor(x)`, in the formula and in the instruments.
  ///
  /// Throws `FormulaError.tooManyLevels`.
  public mutating func expand(_ levels: FormulaLevels) throws(FormulaError) {
    formula = try formula.expanding(levels)
    gmmInstruments = try gmmInstruments.map { set throws(FormulaError) in
      GMMInstruments(
        try levels.expanded(set.terms), firstLag: set.firstLag, lastLag: set.lastLag, equation: set.equation,
        isCollapsed: set.isCollapsed)
    }
    standardInstruments = try standardInstruments.map { set throws(FormulaError) in
      StandardInstruments(
        try levels.expanded(set.terms), equation: set.equation, takesMissingAsZero: set.takesMissingAsZero)
    }
  }

  /// Whether the level equation is stacked under the transformed one.
  var isSystem: Bool { estimator == .system }

  /// Whether instruments are left to the default.
  var namesNoInstruments: Bool { gmmInstruments.isEmpty && standardInstruments.isEmpty }
}
