/// A table of coefficients or effects as a paper printed it.
public struct PublishedTable: Sendable, Equatable {
  /// What messages call the source.
  public let source: String
  /// The rows; a table of effects has three for each term.
  public let rows: [Row]
  /// Whether the table has direct, indirect and total effects.
  public let hasEffects: Bool
  /// Whether the table prints stars.
  public let hasStars: Bool
  /// Columns that the audit does not read.
  public let otherColumns: [String]
  /// What the table's note says of its marks.
  public var stated: StarConvention?
  /// What was found out about how the table is printed: what parentheses hold.
  public var readings: [Phrase] = []
  /// Whether statistics are printed without their sign.
  public var ignoresSign = false
  /// Which table of its file it is, from 1, and what stands above it; nil for a file that is one table.
  public var place: Place?

  /// A table's place in a document of tables.
  public struct Place: Sendable, Equatable {
    /// Its number, from 1.
    public let number: Int
    /// What stands above it.
    public let caption: String
    /// Whether rows are counted in the table, and not in lines of the file.
    public let countsRows: Bool
  }

  /// The part of an effect that a row is about.
  public enum Effect: String, Sendable, CaseIterable {
    /// A unit's own outcome.
    case direct
    /// The neighbours' outcomes.
    case indirect
    /// Both together.
    case total
  }

  /// One printed row.
  public struct Row: Sendable, Equatable {
    /// The row's name.
    public let term: String
    /// Which effect, in a table of effects.
    public var effect: Effect?
    /// The model, in a table of several: `(2) n`.
    public var column: String?
    /// The line of the source, or of a document without lines the row of the table.
    public let line: Int
    /// The coefficient or effect, b.
    public internal(set) var estimate: PrintedNumber?
    /// What stands as standard error, se.
    public internal(set) var standardError: PrintedNumber?
    /// The statistic, z or t.
    public internal(set) var statistic: PrintedNumber?
    /// The p value.
    public internal(set) var pValue: PrintedNumber?
    /// The mark behind the estimate, empty for none, where the table prints marks.
    public internal(set) var mark: String?
    /// What the program calls the row, where the table says so in a column `matches`.
    public internal(set) var matches: String?
    /// The fewest degrees of freedom that the printed numbers of units and observations leave.
    public internal(set) var leastDegrees: Double?

    /// The number of stars, where the table prints stars.
    public var stars: Int? { mark.map { $0.count(where: MarkText.isStar) } }

    /// The row's name with its effect and its model: `lnP (total)`, `lnP [(2)]`.
    public var name: String {
      let name = effect.map { "\(term) (\($0.rawValue))" } ?? term
      return column.map { "\(name) [\($0)]" } ?? name
    }

    /// The row without its blank for a mark where it is a variance, of which zero is no hypothesis.
    var withoutMarkOfVariance: Row {
      guard mark == "", GridWords.isVariance(term) else { return self }
      var row = self
      row.mark = nil
      return row
    }

    /// Whether what stands as standard error is below zero.
    var hasNegativeError: Bool { standardError.map { $0.interval.upper < 0 } ?? false }

    /// b / se, where both are printed.
    var ratio: RoundingInterval? {
      guard let estimate, let standardError else { return nil }
      return estimate.interval.divided(byPositive: standardError.nonNegative)
    }
  }

  /// The row of a name among coefficients.
  public func row(_ term: String) -> Row? { rows.first { $0.term == term && $0.effect == nil } }

  /// The models of the table; nil for that of a table of one.
  var columns: [String?] {
    var columns: [String?] = []
    for row in rows where !columns.contains(row.column) { columns.append(row.column) }
    return columns
  }

  /// The rows of one model.
  func rows(of column: String?) -> PublishedTable {
    PublishedTable(
      source: source, rows: rows.filter { $0.column == column }, hasEffects: hasEffects, hasStars: hasStars)
  }

  /// A table of rows that were read elsewhere.
  init(source: String, rows: [Row], hasEffects: Bool, hasStars: Bool) {
    (self.source, self.rows, self.hasEffects, self.hasStars) = (source, rows, hasEffects, hasStars)
    otherColumns = []
  }

  /// The names, each once.
  public var terms: [String] { rows.map(\.term).firstAppearances }
}
