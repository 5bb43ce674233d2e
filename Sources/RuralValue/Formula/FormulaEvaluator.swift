internal import RuralValueNumerics

/// Turns factors and terms into columns over a panel; a missing value is NaN.
public struct FormulaEvaluator: Sendable {
  private let panel: Panel
  /// The factors that are centred wherever they stand, because they enter a product.
  public let centredFactors: [FormulaFactor]

  /// An evaluator over a panel; `centring` gives the factors to be centred wherever they stand.
  public init(_ panel: Panel, centring centredFactors: [FormulaFactor] = []) {
    self.panel = panel
    self.centredFactors = centredFactors
  }

  /// The factors that enter a product of two or more among these terms, without the dummies of levels: centred, those
  /// of all levels would sum to zero, and a slope of each level is no mean over them.
  public static func interacted(in terms: [FormulaTerm]) -> [FormulaFactor] {
    terms.filter(\.isProduct).flatMap(\.factors).filter { $0.levelColumn == nil }.firstAppearances
  }

  /// A term's values in row order, NaN where a factor is missing.
  ///
  /// Throws `FormulaError.logOfNonPositive`, `.scaleOfConstant` and `PanelError.noSuchVariable`.
  public func values(of term: FormulaTerm) throws -> [Double] {
    var product = try values(of: term.factors[0])
    for factor in term.factors.dropFirst() {
      let values = try values(of: factor)
      for row in product.indices { product[row] *= values[row] }
    }
    return product
  }

  /// A factor's values in row order, centred where the evaluator was told to.
  public func values(of factor: FormulaFactor) throws -> [Double] {
    let values = try raw(factor)
    return centredFactors.contains(factor) ? FormulaEvaluator.centred(values) : values
  }

  private func raw(_ factor: FormulaFactor) throws -> [Double] {
    switch factor {
    case .variable(let name): try panel.values(of: name)
    case .lag(let inner, let steps): panel.lag(try raw(inner), by: steps)
    case .difference(let inner, let steps): panel.difference(try raw(inner), by: steps)
    case .logarithm(let inner): try logarithm(try raw(inner), of: inner)
    case .centred(let inner): FormulaEvaluator.centred(try raw(inner))
    case .scaled(let inner): try scaled(try raw(inner), of: inner)
    case .ratio(let dividend, let divisor):
      try ratio(try raw(dividend), try raw(divisor), of: factor, divisor: divisor)
    case .level(let column, let level):
      try panel.values(of: FormulaLevels.variable(of: column, level: level))
    case .levels: throw FormulaError.unknownLevels(name: factor.name)
    }
  }

  /// x/y, missing where either is; a divisor of zero is an error where there is a dividend.
  private func ratio(
    _ dividends: [Double], _ divisors: [Double], of factor: FormulaFactor, divisor: FormulaFactor
  ) throws(FormulaError) -> [Double] {
    let zeros = divisors.indices.filter { divisors[$0] == 0 && !dividends[$0].isNaN }
    if let row = zeros.first {
      throw .divisionByZero(
        ratio: factor.name, divisor: divisor.name, unit: panel.unit(ofRow: row),
        unitColumn: panel.unitColumn, period: panel.period(ofRow: row), line: panel.lines[row],
        source: panel.source(ofRow: row), others: zeros.count - 1)
    }
    return zip(dividends, divisors).map { $1 == 0 ? .nan : $0 / $1 }
  }

  private func logarithm(_ values: [Double], of factor: FormulaFactor) throws(FormulaError) -> [Double] {
    if let row = values.firstIndex(where: { $0 <= 0 }) {
      throw .logOfNonPositive(
        variable: factor.name, value: values[row], unit: panel.unit(ofRow: row), unitColumn: panel.unitColumn,
        period: panel.period(ofRow: row), line: panel.lines[row],
        source: panel.source(ofRow: row))
    }
    return values.map(portableLogarithm)
  }

  private func scaled(_ values: [Double], of factor: FormulaFactor) throws(FormulaError) -> [Double] {
    let deviation = values.filter { !$0.isNaN }.sampleStandardDeviation
    guard deviation > 0 || deviation.isNaN else { throw .scaleOfConstant(variable: factor.name) }
    return FormulaEvaluator.centred(values).map { $0 / deviation }
  }

  /// The values minus the mean of those that are not missing.
  private static func centred(_ values: [Double]) -> [Double] {
    let mean = values.filter { !$0.isNaN }.mean
    return values.map { $0 - mean }
  }
}

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
