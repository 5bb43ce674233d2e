import RuralValue

/// A formula whose regressors are some periods older.
enum LaggedFormula {
  /// The formula's text with each regressor lagged; lags of the outcome stay as they are.
  static func text(_ formula: FormulaSpecification, steps: Int) -> String {
    let terms = lagged(formula, steps: steps)
    let constant = formula.hasIntercept ? [] : ["0"]
    return "\(formula.outcome.name) ~ \((terms.map(\.name) + constant).joined(separator: " + "))"
  }

  /// What the lagged terms are called in the formula as it was.
  static func names(_ formula: FormulaSpecification, steps: Int) -> [String: String] {
    var names: [String: String] = [:]
    for (term, lagged) in zip(formula.terms, lagged(formula, steps: steps)) where term != lagged {
      names[lagged.name] = term.name
    }
    return names
  }

  private static func lagged(_ formula: FormulaSpecification, steps: Int) -> [FormulaTerm] {
    formula.terms.map { term in
      isLag(of: formula.outcome, term) ? term : FormulaTerm(term.factors.map { lagged($0, steps: steps) })
    }
  }

  private static func isLag(of outcome: FormulaFactor, _ term: FormulaTerm) -> Bool {
    guard term.factors.count == 1, case .lag(let inner, _) = term.factors[0] else { return false }
    return inner == outcome
  }

  private static func lagged(_ factor: FormulaFactor, steps: Int) -> FormulaFactor {
    if case .lag(let inner, let already) = factor { return .lag(inner, steps: already + steps) }
    return .lag(factor, steps: steps)
  }
}
