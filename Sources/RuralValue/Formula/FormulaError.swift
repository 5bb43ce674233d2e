/// What can be wrong with a formula or a term, and where in its text.
public enum FormulaError: Fault {
  /// The text breaks off or goes on where it should not.
  case unexpected(found: String, expected: String, at: FormulaPlace)
  /// A function that the language does not have.
  case noSuchFunction(name: String, at: FormulaPlace)
  /// A column that the panel does not have.
  case noSuchVariable(name: String, source: String, variables: [String], at: FormulaPlace)
  /// Nothing is left on the right-hand side.
  case noTerms(at: FormulaPlace)
  /// The outcome is more than one term.
  case severalOutcomes(at: FormulaPlace)
  /// A term that is to be dropped is not there.
  case nothingToDrop(term: String, terms: [String], at: FormulaPlace)
  /// The same term stands on both sides.
  case outcomeAmongTerms(term: String, at: FormulaPlace)
  /// The outcome of a later period among the terms.
  case leadOfOutcome(term: String, outcome: String, at: FormulaPlace)
  /// The logarithm of a number that is not positive.
  case logOfNonPositive(
    variable: String, value: Double, unit: String, unitColumn: String, period: Int, line: Int, source: String)
  /// A ratio whose divisor is zero; `others` more such rows follow.
  case divisionByZero(
    ratio: String, divisor: String, unit: String, unitColumn: String, period: Int, line: Int, source: String,
    others: Int)
  /// A ratio of something that is no single column or function of one.
  case unreadableRatio(at: FormulaPlace)
  /// Levels of a column inside a function, or on the left.
  case misplacedLevels(name: String, at: FormulaPlace)
  /// A column has no two levels, or more than a model can have.
  case unusableLevels(column: String, source: String, levels: [String], most: Int)
  /// The dummies of levels would be more terms than a model can have.
  case tooManyLevels(term: String, terms: Int, most: Int)
  /// The dummies of a column stand in terms that were evaluated before its levels were known.
  case unknownLevels(name: String)
  /// A variable that is to be standardised does not vary.
  case scaleOfConstant(variable: String)

