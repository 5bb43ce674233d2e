/// A model in Wilkinson's notation as R users write it: `V ~ lag(V) + P*C*I*T`.
public struct FormulaSpecification: Sendable, Equatable {
  /// The text as it was written.
  public let text: String
  /// The outcome, left of ~.
  public private(set) var outcome: FormulaFactor
  /// The terms right of ~, each once, in the order in which they were written.
  public private(set) var terms: [FormulaTerm]
  /// Whether the constant was kept: not where `+ 0` or `- 1` was written.
  public let hasIntercept: Bool
  private var places: [VariablePlace]

  private struct VariablePlace: Sendable, Equatable {
    let name: String
    let isOfLevels: Bool
    let place: FormulaPlace
  }

  /// Reads a formula. Throws `FormulaError`, which points at the letter in question.
  public init(_ text: String) throws(FormulaError) {
    var parser = try FormulaParser(text)
    let outcomePlace = parser.upcoming.place
    let left = try parser.sum()
    try parser.expect("~", "\"~\" between the outcome and its terms, as in V ~ lag(V) + P")
    guard left.terms.count == 1, left.terms[0].term.factors.count == 1 else {
      throw .severalOutcomes(at: outcomePlace)
    }
    let right = try parser.sum()
    guard case .end = parser.upcoming.token else { throw parser.unexpected("+, -, *, /, :, ^ or the end") }
    guard !right.terms.isEmpty else { throw .noTerms(at: parser.upcoming.place) }
    let outcome = left.terms[0].term.factors[0]
    if outcome.levelColumn != nil { throw .misplacedLevels(name: outcome.name, at: outcomePlace) }
    if let itself = right.terms.first(where: { $0.term.factors == [outcome] }) {
      throw .outcomeAmongTerms(term: outcome.name, at: itself.place)
    }
    if let lead = right.terms.first(where: { $0.term.holdsLead(of: outcome) }) {
      throw .leadOfOutcome(term: lead.term.name, outcome: outcome.name, at: lead.place)
    }
    self.text = text
    self.outcome = outcome
    terms = right.terms.map(\.term)
    hasIntercept = right.hasIntercept
    places = parser.variables.map {
      VariablePlace(name: $0.name, isOfLevels: $0.isOfLevels, place: $0.place)
    }
  }

  /// A formula that is still to be written.
  public init() {
    text = ""
    outcome = .variable("")
    terms = []
    hasIntercept = true
    places = []
  }

  /// Reads a list of terms without an outcome, such as `P + lag(C, 1:2)`. Throws `FormulaError`.
  public static func terms(_ text: String) throws(FormulaError) -> [FormulaTerm] {
    var parser = try FormulaParser(text)
    let sum = try parser.sum()
    guard case .end = parser.upcoming.token else { throw parser.unexpected("+, -, *, /, :, ^ or the end") }
    return sum.terms.map(\.term)
  }

  /// The same right-hand side for another outcome.
  func replacing(outcome: FormulaFactor) -> FormulaSpecification {
    var formula = self
    formula.outcome = outcome
    return formula
  }

  /// The same with one more term.
  func appending(_ term: FormulaTerm) -> FormulaSpecification {
    guard !terms.contains(where: { $0.hasSameFactors(as: term) }) else { return self }
    var formula = self
    formula.terms.append(term)
    return formula
  }

  /// The columns that the formula names, each once.
  public var variables: [String] { places.map(\.name).firstAppearances }

  /// The columns that must hold numbers: all but those whose levels alone are used.
  public var numericVariables: [String] {
    places.filter { !$0.isOfLevels }.map(\.name).firstAppearances
  }

  /// The columns of which dummies of levels are made.
  public var levelColumns: [String] { places.filter(\.isOfLevels).map(\.name).firstAppearances }

  /// The same formula with a dummy a level in the place of `factor(x)`.
  ///
  /// A panel holds the dummies and not the column, which the new formula does not name. As in R a term has no dummy of the first level where the model holds the term without the factor, so that x +
  /// factor(r):x tells the slopes of the other levels from the first's, and factor(r):x alone has a slope for each.
  ///
  /// Throws `FormulaError.tooManyLevels`.
  public func expanding(_ levels: FormulaLevels) throws(FormulaError) -> FormulaSpecification {
    var formula = self
    formula.terms = try levels.expanded(terms, hasIntercept: hasIntercept)
    formula.places = places.filter { !$0.isOfLevels }
    return formula
  }

  /// The term that is the outcome's first lag, if there is one.
  public var laggedOutcome: FormulaTerm? {
    terms.first { $0.lagSteps(of: outcome) == 1 }
  }

  /// Throws `FormulaError.noSuchVariable`, pointing at the name, for the first column that is not there.
  public func requireVariables(in names: [String], source: String) throws(FormulaError) {
    let known = Set(names)
    for variable in places where !known.contains(variable.name) {
      throw .noSuchVariable(
        name: variable.name, source: source, variables: names, at: variable.place)
    }
  }
}
