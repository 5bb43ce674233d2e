/// What a linear panel model is asked to be.
public struct FixedEffectsSpecification: Sendable, Equatable {
  /// Which effects the model has, or by which transformation it does without.
  public enum Effects: String, Sendable, CaseIterable {
    /// Fixed effects of units and of periods.
    case twoways
    /// Fixed effects of units.
    case unit
    /// Fixed effects of periods.
    case time
    /// None: pooled, with a constant.
    case none
    /// Random effects of units, with a constant.
    case random
    /// The regression of units' means on units' means.
    case between
    /// First differences of neighbouring periods.
    case difference

    /// Whether units have fixed effects.
    public var hasUnits: Bool { self == .twoways || self == .unit }
    /// Whether periods have fixed effects.
    public var hasPeriods: Bool { self == .twoways || self == .time }
    /// Whether it is least squares on the panel's own rows, with or without dummies.
    public var isWithin: Bool { hasUnits || hasPeriods || self == .none }
  }

  /// Where standard errors come from.
  public enum StandardError: Sendable, Hashable {
    /// Errors depend on each other within clusters, which are units unless others are named.
    case cluster
    /// Errors are independent, of any variance.
    case robust
    /// Errors are independent, of one variance.
    case classical
    /// Errors depend on each other within the clusters of two columns, which are units and periods unless named.
    case twoWayCluster
    /// Errors depend on those of other units and of near periods.
    case driscollKraay
    /// Dependence between units fades with distance, to nothing at so many kilometres.
    case conley(kilometres: Double)
    /// Units are drawn anew with replacement, so many times.
    case bootstrap(draws: Int)

    /// The word that stands for it, before the number of those that have one.
    public var name: String {
      switch self {
      case .cluster: "cluster"
      case .robust: "robust"
      case .classical: "classical"
      case .twoWayCluster: "twoway-cluster"
      case .driscollKraay: "driscoll-kraay"
      case .conley: "conley"
      case .bootstrap: "bootstrap"
      }
    }

    /// The rule as a call has it: `conley:100`.
    public var text: String {
      switch self {
      case .conley(let kilometres): "\(name):\(RoundTripNumber.text(kilometres))"
      case .bootstrap(let draws): "\(name):\(draws)"
      default: name
      }
    }

    /// Those that have no number beside their name.
    public static let plain: [StandardError] = [
      .cluster, .robust, .classical, .twoWayCluster, .driscollKraay,
    ]
  }

  /// How the variance of random effects is found.
  public enum Components: String, Sendable, CaseIterable {
    /// From the between regression and the harmonic mean of the units' lengths, as Stata's xtreg.
    case swamyArora = "swamy-arora"
    /// Baltagi and Chang's for unbalanced panels, as plm and xtreg's `sa`.
    case baltagiChang = "baltagi-chang"
  }

  /// How several instruments are weighed.
  public enum InstrumentalEstimator: String, Sendable, CaseIterable {
    /// Two-stage least squares.
    case twoStage = "2sls"
    /// Efficient GMM with the variance that the standard errors rest on.
    case gmm
  }

  /// The outcome and the regressors.
  public var formula: FormulaSpecification
  /// Which effects the model has.
  public var effects: Effects
  /// Where standard errors come from; nil takes clusters of units, in a cross-section robust ones.
  public var standardError: StandardError?
  /// The columns of clusters, one or two; none stands for units, and of two ways for units and periods.
  public var clusterColumns: [String]
  /// Further columns whose groups have fixed effects.
  public var absorbedColumns: [String]
  /// The column of rows' weights.
  public var weightsColumn: String?
  /// The endogenous regressors and their instruments.
  public var instruments: InstrumentedRegressors?
  /// How several instruments are weighed.
  public var instrumentalEstimator: InstrumentalEstimator
  /// How the variance of random effects is found.
  public var components: Components
  /// Whether a model in differences has a constant.
  public var hasConstant: Bool
  /// Whether groups with one row stay in.
  public var keepsSingletons: Bool
  /// The lags of Driscoll and Kraay's errors; nil takes ⌊4(T/100)^{2/9}⌋.
  public var lags: Int?
  /// Where the units lie, for Conley's errors.
  public var places: UnitPlaces?
  /// The column of groups whose coefficients are compared.
  public var groupColumn: String?
  /// The names of the groups by their numbers, where the panel holds numbers only.
  public var groupLabels: [String]?
  /// The random assignments of units to groups of the test of their difference.
  public var permutations: Int
  /// The seed of permutations and of the bootstrap.
  public var seed: UInt64
  /// The ranges on which a turning point is tested, where it is not that of the data.
  public var ranges: [VariableRange]
  /// The mediators, of which each has a regression of its own.
  public var mediators: [FormulaTerm]
  /// Whether tests are computed.
  public var isTested: Bool
  /// The confidence level of intervals.
  public var confidenceLevel: Double

