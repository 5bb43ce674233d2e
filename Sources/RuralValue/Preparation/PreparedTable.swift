/// The table that preparation hands on: the input's cells as they were written, and the columns that steps
/// made or changed as numbers.
///
/// Rows stand unit by unit and by period within a unit. A column that no step touched is text, cell for
/// cell what the input held: 0430102 and 12.50 stay so.
public struct PreparedTable: Sendable, Equatable {
  /// What messages call the source.
  public let source: String
  /// The columns: the input's in their order, then new ones.
  public let columns: [Column]
  /// For each row whether interpolation added it.
  public let isAdded: [Bool]

  /// A named column.
  public struct Column: Sendable, Equatable {
    /// The column's name.
    public let name: String
    /// Its cells.
    public let cells: Cells
  }

  /// The cells of a column.
  public enum Cells: Sendable, Equatable {
    /// As the input wrote them; empty in added rows that have nothing to carry.
    case verbatim([String])
    /// Numbers, NaN where missing.
    case numbers([Double])
  }

  /// The column of this name, if there is one.
  public func column(_ name: String) -> Column? { columns.first { $0.name == name } }

  /// The table for the renderers.
  public var resultTable: ResultTable {
    ResultTable(
      name: "panel", title: Phrase("Prepared panel", zh: "整理后的面板数据"),
      columns: columns.map { column in
        let heading = Phrase(verbatim: column.name)
        return switch column.cells {
        case .verbatim(let texts):
          ResultColumn(column.name, heading, .text(texts.map { $0.isEmpty ? nil : $0 }))
        case .numbers(let numbers): ResultColumn(column.name, heading, .number(numbers))
        }
      })
  }

  /// The table for the next command of the same run; numbers are written so that they read back the same.
  public var table: Table {
    let texts: [[String]] = columns.map { column in
      switch column.cells {
      case .verbatim(let texts): texts
      case .numbers(let numbers): numbers.map { $0.isNaN ? "" : "\($0)" }
      }
    }
    return Table(
      source: source, columnNames: columns.map(\.name),
      rows: isAdded.indices.map { row in texts.map { $0[row] } })
  }
}

/// Where a cell of a panel stands, for messages.
public struct CellPlace: Sendable, Equatable {
  /// What the data's source is called.
  public let source: String
  /// The line of the source; nil for a row that preparation added.
  public let line: Int?
  /// The variable's column.
  public let column: String
  /// The name of the unit column and the unit.
  public let unitColumn: String
  /// The unit.
  public let unit: String
  /// The name of the time column.
  public let timeColumn: String
  /// The period.
  public let period: Int

  init(_ panel: Panel, row: Int, column: String) {
    source = panel.source(ofRow: row)
    line = panel.lines[row] > 0 ? panel.lines[row] : nil
    self.column = column
    unitColumn = panel.unitColumn
    unit = panel.unit(ofRow: row)
    timeColumn = panel.timeColumn
    period = panel.period(ofRow: row)
  }

  /// `panel.csv, line 14, column "gdp" (county "430102", year 2013)`.
  var text: String {
    "\(source)\(line.map { ", line \($0)" } ?? ""), column \"\(column)\""
      + " (\(unitColumn) \"\(unit)\", \(timeColumn) \(period))"
  }
}
