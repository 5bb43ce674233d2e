/// The clusters of a panel's units, from a column of codes or names.
public struct UnitClusters: Sendable, Equatable {
  /// For each unit of the panel the number of its cluster.
  public let clusterOfUnit: [Int]

  /// Reads a table's column; a unit must stand in one cluster throughout.
  ///
  /// Throws `TableError.noSuchColumn` and `DynamicPanelError.unusableCluster`.
  public init(_ table: Table, _ panel: Panel, column: String) throws {
    let position = try table.column(named: column)
    let keys = try PanelKeys(table, unitColumn: panel.unitColumn, timeColumn: panel.timeColumn)
    var labelOfUnit: [String: String] = [:]
    for row in 0..<table.rowCount {
      let label = CellText.trimmed(table.text(row: row, column: position))
      let unit = keys.units[row]
      if label.isEmpty {
        throw DynamicPanelError.unusableCluster(
          column: column,
          reason: "the cell on line \(table.lines[row]) is empty; every row needs its cluster.")
      }
      if let known = labelOfUnit[unit], known != label {
        throw DynamicPanelError.unusableCluster(
          column: column,
          reason: "\(panel.unitColumn) \"\(unit)\" is in \"\(known)\" and, on line \(table.lines[row]), in"
            + " \"\(label)\"; clusters must be wider than units.")
      }
      labelOfUnit[unit] = label
    }
    var numbers: [String: Int] = [:]
    clusterOfUnit = panel.units.map { unit in
      let label = labelOfUnit[unit]!
      if let number = numbers[label] { return number }
      numbers[label] = numbers.count
      return numbers.count - 1
    }
    guard numbers.count >= 2 else {
      throw DynamicPanelError.unusableCluster(
        column: column, reason: "all units are in one cluster; at least two are needed, and many are better.")
    }
  }
}
