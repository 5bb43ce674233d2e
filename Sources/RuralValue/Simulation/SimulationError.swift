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
  /// Spatial dependence must lie in [0, 1).
  case dependenceOutOfRange(Double)

  /// Whose move it is: the data's for units and links, the caller's for the rest.
  public var kind: FaultKind {
    switch self {
    case .duplicateUnit, .unknownUnit, .selfLink, .noLinks: .data
    case .unitCountOutOfRange, .noPeriods, .dependenceOutOfRange: .usage
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
      "A spatial dependence of \(value) is not possible; expected a number from 0 to below 1."
    }
  }
}
