/// What becomes of the numbers of units that merged, where several rows of one period become one.
///
/// Nothing is assumed: a sum is right for people and yuan and wrong for rates, and only the reader knows which is
/// which. Every numeric column must stand in one of the lists.
public struct MergeRules: Sendable, Equatable {
  /// A column whose mean is weighted by another.
  public struct WeightedMean: Sendable, Equatable {
    /// The column.
    public let column: String
    /// The column of weights, which are not negative.
    public let weight: String

    /// A mean from its column and its weights.
    public init(column: String, weight: String) {
      self.column = column
      self.weight = weight
    }
  }

  /// Columns that are added up.
  public let sums: [String]
  /// Columns whose plain mean is taken.
  public let means: [String]
  /// Columns whose weighted mean is taken.
  public let weightedMeans: [WeightedMean]
  /// Columns of which the unit whose code stays, else the first, gives the value.
  public let kept: [String]

  /// Rules from their lists.
  public init(
    sums: [String] = [], means: [String] = [], weightedMeans: [WeightedMean] = [], kept: [String] = []
  ) {
    self.sums = sums
    self.means = means
    self.weightedMeans = weightedMeans
    self.kept = kept
  }

  /// The columns for which a rule is given.
  public var columns: [String] { sums + means + weightedMeans.map(\.column) + kept }

  /// All columns that the rules name, those of weights among them.
  public var namedColumns: [String] { (columns + weightedMeans.map(\.weight)).firstAppearances }

  /// The columns whose numbers are read.
  var read: [String] { (sums + means + weightedMeans.flatMap { [$0.column, $0.weight] }).firstAppearances }

  /// The rules as a result document states them.
  public var members: [JSONMember] {
    [
      JSONMember("sum", JSONValue(sums)), JSONMember("mean", JSONValue(means)),
      JSONMember("weighted", JSONValue(weightedMeans.map { "\($0.column) by \($0.weight)" })),
      JSONMember("keep", JSONValue(kept)),
    ]
  }
}

/// What can be wrong with the rules by which units are merged, and with the units' data.
public enum MergeError: Fault {
  /// Numeric columns for which no rule is given.
  case undeclared(
    columns: [String], source: String, units: [String], newest: String, timeColumn: String, period: Int)
  /// A column with two rules.
  case twoRules(column: String)
  /// A rule for a key column.
  case keyColumn(column: String)
  /// A weight below zero.
  case negativeWeight(
    source: String, line: Int, column: String, value: Double, weighted: String)
  /// Numbers so large that their sum is not a number any more.
  case overflow(source: String, line: Int, column: String, unit: String)

  /// Rules are the caller's move, all else the data's.
  public var kind: FaultKind {
    switch self {
    case .undeclared, .twoRules, .keyColumn: .usage
    case .negativeWeight, .overflow: .data
    }
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    let option = "\(Setting("sum-into"))"
    switch self {
    case .undeclared(let columns, let source, let units, let newest, let timeColumn, let period):
      let parts = units.map { "\"\($0)\"" }.joined(separator: " and ")
      return
        "\(source): the rows of \(parts) for \(timeColumn) \(period) become one of \"\(newest)\", but nothing says what"
        + " becomes of the numbers in \(listed(columns)); expected a rule for each. Name them behind \(option): ;sum=A,B"
        + " adds up, ;mean=C or ;weighted=C by POPULATION averages, ;keep=D takes the value of the unit whose code stays."
    case .twoRules(let column):
      return "\(option) has two rules for column \"\(column)\"; expected one."
    case .keyColumn(let column):
      return "\(option) has a rule for the key column \"\(column)\"; expected variables."
    case .negativeWeight(let source, let line, let column, let value, let weighted):
      return
        "\(source), line \(line), column \"\(column)\": found \(value), expected a weight of at least 0 for the mean of"
        + " \"\(weighted)\". Correct the value, or take another column of weights."
    case .overflow(let source, let line, let column, let unit):
      return
        "\(source), line \(line), column \"\(column)\": the sum for \"\(unit)\" is beyond the range of double"
        + " precision; expected values of a plausible size. Check the cell, or use another unit of measurement."
    }
  }
}
