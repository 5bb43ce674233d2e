/// A table of results, free of any format: the renderers turn it into text, CSV, Markdown, LaTeX, HTML, Word or JSON.
///
/// Column names are promises to scripts and stay English; titles, headings and notes come in both languages.
public struct ResultTable: Sendable, Equatable, Codable {
  /// The table's name, which is its file's stem: `weights`.
  public let name: String
  /// What stands above the table.
  public let title: Phrase
  /// The columns, all of one length.
  public let columns: [ResultColumn]
  /// How many of the first columns say what a row is about, as unit and time do; a table that is too wide for
  /// its page or terminal repeats them.
  public let keyColumns: Int
  /// Where blocks of rows begin below the first rule, in ascending order; CSV and JSON do not show them.
  public let sections: [Section]
  /// What stands below the table.
  public private(set) var notes: [Phrase]
  /// Why its numbers may not carry a conclusion; goes wherever the table goes, into CSV as a last column.
  public private(set) var cautions: [Phrase] = []
  /// Headings that stand above several columns, from left to right; CSV and JSON do not show them.
  public private(set) var spans: [Span] = []
  /// What each row is of a table in which people see that by its place: a last column `row_kind` of CSV; nil for others.
  public private(set) var rowKinds: [RowKind]? = nil
  /// What scripts call each row of a table whose first column has words for people: a first column `key` of CSV.
  public private(set) var rowKeys: [String]? = nil

  /// A table from its columns, which must be of one length.
  public init(
    name: String, title: Phrase, columns: [ResultColumn], keyColumns: Int = 1, sections: [Section] = [],
    notes: [Phrase] = []
  ) {
    precondition(
      columns.allSatisfy { $0.values.count == columns[0].values.count }, "The columns differ in length.")
    precondition(
      zip(sections, sections.dropFirst()).allSatisfy { $0.firstRow < $1.firstRow },
      "The sections are not in the order of their rows.")
    precondition(
      sections.allSatisfy { 0...(columns.first?.values.count ?? 0) ~= $0.firstRow },
      "A section begins outside the table.")
    self.keyColumns = keyColumns
    self.sections = sections
    self.name = name
    self.title = title
    self.columns = columns
    self.notes = notes
  }

  /// A block of rows, set off from the rows above it by a thin rule.
  public struct Section: Sendable, Equatable, Codable {
    /// The row before which the rule stands.
    public let firstRow: Int
    /// What stands above the block's rows, if anything.
    public let title: Phrase?

    /// A block from its first row and its heading.
    public init(firstRow: Int, title: Phrase? = nil) {
      self.firstRow = firstRow
      self.title = title
    }
  }

  /// A heading above neighbouring columns, with a rule below it: `Baseline` above the columns (1) and (2).
  public struct Span: Sendable, Equatable, Codable {
    /// The columns' places, from 0 on.
    public let columns: Range<Int>
    /// What stands above them.
    public let heading: Phrase

    /// A heading above columns.
    public init(columns: Range<Int>, heading: Phrase) {
      self.columns = columns
      self.heading = heading
    }
  }

  /// What the numbers of a row are.
  public enum RowKind: String, Sendable, Equatable, Codable {
    /// Estimates.
    case estimate
    /// The standard errors of the estimates above them.
    case standardError = "std_error"
    /// The z or t statistics of the estimates above them.
    case statisticBelow = "z_or_t"
    /// The p values of the estimates above them.
    case pValue = "p_value"
    /// Statistics of the models.
    case statistic
  }

  /// The number of rows.
  public var rowCount: Int { columns.first?.values.count ?? 0 }

  /// The table with more notes below its own.
  public func adding(notes more: [Phrase]) -> ResultTable {
    var table = self
    table.notes += more
    return table
  }

  /// The table with more cautions.
  public func adding(cautions more: [Phrase]) -> ResultTable {
    var table = self
    table.cautions += more
    return table
  }

