/// What can be wrong with a preparation's settings and with the data it meets.
public enum PreparationError: Fault {
  /// A moving average needs a window with a middle.
  case windowNotOdd(found: Int)
  /// The two tails leave nothing between them.
  case tailsOutOfRange(lower: Double, upper: Double)
  /// A change, growth rate or lag over no step or, but for a lag, a negative number of them.
  case stepsNotPositive(operation: String, found: Int)
  /// The names given to a step are more or fewer than its variables.
  case namesDoNotMatch(operation: String, names: [String], variables: [String])
  /// A step's output would overwrite another column.
  case outputExists(output: String, variable: String, operation: String)
  /// A step would change a key column.
  case outputIsKey(output: String, operation: String)
  /// An expression reckons with the units' names or codes.
  case computesKey(expression: String, unitColumn: String)
  /// A logarithm of a number that has none; `others` more such cells follow. `isScore` where all values of the column are
  /// from 0 to 1, as those of a composite score.
  case noLogarithm(place: CellPlace, value: Double, plusOne: Bool, isScore: Bool, others: Int)
  /// A logarithm of a number that has none even after adding a constant; `others` more such cells follow.
  case noLogarithmAfterAdding(place: CellPlace, value: Double, added: Double, others: Int)
  /// A constant that is to make logarithms possible and is not above zero.
  case addendNotPositive(found: Double)
  /// All values of a pool are the same, or there are none.
  case noVariation(source: String, column: String, period: Int?, known: Int, operation: String)
  /// A growth rate on a base of zero; `others` more such cells follow.
  case zeroBase(place: CellPlace, basePeriod: Int, others: Int)
  /// Numbers so large that a result is not a number any more.
  case overflow(place: CellPlace, operation: String)
  /// Periods so far apart, on so small a step, that their calendar cannot be filled.
  case calendarTooLong(source: String, timeColumn: String, first: Int, last: Int, step: Int)
  /// The rows that would be added are more than the memory holds.
  case tooLarge(MemoryLimitError)
  /// The map of code changes leads from one unit to two.
  case ambiguousChange(source: String, line: Int, old: String, new: [String])
  /// The map of code changes comes back to where it began.
  case circularChange(source: String, old: String)
  /// A row of the map of code changes lacks a code and a name on one side.
  case incompleteChange(source: String, line: Int)
  /// A unit stands in one period under its old and its new code.
  case changeConflict(
    source: String, unitColumn: String, first: String, second: String, newest: String, timeColumn: String,
    period: Int, firstLine: Int, secondLine: Int)

