/// The names that stand beside units' codes in tables for people.
public struct UnitLabels: Sendable, Equatable {
  private let nameOfUnit: [String: String]

  /// Reads names from a column; without one, units have no names. The last non-empty name of a unit counts.
  ///
  /// Throws `TableError.noSuchColumn` where a column is not there.
  public init(_ table: Table, column: String?, unitColumn: String) throws(TableError) {
    guard let column else {
      nameOfUnit = [:]
      return
    }
    let names = try table.column(named: column)
    let units = try table.column(named: unitColumn)
    var nameOfUnit: [String: String] = [:]
    for row in 0..<table.rowCount {
      let name = CellText.trimmed(table.text(row: row, column: names))
      if !name.isEmpty { nameOfUnit[CellText.trimmed(table.text(row: row, column: units))] = name }
    }
    self.nameOfUnit = nameOfUnit
  }

  /// The name of a unit, or nil.
  public func name(of unit: String) -> String? { nameOfUnit[unit] }
}
