public import RuralValue

/// A CSV file as it was understood.
public struct CSVDocument: Sendable, Equatable {
  /// The cells.
  public let table: Table
  /// The encoding that was given or found.
  public let encoding: TextEncoding
  /// The separator that was given or found.
  public let separator: UInt8
  /// The lines above the header that were skipped; sometimes only they say which year it is.
  public let preamble: [String]
  /// What was found out or left out, for the person who made the file.
  public let notes: [Phrase]
}
