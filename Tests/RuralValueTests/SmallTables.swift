import RuralValue

/// A table from CSV-like text without quotes, for tests that should read like the file they mean.
func smallTable(_ text: String, source: String = "panel.csv") -> Table {
  let lines = text.split(separator: "\n", omittingEmptySubsequences: true).map { line in
    line.split(separator: ",", omittingEmptySubsequences: false).map { cell in
      CellText.trimmed(String(cell))
    }
  }
  return Table(source: source, columnNames: lines[0], rows: Array(lines.dropFirst()))
}

extension PreparationResult {
  /// A prepared column as numbers.
  func numbers(_ name: String) -> [Double] {
    guard case .numbers(let numbers) = table.column(name)?.cells else { return [] }
    return numbers
  }

  /// A column that was left alone, as texts.
  func texts(_ name: String) -> [String] {
    guard case .verbatim(let texts) = table.column(name)?.cells else { return [] }
    return texts
  }
}

/// Prepares a table by steps alone.
func prepare(_ table: Table, _ steps: PreparationStep...) throws -> PreparationResult {
  try Preparator(PreparationPlan(steps: steps)).prepare(table)
}
