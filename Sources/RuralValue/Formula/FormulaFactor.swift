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
  /// A dummy for every level of a column but the first.
  case factor
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
  /// One factor divided by another.
  case ratio(FormulaFactor, FormulaFactor)
  /// The dummies of a column's levels, before the levels are known.
  case levels(of: String)
  /// The dummy of one level of a column: 1 where the column holds it, else 0.
  case level(of: String, String)

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
    case .ratio(let dividend, let divisor):
      if case .ratio = divisor {
        "\(dividend.name)/(\(divisor.name))"
      } else {
        "\(dividend.name)/\(divisor.name)"
      }
    case .levels(let column): "factor(\(FormulaFactor.quoted(column)))"
    case .level(let column, let level):
      if level.allSatisfy(FormulaScanner.isNameLetter) {
        "factor(\(FormulaFactor.quoted(column)))\(level)"
      } else {
        "`\(FormulaLevels.variable(of: column, level: level))`"
      }
    }
  }

  /// The columns of the panel or the table on which the factor rests.
  public var variables: [String] {
    switch self {
    case .variable(let name), .levels(let name), .level(let name, _): [name]
    case .lag(let inner, _), .difference(let inner, _), .logarithm(let inner), .centred(let inner),
      .scaled(let inner):
      inner.variables
    case .ratio(let dividend, let divisor): (dividend.variables + divisor.variables).firstAppearances
    }
  }

  /// The column whose levels the factor stands for, if it does.
  public var levelColumn: String? {
    switch self {
    case .levels(let column), .level(let column, _): column
    default: nil
    }
  }

  /// The factor with all levels of a column in the place of one.
  var ofAllLevels: FormulaFactor {
    if case .level(let column, _) = self { .levels(of: column) } else { self }
  }

  /// Whether the factor rests on a value of a column in the same period.
  func restsOnPresent(_ column: String) -> Bool {
    switch self {
    case .variable(let name), .levels(let name), .level(let name, _): name == column
    case .lag(let inner, let steps): steps == 0 && inner.restsOnPresent(column)
    case .difference(let inner, _), .logarithm(let inner), .centred(let inner), .scaled(let inner):
      inner.restsOnPresent(column)
    case .ratio(let dividend, let divisor):
      dividend.restsOnPresent(column) || divisor.restsOnPresent(column)
    }
  }

  /// Whether a lag or a change stands in it, which counts the calendar's periods.
  var countsPeriods: Bool {
    switch self {
    case .lag, .difference: true
    case .logarithm(let inner), .centred(let inner), .scaled(let inner): inner.countsPeriods
    case .ratio(let dividend, let divisor): dividend.countsPeriods || divisor.countsPeriods
    case .variable, .levels, .level: false
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
      if power == 1 { return factor.name }
      if case .ratio = factor { return "(\(factor.name))^\(power)" }
      return "\(factor.name)^\(power)"
    }.joined(separator: ":")
  }

  /// How often a factor stands in the product; zero where it does not.
  func exponent(of factor: FormulaFactor) -> Int { factors.count { $0 == factor } }

  /// The derivative by a factor x: of xᵐ z it is m times the factors xᵐ⁻¹ z; nil where it does not hold x.
  func derivative(by factor: FormulaFactor) -> (power: Int, factors: [FormulaFactor])? {
    guard let place = factors.firstIndex(of: factor) else { return nil }
    var others = factors
    others.remove(at: place)
    return (exponent(of: factor), others)
  }

  /// Whether the term is a product of two factors or more, or a power.
  public var isProduct: Bool { factors.count > 1 }

  /// The term with all levels of a column in the place of one: what a call writes.
  public var ofAllLevels: FormulaTerm { FormulaTerm(factors.map(\.ofAllLevels)) }

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
