/// The functions of the formula language.
public enum FormulaFunction: String, Sendable, CaseIterable {
  /// The value some periods earlier within the unit.
  case lag
  /// The value some periods later within the unit.
  case lead
  /// The change since some periods earlier within the unit.
  case diff
  /// The natural logarithm.
  case log
  /// The value minus the mean over the panel.
  case center
  /// Centred and divided by the standard deviation over the panel.
  case scale
}

/// One variable as it enters a term: a column, or a function of one.
public indirect enum FormulaFactor: Sendable, Hashable {
  /// A column of the panel.
  case variable(String)
  /// The value `steps` periods earlier; later, where there are fewer than none.
  case lag(FormulaFactor, steps: Int)
  /// The change over `steps` periods.
  case difference(FormulaFactor, steps: Int)
  /// The natural logarithm.
  case logarithm(FormulaFactor)
  /// The value minus the mean over the panel.
  case centred(FormulaFactor)
  /// Centred and divided by the standard deviation over the panel.
  case scaled(FormulaFactor)

  /// The factor as R names it: `lag(V, 1)`.
  public var name: String {
    switch self {
    case .variable(let name): FormulaFactor.quoted(name)
    case .lag(let inner, let steps):
      steps < 0 ? "lead(\(inner.name), \(-steps))" : "lag(\(inner.name), \(steps))"
    case .difference(let inner, let steps):
      steps == 1 ? "diff(\(inner.name))" : "diff(\(inner.name), \(steps))"
    case .logarithm(let inner): "log(\(inner.name))"
    case .centred(let inner): "center(\(inner.name))"
    case .scaled(let inner): "scale(\(inner.name))"
    }
  }

  /// The panel's column on which the factor rests.
  public var variable: String {
    switch self {
    case .variable(let name): name
    case .lag(let inner, _), .difference(let inner, _), .logarithm(let inner), .centred(let inner),
      .scaled(let inner):
      inner.variable
    }
  }

  /// Whether a lag or a change stands in it, which counts the calendar's periods.
  var countsPeriods: Bool {
    switch self {
    case .lag, .difference: true
    case .logarithm(let inner), .centred(let inner), .scaled(let inner): inner.countsPeriods
    case .variable: false
    }
  }

  /// A column's name, in backticks where it could be read as something else.
  private static func quoted(_ name: String) -> String {
    let isPlain = !name.isEmpty && !name.first!.isNumber && name.allSatisfy(FormulaScanner.isNameLetter)
    return isPlain ? name : "`\(name)`"
  }
}

/// A term of a formula: a product of one or more factors, of which one may stand in it several times.
public struct FormulaTerm: Sendable, Hashable {
  /// The factors in the order in which they were written, those of a power beside each other.
  public let factors: [FormulaFactor]

  /// A term from its factors.
  public init(_ factors: [FormulaFactor]) {
    let distinct = factors.firstAppearances
    self.factors =
      distinct.count == factors.count
      ? factors : distinct.flatMap { factor in factors.filter { $0 == factor } }
  }

  /// The term's name: `P:C`, `P^2`, `P^2:C`.
  public var name: String {
    factors.firstAppearances.map { factor in
      let power = exponent(of: factor)
      return power == 1 ? factor.name : "\(factor.name)^\(power)"
    }.joined(separator: ":")
  }

  /// How often a factor stands in the product; zero where it does not.
  func exponent(of factor: FormulaFactor) -> Int { factors.count { $0 == factor } }

  /// Whether the term is a product of two factors or more, or a power.
  public var isProduct: Bool { factors.count > 1 }

  /// The product of two terms.
  func times(_ other: FormulaTerm) -> FormulaTerm { FormulaTerm(factors + other.factors) }

  /// Whether two terms have the same factors in whatever order.
  func hasSameFactors(as other: FormulaTerm) -> Bool {
    factors.count == other.factors.count && factors.allSatisfy { exponent(of: $0) == other.exponent(of: $0) }
  }

  /// Whether the term holds a later value of a factor.
  func holdsLead(of factor: FormulaFactor) -> Bool {
    factors.contains { if case .lag(factor, let steps) = $0 { steps < 0 } else { false } }
  }

  /// The lag at which the term holds a factor, where it is nothing but a lag of it.
  func lagSteps(of factor: FormulaFactor) -> Int? {
    guard factors.count == 1, case .lag(factor, let steps) = factors[0] else { return nil }
    return steps
  }
}
