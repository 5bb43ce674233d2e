/// The columns of a model over a panel: the outcome and one column a term, NaN where missing.
public struct ModelFrame: Sendable, Equatable {
  /// One column of a model.
  public struct Column: Sendable, Equatable {
    /// The term as R names it.
    public let name: String
    /// The term.
    public let term: FormulaTerm
    /// The values in the panel's row order.
    public let values: [Double]
  }

  /// The outcome.
  public let outcome: Column
  /// The regressors without the constant, in the formula's order.
  public let regressors: [Column]
  /// Whether the model has a constant, named `(Intercept)`.
  public let hasIntercept: Bool

  /// The columns of a formula over a panel.
  ///
  /// Throws `FormulaError.noSuchVariable` with the place in the formula, and what evaluation throws.
  public init(_ formula: FormulaSpecification, over panel: Panel, evaluator: FormulaEvaluator? = nil) throws {
    try formula.requireVariables(in: panel.variableNames, source: panel.source)
    let evaluator = evaluator ?? FormulaEvaluator(panel)
    func column(_ term: FormulaTerm) throws -> Column {
      Column(name: term.name, term: term, values: try evaluator.values(of: term))
    }
    outcome = try column(FormulaTerm([formula.outcome]))
    regressors = try formula.terms.map(column)
    hasIntercept = formula.hasIntercept
  }

  /// For each row whether the outcome and every regressor are there.
  public var completeRows: [Bool] {
    var complete = outcome.values.map { !$0.isNaN }
    for regressor in regressors {
      for row in complete.indices where regressor.values[row].isNaN { complete[row] = false }
    }
    return complete
  }
}