  /// Settings are the caller's move, all else the data's.
  public var kind: FaultKind {
    switch self {
    case .windowNotOdd, .tailsOutOfRange, .stepsNotPositive, .namesDoNotMatch, .outputExists, .outputIsKey,
      .computesKey,
      .addendNotPositive:
      .usage
    default: .data
    }
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .windowNotOdd(let found):
      return "The moving average has a window of \(found); expected an odd number of periods such as 3 or 5,"
        + " so that it has a middle."
    case .tailsOutOfRange(let lower, let upper):
      return "Winsorising is asked for the fractions \(lower) and \(upper); expected two of at least 0 that"
        + " together are below 1, such as 0.01 for one per cent of each tail."
    case .stepsNotPositive(let operation, let found):
      return
        "The step \"\(operation)\" looks back \(found) periods; expected 1 or more\(operation == "lag" ? ", or a negative number for a lead" : "")."
    case .namesDoNotMatch(let operation, let names, let variables):
      return "The step \"\(operation)\" has \(variables.count) variables (\(listed(variables))) and"
        + " \(names.count) names for its results (\(listed(names))); expected one name a variable."
    case .outputExists(let output, let variable, let operation):
      return "The step \"\(operation)\" of \"\(variable)\" would write to column \"\(output)\", which already"
        + " exists. Choose another prefix or name, or say that it takes the place of \"\(variable)\"."
    case .outputIsKey(let output, let operation):
      return "The step \"\(operation)\" would overwrite the key column \"\(output)\"; expected a variable."
    case .computesKey(let expression, let unitColumn):
      return
        "The expression \"\(expression)\" reckons with \"\(unitColumn)\", the column by which rows are told apart as"
        + " units: it is the unit's key and no number. Expected variables; a comparison with a text has it in quotation marks,"
        + " as in \(unitColumn) = \"430102\". If the units stand in another column, name it with \(Setting("unit"))."
    case .noLogarithm(let place, let value, let plusOne, let isScore, let others):
      return
        "\(place.text): found \(RoundTripNumber.text(value)), expected a number above \(plusOne ? "-1" : "0"), for"
        + " \(plusOne ? "ln(1 + x)" : "a logarithm") is asked\(and(others)). Correct the value"
        + (plusOne || value < 0
          ? ", or take the column without a logarithm." : zeroRemedies(place.column, isScore: isScore))
    case .noLogarithmAfterAdding(let place, let value, let added, let others):
      let text = RoundTripNumber.text(added)
      return
        "\(place.text): found \(RoundTripNumber.text(value)), expected a number above -\(text), for the logarithm of x + \(text) is"
        + " asked\(and(others)). Correct the value, or add a larger constant."
    case .addendNotPositive(let found):
      return
        "The constant added before a logarithm is \(found); expected a number above 0, such as 0.001. Without a"
        + " constant leave it out."
    case .noVariation(let source, let column, let period, let known, let operation):
      let pool = period.map { " in \($0)" } ?? ""
      return known == 0
        ? "\(source), column \"\(column)\": there is no known value\(pool); expected at least two different"
          + " ones for \"\(operation)\". Leave the column out of the step."
        : "\(source), column \"\(column)\": all \(known) known values\(pool) are the same; expected at least"
          + " two different ones for \"\(operation)\". Leave the column out of the step."
    case .zeroBase(let place, let base, let others):
      return
        "\(place.text): the growth rate since \(base) has a base of 0, which gives no rate\(and(others))."
        + " Take the change instead, with \(Setting("change")) \"\(place.column)\", or have such cells missing, with"
        + " \(Setting("growth")) \"\(place.column);zero=missing\"."
    case .overflow(let place, let operation):
      return "\(place.text): the step \"\(operation)\" gives a number beyond the range of double precision;"
        + " expected values of a plausible size. Check the cell, or use another unit of measurement."
    case .calendarTooLong(let source, let timeColumn, let first, let last, let step):
      return
        "\(source), column \"\(timeColumn)\": from \(first) to \(last) in steps of \(step) are too many periods"
        + " to fill; expected at most \(LinearInterpolation.longestCalendar). Check the periods, or fill only those"
        + " that are observed."
    case .tooLarge(let error): return error.description
    case .ambiguousChange(let source, let line, let old, let new):
      return
        "\(source), line \(line): \"\(old)\" becomes \(new.map { "\"\($0)\"" }.joined(separator: " and "));"
        + " expected one successor. A unit that was divided cannot be joined; remove these rows."
    case .circularChange(let source, let old):
      return "\(source): the changes of \"\(old)\" lead back to itself; expected a newest code at the end."
    case .incompleteChange(let source, let line):
      return "\(source), line \(line): the change has neither two codes nor two names; expected code_old and"
        + " code_new, or name_old and name_new."
    case .changeConflict(
      let source, let unitColumn, let first, let second, let newest, let timeColumn, let period,
      let firstLine, let secondLine):
      return "\(source): \(unitColumn) \"\(first)\" and \"\(second)\" both have a row for \(timeColumn)"
        + " \(period), on lines \(firstLine) and \(secondLine), though the code changes make both"
        + " \"\(newest)\"; expected one. Remove one of the rows, or have the rows put together with \(Setting("sum-into")) in the place of"
        + " \(Setting("codes"))."
    }
  }

  /// What one can do about the logarithm of a true zero, as one writes it.
  private func zeroRemedies(_ column: String, isScore: Bool) -> String {
    "; or, if zero is a true value, add a constant, with \(Setting("log")) \"\(column);add=0.01\", or take ln(1 + x), with"
      + " \(Setting("log1p")) \"\(column)\"."
      + (isScore
        ? " If it is a score of the entropy method, which is 0 for who is worst in every indicator: `entropy` (in a study the"
          + " block indicators) gives no score of 0 with \(Setting("floor")) 0.01." : "")
  }

  private func and(_ others: Int) -> String {
    others == 0 ? "" : " (and \(others) more such \(others == 1 ? "cell" : "cells"))"
  }
}