  /// The table with headings above several columns each; they stand from left to right and share no column.
  public func adding(spans more: [Span]) -> ResultTable {
    var table = self
    table.spans += more
    let ranges = table.spans.map(\.columns)
    precondition(
      ranges.allSatisfy { !$0.isEmpty && 0 <= $0.lowerBound && $0.upperBound <= columns.count },
      "A heading stands above no column.")
    precondition(
      zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound },
      "Headings share a column, or are not in the order of the columns.")
    return table
  }

  /// The table with what each of its rows is.
  public func adding(rowKinds kinds: [RowKind]) -> ResultTable {
    precondition(kinds.count == rowCount, "Every row needs its kind.")
    var table = self
    table.rowKinds = kinds
    return table
  }

  /// The table with the key of each of its rows.
  public func adding(rowKeys keys: [String]) -> ResultTable {
    precondition(keys.count == rowCount, "Every row needs its key.")
    var table = self
    table.rowKeys = keys
    return table
  }

  /// The table's beginning.
  public func firstRows(_ count: Int) -> ResultTable {
    let count = min(count, rowCount)
    var table = ResultTable(
      name: name, title: title, columns: columns.map { $0.firstRows(count) }, keyColumns: keyColumns,
      sections: sections.filter { $0.firstRow < count }, notes: notes)
    table.cautions = cautions
    table.spans = spans
    table.rowKinds = rowKinds.map { Array($0.prefix(count)) }
    table.rowKeys = rowKeys.map { Array($0.prefix(count)) }
    return table
  }

  /// The table with other words in its title, its notes and its cells of text.
  func worded(_ wording: (String) -> String) -> ResultTable {
    var table = ResultTable(
      name: name, title: title.worded(wording), columns: columns.map { $0.worded(wording) },
      keyColumns: keyColumns,
      sections: sections.map { Section(firstRow: $0.firstRow, title: $0.title?.worded(wording)) },
      notes: notes.map { $0.worded(wording) })
    table.cautions = cautions.map { $0.worded(wording) }
    table.spans = spans.map { Span(columns: $0.columns, heading: $0.heading.worded(wording)) }
    table.rowKinds = rowKinds
    table.rowKeys = rowKeys
    return table
  }

  /// The column of this name, if there is one.
  public func column(_ name: String) -> ResultColumn? {
    columns.first { $0.name == name }
  }
}

/// One column of a result table.
public struct ResultColumn: Sendable, Equatable, Codable {
  /// The name in CSV and, without a group, the key in JSON.
  public let name: String
  /// The heading in text, Markdown, LaTeX and HTML; a line break in it begins a second row of headings.
  public let heading: Phrase
  /// The cells.
  public let values: ResultValues
  /// What people read in the place of the cells; CSV and JSON keep the cells.
  public private(set) var shown: [Phrase]?
  /// How people see the numbers.
  public let display: NumberDisplay
  /// How people see the numbers of a column whose rows differ in kind, row by row.
  public let rowDisplays: [NumberDisplay]?
  /// How people see a number that is not there.
  public let missing: MissingDisplay
  /// p values beside the numbers, from which the renderers for people add stars; NaN where there is none.
  public let significance: [Double]?
  /// Where columns form one object in JSON: `weight_by_time` with the member `2012`.
  public let group: Group?

  /// A place inside a nested JSON object.
  public struct Group: Sendable, Equatable, Codable {
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

  /// How people see the number in one row.
  public func display(row: Int) -> NumberDisplay {
    rowDisplays?[row] ?? display
  }

  /// A column from its parts.
  public init(
    _ name: String, _ heading: Phrase, _ values: ResultValues, display: NumberDisplay = .decimals,
    rowDisplays: [NumberDisplay]? = nil, missing: MissingDisplay = .dash, significance: [Double]? = nil,
    group: Group? = nil
  ) {
    precondition(rowDisplays == nil || rowDisplays!.count == values.count, "Every cell needs its display.")
    precondition(significance == nil || significance!.count == values.count, "Every cell needs its p value.")
    self.name = name
    self.heading = heading
    self.values = values
    self.display = display
    self.rowDisplays = rowDisplays
    self.missing = missing
    self.significance = significance
    self.group = group
  }
}

extension ResultColumn {
  fileprivate func firstRows(_ count: Int) -> ResultColumn {
    ResultColumn(
      name, heading, values.first(count), display: display,
      rowDisplays: rowDisplays.map { Array($0.prefix(count)) }, missing: missing,
      significance: significance.map { Array($0.prefix(count)) }, group: group
    ).shown(as: shown.map { Array($0.prefix(count)) })
  }

