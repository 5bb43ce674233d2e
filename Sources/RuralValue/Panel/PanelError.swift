/// What can be wrong with a panel's keys and variables.
public enum PanelError: Fault {
  /// There is not a single row.
  case empty(source: String)
  /// The key columns cannot be told: the table has fewer than two columns.
  case noKeyColumns(source: String)
  /// One column is asked to be both keys.
  case sameKeyColumn(name: String, source: String, columns: [String])
  /// A unit's cell is empty.
  case missingUnit(source: String, line: Int, column: String)
  /// A period's cell is not a whole number, a year or a date; `expected` says what would be, where that is known.
  case unreadablePeriod(found: String, source: String, line: Int, column: String, expected: String? = nil)
  /// A unit-period stands twice; `apart` is a column that tells the two rows apart.
  case duplicateKey(
    source: String, unit: String, unitColumn: String, period: Int, timeColumn: String, firstLine: Int,
    secondLine: Int, apart: String? = nil)
  /// A period is no whole number of the stated steps from the first.
  case unevenStep(source: String, timeColumn: String, first: String, period: String, step: Int)
  /// Units and periods make more cells than the memory holds.
  case tooLarge(MemoryLimitError)
  /// A variable that was asked for is not in the panel.
  case noSuchVariable(name: String, source: String, variables: [String])

  /// The input is off, but for one column named as both keys.
  public var kind: FaultKind {
    switch self {
    case .sameKeyColumn, .unevenStep: .usage
    default: .data
    }
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .empty(let source):
      return "\(source): there is no row of data below the header; expected one row a unit and period."
    case .noKeyColumns(let source):
      return "\(source): a panel needs a unit column, a time column and at least one variable, separated by"
        + " commas, tabs or semicolons; only one column was found."
    case .sameKeyColumn(let name, let source, let columns):
      return
        "\(source): column \"\(name)\" would be both the unit and the time; expected two different ones. Name"
        + " both with \(Setting("unit")) and \(Setting("time")). The columns are: \(listed(columns))."
    case .missingUnit(let source, let line, let column):
      return "\(source), line \(line), column \"\(column)\": the unit is empty; expected a code or a name."
        + " A total or a footnote below the data goes with \(Setting("skip-footer")); one among the data must be taken out."
    case .unreadablePeriod(let found, let source, let line, let column, let expected):
      return
        "\(source), line \(line), column \"\(column)\": found \"\(found)\", expected "
        + (expected ?? "a period: a year such as 2012 or 2012年, or a date such as 2012-12-31")
        + ". If another column holds the time, name it with \(Setting("time"))."
    case .duplicateKey(
      let source, let unit, let unitColumn, let period, let timeColumn, let first, let second, let apart):
      return
        "\(source): \(unitColumn) \"\(unit)\" has two rows for \(timeColumn) \(period), on lines \(first) and"
        + " \(second); expected one. \(PanelError.adviceOnTwoRows(apart))"
    case .unevenStep(let source, let timeColumn, let first, let period, let step):
      return
        "\(source), column \"\(timeColumn)\": \(period) is no whole number of steps of \(step) from \(first); expected"
        + " periods that \(Setting("time-step")) \(step) reaches. Choose another step, or leave such rows out with"
        + " \(Setting("where"))."
    case .tooLarge(let error): return error.description
    case .noSuchVariable(let name, let source, let variables):
      return
        "\(source): there is no variable \"\(name)\".\(NearestName.question(for: name, among: variables))"
        + " The variables are: \(listed(variables))."
    }
  }

  private static func adviceOnTwoRows(_ apart: String?) -> String {
    guard let apart else {
      return "Remove one of them, or name other key columns with \(Setting("unit")) and \(Setting("time"))."
    }
    let way =
      ColumnWords.isTime(apart)
      ? "if it is a part of the time, write both in one column, such as 2012-03 or 2012Q1"
      : ColumnWords.isIndicator(apart)
        ? "if it names indicators, turn the table with: prepare FILE \(Setting("from")) long"
        : "if it belongs to the unit, write both in one column, or name a column of codes with \(Setting("unit"))"
    return "Column \"\(apart)\" tells the two apart: \(way); or keep some rows with \(Setting("where"))."
  }
}
