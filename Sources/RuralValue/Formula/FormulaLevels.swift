/// The levels of the columns of which a formula takes dummies.
public struct FormulaLevels: Sendable, Equatable {
  /// A column's levels, of which the first is the base.
  public struct Column: Sendable, Equatable {
    /// The column.
    public let name: String
    /// The levels: numbers in their order, texts in that of their letters' codes.
    public let levels: [String]
    /// For each row of the table the position of its level; nil where the cell is missing.
    let levelOfRow: [Int?]
  }

  /// The most levels of a column.
  static let (mostLevels, mostMeasuredLevels) = (500, 20)
  /// The most terms of a model.
  static let mostTerms = 1000

  /// The columns, each once.
  public let columns: [Column]

  /// Reads the levels of columns of a table.
  ///
  /// A column of numbers has its numbers as levels, any other its texts without the spaces around them. Throws
  /// `TableError.noSuchColumn`, and `FormulaError.unusableLevels` for fewer than two levels or more than 500.
  public init(_ table: Table, columns names: [String]) throws {
    columns = try names.firstAppearances.map { name in
      let levels = ColumnLevels(table, column: try table.column(named: name))
      let most = levels.isMeasured ? Self.mostMeasuredLevels : Self.mostLevels
      guard (2...most).contains(levels.labels.count) else {
        throw FormulaError.unusableLevels(
          column: name, source: table.source, levels: levels.labels, most: most)
      }
      return Column(name: name, levels: levels.labels, levelOfRow: levels.levelOfRow)
    }
  }

  /// The dummies, all of them, as variables in the table's row order; NaN where the cell is missing.
  var variables: [(name: String, values: [Double])] {
    columns.flatMap { column in
      column.levels.enumerated().map { position, level in
        (
          name: FormulaLevels.variable(of: column.name, level: level),
          values: column.levelOfRow.map { $0.map { $0 == position ? 1 : 0 } ?? .nan }
        )
      }
    }
  }

  /// The name of a level's dummy among a panel's variables.
  static func variable(of column: String, level: String) -> String { "factor(\(column))\(level)" }

  /// The levels of a column whose dummies a panel holds, in their order.
  static func levels(of column: String, in panel: Panel) -> [String] {
    let opening = variable(of: column, level: "")
    return panel.variableNames.filter { $0.hasPrefix(opening) }.map { String($0.dropFirst(opening.count)) }
  }

  /// A term's name as a formula writes it, with all levels of a column in the place of one.
  static func written(_ name: String) -> String {
    var (written, rest) = ("", name[...])
    while let start = rest.firstRange(of: "factor("), let end = rest[start.upperBound...].firstIndex(of: ")")
    {
      let isQuoted = rest[..<start.lowerBound].last == "`"
      written += rest[..<start.lowerBound].dropLast(isQuoted ? 1 : 0) + rest[start.lowerBound...end]
      rest = rest[rest.index(after: end)...]
      rest =
        isQuoted
        ? rest.drop { $0 != "`" }.dropFirst() : rest.drop(while: FormulaScanner.isNameLetter)
    }
    return written + rest
  }

  /// The terms with a dummy a level in the place of each factor of levels.
  ///
  /// Throws `FormulaError.tooManyLevels` where they would be more than a thousand.
  public func expanded(
    _ terms: [FormulaTerm], hasIntercept: Bool = true
  ) throws(FormulaError) -> [FormulaTerm] {
    let counts = terms.map { term in
      distinct(term).factors.reduce(1) { count, factor in
        guard case .levels(let name) = factor else { return count }
        return min(count * (columns.first { $0.name == name }?.levels.count ?? 1), 1_000_000)
      }
    }
    let total = counts.reduce(0, +)
    guard total <= Self.mostTerms else {
      let largest = counts.indices.max { counts[$0] < counts[$1] }!
      throw .tooManyLevels(term: terms[largest].name, terms: total, most: Self.mostTerms)
    }
    return terms.flatMap { term -> [FormulaTerm] in
      guard term.factors.contains(where: { $0.levelColumn != nil }) else { return [term] }
      return distinct(term).factors.reduce([[]]) { products, factor in
        guard case .levels(let name) = factor, let column = columns.first(where: { $0.name == name }) else {
          return products.map { $0 + [factor] }
        }
        let hasBase = omitsBase(term, factor, among: terms, hasIntercept)
        return products.flatMap { product in
          column.levels.dropFirst(hasBase ? 1 : 0).map { product + [.level(of: name, $0)] }
        }
      }.map { FormulaTerm($0) }
    }
  }

  /// The names of the dummies that a term's name stands for, such as `factor(region)`; else the name itself.
  public func names(of name: String, among terms: [FormulaTerm]) -> [String] {
    let dummies = terms.filter { $0.ofAllLevels.name == name }.map(\.name)
    return dummies.isEmpty ? [name] : dummies
  }

  /// A dummy times itself is the dummy.
  private func distinct(_ term: FormulaTerm) -> FormulaTerm {
    FormulaTerm(
      term.factors.enumerated().filter { position, factor in
        factor.levelColumn == nil || !term.factors[..<position].contains(factor)
      }.map(\.element))
  }

  /// Whether a term lacks the dummy of a column's first level, for the model holds the term without the factor.
  func omitsBase(
    _ term: FormulaTerm, _ factor: FormulaFactor, among terms: [FormulaTerm], _ hasIntercept: Bool
  ) -> Bool {
    let rest = FormulaTerm(distinct(term).factors.filter { $0 != factor })
    return rest.factors.isEmpty
      ? hasIntercept : terms.contains { distinct($0).hasSameFactors(as: rest) }
  }
}
