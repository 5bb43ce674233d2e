/// A condition on the rows of a table, as a call writes it: `region=PRD,East`, `region!=PRD`, `year>=2015`.
///
/// `=` and `!=` compare texts, without the white space around them, with one value of the list or any; the
/// other signs compare numbers, and a missing number fulfils none of them.
public struct RowCondition: Sendable, Equatable {
  /// How a cell is compared.
  public enum Comparison: String, Sendable, CaseIterable {
    case notEqual = "!="
    case atLeast = ">="
    case atMost = "<="
    case equal = "="
    case above = ">"
    case below = "<"
  }

  /// The condition as it was written.
  public let text: String
  /// The column.
  public let column: String
  /// How its cells are compared.
  public let comparison: Comparison
  /// What they are compared with; one number where numbers are compared.
  public let values: [String]
  private let bound: Double

  /// Reads a condition.
  ///
  /// Throws `RowConditionError.unreadable` where it has no sign, column or value, or no number where one is
  /// compared.
  public init(_ text: String) throws(RowConditionError) {
    self.text = text
    guard let start = text.firstIndex(where: { "=!<>".contains($0) }),
      let sign = Comparison.allCases.first(where: { text[start...].hasPrefix($0.rawValue) })
    else { throw .unreadable(text) }
    column = CellText.trimmed(String(text[..<start]))
    comparison = sign
    // `==` and `=>` are slips, not values that begin with a sign.
    guard text[start...].dropFirst(sign.rawValue.count).first.map({ "=!<>".contains($0) }) != true else {
      throw .unreadable(text)
    }
    let list = text[start...].dropFirst(sign.rawValue.count).split(
      separator: ",", omittingEmptySubsequences: false)
    values = list.map { CellText.trimmed(String($0)) }
    let comparesText = sign == .equal || sign == .notEqual
    let number = comparesText ? 0 : values.count == 1 ? PlainDecimal.value(of: values[0]) ?? .nan : .nan
    bound = number
    guard !column.isEmpty, values.contains(where: { !$0.isEmpty }), number.isFinite else {
      throw .unreadable(text)
    }
  }

  /// Whether each row of the table fulfils the condition.
  ///
  /// Throws `TableError` for an unknown column and for a cell that is no number where numbers are compared,
  /// and `RowConditionError.noSuchValue` for a value that no row has, which is more often a slip than meant.
  public func holds(in table: Table) throws -> [Bool] {
    let position = try table.column(named: column)
    switch comparison {
    case .equal, .notEqual:
      let cells = table.texts(column: position).map(CellText.trimmed)
      let known = Set(cells)
      for value in values where !known.contains(value) {
        throw RowConditionError.noSuchValue(
          value, condition: text, source: table.source, values: cells.firstAppearances)
      }
      return cells.map { values.contains($0) == (comparison == .equal) }
    case .atLeast: return try table.numbers(column: position).map { $0 >= bound }
    case .atMost: return try table.numbers(column: position).map { $0 <= bound }
    case .above: return try table.numbers(column: position).map { $0 > bound }
    case .below: return try table.numbers(column: position).map { $0 < bound }
    }
  }
}

extension Table {
  /// The rows that fulfil all conditions.
  ///
  /// Throws as `RowCondition.holds`, and `RowConditionError.noRow` where none does.
  public func keepingRows(_ conditions: [RowCondition]) throws -> Table {
    guard !conditions.isEmpty else { return self }
    var isKept = [Bool](repeating: true, count: rowCount)
    for condition in conditions {
      for (row, holds) in try condition.holds(in: self).enumerated() where !holds { isKept[row] = false }
    }
    guard isKept.contains(true) else {
      throw RowConditionError.noRow(conditions: conditions.map(\.text), source: source)
    }
    return keepingRows { isKept[$0] }
  }
}

/// What can be wrong with a condition on rows.
public enum RowConditionError: Fault {
  /// The condition has no sign, column or value, or no number where numbers are compared.
  case unreadable(String)
  /// No row has a value that the condition names.
  case noSuchValue(String, condition: String, source: String, values: [String])
  /// No row fulfils the conditions.
  case noRow(conditions: [String], source: String)

  /// The words are off, or they do not fit the data.
  public var kind: FaultKind {
    if case .unreadable = self { .usage } else { .data }
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .unreadable(let text):
      return "\"\(text)\" is no condition on rows; expected a column, a sign and values, such as"
        + " \"region=PRD,East\", \"region!=PRD\" or \"year>=2015\"."
    case .noSuchValue(let value, let condition, let source, let values):
      let question = NearestName.question(for: value, among: values)
      return "\(source): no row has \"\(value)\", as \"\(condition)\" asks.\(question) The values are: "
        + "\(listed(values, most: 12))."
    case .noRow(let conditions, let source):
      let all = conditions.map { "\"\($0)\"" }.joined(separator: " and ")
      return "\(source): no row fulfils \(all); expected at least one."
    }
  }
}
