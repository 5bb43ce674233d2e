/// What can keep two tables from being joined.
public enum TableJoinError: Fault {
  /// The other table has keys only.
  case noColumns(source: String)
  /// The other table has a column of time that the join would pass over.
  case timePassedOver(source: String, column: String, timeColumn: String)
  /// The panel has no column by which the other table could be joined.
  case noCommonKey(source: String, column: String, panel: String, columns: [String])
  /// A unit, or a unit and period, stands twice in the other table.
  case twoRows(
    source: String, unit: String, period: Int?, timeColumn: String, firstLine: Int, secondLine: Int)
  /// No row of the panel has its row in the other table.
  case nothingMeets(
    source: String, unitColumn: String, timeColumn: String?, found: String, panel: String, wanted: String)
  /// A column that both tables have says different things.
  case columnsDiffer(
    column: String, panel: String, panelLine: Int, panelText: String, source: String, line: Int, text: String)

  /// The data are off.
  public var kind: FaultKind { .data }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .noColumns(let source):
      return "\(source) has no column besides its keys; expected at least one to join."
    case .timePassedOver(let source, let column, let timeColumn):
      return
        "\(source): the column \"\(column)\" looks like a time, and a join by unit alone would pass over it;"
        + " expected a column \"\(timeColumn)\". Say that it is the time with ;time=\(column), or that it is none with"
        + " ;time=none."
    case .noCommonKey(let source, let column, let panel, let columns):
      return "\(panel): there is no column \"\(column)\" to join \(source) by."
        + "\(NearestName.question(for: column, among: columns)) The columns are: \(listed(columns))."
    case .twoRows(let source, let unit, let period, let timeColumn, let first, let second):
      let advice =
        period == nil
        ? " It is joined by \(unit.isEmpty ? "time" : "unit") alone, for it has no column \"\(timeColumn)\"; name its"
          + " column of time with ;time=COL if it has one."
        : " Remove one of them."
      return "\(source): \"\(unit)\"\(period.map { ", \($0)," } ?? "") has two rows, on lines \(first) and"
        + " \(second); expected one.\(advice)"
    case .nothingMeets(let source, let unitColumn, let timeColumn, let found, let panel, let wanted):
      let keys = timeColumn.map { "\"\(unitColumn)\" and \"\($0)\"" } ?? "\"\(unitColumn)\""
      return "\(source): no row belongs to a row of \(panel) by \(keys): it begins with \(found), the panel"
        + " with \(wanted). Use the same codes or names in both."
    case .columnsDiffer(
      let column, let panel, let panelLine, let panelText, let source, let line, let text):
      return "Both tables have a column \"\(column)\", with \"\(panelText)\" in \(panel), line \(panelLine),"
        + " and \"\(text)\" in \(source), line \(line); expected different names or equal cells. Take only"
        + " some columns with ;columns=A,B or rename them with ;prefix=X."
    }
  }
}
