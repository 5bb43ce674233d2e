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

extension PublishedTable {
  /// Reads a table with the columns `term,estimate,std_error,statistic,p_value,stars`, or for effects `term`
  /// and `direct,direct_se,direct_stars`, the same with `indirect` and with `total`.
  ///
  /// A column `matches` may say what the program calls a row, and in a table of effects a column `horizon` which of a
  /// term's effects it has, as those of a dynamic model do.
  ///
  /// Throws `TableError.noSuchColumn` for an absent column and `AuditError` for a cell or column that is off.
  public init(_ table: Table) throws {
    let names = table.columnNames
    hasEffects = !names.contains("estimate") && names.contains { $0 == "direct" || $0 == "total" }
    let expected =
      hasEffects
      ? ["term", "horizon"]
        + Effect.allCases.flatMap { [$0.rawValue, "\($0.rawValue)_se", "\($0.rawValue)_stars"] }
      : ["term", "estimate", "std_error", "statistic", "p_value", "stars"]
    otherColumns = names.filter { !expected.contains($0) && $0 != "matches" }
    let absent = expected.filter { !names.contains($0) }
    for required in hasEffects ? ["term", "direct", "indirect", "total"] : ["term", "estimate"] {
      _ = try table.column(named: required)
    }
    for name in otherColumns {
      guard let meant = NearestName.suggestion(for: name, among: absent) else { continue }
      throw AuditError.misspeltColumn(found: name, meant: meant, source: table.source)
    }
    guard table.rowCount > 0 else { throw AuditError.noRows(source: table.source) }
    source = table.source
    hasStars = expected.contains { $0.hasSuffix("stars") && names.contains($0) }
    let reader = PrintedCells(table: table)
    var lineOfTerm: [String: Int] = [:]
    var rows: [Row] = []
    for row in 0..<table.rowCount {
      var term = CellText.trimmed(reader.text("term", row) ?? "")
      let line = table.lines[row]
      guard !term.isEmpty else { throw AuditError.emptyTerm(source: source, line: line) }
      let horizon = hasEffects ? CellText.trimmed(reader.text("horizon", row) ?? "") : ""
      if !horizon.isEmpty { term += ", \(horizon)" }
      if let first = lineOfTerm.updateValue(line, forKey: term) {
        throw AuditError.repeatedTerm(term: term, source: source, firstLine: first, secondLine: line)
      }
      rows +=
        try hasEffects
        ? Effect.allCases.map { try reader.effect($0, term, row) } : [reader.coefficient(term, row)]
    }
    self.rows = rows
  }
}

/// The cells of a published table, read with their places.
private struct PrintedCells {
  let table: Table

  func coefficient(_ term: String, _ row: Int) throws(AuditError) -> PublishedTable.Row {
    PublishedTable.Row(
      term: term, effect: nil, line: table.lines[row], estimate: try number("estimate", row),
      standardError: try standardError("std_error", row), statistic: try number("statistic", row),
      pValue: try probability("p_value", row), stars: try stars("stars", row), matches: matches(row))
  }

  func effect(
    _ effect: PublishedTable.Effect, _ term: String, _ row: Int
  ) throws(AuditError) -> PublishedTable.Row {
    PublishedTable.Row(
      term: term, effect: effect, line: table.lines[row], estimate: try number(effect.rawValue, row),
      standardError: try standardError("\(effect.rawValue)_se", row), statistic: nil, pValue: nil,
      stars: try stars("\(effect.rawValue)_stars", row), matches: matches(row))
  }

  func text(_ name: String, _ row: Int) -> String? {
    table.columnNames.firstIndex(of: name).map { table.text(row: row, column: $0) }
  }

  private func matches(_ row: Int) -> String? {
    text("matches", row).map(CellText.trimmed).flatMap { $0.isEmpty ? nil : $0 }
  }

  private func number(_ name: String, _ row: Int) throws(AuditError) -> PrintedNumber? {
    guard let text = text(name, row), NumberReading(text) != .missing else { return nil }
    guard let number = PrintedNumber(text) else {
      throw .notANumber(found: text, source: table.source, line: table.lines[row], column: name)
    }
    return number
  }

  private func standardError(_ name: String, _ row: Int) throws(AuditError) -> PrintedNumber? {
    // A negative one may be a t value; whether it is, the audit says of the whole column.
    try number(name, row)
  }

  private func probability(_ name: String, _ row: Int) throws(AuditError) -> PrintedNumber? {
    guard let number = try number(name, row) else { return nil }
    guard number.interval.upper >= 0, number.interval.lower <= 1 else {
      throw .outOfRange(
        found: number.text, source: table.source, line: table.lines[row], column: name,
        expected: "a p value from 0 to 1")
    }
    return number
  }

  private func stars(_ name: String, _ row: Int) throws(AuditError) -> Int? {
    guard let text = text(name, row) else { return nil }
    let word = CellText.halfWidth(CellText.trimmed(text))
    guard word.allSatisfy({ "*∗⁎".contains($0) }), word.count <= 3 else {
      throw .notStars(found: text, source: table.source, line: table.lines[row], column: name)
    }
    return word.count
  }
}
