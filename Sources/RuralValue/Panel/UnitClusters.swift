/// The groups of a panel's units, from a column of codes or names such as prefectures.
public struct UnitClusters: Sendable, Equatable {
  /// The column's name.
  public let column: String
  /// For each unit of the panel the number of its group.
  public let clusterOfUnit: [Int]
  /// The groups' names, in the order of their numbers.
  public let labels: [String]

  /// The number of groups.
  public var count: Int { labels.count }

  /// Reads a table's column, which an option of a call names; a unit must stand in one group throughout.
  ///
  /// Throws `TableError.noSuchColumn` and `UnitClusterError`.
  public init(
    _ table: Table, _ panel: Panel, column: String, option: Setting = Setting("cluster")
  ) throws {
    let position = try table.column(named: column)
    let keys = try PanelKeys(table, unitColumn: panel.unitColumn, timeColumn: panel.timeColumn)
    var firstRow: [String: Int] = [:]
    func label(_ row: Int) -> String { CellText.trimmed(table.text(row: row, column: position)) }
    func place(_ row: Int) -> UnitClusterError.Place {
      .init(
        group: label(row), period: keys.hasPeriods ? keys.frequency.label(keys.periods[row]) : nil,
        line: table.lines[row])
    }
    for row in 0..<table.rowCount {
      let unit = keys.units[row]
      guard !label(row).isEmpty else {
        throw UnitClusterError.missing(
          option: option, column: column, unitColumn: panel.unitColumn, unit: unit, at: place(row))
      }
      if let first = firstRow[unit], label(first) != label(row) {
        throw UnitClusterError.changing(
          option: option, column: column, unitColumn: panel.unitColumn, unit: unit, from: place(first),
          to: place(row))
      }
      if firstRow[unit] == nil { firstRow[unit] = row }
    }
    let labelOfUnit = panel.units.map { label(firstRow[$0]!) }
    labels = labelOfUnit.firstAppearances
    guard labels.count >= 2 else { throw UnitClusterError.one(option: option, column: column) }
    let number = labels.positions
    self.column = column
    clusterOfUnit = labelOfUnit.map { number[$0]! }
  }
}

extension UnitClusters {
  /// The groups of some of the units of a panel, in another panel's order.
  public func restricted(to units: [String], of all: [String]) -> UnitClusters {
    let position = all.positions
    let codes = units.map { clusterOfUnit[position[$0]!] }
    let present = Set(codes).sorted()
    let number = present.positions
    return UnitClusters(
      column: column, clusterOfUnit: codes.map { number[$0]! }, labels: present.map { labels[$0] })
  }

  private init(column: String, clusterOfUnit: [Int], labels: [String]) {
    self.column = column
    self.clusterOfUnit = clusterOfUnit
    self.labels = labels
  }
}

/// What can keep a column from being the groups of units.
public enum UnitClusterError: Fault {
  /// A row has no group.
  case missing(option: Setting, column: String, unitColumn: String, unit: String, at: Place)
  /// A unit is in one group here and in another there.
  case changing(option: Setting, column: String, unitColumn: String, unit: String, from: Place, to: Place)
  /// There is one group only.
  case one(option: Setting, column: String)

  /// Where a unit stands in a group.
  public struct Place: Sendable, Equatable {
    let group: String
    /// The period as people write it; nil in a cross-section.
    let period: String?
    let line: Int

    /// `in 2015 (line 34)`.
    var words: String { period.map { "in \($0) (line \(line))" } ?? "on line \(line)" }
  }

  /// The column is off.
  public var kind: FaultKind { .data }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .missing(let option, let column, let unitColumn, let unit, let place):
      return
        "\(option) \(column): \(unitColumn) \"\(unit)\" has no group \(place.words): the cell is empty;"
        + " every row needs its group. Fill it in, or leave the unit out with \(Setting("where"))."
    case .changing(let option, let column, let unitColumn, let unit, let first, let second):
      return
        "\(option) \(column): \(unitColumn) \"\(unit)\" is in \"\(first.group)\" \(first.words) and in"
        + " \"\(second.group)\" \(second.words); groups must be wider than units. Give the unit one group for all"
        + " periods, as that of one year."
    case .one(let option, let column):
      return
        "\(option) \(column): all units are in one group; at least two are needed."
    }
  }
}
