/// A column computed from others, as a call writes it: `gap = urban_income / rural_income`.
///
/// Numbers, columns (in backticks where a name has spaces or signs), + − * / ^, comparisons, `and`, `or`, brackets and
/// the functions of `ExpressionFunction`. Missing values give missing values, and so does what has no result: a
/// division by zero, a logarithm of a number that is not positive. Text in quotes is compared with a column of text.
public struct ColumnExpression: Sendable, Equatable {
  /// The expression as it was written.
  public let text: String
  /// The column that it makes.
  public let output: String
  /// The columns of numbers that it reads, in order of appearance.
  public let columns: [String]
  /// The columns of text that it reads: those behind `by=` and those compared with text.
  public let textColumns: [String]
  let root: Node

  /// Reads `name = expression`. Throws `ExpressionError`.
  public init(_ text: String) throws(ExpressionError) {
    var parser = try ExpressionParser(text)
    (output, root) = try parser.assignment()
    self.text = text
    columns = parser.columns.firstAppearances
    textColumns = parser.textColumns.firstAppearances
  }

  /// A part of an expression, and where its text begins.
  indirect enum Node: Sendable, Equatable {
    case number(Double)
    case column(String)
    case negative(Node)
    case binary(Operator, Node, Node)
    /// A column of text compared with a text; equal or not.
    case textIs(column: String, text: String, isEqual: Bool)
    case call(ExpressionFunction, [Node], Settings)
  }

  /// What stands behind the arguments of a function: `by=prefecture,year`, `base=2012`.
  struct Settings: Sendable, Equatable {
    var groups: [String] = []
    var base: Int?
  }

  /// What stands between two parts.
  enum Operator: String, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case power = "^"
    case equal = "=="
    case notEqual = "!="
    case below = "<"
    case atMost = "<="
    case above = ">"
    case atLeast = ">="
    case and
    case or
  }
}

/// The functions of arithmetic on columns.
public enum ExpressionFunction: String, Sendable, CaseIterable {
  /// The natural logarithm, the exponential, the square root, the absolute value.
  case log, log1p, exp, sqrt, abs
  /// x to so many decimals, half away from zero.
  case round
  /// The second where the first is true, else the third.
  case `if`
  /// Whether a value is missing; the opposite of a comparison.
  case missing, not
  /// The first of its arguments that is known.
  case coalesce
  /// The least and the most, of several arguments, or of one over a unit's time or a group.
  case min, max
  /// The value, change and growth rate of so many periods before; a lead.
  case lag, lead, diff, growth
  /// Over a unit's time, or over a group.
  case mean, sum, sd, median, count, rank
  /// x over the unit's own x of the base year.
  case index
  /// The level that yearly indices with the year before as 100 make, 1 in the base year.
  case chain

  /// The fewest and the most arguments.
  var arguments: ClosedRange<Int> {
    switch self {
    case .log, .log1p, .exp, .sqrt, .abs, .missing, .not, .mean, .sum, .sd, .median, .count, .rank, .index,
      .chain:
      1...1
    case .round, .lag, .lead, .diff, .growth: 1...2
    case .if: 3...3
    case .min, .max, .coalesce: 1...20
    }
  }

  /// Whether it takes a group behind `by=`.
  var takesGroups: Bool { [.mean, .sum, .sd, .median, .count, .rank, .min, .max].contains(self) }
  /// Whether it takes a year behind `base=`.
  var takesBase: Bool { self == .index || self == .chain }
  /// Whether the second argument is a whole number of periods or decimals.
  var takesWholeNumber: Bool { [.round, .lag, .lead, .diff, .growth].contains(self) }
}
