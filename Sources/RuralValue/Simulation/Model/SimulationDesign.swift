/// What simulated panels of every model have in common: units and periods, regressors, effects and errors.
///
/// Unit i in period t has regressors x = c·μ_i/σ_μ + w_it, where w is a first-order autoregression of variance 1
/// whose shocks are r·ε + √(1 − r²)·v: with ε of the period before for predetermined regressors, of the same
/// period for endogenous ones, and r = 0 for exogenous ones. Errors are ε_it = σ_i e_it, σ_i = σ exp(h z_i − h²),
/// so that their mean square is σ² whatever h is.
public struct SimulationDesign: Sendable, Equatable {
  /// How regressors depend on the errors.
  public enum Dependence: String, Sendable, CaseIterable {
    /// Not at all.
    case exogenous
    /// On the error of the period before.
    case predetermined
    /// On the error of the same period.
    case endogenous
  }

  /// The units' codes.
  public var units: [String]
  /// What the units' further names are called.
  public var nameColumns: [String] = []
  /// These names, one list a column.
  public var names: [[String]] = []
  /// The periods.
  public var periods: ClosedRange<Int>
  /// The outcome's column.
  public var outcome: String
  /// The regressors' terms, `P` or `P:C`, with their coefficients.
  public var coefficients: [TermCoefficient]
  /// σ_μ, the standard deviation of unit effects.
  public var unitDeviation = 1.0
  /// The standard deviation of period effects.
  public var timeDeviation = 0.5
  /// σ, the standard deviation of errors.
  public var errorDeviation = 1.0
  /// h, the standard deviation of log σ_i.
  public var heteroskedasticity = 0.0
  /// How regressors depend on the errors.
  public var dependence = Dependence.exogenous
  /// r, the correlation of a regressor's shock with the error that it depends on.
  public var feedback = 0.5
  /// c, how much of a unit's effect is in its regressors.
  public var effectLoading = 0.0
  /// The autoregression's coefficient.
  public var persistence = 0.5
  /// The periods that run before the first one, where the outcome depends on its past.
  public var burnIn = 50
  /// The seed.
  public var seed: UInt64
  /// Which of many draws from that seed; zero is a panel of its own.
  public var replication = 0

  /// A design; what is not given has its default.
  public init(
    units: [String], periods: ClosedRange<Int>, outcome: String, coefficients: [TermCoefficient],
    seed: UInt64
  ) {
    self.units = units
    self.periods = periods
    self.outcome = outcome
    self.coefficients = coefficients
    self.seed = seed
  }

  /// The regressors' columns, each once.
  public var regressors: [String] {
    coefficients.flatMap(\.term.factors).flatMap(\.variables).filter { $0 != outcome }.firstAppearances
  }

  /// The design of one replication: the same but for its number.
  public func replication(_ number: Int) -> SimulationDesign {
    var design = self
    design.replication = number
    return design
  }

  /// The seed of the streams: the seed itself, or that of the replication.
  var streamSeed: UInt64 {
    replication > 0 ? CountyStream.seed(seed, replication: replication) : seed
  }

  /// Throws `SimulationError` for numbers that make no panel.
  func check() throws(SimulationError) {
    for (name, value) in [
      ("the unit effects", unitDeviation), ("the time effects", timeDeviation),
      ("the errors", errorDeviation), ("the errors' deviations", heteroskedasticity),
    ] where !(value >= 0 && value.isFinite) {
      throw .negativeDeviation(what: name, value: value)
    }
    guard errorDeviation > 0 else { throw .negativeDeviation(what: "the errors", value: errorDeviation) }
    guard heteroskedasticity <= 5 else { throw .deviationsTooUnlike(heteroskedasticity) }
    guard abs(persistence) < 1 else { throw .outsideUnitInterval(what: "persistence", value: persistence) }
    guard abs(feedback) < 1 else { throw .outsideUnitInterval(what: "feedback", value: feedback) }
    let taken = regressors + nameColumns + ["code", "year", Table.simulatedColumn]
    for name in [outcome] + regressors where taken.count(where: { $0 == name }) > (name == outcome ? 0 : 1) {
      throw .nameTaken(name)
    }
    var seen = Set<String>()
    for unit in units where !seen.insert(unit).inserted { throw .duplicateUnit(code: unit) }
    for coefficient in coefficients where !coefficient.value.isFinite {
      throw .notFinite(what: coefficient.term.name)
    }
  }
}

/// A term of a formula with its coefficient.
public struct TermCoefficient: Sendable, Equatable {
  /// The term.
  public let term: FormulaTerm
  /// Its coefficient.
  public let value: Double

  /// A term with its coefficient.
  public init(_ term: FormulaTerm, _ value: Double) {
    self.term = term
    self.value = value
  }

  /// A column with its coefficient.
  public init(_ column: String, _ value: Double) {
    self.init(FormulaTerm([.variable(column)]), value)
  }
}
