/// What can be wrong with an expression, and where in its text.
public enum ExpressionError: Fault {
  /// The text breaks off or goes on where it should not.
  case unexpected(found: String, expected: String, at: FormulaPlace)
  /// A function that there is not.
  case noSuchFunction(name: String, at: FormulaPlace)
  /// A function with too few or too many arguments.
  case wrongCount(function: String, found: Int, expected: ClosedRange<Int>, at: FormulaPlace)
  /// A year that the panel does not have as the base of an index.
  case noSuchBase(expression: String, base: Int, source: String, timeColumn: String, periods: [Int])

  /// Words are off in the call; a base year is off in the data.
  public var kind: FaultKind {
    if case .noSuchBase = self { .data } else { .usage }
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .unexpected(let found, let expected, let place):
      return "\(opening(place)): found \(found), expected \(expected).\(place.pointer)"
    case .noSuchFunction(let name, let place):
      let known = ExpressionFunction.allCases.map(\.rawValue)
      return
        "\(opening(place)): there is no function \"\(name)\".\(NearestName.question(for: name, among: known))"
        + " The functions are \(known.joined(separator: ", ")).\(place.pointer)"
    case .wrongCount(let function, let found, let expected, let place):
      let count =
        expected.lowerBound == expected.upperBound
        ? "\(expected.lowerBound)" : "\(expected.lowerBound) to \(expected.upperBound)"
      return "\(opening(place)): \(function) has \(found) arguments; expected \(count).\(place.pointer)"
    case .noSuchBase(let expression, let base, let source, let timeColumn, let periods):
      return
        "\(source): \"\(expression)\" takes \(base) as its base, which is not in column \"\(timeColumn)\"; expected one of"
        + " \(listed(periods.map(String.init), most: 12))."
    }
  }

  private func opening(_ place: FormulaPlace) -> String { "In the expression, column \(place.position + 1)" }
}
