/// How models stand side by side in one table.
public struct ModelTableSpecification: Sendable, Equatable {
  /// Where direct, indirect and total effects stand.
  public enum Effects: String, Sendable, CaseIterable {
    /// Below the coefficients, a block each.
    case panels
    /// Below the coefficients, with the kind in the row's name.
    case rows
    /// Instead of the coefficients, a column each.
    case wide
    /// Not in the table.
    case none
  }

  /// What stands below an estimate.
  public enum Below: String, Sendable, CaseIterable {
    /// Its standard error, in parentheses.
    case standardError = "se"
    /// Its z or t, in brackets.
    case statistic = "t"
    /// Its p value, in brackets.
    case pValue = "p"
  }

  /// A heading above neighbouring columns.
  public struct Group: Sendable, Equatable {
    /// What stands above them.
    public let heading: String
    /// The first and the last column, counted from 1.
    public let columns: ClosedRange<Int>

    /// A heading from its words and its columns.
    public init(heading: String, columns: ClosedRange<Int>) {
      self.heading = heading
      self.columns = columns
    }
  }

  /// Headings above several columns.
  public var groups: [Group]
  /// The parameters that are shown; all where there are none.
  public var kept: [TermPattern]
  /// Parameters that are left out.
  public var dropped: [TermPattern]
  /// Parameters that come first, in this order.
  public var ordered: [TermPattern]
  /// Where effects stand.
  public var effects: Effects
  /// What stands below estimates.
  public var below: Below
  /// What stands above the table.
  public var title: String?

  /// The whole of each model, with standard errors.
  public init(
    groups: [Group] = [], kept: [TermPattern] = [], dropped: [TermPattern] = [], ordered: [TermPattern] = [],
    effects: Effects = .panels, below: Below = .standardError, title: String? = nil
  ) {
    (self.groups, self.kept, self.dropped, self.ordered) = (groups, kept, dropped, ordered)
    (self.effects, self.below, self.title) = (effects, below, title)
  }
}

/// What is wrong with a call for a table of models.
public enum ModelTableError: Fault {
  /// There is no model.
  case noModels
  /// A pattern that no parameter of any model has.
  case noSuchTerm(option: String, pattern: String, terms: [String])
  /// Nothing is left to show.
  case nothingLeft
  /// A heading above columns that there are not.
  case noSuchColumns(heading: String, columns: ClosedRange<Int>, count: Int)
  /// Two headings above one column.
  case sharedColumn(first: String, second: String, column: Int)
  /// Effects are asked for, and no model has any.
  case noEffects

  /// The call is off.
  public var kind: FaultKind { .usage }

  /// What was found and what was expected.
  public var description: String {
    switch self {
    case .noModels:
      "No result has a model; expected results of gmm, sdm or fe, written with \(Setting("json")) or \(Setting("format")) json."
    case .noSuchTerm(let option, let pattern, let terms):
      "\(Setting(option)) names \"\(pattern)\", which no model has."
        + "\(NearestName.question(for: pattern, among: terms)) The terms are: \(terms.joined(separator: ", "))."
    case .nothingLeft:
      "\(Setting("keep")) and \(Setting("drop")) leave no row; expected at least one term."
    case .noSuchColumns(let heading, let columns, let count):
      "\(Setting("group")) sets \"\(heading)\" above "
        + (columns.count == 1
          ? "column \(columns.lowerBound)" : "the columns \(columns.lowerBound) to \(columns.upperBound)")
        + "; the table has \(count == 1 ? "one column" : "the columns 1 to \(count)")."
    case .sharedColumn(let first, let second, let column):
      "\(Setting("group")) sets both \"\(first)\" and \"\(second)\" above column \(column); expected one heading above each."
    case .noEffects:
      "\(Setting("effects")) wide shows direct, indirect and total effects, and no model has any; sdm has."
    }
  }
}
