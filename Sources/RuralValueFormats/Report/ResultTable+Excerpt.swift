public import RuralValue

/// A table as a report shows it: of a long one the beginning, and how many rows there are.
public struct ReportTable: Sendable, Equatable, Codable {
  /// Longer tables show so many rows.
  static let longest = 200

  /// What is shown of the table.
  let shown: ResultTable
  /// How many rows the whole table has.
  public let rowCount: Int
  /// Whether the table or any of its rows says that it is simulated.
  let isSimulated: Bool

  /// The table where all of it is shown.
  public var whole: ResultTable? { shown.rowCount == rowCount ? shown : nil }
  /// The name of the table.
  public var name: String { shown.name }
  /// The title of the table.
  public var title: Phrase { shown.title }

  /// The table with units' names beside their codes.
  public func naming(units: UnitLabels) -> ReportTable {
    ReportTable(shown: units.naming(shown), rowCount: rowCount, isSimulated: isSimulated)
  }

  private init(shown: ResultTable, rowCount: Int, isSimulated: Bool) {
    self.shown = shown
    self.rowCount = rowCount
    self.isSimulated = isSimulated
  }

  /// What a report shows of a table.
  public init(_ table: ResultTable) {
    rowCount = table.rowCount
    isSimulated = table.notes.contains(ResultDocument.simulatedMark) || table.hasSimulatedRows
    shown = rowCount > Self.longest ? table.firstRows(Self.longest) : table
  }
}

extension ResultTable {
  /// Whether a row says that it is simulated.
  fileprivate var hasSimulatedRows: Bool {
    guard case .text(let cells) = column(Table.simulatedColumn)?.values else { return false }
    return cells.contains("yes")
  }
}
