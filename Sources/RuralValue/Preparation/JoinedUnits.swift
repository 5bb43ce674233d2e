/// The units of a table's rows after old codes became the newest ones.
struct JoinedUnits {
  /// The unit of each row.
  let units: [String]
  /// What was joined, in the order of first appearance.
  let joins: [CodeChanges.Join]

  /// Every row's newest unit.
  ///
  /// Throws `PreparationError.changeConflict` where two of a unit's codes stand in one period, unless such rows are
  /// put together.
  init(
    _ keys: PanelKeys, of table: Table, by changes: CodeChanges, allowsConflicts: Bool = false
  ) throws(PreparationError) {
    let areCodes = changes.areCodes(Set(keys.units))
    var newestOf: [String: String] = [:]
    var units: [String] = []
    for unit in keys.units {
      if newestOf[unit] == nil {
        newestOf[unit] = areCodes ? try changes.newestCode(of: unit) : try changes.newestName(of: unit)
      }
      units.append(newestOf[unit]!)
    }
    if !allowsConflicts { try Self.checkConflicts(keys, newest: units, table: table) }
    self.units = units

    var periodsOfOld: [String: [Int]] = [:]
    var order: [String] = []
    for (row, unit) in keys.units.enumerated() where units[row] != unit {
      if periodsOfOld[unit] == nil { order.append(unit) }
      periodsOfOld[unit, default: []].append(keys.periods[row])
    }
    let names = areCodes ? try changes.namesOfNewestCode() : [:]
    joins = order.map { old in
      let new = newestOf[old]!
      return CodeChanges.Join(
        old: old, new: new, nameOld: changes.changes.first { $0.codeOld == old }?.nameOld,
        nameNew: names[new]?.newest, periods: periodsOfOld[old]!.sorted())
    }
  }

  private struct Key: Hashable {
    let unit: String
    let period: Int
  }

  private static func checkConflicts(
    _ keys: PanelKeys, newest: [String], table: Table
  ) throws(PreparationError) {
    let changed = Set(newest.indices.filter { newest[$0] != keys.units[$0] }.map { newest[$0] })
    guard !changed.isEmpty else { return }
    var rowOfKey: [Key: Int] = [:]
    for row in newest.indices where changed.contains(newest[row]) {
      let key = Key(unit: newest[row], period: keys.periods[row])
      if let other = rowOfKey[key], keys.units[other] != keys.units[row] {
        throw .changeConflict(
          source: table.sources(ofRows: other, row), unitColumn: keys.unitColumn, first: keys.units[other],
          second: keys.units[row], newest: newest[row], timeColumn: keys.timeColumn,
          period: keys.periods[row], firstLine: table.lines[other], secondLine: table.lines[row])
      }
      rowOfKey[key] = row
    }
  }
}
