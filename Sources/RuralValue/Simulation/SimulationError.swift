/// What can be wrong with what a simulation is asked to draw.
public enum SimulationError: Fault {
  /// A county stands twice among the units.
  case duplicateUnit(code: String)
  /// A link names a county that is not among the units.
  case unknownUnit(code: String, known: [String])
  /// A link joins a county with itself.
  case selfLink(code: String)
  /// There is not a single link.
  case noLinks
  /// A grid cannot have this many counties.
  case unitCountOutOfRange(Int)
  /// The last period comes before the first.
  case noPeriods(first: Int, last: Int)
  /// Spatial dependence must lie in [0, 0.9999].
  case dependenceOutOfRange(Double)
  /// A standard deviation that is none.
  case negativeDeviation(what: String, value: Double)
  /// Standard deviations of units so unlike that most of them are nothing.
  case deviationsTooUnlike(Double)
  /// A parameter that must lie between −1 and 1.
  case outsideUnitInterval(what: String, value: Double)
  /// Two columns of one name.
  case nameTaken(String)
  /// A coefficient that is not a number.
  case notFinite(what: String)
  /// A term is to enter with its spatial lag but not by itself.
  case durbinWithoutTerm(String, terms: [String])
  /// An indicator grows beyond all measure over so many periods.
  case growthTooLong(column: String, periods: Double, growth: Double)
  /// The panel would be more than the memory holds.
  case tooLarge(MemoryLimitError)
  /// No replication of a Monte Carlo gave an estimate.
  case allFailed(count: Int, reason: String)

  /// Whose move it is: the data's for units and links, the caller's for the rest.
  public var kind: FaultKind {
    switch self {
    case .duplicateUnit, .unknownUnit, .selfLink, .noLinks, .tooLarge: .data
    case .allFailed: .numerical
    default: .usage
    }
  }

  /// What was found, what was expected and what to do.
  public var description: String {
    switch self {
    case .duplicateUnit(let code):
      "The units have two rows for \"\(code)\"; expected one row a county. Remove one of them."
    case .unknownUnit(let code, let known):
      "The links name \"\(code)\", which is not among the \(known.count) units."
        + NearestName.question(for: code, among: known)
    case .selfLink(let code):
      "The links join \"\(code)\" with itself; expected two different counties. Remove that link."
    case .noLinks:
      "There are no links between the counties; expected a list of neighbours such as 430103,430104."
    case .unitCountOutOfRange(let count):
      "A grid of \(count) counties cannot be drawn; expected between 2 and 99999."
    case .noPeriods(let first, let last):
      "The last period, \(last), comes before the first, \(first); expected a first year and a later one."
    case .dependenceOutOfRange(let value):
      "A spatial dependence of \(value) is not possible; expected a number from 0 to 0.9999."
    case .growthTooLong(let column, let periods, let growth):
      "Over \(grouped(periods)) periods \(column) would grow by the factor e^\(grouped(growth)); expected fewer periods."
    case .tooLarge(let error): error.description
    case .negativeDeviation(let what, let value):
      "The standard deviation of \(what) is \(value); expected a number of at least zero, for the errors more."
    case .deviationsTooUnlike(let value):
      "The log of the units' error deviations would vary with a standard deviation of \(value); expected at most 5:"
        + " beyond that all but a few units have no errors to speak of."
    case .outsideUnitInterval(let what, let value):
      "\(what) is \(value); expected a number between −1 and 1, neither of them."
    case .nameTaken(let name):
      "Two columns of the simulated panel would be called \"\(name)\"; expected different names for the outcome,"
        + " the regressors and code, year, simulated."
    case .notFinite(let what):
      "The coefficient of \(what) is not a number."
    case .durbinWithoutTerm(let name, let terms):
      "\(name) is to enter with its spatial lag but not by itself.\(NearestName.question(for: name, among: terms))"
        + " The terms are: \(listed(terms)). Give it a coefficient, zero if need be."
    case .allFailed(let count, let reason):
      "None of \(count) replications gave an estimate. The first failed so: \(reason)"
    }
  }
}
