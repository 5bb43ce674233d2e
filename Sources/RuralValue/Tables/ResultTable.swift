/// A table of results, free of any format: the renderers turn it into text, CSV, Markdown, LaTeX, HTML or JSON.
///
/// Column names are promises to scripts and stay English; titles, headings and notes come in both languages.
public struct ResultTable: Sendable, Equatable {
  /// The table's name, which is its file's stem: `weights`.
  public let name: String
  /// What stands above the table.
  public let title: Term
  /// The columns, all of one length.
  public let columns: [ResultColumn]
  /// What stands below the table.
  public let notes: [Term]

  /// A table from its columns, which must be of one length.
  public init(name: String, title: Term, columns: [ResultColumn], notes: [Term] = []) {
    precondition(
      columns.allSatisfy { $0.values.count == columns[0].values.count }, "The columns differ in length.")
    self.name = name
    self.title = title
    self.columns = columns
    self.notes = notes
  }

  /// The number of rows.
  public var rowCount: Int { columns.first?.values.count ?? 0 }

  /// The column of this name, if there is one.
  public func column(_ name: String) -> ResultColumn? {
    columns.first { $0.name == name }
  }
}

/// One column of a result table.
public struct ResultColumn: Sendable, Equatable {
  /// The name in CSV and, without a group, the key in JSON.
  public let name: String
  /// The heading in text, Markdown, LaTeX and HTML.
  public let heading: Term
  /// The cells.
  public let values: ResultValues
  /// How people see the numbers.
  public let display: NumberDisplay
  /// p values beside the numbers, from which the renderers for people add stars; NaN where there is none.
  public let significance: [Double]?
  /// Where columns form one object in JSON: `weight_by_time` with the member `2012`.
  public let group: Group?

  /// A place inside a nested JSON object.
  public struct Group: Sendable, Equatable {
    /// The key of the nested object.
    public let key: String
    /// This column's key inside it.
    public let member: String

    /// A place from its two keys.
    public init(key: String, member: String) {
      self.key = key
      self.member = member
    }
  }

  /// A column from its parts.
  public init(
    _ name: String, _ heading: Term, _ values: ResultValues, display: NumberDisplay = .decimals,
    significance: [Double]? = nil, group: Group? = nil
  ) {
    precondition(significance == nil || significance!.count == values.count, "Every cell needs its p value.")
    self.name = name
    self.heading = heading
    self.values = values
    self.display = display
    self.significance = significance
    self.group = group
  }
}

/// The cells of a column, all of one kind.
public enum ResultValues: Sendable, Equatable {
  /// Texts; nil is an empty cell and null in JSON.
  case text([String?])
  /// Texts that read differently in the two languages; CSV and JSON carry the English one.
  case term([Term])
  /// Numbers; NaN is an empty cell and null in JSON.
  case number([Double])
  /// Whole numbers; nil is an empty cell and null in JSON.
  case integer([Int?])

  /// The number of cells.
  public var count: Int {
    switch self {
    case .text(let cells): cells.count
    case .term(let cells): cells.count
    case .number(let cells): cells.count
    case .integer(let cells): cells.count
    }
  }
}

/// How the renderers for people show a column's numbers; CSV and JSON always carry full precision.
public enum NumberDisplay: Sendable, Equatable {
  /// With the number of decimals that the user chose.
  case decimals
  /// With a number of decimals of its own, for weights and shares that three decimals would hide.
  case fixedDecimals(Int)
  /// As a probability: `0.023`, and `<0.001` instead of `0.000`.
  case probability
  /// A standard error that journal tables set in parentheses under the estimate.
  case standardError
}
