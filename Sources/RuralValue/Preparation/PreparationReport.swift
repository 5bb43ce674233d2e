/// What preparation did, cell by cell where single cells were touched, and in sum a step and column.
public struct PreparationReport: Sendable, Equatable {
  /// Single cells and rows: filled, held, cut off, left missing. Operations that compute a whole column
  /// (logs, scores, changes, averages) stand in `summaries` only.
  public var entries: [Entry] = []
  /// One a step and variable.
  public var summaries: [Summary] = []
  /// The numbers that a step took from the data: cut-offs, means, extremes.
  public var parameters: [Parameter] = []
  /// The units that were joined under their newest code.
  public var joins: [CodeChanges.Join] = []
  /// The units whose rows were put together.
  public var merges: [Merge] = []
  /// The units or periods that balancing took out.
  public var dropped: [Dropped] = []
  /// What the reader must know.
  public var notes: [Phrase] = []
  /// What new columns are whose names do not say it, such as logarithms to which a constant was added.
  public var meanings: [ColumnMeaning] = []
  /// The new columns that the data do not allow, where the plan goes on without them.
  public var leftOut: [LeftOut] = []

  /// An empty report.
  public init() {}

  /// A new column that could not be made.
  public struct LeftOut: Sendable, Equatable {
    /// The column that is not there.
    public let column: String
    /// What the data have against it.
    public let reason: PreparationError
  }

  /// Units that became one.
  public struct Merge: Sendable, Equatable {
    /// The unit that they are now.
    public let new: String
    /// The units that they were, as the data have them.
    public let parts: [String]
    /// The periods in which rows were put together.
    public let periods: [Int]
    /// The cells of these rows that are missing, for a part was.
    public let missing: Int
  }

  /// A unit or a period that a balanced panel is without.
  public struct Dropped: Sendable, Equatable {
    /// The unit; nil where a period was dropped.
    public let unit: String?
    /// The period; nil where a unit was dropped.
    public let period: Int?
    /// How many of its rows were there and whole.
    public let observed: Int
    /// How many were absent, or had no value where one was asked for.
    public let missing: Int
    /// The first period, or the first unit, of these.
    public let firstMissing: String
  }

  /// One touched cell or added row.
  public struct Entry: Sendable, Equatable {
    /// The number of the step, from 1.
    public let step: Int
    /// The operation's key.
    public let operation: String
    /// What happened.
    public let action: Action
    /// The unit.
    public let unit: String
    /// The period.
    public let period: Int
    /// The output column; nil for an added row.
    public let column: String?
    /// The value before; NaN where it was missing.
    public let old: Double
    /// The value now; NaN where it is missing.
    public let new: Double
  }

  /// What happened to a cell or row.
  public enum Action: String, Sendable, CaseIterable {
    /// A row was added for a unit-period that was missing.
    case rowAdded = "row-added"
    /// A missing value between known neighbours was put on the line between them.
    case interpolated
    /// A missing value before the first or after the last known one took that one's value.
    case extended
    /// A missing value stayed missing.
    case leftMissing = "left-missing"
    /// A value beyond a quantile became the quantile.
    case winsorised
    /// A growth rate has no value because its base is zero.
    case zeroBase = "zero-base"

    /// The action for people; scripts know it by its key, which is the English wording.
    public var phrase: Phrase {
      switch self {
      case .rowAdded: Phrase(rawValue, zh: "新增观测")
      case .interpolated: Phrase(rawValue, zh: "线性插值")
      case .extended: Phrase(rawValue, zh: "以最近值填补")
      case .leftMissing: Phrase(rawValue, zh: "仍缺失")
      case .winsorised: Phrase(rawValue, zh: "缩尾处理")
      case .zeroBase: Phrase(rawValue, zh: "基期为零")
      }
    }
  }

  /// What a step did to one variable.
  public struct Summary: Sendable, Equatable {
    /// The number of the step, from 1.
    public let step: Int
    /// The operation.
    public let operation: PreparationOperation
    /// The variable.
    public let column: String
    /// The column of the result.
    public let output: String
    /// The cells that have a value after the step.
    public let cells: Int
    /// The cells interpolated.
    public let filled: Int
    /// The cells that hold the nearest value.
    public let extended: Int
    /// The known cells whose value changed, for operations that keep the variable's scale.
    public let changed: Int?
    /// The cells without a value after the step.
    public let missing: Int
  }

  /// A number that a step took from the data.
  public struct Parameter: Sendable, Equatable {
    /// The number of the step, from 1.
    public let step: Int
    /// The operation's key.
    public let operation: String
    /// The variable.
    public let column: String
    /// The period whose rows it comes from; nil for the whole panel.
    public let period: Int?
    /// Its name: `lower`, `upper`, `mean`, `sd`, `min`, `max`.
    public let name: String
    /// Its value.
    public let value: Double
  }
}

/// A prepared table and what was done to it.
public struct PreparationResult: Sendable, Equatable {
  /// The table.
  public let table: PreparedTable
  /// What was filled, changed and joined, where.
  public let report: PreparationReport
  /// The size of the prepared panel.
  public let sample: ResultDocument.Sample
}
