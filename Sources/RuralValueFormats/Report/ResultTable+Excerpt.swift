public import RuralValue

/// A table as a report shows it: of a long one the beginning, and how many rows there are.
public struct ReportTable: Sendable, Equatable, Codable {
  /// Longer tables show so many rows.
  static let longest = 200

  /// What is shown of the table.
  let shown: ResultTable
  /// How many rows the whole table has.
  let rowCount: Int
  /// Whether the table or any of its rows says that it is simulated.
  let isSimulated: Bool

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

  /// The table's beginning.
  fileprivate func firstRows(_ count: Int) -> ResultTable {
    let count = min(count, rowCount)
    return ResultTable(
      name: name, title: title,
      columns: columns.map { column in
        ResultColumn(
          column.name, column.heading, column.values.first(count), display: column.display,
          rowDisplays: column.rowDisplays.map { Array($0.prefix(count)) }, missing: column.missing,
          significance: column.significance.map { Array($0.prefix(count)) }, group: column.group
        ).shown(as: column.shown.map { Array($0.prefix(count)) })
      }, keyColumns: keyColumns, sections: sections.filter { $0.firstRow < count }, notes: notes
    ).adding(cautions: cautions)
  }
}

extension ResultValues {
  fileprivate func first(_ count: Int) -> ResultValues {
    switch self {
    case .text(let cells): .text(Array(cells.prefix(count)))
    case .phrase(let cells): .phrase(Array(cells.prefix(count)))
    case .remark(let cells): .remark(Array(cells.prefix(count)))
    case .number(let cells): .number(Array(cells.prefix(count)))
    case .integer(let cells): .integer(Array(cells.prefix(count)))
    }
  }
}
