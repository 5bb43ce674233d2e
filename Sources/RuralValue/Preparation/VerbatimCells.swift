/// Brings a table's texts into the order of a panel's rows, and fills those of added rows where it is safe.
struct VerbatimCells {
  private let table: Table
  private let panel: Panel
  /// For each row of the panel the row of the table, nil where the row was added.
  private let tableRows: [Int?]

  /// - Parameter units: the unit of each row of the table, after joining.
  init(_ table: Table, panel: Panel, units: [String], periods: [Int]) {
    self.table = table
    self.panel = panel
    let positionOfUnit = panel.units.positions
    let positionOfPeriod = panel.periods.positions
    var tableRows = [Int?](repeating: nil, count: panel.rowCount)
    for (row, (unit, period)) in zip(units, periods).enumerated() {
      tableRows[panel.row(unit: positionOfUnit[unit]!, period: positionOfPeriod[period]!)!] = row
    }
    self.tableRows = tableRows
  }

  /// For each row of the panel whether it was added.
  var isAdded: [Bool] { tableRows.map { $0 == nil } }

  /// The units' column: the newest codes.
  var units: [String] { (0..<panel.rowCount).map(panel.unit(ofRow:)) }

  /// The periods as the input wrote them; an added row takes the writing of another row of its period.
  func periods(column: Int) -> [String] {
    var writing: [Int: String] = [:]
    for (row, tableRow) in tableRows.enumerated() {
      guard let tableRow, writing[panel.periodOfRow[row]] == nil else { continue }
      writing[panel.periodOfRow[row]] = table.text(row: tableRow, column: column)
    }
    return tableRows.enumerated().map { row, tableRow in
      tableRow.map { table.text(row: $0, column: column) }
        ?? writing[panel.periodOfRow[row]] ?? "\(panel.period(ofRow: row))"
    }
  }

  /// A column's texts. Added rows carry a unit's text where it is one and the same in all its rows, and
  /// the column either holds words or varies in no unit: a county's name, its prefecture, its area.
  func texts(column: Int) -> (texts: [String], isCarried: Bool) {
    var texts = tableRows.map { $0.map { table.text(row: $0, column: column) } ?? "" }
    guard tableRows.contains(nil) else { return (texts, false) }
    let constants = panel.units.indices.map { unit -> String? in
      let rows = panel.rows(ofUnit: unit).filter { tableRows[$0] != nil }
      let first = texts[rows[0]]
      return rows.allSatisfy { texts[$0] == first } ? first : nil
    }
    guard constants.allSatisfy({ $0 != nil }) || holdsWords(column) else { return (texts, false) }
    var isCarried = false
    for row in texts.indices where tableRows[row] == nil {
      guard let constant = constants[panel.unitOfRow[row]], !constant.isEmpty else { continue }
      texts[row] = constant
      isCarried = true
    }
    return (texts, isCarried)
  }

  private func holdsWords(_ column: Int) -> Bool {
    (0..<table.rowCount).contains { row in
      if case .unreadable = table.reading(row: row, column: column) { true } else { false }
    }
  }

  /// A column of names in which the old names of joined units are the newest ones.
  func renamed(_ texts: [String], by changes: CodeChanges) throws(PreparationError) -> [String] {
    let names = try changes.namesOfNewestCode()
    return texts.enumerated().map { row, text in
      guard let (old, newest) = names[panel.unit(ofRow: row)], old.contains(CellText.trimmed(text)) else {
        return text
      }
      return newest
    }
  }
}
