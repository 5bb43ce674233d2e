internal import RuralValueNumerics

/// A formula's terms at one row while the outcome is still being made, period by period.
///
/// Factors without the outcome are evaluated once over the panel; those with its lags at the row that needs
/// them. A value that is not there is NaN.
struct OutcomeTerms: Sendable {
  /// The outcome's column.
  let outcomeColumn: String
  /// The terms, in the formula's order.
  let terms: [FormulaTerm]
  /// For each term the product of its factors without the outcome, in row order.
  private let known: [[Double]]
  /// For each term its factors with the outcome.
  private let lagged: [[FormulaFactor]]
  private let isLogarithm: Bool
  private let panel: Panel
  private let positionOfPeriod: [Int: Int]

  /// Evaluates what does not depend on the outcome.
  ///
  /// Throws `ExactPanelError` for a term that cannot be computed forward in time, and what evaluation throws.
  init(_ panel: Panel, _ formula: FormulaSpecification, evaluator: FormulaEvaluator) throws {
    let outcome: String
    switch formula.outcome {
    case .variable(let name): (outcome, isLogarithm) = (name, false)
    case .logarithm(.variable(let name)): (outcome, isLogarithm) = (name, true)
    default: throw ExactPanelError.outcomeNotInvertible(outcome: formula.outcome.name)
    }
    outcomeColumn = outcome
    self.panel = panel
    terms = formula.terms
    positionOfPeriod = Dictionary(uniqueKeysWithValues: panel.periods.enumerated().map { ($1, $0) })
    var known: [[Double]] = []
    var lagged: [[FormulaFactor]] = []
    for term in formula.terms {
      let own = term.factors.filter { $0.variables.contains(outcome) }
      for factor in own {
        guard let lag = OutcomeTerms.leastLag(of: factor), lag > 0,
          !evaluator.centredFactors.contains(factor)
        else {
          throw ExactPanelError.termNeedsPresentOutcome(term: term.name, outcome: outcome)
        }
      }
      let others = term.factors.filter { !$0.variables.contains(outcome) }
      known.append(
        others.isEmpty
          ? [Double](repeating: 1, count: panel.rowCount)
          : try evaluator.values(of: FormulaTerm(others)))
      lagged.append(own)
    }
    self.known = known
    self.lagged = lagged
  }

  /// Whether any term holds a lag of the outcome.
  var isDynamic: Bool { lagged.contains { !$0.isEmpty } }

  /// A term's value at a row, from the outcomes made so far.
  func value(_ term: Int, row: Int, outcome: [Double]) -> Double {
    lagged[term].reduce(known[term][row]) { $0 * value($1, row: row, outcome: outcome) }
  }

  /// What stands in the outcome's column where the model's left side has this value.
  func column(_ left: Double) -> Double { isLogarithm ? portableExponential(left) : left }

  /// What stands on the model's left side where the outcome's column has this value.
  func left(_ column: Double) -> Double { isLogarithm ? portableLogarithm(column) : column }

  /// The row some periods before another, or nil where it was not observed.
  func row(_ steps: Int, before row: Int) -> Int? {
    panel.calendar.period(panel.period(ofRow: row), movedBy: -steps).flatMap { positionOfPeriod[$0] }.flatMap
    {
      panel.row(unit: panel.unitOfRow[row], period: $0)
    }
  }

  private func value(_ factor: FormulaFactor, row: Int, outcome: [Double]) -> Double {
    switch factor {
    case .variable: return outcome[row]
    case .lag(let inner, let steps):
      return self.row(steps, before: row).map { value(inner, row: $0, outcome: outcome) } ?? .nan
    case .difference(let inner, let steps):
      let earlier = self.row(steps, before: row).map { value(inner, row: $0, outcome: outcome) } ?? .nan
      return value(inner, row: row, outcome: outcome) - earlier
    case .logarithm(let inner):
      let value = value(inner, row: row, outcome: outcome)
      return value > 0 ? portableLogarithm(value) : .nan
    case .centred, .scaled, .ratio, .levels, .level: return .nan
    }
  }

  /// The smallest number of periods by which a factor looks back; nil where it needs all periods.
  private static func leastLag(of factor: FormulaFactor) -> Int? {
    switch factor {
    case .variable: 0
    case .lag(let inner, let steps): leastLag(of: inner).map { $0 + steps }
    case .difference(let inner, let steps): leastLag(of: inner).map { min($0, $0 + steps) }
    case .logarithm(let inner): leastLag(of: inner)
    case .centred, .scaled, .ratio, .levels, .level: nil
    }
  }
}
