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
  public func firstRows(_ count: Int) -> ResultTable { rows(Array(0..<min(count, rowCount))) }

  /// Some of the table's rows, by their places in ascending order; blocks without any of them go with their headings.
  public func rows(_ places: [Int]) -> ResultTable {
    let ends = sections.dropFirst().map(\.firstRow) + [rowCount]
    let kept = zip(sections, ends).compactMap { section, end -> Section? in
      places.firstIndex { section.firstRow <= $0 && $0 < end }.map {
        .init(firstRow: $0, title: section.title)
      }
    }
    var table = ResultTable(
      name: name, title: title, columns: columns.map { $0.rows(places) }, keyColumns: keyColumns,
      sections: kept, notes: notes)
    table.cautions = cautions
    table.spans = spans
    table.rowKinds = rowKinds.map { kinds in places.map { kinds[$0] } }
    table.rowKeys = rowKeys.map { keys in places.map { keys[$0] } }
    return table
  }

  /// The places of the rows in which each of some columns of words has one of some values; nil where there is no such column.
  public func places(where conditions: [(column: String, values: [String])]) -> [Int]? {
    var places = Array(0..<rowCount)
    for condition in conditions {
      guard let cells = column(condition.column)?.words else { return nil }
      places = places.filter { condition.values.contains(cells[$0]) }
    }
    return places
  }

  /// The table under another title.
  public func titled(_ title: Phrase) -> ResultTable {
    var table = ResultTable(
      name: name, title: title, columns: columns, keyColumns: keyColumns, sections: sections, notes: notes)
    table.cautions = cautions
    table.spans = spans
    table.rowKinds = rowKinds
    table.rowKeys = rowKeys
    return table
  }

  /// The table with other words in its title, its notes and its cells of text.
  func worded(_ wording: (String) -> String) -> ResultTable {
    worded(columns: { $0.worded(wording) }, sentences: wording)
  }

  /// The table with other columns of the same rows, and other words in its title, headings of blocks and notes.
  func worded(columns column: (ResultColumn) -> ResultColumn, sentences wording: (String) -> String)
    -> ResultTable
  {
    var table = ResultTable(
      name: name, title: title.worded(wording), columns: columns.map(column),
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