  /// Words are off in the call; variables and values are off in the data.
  public var kind: FaultKind {
    switch self {
    case .noSuchVariable, .logOfNonPositive, .scaleOfConstant, .divisionByZero, .unusableLevels,
      .tooManyLevels:
      .data
    default: .usage
    }
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .unexpected(let found, let expected, let place):
      return "\(place.opening): found \(found), expected \(expected).\(place.pointer)"
    case .noSuchFunction(let name, let place):
      let known = FormulaFunction.allCases.map(\.rawValue) + ["I"]
      return
        "\(place.opening): there is no function \"\(name)\".\(NearestName.question(for: name, among: known))"
        + " The functions are \(known.joined(separator: ", ")).\(place.pointer)"
    case .noSuchVariable(let name, let source, let variables, let place):
      return "\(place.opening): \(source) has no column \"\(name)\"."
        + "\(NearestName.question(for: name, among: variables)) The columns are: \(listed(variables)).\(place.pointer)"
    case .noTerms(let place):
      return "\(place.opening): no term is left right of ~; expected such as V ~ lag(V) + P.\(place.pointer)"
    case .severalOutcomes(let place):
      return "\(place.opening): the outcome must be one variable, as in V ~ lag(V) + P.\(place.pointer)"
    case .nothingToDrop(let term, let terms, let place):
      return
        "\(place.opening): there is no term \(term) to drop.\(NearestName.question(for: term, among: terms))"
        + " The terms so far are \(listed(terms)).\(place.pointer)"
    case .outcomeAmongTerms(let term, let place):
      return
        "\(place.opening): the outcome \(term) explains itself; expected its lag, lag(\(term)), or another"
        + " variable right of ~.\(place.pointer)"
    case .leadOfOutcome(let term, let outcome, let place):
      return
        "\(place.opening): \(term) is the outcome of a later period, which cannot explain an earlier one; expected its"
        + " lag, lag(\(outcome)).\(place.pointer)"
    case .logOfNonPositive(
      let variable, let value, let unit, let unitColumn, let period, let line, let source):
      return
        "\(source), line \(line): log(\(variable)) needs positive values, but \(unitColumn) \"\(unit)\" has"
        + " \(RoundTripNumber.text(value)) in \(period). Correct the value or leave the row out"
        + (value == 0 && !variable.contains("(")
          ? "; or, if zero is a true value, prepare with \(Setting("log")) \"\(variable);add=0.01\" makes ln_\(variable),"
            + " for the formula to name." : ".")
    case .divisionByZero(
      let ratio, let divisor, let unit, let unitColumn, let period, let line, let source, let others):
      let more = others == 0 ? "" : " (and in \(others) more \(others == 1 ? "row" : "rows"))"
      return
        "\(source), line \(line): \(ratio) divides by \(divisor), which is 0 for \(unitColumn) \"\(unit)\" in \(period)\(more);"
        + " expected another number. To have such cells missing and counted, make the ratio a column of its own, by"
        + " prepare with \(Setting("compute")) 'r = \(ratio)', and take r here."
    case .unreadableRatio(let place):
      return
        "\(place.opening): a ratio has one column, or one function of a column, on each side of /; expected such as x/y,"
        + " log(x/y) or (x/y)^2. Here x/y is a quotient and not R's nesting; make others a column of their own, by prepare"
        + " with \(Setting("compute")).\(place.pointer)"
    case .misplacedLevels(let name, let place):
      return
        "\(place.opening): \(name) stands for several dummies; expected it right of ~, by itself or in a product such as"
        + " \(name):x, of a plain column.\(place.pointer)"
    case .unusableLevels(let column, let source, let levels, let most):
      if levels.count > most {
        return
          "\(source): column \"\(column)\" has \(levels.count) levels (\(listed(levels, most: 4))); expected at most"
          + " \(most) for factor(\(column)). A number belongs into the formula by its own name."
      }
      let found = levels.isEmpty ? "no level, for every cell is empty" : "the one level \"\(levels[0])\""
      return
        "\(source): column \"\(column)\" has \(found); expected two or more for factor(\(column)). Take it out."
    case .tooManyLevels(let term, let terms, let most):
      return
        "With a dummy for every level the model has \(terms) terms, most of them from \(term); expected at most \(most)."
        + " Take a column with fewer levels."
    case .unknownLevels(let name):
      return
        "The levels of \(name) are not known here; expected numeric columns. Make dummies by prepare with"
        + " \(Setting("compute")), such as 'east = region = \"East\"'."
    case .scaleOfConstant(let variable):
      return "scale(\(variable)) would divide by zero: \(variable) has the same value in every row."
    }
  }
}

/// A place in a formula's text, to which a message points.
public struct FormulaPlace: Sendable, Equatable {
  /// The formula's text.
  public let text: String
  /// The position of the first letter in question, counted in letters from zero.
  public let position: Int
  /// The number of letters in question, at least one.
  public let length: Int

  /// A place from the text and the letters in question.
  public init(text: String, position: Int, length: Int) {
    self.text = text
    self.position = position
    self.length = max(1, length)
  }

  var opening: String { "In the formula, column \(position + 1)" }

  /// The formula once more, with carets under the place.
  var pointer: String {
    let letters = Array(text)
    let before = letters.prefix(position).reduce(0) { $0 + Self.width(of: $1) }
    let under = letters.dropFirst(position).prefix(length).reduce(0) { $0 + Self.width(of: $1) }
    return
      "\n  \(text)\n  \(String(repeating: " ", count: before))\(String(repeating: "^", count: max(1, under)))"
  }

  /// The columns that a letter takes on a terminal: two for Chinese.
  private static func width(of letter: Character) -> Int {
    letter.unicodeScalars.contains { $0.value >= 0x1100 } ? 2 : 1
  }
}