  /// A specification from its parts.
  public init(
    formula: FormulaSpecification, effects: Effects = .twoways, standardError: StandardError? = nil,
    clusterColumns: [String] = [], absorbedColumns: [String] = [], weightsColumn: String? = nil,
    instruments: InstrumentedRegressors? = nil, instrumentalEstimator: InstrumentalEstimator = .twoStage,
    components: Components = .swamyArora, hasConstant: Bool = false, keepsSingletons: Bool = false,
    lags: Int? = nil, places: UnitPlaces? = nil, groupColumn: String? = nil, groupLabels: [String]? = nil,
    permutations: Int = 999,
    seed: UInt64 = 1, ranges: [VariableRange] = [], mediators: [FormulaTerm] = [], isTested: Bool = true,
    confidenceLevel: Double = 0.95
  ) {
    self.formula = formula
    self.effects = effects
    self.standardError = standardError
    self.clusterColumns = clusterColumns
    self.absorbedColumns = absorbedColumns
    self.weightsColumn = weightsColumn
    self.instruments = instruments
    self.instrumentalEstimator = instrumentalEstimator
    self.components = components
    self.hasConstant = hasConstant
    self.keepsSingletons = keepsSingletons
    self.lags = lags
    self.places = places
    self.groupColumn = groupColumn
    self.groupLabels = groupLabels
    self.permutations = permutations
    self.seed = seed
    self.ranges = ranges
    self.mediators = mediators
    self.isTested = isTested
    self.confidenceLevel = confidenceLevel
  }
}

extension FixedEffectsSpecification {
  /// Puts a dummy a level in the place of each column of levels. Throws `FormulaError.tooManyLevels`.
  public mutating func expand(_ levels: FormulaLevels) throws(FormulaError) {
    formula = try formula.expanding(levels)
    instruments = try instruments?.expanding(levels, hasIntercept: formula.hasIntercept)
  }
}

/// The range of a variable: `P=0.1:0.9`.
public struct VariableRange: Sendable, Equatable {
  /// The variable's term as the formula names it.
  public let variable: String
  /// The lower end.
  public let low: Double
  /// The upper end.
  public let high: Double

  /// Reads a variable, an equals sign and two numbers. Throws `FixedEffectsError.unreadableRange`.
  public init(_ text: String) throws {
    guard let sign = text.lastIndex(of: "=") else { throw FixedEffectsError.unreadableRange(text: text) }
    let name = CellText.trimmed(String(text[..<sign]))
    let ends = text[text.index(after: sign)...].split(separator: ":", omittingEmptySubsequences: false)
      .map { PlainDecimal.value(of: CellText.trimmed(String($0))) }
    guard !name.isEmpty, ends.count == 2, let low = ends[0], let high = ends[1], low < high,
      let term = try? FormulaSpecification.terms(name), term.count == 1
    else { throw FixedEffectsError.unreadableRange(text: text) }
    variable = term[0].name
    self.low = low
    self.high = high
  }

  /// The range as a call has it.
  public var text: String { "\(variable)=\(RoundTripNumber.text(low)):\(RoundTripNumber.text(high))" }
}
