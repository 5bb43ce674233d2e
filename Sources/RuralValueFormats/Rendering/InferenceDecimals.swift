import RuralValue

/// The decimals of those rows of estimates that would say 0.000 (0.000) with the reader's.
///
/// A row whose error prints as zeros takes as many decimals as show two digits of the error, and one whose estimate
/// does takes as many as show a digit of it, unless it is nothing beside its error. All estimates, errors and ends of
/// intervals in a row have the same decimals, and so has the row of standard errors beneath.
struct InferenceDecimals {
  private var ofRow: [Int: Int] = [:]

  /// The rows of a table that need more decimals than a reader wants; none where the reader counts significant digits.
  init(_ table: ResultTable, _ digits: NumberDigits) {
    guard case .decimals(let decimals) = digits else { return }
    var row = 0
    while row < table.rowCount {
      let isLast = row + 1 == table.rowCount
      let rows = row...(isLast || !table.hasErrorsOnly(row: row + 1) ? row : row + 1)
      let cells = rows.flatMap(table.inference)
      let least = max(decimals, cells.map(\.least).max() ?? 0)
      if let needed = Self.needed(cells.map { ($0.value, $0.part) }, decimals: least) {
        for row in rows { ofRow[row] = needed }
      }
      row = rows.upperBound + 1
    }
  }

  /// The decimals of a row, where they are not the reader's.
  subscript(row row: Int) -> Int? { ofRow[row] }

  private static func needed(_ cells: [(value: Double, part: InferencePart)], decimals: Int) -> Int? {
    let shown = cells.filter { $0.value.isFinite && $0.value != 0 && $0.part != .end }
    let hidden = shown.filter { cell in
      FixedDecimals.text(cell.value, decimals: decimals).allSatisfy { !("1"..."9").contains($0) }
    }
    guard !hidden.isEmpty else { return nil }
    let ofErrors = shown.filter { $0.part == .error }.map { SignificantDigits.decimals($0.value, digits: 2) }
    let wanted = hidden.compactMap { cell -> Int? in
      if cell.part == .error { return SignificantDigits.decimals(cell.value, digits: 2) }
      guard let ofError = ofErrors.max() else { return SignificantDigits.decimals(cell.value, digits: 2) }
      let own = SignificantDigits.decimals(cell.value, digits: 1)
      return own <= ofError + 2 ? own : nil
    }
    return wanted.max().map { max($0, decimals) }
  }
}

extension ResultTable {
  /// The estimates and errors of a row.
  fileprivate func inference(row: Int) -> [(value: Double, part: InferencePart, least: Int)] {
    columns.compactMap { column in
      let display = column.display(row: row)
      guard case .number(let numbers) = column.values, let part = display.inferencePart else { return nil }
      return (numbers[row], part, display.leastDecimals)
    }
  }

  /// Whether a row holds the standard errors of the estimates above it.
  fileprivate func hasErrorsOnly(row: Int) -> Bool {
    columns.contains { column in
      if case .number = column.values { column.display(row: row) == .standardError } else { false }
    }
  }
}

extension NumberDisplay {
  fileprivate var inferencePart: InferencePart? {
    switch self {
    case .inference(let part), .finerInference(let part, _): part
    case .standardError: .error
    default: nil
    }
  }

  /// The decimals that it has in any case.
  fileprivate var leastDecimals: Int {
    if case .finerInference(_, let decimals) = self { decimals } else { 0 }
  }
}
