extension PublishedTable {
  /// Reads a table with the columns `term,estimate,std_error,statistic,p_value,stars`, or for effects `term`
  /// and `direct,direct_se,direct_stars`, the same with `indirect` and with `total`.
  ///
  /// A column `matches` may say what the program calls a row, and in a table of effects a column `horizon` which of a
  /// term's effects it has, as those of a dynamic model do. In a table with a row an effect the column `kind` says which;
  /// rows that a column `row_kind` calls statistics are left out, and those that it calls errors belong to the estimate above.
  ///
  /// Throws `TableError.noSuchColumn` for an absent column and `AuditError` for a cell or column that is off.
  public init(_ table: Table) throws {
    self = try Self.hasRowKinds(table) ? Self(rowKindsOf: table) : Self(columnsOf: table)
  }

  private init(columnsOf table: Table) throws {
    let names = table.columnNames
    let isWide = !names.contains("estimate") && names.contains { $0 == "direct" || $0 == "total" }
    let expected =
      isWide
      ? ["term", "horizon"]
        + Effect.allCases.flatMap { [$0.rawValue, "\($0.rawValue)_se", "\($0.rawValue)_stars"] }
      : ["term", "estimate", "std_error", "statistic", "p_value", "stars"]
    let own =
      ["matches", "row_kind", "cautions", "conf_low", "conf_high"]
      + (names.contains("kind") ? ["kind", "horizon"] : [])
    otherColumns = names.filter { !expected.contains($0) && !own.contains($0) }
    let absent = expected.filter { !names.contains($0) }
    for required in isWide ? ["term", "direct", "indirect", "total"] : ["term", "estimate"] {
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
      if reader.text("row_kind", row) == "statistic" { continue }
      let kind = isWide ? nil : reader.text("kind", row).flatMap { Effect(rawValue: CellText.trimmed($0)) }
      let horizon = isWide || kind != nil ? CellText.trimmed(reader.text("horizon", row) ?? "") : ""
      if !horizon.isEmpty { term += ", \(horizon)" }
      if let first = lineOfTerm.updateValue(line, forKey: "\(term)\u{0}\(kind?.rawValue ?? "")") {
        throw AuditError.repeatedTerm(term: term, source: source, firstLine: first, secondLine: line)
      }
      rows +=
        try isWide
        ? Effect.allCases.map { try reader.effect($0, term, row) } : [reader.coefficient(term, kind, row)]
    }
    guard !rows.isEmpty else { throw AuditError.noRows(source: table.source) }
    hasEffects = isWide || rows.contains { $0.effect != nil }
    self.rows = rows.map(\.withoutMarkOfVariance)
  }
}

/// The cells of a published table, read with their places.
private struct PrintedCells {
  let table: Table

  func coefficient(
    _ term: String, _ effect: PublishedTable.Effect?, _ row: Int
  ) throws(AuditError) -> PublishedTable.Row {
    PublishedTable.Row(
      term: term, effect: effect, line: table.lines[row], estimate: try number("estimate", row),
      standardError: try standardError("std_error", row), statistic: try number("statistic", row),
      pValue: try probability("p_value", row), mark: try stars("stars", row), matches: matches(row))
  }

  func effect(
    _ effect: PublishedTable.Effect, _ term: String, _ row: Int
  ) throws(AuditError) -> PublishedTable.Row {
    PublishedTable.Row(
      term: term, effect: effect, line: table.lines[row], estimate: try number(effect.rawValue, row),
      standardError: try standardError("\(effect.rawValue)_se", row), statistic: nil, pValue: nil,
      mark: try stars("\(effect.rawValue)_stars", row), matches: matches(row))
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

  private func stars(_ name: String, _ row: Int) throws(AuditError) -> String? {
    guard let text = text(name, row) else { return nil }
    let word = MarkText.plain(CellText.trimmed(text))
    let isMark =
      word.allSatisfy(MarkText.isStar) && word.count <= 4
      || MarkText.isWeak(word)
    guard isMark else {
      throw .notStars(found: text, source: table.source, line: table.lines[row], column: name)
    }
    return word
  }
}
