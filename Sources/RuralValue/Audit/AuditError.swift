/// What can keep a published table from being audited.
public enum AuditError: Fault {
  /// A column is not one that the audit knows, but nearly is.
  case misspeltColumn(found: String, meant: String, source: String)
  /// A cell holds neither number nor missing marker.
  case notANumber(found: String, source: String, line: Int, column: String)
  /// A cell of stars holds something else.
  case notStars(found: String, source: String, line: Int, column: String)
  /// A number that its column cannot have, such as a negative standard error.
  case outOfRange(found: String, source: String, line: Int, column: String, expected: String)
  /// A row has no name.
  case emptyTerm(source: String, line: Int)
  /// Two rows have one name.
  case repeatedTerm(term: String, source: String, firstLine: Int, secondLine: Int)
  /// The table has no row.
  case noRows(source: String)
  /// A table of a document has no estimate beside which anything else is printed.
  case noEstimates(source: String)
  /// The coefficient table has no spatial parameter, or one next to 1.
  case noSpatialParameter(source: String, terms: [String])
  /// None of the effects' terms has a coefficient and a spatially lagged one.
  case noCommonTerms(source: String, effects: [String], coefficients: [String])
  /// The coefficients are asked for a table that has no effects.
  case coefficientsWithoutEffects(source: String)
  /// Significance levels that do not fall from weak to strong between 0 and 1.
  case levels([Double])
  /// Degrees of freedom that are not above zero.
  case degreesOfFreedom(Double)

  /// Levels and degrees of freedom are a matter of the call, all else of the table.
  public var kind: FaultKind {
    switch self {
    case .levels, .degreesOfFreedom, .coefficientsWithoutEffects: .usage
    default: .data
    }
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .misspeltColumn(let found, let meant, let source):
      return "\(source): there is a column \"\(found)\" but no \"\(meant)\". Did you mean \"\(meant)\"?"
        + " Rename the column, or remove it where it is something else."
    case .notANumber(let found, let source, let line, let column):
      return "\(source), line \(line), column \"\(column)\": found \"\(found)\", expected a number as printed"
        + " (0.064, -0.035, <0.001) or an empty cell. Stars have a column of their own."
    case .notStars(let found, let source, let line, let column):
      return "\(source), line \(line), column \"\(column)\": found \"\(found)\", expected stars (*, **, ***)"
        + " or an empty cell."
    case .outOfRange(let found, let source, let line, let column, let expected):
      return "\(source), line \(line), column \"\(column)\": found \"\(found)\", expected \(expected)."
    case .emptyTerm(let source, let line):
      return "\(source), line \(line), column \"term\": the cell is empty; every row needs a name."
    case .repeatedTerm(let term, let source, let first, let second):
      return "\(source): the term \"\(term)\" stands on lines \(first) and \(second); expected each once."
        + " Give each model of a paper a file of its own."
    case .noRows(let source):
      return "\(source): there is no row to audit; expected a row a coefficient."
    case .noEstimates(let source):
      return
        "\(source): there is no estimate with an error, t, z, p value or star beside or beneath it; expected a table"
        + " of coefficients, such as a row lnP, 0.064** and (0.023), or columns term,estimate,std_error,stars."
    case .noSpatialParameter(let source, let terms):
      return "\(source): total effects are (b + theta)/(1 - rho), which needs a row \"rho\" below 1; the rows"
        + " are: \(listed(terms))."
    case .noCommonTerms(let source, let effects, let coefficients):
      return "\(source): no term of the effects has a row X and a row W×X among the coefficients. Effects:"
        + " \(listed(effects)). Coefficients: \(listed(coefficients))."
    case .coefficientsWithoutEffects(let source):
      return
        "\(Setting("coefficients")) is for a table of effects (term,direct,indirect,total); \(source) has none."
    case .levels(let levels):
      return
        "\(Setting("levels")) is \(levels.map { "\($0)" }.joined(separator: ",")); expected one to three levels"
        + " between 0 and 1 that fall, for *, **, ***, such as 0.1,0.05,0.01."
    case .degreesOfFreedom(let found):
      return "\(Setting("df")) is \(found); expected a number above 0."
    }
  }
}