  fileprivate func worded(_ wording: (String) -> String) -> ResultColumn {
    let words: ResultValues =
      switch values {
      case .text(let cells): .text(cells.map { $0.map(wording) })
      case .phrase(let cells): .phrase(cells.map { $0.worded(wording) })
      case .remark(let cells): .remark(cells.map { $0?.worded(wording) })
      case .number, .integer: values
      }
    return ResultColumn(
      name, heading.worded(wording), words, display: display, rowDisplays: rowDisplays, missing: missing,
      significance: significance, group: group
    ).shown(as: shown?.map { $0.worded(wording) })
  }

  /// The column with what people read in the place of its cells.
  public func shown(as words: [Phrase]?) -> ResultColumn {
    precondition(words == nil || words!.count == values.count, "Every cell needs its words.")
    var column = self
    column.shown = words
    return column
  }

  /// Whether this is a column of words in which every cell is empty; one without cells is not.
  public var isWordless: Bool {
    switch values {
    case .text(let cells): !cells.isEmpty && cells.allSatisfy { $0?.isEmpty ?? true }
    case .phrase(let cells): !cells.isEmpty && cells.allSatisfy(\.english.isEmpty)
    case .remark(let cells): !cells.isEmpty && cells.allSatisfy { $0?.english.isEmpty ?? true }
    case .number, .integer: false
    }
  }
}

/// The cells of a column, all of one kind.
public enum ResultValues: Sendable, Equatable, Codable {
  /// Texts; nil is an empty cell and null in JSON.
  case text([String?])
  /// Texts that read differently in the two languages; CSV and JSON carry the English one.
  case phrase([Phrase])
  /// Words in both languages, or nothing.
  case remark([Phrase?])
  /// Numbers; NaN is an empty cell and null in JSON.
  case number([Double])
  /// Whole numbers; nil is an empty cell and null in JSON.
  case integer([Int?])

  /// The number of cells.
  public var count: Int {
    switch self {
    case .text(let cells): cells.count
    case .phrase(let cells): cells.count
    case .remark(let cells): cells.count
    case .number(let cells): cells.count
    case .integer(let cells): cells.count
    }
  }
}

extension ResultValues {
  fileprivate func first(_ count: Int) -> ResultValues {
    switch self {
    case .text(let cells): .text(Array(cells.prefix(count)))
    case .phrase(let cells): .phrase(Array(cells.prefix(count)))
    case .remark(let cells): .remark(Array(cells.prefix(count)))
    case .number(let cells): .number(Array(cells.prefix(count)))
    case .integer(let cells): .integer(Array(cells.prefix(count)))
    }
  }
}

/// How the renderers for people show a column's numbers; CSV and JSON always carry full precision.
public enum NumberDisplay: Sendable, Equatable, Codable {
  /// With the number of decimals that the user chose.
  case decimals
  /// As an estimate, its error or an end of its interval: with the number of decimals that the user chose, and with
  /// more where that would be nothing but zeros.
  case inference(InferencePart)
  /// Likewise, with this number of decimals at least, for rates that three decimals would hide.
  case finerInference(InferencePart, decimals: Int)
  /// As a quantity in units of any size, such as a mean: with significant digits and with signs between thousands.
  case quantity
  /// With a number of decimals of its own, for weights and shares that three decimals would hide.
  case fixedDecimals(Int)
  /// As a probability: `0.023`, and `<0.001` instead of `0.000`.
  case probability
  /// A standard error that journal tables set in parentheses under the estimate.
  case standardError
  /// Yes where the number is not zero, no where it is.
  case yesNo
  /// A check mark where the number is not zero, no where it is: which effects a model of a journal table has.
  case checkMark
  /// In brackets under the estimate, as journal tables set a statistic or its p value.
  case bracketed(isProbability: Bool)
  /// As these words, which stand in the place of a number.
  case words(Phrase)
  /// As so many stars: `**` for 2, nothing for 0.
  case stars

  /// Whether words stand in the place of a number.
  public var isWords: Bool {
    if case .words = self { true } else { false }
  }
}

/// What a number is of an estimate; all of a row have the same decimals.
public enum InferencePart: Sendable, Equatable, Codable {
  /// The estimate.
  case estimate
  /// Its standard error.
  case error
  /// An end of its interval.
  case end
}

/// How people see a number that is not there.
public enum MissingDisplay: Sendable, Equatable, Codable {
  /// A dash: the number was wanted and could not be had.
  case dash
  /// Nothing: the place has no number, as where a model lacks a term.
  case blank
}
