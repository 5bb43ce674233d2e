internal import RuralValueNumerics

/// What dynamic panel GMM found.
public struct DynamicPanelResult: FittedModel {
  /// What was asked, with the instruments that were chosen where none were given.
  public let specification: DynamicPanelSpecification
  /// What was assumed where no instruments were named.
  public let assumed: AssumedInstruments?
  /// Difference GMM with the same instruments, beside a system whose instruments were assumed.
  public let difference: DifferenceComparison?
  /// The coefficients: terms, time dummies, constant.
  public let estimates: [Estimate]
  /// The coefficients' reported covariance, k × k, row by row, in their order.
  public let covariance: [[Double]]
  /// What the coefficients are held against.
  public let reference: ReferenceDistribution
  /// The tests in the order of the tables: serial correlation, Sargan, Hansen, Wald, difference-in-Hansen.
  public internal(set) var tests: [TestResult]
  /// Where the instruments come from.
  public let ledger: InstrumentLedger
  /// Pooled OLS and the within estimate of the lagged outcome, if the model has one.
  public let bounds: LaggedOutcomeBounds?
  /// Andrews and Lu's criteria; nil where Hansen's test cannot be computed.
  public let criteria: AndrewsLuCriteria?
  /// Rows, units and periods.
  public let counts: Counts
  /// σ², from the reported step's residuals.
  public let errorVariance: Double
  /// The number of steps taken.
  public let stepCount: Int
  /// The rank of the weight matrix of the last step that was computed, at most the number of units.
  public let weightRank: Int
  /// Time dummies that could not be told from the other regressors.
  public let droppedTimes: [String]
  /// Terms that the others determine and that were left out.
  public let dependent: [DependentRegressor]
  /// The units of which no row can be used.
  public let unusedUnits: [String]
  /// The combination of coefficients that is identified worst, its largest entry 1, in the coefficients' order.
  public let weakestDirection: [Double]
  /// Each coefficient's own test for underidentification, normalised on it.
  public let twoStepIdentification: [TestResult.Statistic?]
  /// The tests for serial correlation with sums over units, where errors are clustered more widely.
  public let serialCorrelationByUnit: [TestResult]
  /// For each coefficient the length of its regressor over the stacked rows.
  let regressorLengths: [Double]
  /// With centring, variance inflation before and after it.
  public let inflation: CentringInflation?
  /// The marginal effects that were asked for.
  public let marginalEffects: [MarginalEffect]
  /// Marginal effects over the ranges of moderators that were placed.
  public let marginalBands: [MarginalBand]
  /// Difference GMM with nonlinear moments, where it was asked for.
  public internal(set) var nonlinear: NonlinearEstimate?
  /// The turning points of variables that enter with their squares.
  public let turningPoints: [TurningPoint]
  /// What the search for the continuously updated estimate found; nil where another was asked for.
  public let updating: ContinuousUpdating?
  /// The residuals by unit and period, where they were asked for.
  public let residuals: PanelResiduals?
  /// The linear combinations of coefficients that were asked for.
  public internal(set) var combinations: [Estimate] = []

  /// Rows, units and periods of an estimate.
  public struct Counts: Sendable, Equatable {
    /// The rows that count: transformed ones under difference GMM, level ones under system GMM.
    public let observations: Int
    /// Usable rows of the transformed equation.
    public let transformed: Int
    /// Usable rows of the level equation; nil under difference GMM.
    public let level: Int?
    /// Units with a row that counts.
    public let units: Int
    /// Clusters with a row that counts; nil where units are the clusters.
    public let clusters: Int?
    /// Periods of the panel.
    public let periods: Int
    /// Rows of the panel that are not used: those in which a variable of the model is missing, its lags aside, and those of
    /// units that are too short.
    public let unusedRows: Int
  }

  /// Whether the instruments were chosen by default.
  public var hasDefaultInstruments: Bool { assumed != nil }

  /// The coefficient of the outcome's first lag, if the model has one.
  public var laggedOutcome: Estimate? {
    specification.formula.laggedOutcome.flatMap {
      coefficient(Parameter($0, outcome: specification.formula.outcome))
    }
  }
}

/// Andrews and Lu's criteria for choosing among models and instruments: smaller is better.
///
/// With c = j − k and n units: BIC = J − c ln n, AIC = J − 2c, HQIC = J − 2.1 c ln ln n.
/// Source: Andrews and Lu (2001), Journal of Econometrics 101.
public struct AndrewsLuCriteria: Sendable, Equatable {
  /// MMSC-AIC.
  public let aic: Double
  /// MMSC-BIC.
  public let bic: Double
  /// MMSC-HQIC.
  public let hqic: Double
}
