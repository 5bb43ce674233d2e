/// What can keep efficiency from being measured.
public enum EfficiencyError: Fault {
  /// A column is more than one thing.
  case twoRoles(column: String, ProductionRole, ProductionRole)
  /// Bad outputs in a radial model.
  case undesirableInRadial(EfficiencySpecification.Model)
  /// A value that is not above zero; the first of so many.
  case notAboveZero(Cell, value: Double, count: Int)
  /// A column whose values differ by more than numbers can hold side by side.
  case tooWide(column: String, least: Double, most: Double, source: String)
  /// No unit has all columns in any period.
  case noCompleteRow(source: String, columns: [String])
  /// Changes over time of fewer than two periods.
  case tooFewPeriods(source: String, found: Int)
  /// A programme has no proven answer.
  case unsolved(unit: String, period: String?, reason: String)

  /// Where a value stands.
  public struct Cell: Sendable, Equatable {
    let source: String
    let line: Int
    let column: String
    let role: ProductionRole
    let unitColumn: String
    let unit: String
    /// The period with its column, as `year 2018`; nil in a cross-section.
    let period: String?
  }

  /// Roles are a matter of the call, an unsolved programme one of the numbers, all else of the data.
  public var kind: FaultKind {
    switch self {
    case .twoRoles, .undesirableInRadial: .usage
    case .unsolved: .numerical
    case .notAboveZero, .tooWide, .noCompleteRow, .tooFewPeriods: .data
    }
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .twoRoles(let column, let first, let second):
      return
        "Column \"\(column)\" would be \(first.article) and \(second.article) at once; expected each column in one of"
        + " \(Setting("inputs")), \(Setting("outputs")) and \(Setting("undesirable"))."
    case .undesirableInRadial(let model):
      return
        "The model \(model.rawValue) has no undesirable outputs; expected \(Setting("model")) sbm or super-sbm beside"
        + " \(Setting("undesirable"))."
    case .notAboveZero(let cell, let value, let count):
      let more = count > 1 ? " (the first of \(grouped(count)) such cells)" : ""
      return
        "\(cell.source), line \(cell.line), column \"\(cell.column)\": \(cell.role.phrase.english) of \(cell.unitColumn)"
        + " \"\(cell.unit)\"\(cell.period.map { " in \($0)" } ?? "") is \(RoundTripNumber.text(value))\(more);"
        + " expected a number above zero. Efficiency compares ratios: use a level, such as persons or yuan, not a"
        + " score by minimum and maximum, whose zero is the least county's and arbitrary, nor a growth rate; or leave"
        + " such rows out with \(Setting("where")) \"\(cell.column)>0\"."
    case .tooWide(let column, let least, let most, let source):
      return
        "\(source), column \"\(column)\": its values run from \(RoundTripNumber.text(least)) to"
        + " \(RoundTripNumber.text(most)), further apart than numbers of 16 digits can be compared; expected values"
        + " within a factor of 1e12. Check the units of the rows."
    case .noCompleteRow(let source, let columns):
      return
        "\(source): not one unit has a value in each of \(listed(columns)); expected at least one complete row a"
        + " period. Fill gaps inside a county with `ruralvalue prepare \(Setting("interpolate")) COL`."
    case .tooFewPeriods(let source, let found):
      return
        "\(source): changes over time need at least two periods; found \(found). Leave \(Setting("malmquist")) out, or"
        + " give a panel."
    case .unsolved(let unit, let period, let reason):
      return
        "The linear programme of \"\(unit)\"\(period.map { " in \($0)" } ?? "") was not settled: \(reason) Check its"
        + " row for values of another unit, and columns that say the same."
    }
  }
}

extension ProductionRole {
  fileprivate var article: String { "an " + phrase.english }
}
