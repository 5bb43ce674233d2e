/// What can keep a printed table from being compared with the program's own.
public enum ComparisonError: Fault {
  /// A file has none of the layouts in which the program writes its numbers.
  case notResults(source: String, columns: [String])
  /// Two rows of the results have one name.
  case repeatedRow(name: String, first: String, second: String)
  /// No row of the printed table is in the results.
  case nothingInCommon(printed: String, terms: [String], found: [String], meant: String?)
  /// The printed table has effects and the results have none, or the other way round.
  case otherKind(printed: String, hasEffects: Bool)
  /// The printed table has rows, but no number in any of them.
  case nothingPrinted(printed: String)
  /// A quantity must agree that the printed table does not have.
  case requiredNotPrinted(printed: String, required: [String], found: [String])
  /// A tolerance below zero.
  case tolerance(Double)

  /// A tolerance and what is required are matters of the call, all else of the files.
  public var kind: FaultKind {
    switch self {
    case .tolerance, .requiredNotPrinted: .usage
    default: .data
    }
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .notResults(let source, let columns):
      return "\(source): expected a table that ruralvalue wrote, such as coefficients.csv,"
        + " linear_combinations.csv, effects.csv, tests.csv or moran.csv; found the columns \(listed(columns))."
    case .repeatedRow(let name, let first, let second):
      return "\"\(name)\" stands in the results twice, at \(first) and \(second); expected each row once."
        + " Compare one model with one printed table."
    case .nothingInCommon(let printed, let terms, let found, let meant):
      let question = meant.map { " Did you mean \"\($0)\"?" } ?? ""
      return "\(printed): none of its rows is in the results.\(question) Printed: \(listed(terms)). Results:"
        + " \(listed(found)). Where a paper has its own names, add a column \"matches\" with the program's."
    case .otherKind(let printed, let hasEffects):
      return hasEffects
        ? "\(printed) has direct, indirect and total effects, and the results have none; expected"
          + " \(Setting("with")) effects.csv."
        : "\(printed) has coefficients, and the results have effects alone; expected \(Setting("with")) coefficients.csv."
    case .nothingPrinted(let printed):
      return "\(printed): no cell of its rows has a number; expected the numbers as printed."
    case .requiredNotPrinted(let printed, let required, let found):
      return "\(Setting("require")) names \(listed(required)), of which \(printed) prints nothing; it prints"
        + " \(listed(found)). Add the column as printed, or leave it out of \(Setting("require"))."
    case .tolerance(let found):
      return "\(Setting("tolerance")) is \(found); expected zero or a number above it, such as 0.01."
    }
  }
}
