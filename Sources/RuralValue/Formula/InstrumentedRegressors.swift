/// Regressors that depend on the errors, and what stands in for them: `P + C ~ Z1 + Z2`.
public struct InstrumentedRegressors: Sendable, Equatable {
  /// The text as it was written.
  public let text: String
  /// The endogenous regressors, which stand in the formula as well.
  public private(set) var endogenous: [FormulaTerm]
  /// The instruments that stand in it not.
  public private(set) var instruments: [FormulaTerm]

  /// Reads endogenous regressors, `~` and instruments. Throws `FormulaError` and `InstrumentError.unreadable`.
  public init(_ text: String) throws {
    let sides = text.split(separator: "~", omittingEmptySubsequences: false).map(String.init)
    guard sides.count == 2, sides.allSatisfy({ !CellText.trimmed($0).isEmpty }) else {
      throw InstrumentError.unreadable(text: text)
    }
    self.text = text
    endogenous = try FormulaSpecification.terms(sides[0])
    instruments = try FormulaSpecification.terms(sides[1])
    guard !endogenous.isEmpty, !instruments.isEmpty else { throw InstrumentError.unreadable(text: text) }
  }

  func expanding(
    _ levels: FormulaLevels, hasIntercept: Bool
  ) throws(FormulaError) -> InstrumentedRegressors {
    var expanded = self
    expanded.endogenous = try levels.expanded(endogenous, hasIntercept: hasIntercept)
    expanded.instruments = try levels.expanded(instruments, hasIntercept: hasIntercept)
    return expanded
  }

  private var factors: [FormulaFactor] { (endogenous + instruments).flatMap(\.factors) }

  /// The columns that the terms name, each once.
  public var variables: [String] { factors.flatMap(\.variables).firstAppearances }

  /// The columns that must hold numbers: all but those whose levels alone are used.
  public var numericVariables: [String] {
    factors.filter { $0.levelColumn == nil }.flatMap(\.variables).firstAppearances
  }

  /// The columns of which dummies of levels are made.
  public var levelColumns: [String] { factors.compactMap(\.levelColumn).firstAppearances }

  /// Whether a term is one of the endogenous regressors.
  func isEndogenous(_ term: FormulaTerm) -> Bool {
    endogenous.contains { $0.hasSameFactors(as: term) }
  }

  /// Throws `InstrumentError` for an endogenous regressor that a formula does not have, and for an instrument that is one
  /// of its terms or its outcome.
  func check(against formula: FormulaSpecification) throws(InstrumentError) {
    let terms = formula.terms
    for term in endogenous where !terms.contains(where: { $0.hasSameFactors(as: term) }) {
      throw .notInFormula(name: term.name, terms: terms.map(\.name))
    }
    let outcome = FormulaTerm([formula.outcome])
    for term in instruments {
      if term.hasSameFactors(as: outcome) { throw .amongTerms(name: term.name, isOutcome: true) }
      if terms.contains(where: { $0.hasSameFactors(as: term) }) {
        throw .amongTerms(name: term.name, isOutcome: false)
      }
    }
  }

  /// Why products and squares of an endogenous regressor that are taken for exogenous are not.
  func productCaution(_ formula: FormulaSpecification) -> Phrase? {
    let names = formula.terms.filter { term in
      term.isProduct && !isEndogenous(term)
        && endogenous.contains { one in one.factors.contains { term.factors.contains($0) } }
    }.map(\.name)
    guard !names.isEmpty else { return nil }
    return Phrase(
      "\(listed(names, most: 6)) \(names.count == 1 ? "holds" : "hold") an endogenous regressor and \(names.count == 1 ? "is" : "are")"
        + " taken for exogenous: name \(names.count == 1 ? "it" : "them") left of ~ in \(Setting("iv")) as well, with instruments"
        + " such as the product with Z.",
      zh: "\(names.joined(separator: "、"))含有内生变量却被视为外生：请在\(Setting("iv"))的~左侧一并列出，并以相应的Z乘积为工具变量。")
  }
}

/// What can be wrong with instruments.
public enum InstrumentError: Fault {
  /// Instruments that cannot be read.
  case unreadable(text: String)
  /// An endogenous regressor that the formula does not have.
  case notInFormula(name: String, terms: [String])
  /// An instrument that is a regressor or the outcome.
  case amongTerms(name: String, isOutcome: Bool)
  /// Fewer instruments than endogenous regressors; those that do not vary are named.
  case tooFew(instruments: [String], endogenous: [String], dropped: [String])
  /// Instruments that leave nothing of an endogenous regressor.
  case determined(endogenous: String, instruments: [String])

  /// What was written is a matter of the call, all else of the numbers.
  public var kind: FaultKind {
    switch self {
    case .unreadable, .notInFormula, .amongTerms: .usage
    case .tooFew, .determined: .numerical
    }
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .unreadable(let text):
      return
        "\(Setting("iv")) is \"\(text)\"; expected endogenous regressors, ~ and their instruments, such as \"P ~ Z1 + Z2\"."
    case .notInFormula(let name, let terms):
      return
        "\(Setting("iv")) calls \(name) endogenous, but the formula has no such term."
        + "\(NearestName.question(for: name, among: terms)) Endogenous regressors stand in the formula and left of ~ in"
        + " \(Setting("iv")). The terms are: \(listed(terms))."
    case .amongTerms(let name, let isOutcome):
      return isOutcome
        ? "\(Setting("iv")) has the outcome \(name) as an instrument; expected a variable that moves the endogenous regressor and"
          + " the outcome only through it."
        : "\(Setting("iv")) has \(name) as an instrument, which the formula holds as a regressor; exogenous regressors are"
          + " instruments already. Name only variables that stand in the formula not."
    case .tooFew(let instruments, let endogenous, let dropped):
      let lost =
        dropped.isEmpty ? "" : " (\(listed(dropped)) do not vary beside the effects and the other regressors)"
      return
        "\(endogenous.count) endogenous \(endogenous.count == 1 ? "regressor" : "regressors") (\(listed(endogenous)))"
        + " \(endogenous.count == 1 ? "needs" : "need") at least as many instruments; found \(instruments.count)\(lost). Name more in \(Setting("iv"))."
    case .determined(let endogenous, let instruments):
      return
        "The instruments (\(listed(instruments))) determine \(endogenous) entirely, so that it cannot be endogenous while they"
        + " are not. Most likely one of them is \(endogenous) itself under another name; take it out of \(Setting("iv"))."
    }
  }
}
