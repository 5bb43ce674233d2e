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
    public let effect: Effect?
    /// The line of the source.
    public let line: Int
    /// The coefficient or effect, b.
    public let estimate: PrintedNumber?
    /// What stands as standard error, se.
    public let standardError: PrintedNumber?
    /// The statistic, z or t.
    public let statistic: PrintedNumber?
    /// The p value.
    public let pValue: PrintedNumber?
    /// The number of stars, where the table prints stars.
    public let stars: Int?
    /// What the program calls the row, where the table says so in a column `matches`.
    public let matches: String?

    /// The row's name with its effect: `lnP (total)`.
    public var name: String { effect.map { "\(term) (\($0.rawValue))" } ?? term }

    /// Whether what stands as standard error is below zero.
    var hasNegativeError: Bool { standardError.map { $0.interval.upper < 0 } ?? false }

    /// b / se, where both are printed.
    var ratio: RoundingInterval? {
      guard let estimate, let standardError else { return nil }
      return estimate.interval.divided(byPositive: standardError.nonNegative)
    }
  }

  /// The row of a name in a table of coefficients.
  public func row(_ term: String) -> Row? { rows.first { $0.term == term } }

  /// The names, each once.
  public var terms: [String] { rows.map(\.term).firstAppearances }
}
