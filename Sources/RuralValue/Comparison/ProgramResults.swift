/// The numbers of the program's own tables, by row and quantity.
public struct ProgramResults: Sendable, Equatable {
  /// The rows of all tables, in their order.
  public let rows: [Row]

  /// One row of a table that the program wrote.
  public struct Row: Sendable, Equatable {
    /// The row's name: a term, a test, a period.
    public let term: String
    /// Which effect, in a table of effects.
    public let effect: PublishedTable.Effect?
    /// The file and the line.
    public let place: String
    /// The numbers that are there.
    public let values: [ComparedQuantity: Double]

    /// The row's name with its effect: `lnP (total)`.
    var name: String { effect.map { "\(term) (\($0.rawValue))" } ?? term }
  }

  /// Reads tables as the program writes them: coefficients, linear combinations, effects, tests, fit, global Moran's I.
  ///
  /// A long-run effect is named `lnP, long run`. A row of Moran's I is named after its period, with I as
  /// the estimate. Throws `ComparisonError` for another table or a row that stands twice, and `TableError`
  /// for a cell that is no number.
  public init(_ tables: [Table]) throws {
    var rows: [Row] = []
    var places: [String: String] = [:]
    for table in tables {
      let own = try ResultLayout(table).rows()
      for (number, row) in own.enumerated() {
        let isOwnParameter = number >= own.count - Self.modelParameters
        if let first = places.updateValue(row.place, forKey: row.name),
          !(isOwnParameter && own[..<number].count { $0.name == row.name } == 1)
        {
          throw ComparisonError.repeatedRow(name: row.name, first: first, second: row.place)
        }
        rows.append(row)
      }
    }
    self.rows = rows
  }

  /// The most parameters of a spatial model, ρ, λ, σ² and θ, which stand last in its table of coefficients: a
  /// regressor may share the name of one of them.
  private static let modelParameters = 4

  /// The names of the rows, each once.
  public var terms: [String] { rows.map(\.term).firstAppearances }

  /// The rows that printed ones are about: by their column `matches`, else by their own names.
  ///
  /// × and * are one, and so are `lag(V)` and `lag(V, 1)`. Where a name stands twice, as a regressor's that is
  /// called rho, the second printed row is about the second of the results.
  func rows(of printed: [PublishedTable.Row]) -> [Row?] {
    var taken: [String: Int] = [:]
    return printed.map { printed in
      let candidates = rows.filter { $0.effect == printed.effect }
      let name = printed.matches ?? printed.term
      let exact = candidates.filter { $0.term == name }
      let found = exact.isEmpty ? candidates.filter { Self.plain($0.term) == Self.plain(name) } : exact
      guard let first = found.first else { return nil }
      let earlier = taken[first.name, default: 0]
      taken[first.name] = earlier + 1
      return found[min(earlier, found.count - 1)]
    }
  }

  /// The name in the results that a printed one was probably meant to be.
  func suggestion(for name: String) -> String? {
    let names = terms
    let plain = names.map(Self.plain)
    let nearest = NearestName.suggestion(for: Self.plain(name), among: plain)
    return nearest.flatMap { plain.firstIndex(of: $0) }.map { names[$0] }
  }

  private static func plain(_ term: String) -> String {
    let word = String(term.compactMap { $0 == " " ? nil : "×∗·".contains($0) ? "*" : $0 })
    return word.hasSuffix(",1)") ? word.dropLast(3) + ")" : word
  }
}

/// Which columns of a table the program wrote hold what.
private struct ResultLayout {
  let table: Table
  let name: Int
  let effect: Int?
  let horizon: Int?
  let columns: [ComparedQuantity: Int]

  init(_ table: Table) throws(ComparisonError) {
    func position(_ name: String) -> Int? { table.columnNames.firstIndex(of: name) }
    var columns: [ComparedQuantity: Int] = [:]
    for quantity in ComparedQuantity.allCases { columns[quantity] = position(quantity.rawValue) }
    var name = position("term")
    if name == nil, let moran = position("i"), position("expected") != nil {
      (name, columns[.estimate], columns[.statistic]) = (position("time"), moran, position("z"))
    } else if name == nil, let value = position("value") {
      // The fit of the SDM names its rows in a column `statistic`.
      (name, columns) = (position("name") ?? position("statistic"), [.estimate: value])
    } else if name == nil {
      name = position("name")
    } else {
      columns[.estimate] = columns[.estimate] ?? position("mean")
    }
    guard let name, !columns.isEmpty else {
      throw .notResults(source: table.source, columns: table.columnNames)
    }
    self.table = table
    self.name = name
    self.columns = columns
    effect = position("kind")
    horizon = position("horizon")
  }

  func rows() throws -> [ProgramResults.Row] {
    try (0..<table.rowCount).map { row in
      let term = CellText.trimmed(table.text(row: row, column: name))
      let isLongRun = horizon.map { table.text(row: row, column: $0) == "long" } ?? false
      return ProgramResults.Row(
        term: isLongRun ? "\(term), long run" : term,
        effect: effect.flatMap { PublishedTable.Effect(rawValue: table.text(row: row, column: $0)) },
        place: "\(table.source), line \(table.lines[row])",
        values: try columns.compactMapValues { try value(row, $0) })
    }
  }

  private func value(_ row: Int, _ column: Int) throws -> Double? {
    let text = table.text(row: row, column: column)
    switch NumberReading(text) {
    case .number(let value): return value
    case .missing: return nil
    case .unreadable(let advice):
      throw TableError.notANumber(
        found: text, source: table.source, line: table.lines[row], column: table.columnNames[column],
        advice: advice)
    }
  }
}
