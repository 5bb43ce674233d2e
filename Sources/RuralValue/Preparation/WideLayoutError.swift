/// What can keep a wide table from becoming a long one.
public enum WideLayoutError: Fault {
  /// No column is headed by a year.
  case noYearColumns(source: String, line: Int, columns: [String])
  /// Two columns hold one variable for one year.
  case duplicateYear(source: String, line: Int, year: String, first: String, second: String)
  /// A header's period does not go with those of the others.
  case unclearPeriod(source: String, line: Int, header: String, expected: String)
  /// The rows are indicators, and nothing says of which unit.
  case noUnitName(source: String, line: Int, indicatorColumn: String)
  /// The rows are indicators and the columns units, and nothing says of which year.
  case noYear(source: String, line: Int, firstColumn: String)
  /// The lines above the table name several years.
  case severalYears(source: String, years: [Int])
  /// No column is left for units.
  case noUnitColumns(source: String, line: Int, columns: [String])
  /// An option names a column that is not there.
  case noSuchColumn(name: String, source: String, columns: [String])
  /// A row has no unit or no indicator.
  case missingKey(source: String, line: Int, column: String)
  /// A row's time is neither a year nor a date.
  case unreadableTime(found: String, source: String, line: Int, column: String)
  /// One indicator stands twice for one unit and time.
  case duplicateIndicator(source: String, indicator: String, of: String, firstLine: Int, secondLine: Int)
  /// A table that is long by indicators lacks a column of times, of units or of values.
  case noColumn(of: String, option: Setting, source: String, line: Int, columns: [String])
  /// Not one row has data.
  case noData(source: String)
  /// The long table would be more than the memory holds.
  case tooLarge(MemoryLimitError)
  /// An option has no use with this table.
  case needlessOption(Setting, reason: String)

  /// The input is off, or an option.
  public var kind: FaultKind {
    if case .needlessOption = self { return .usage }
    return .data
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .noYearColumns(let source, let line, let columns):
      "\(source), line \(line): no column is headed by a year, expected headers such as 2012, 2012年 or"
        + " gdp_2012; found \(listed(columns)). If units stand side by side, use \(Setting("from")) wide-units."
    case .duplicateYear(let source, let line, let year, let first, let second):
      "\(source), line \(line): the columns \"\(first)\" and \"\(second)\" are both for \(year), expected one."
        + " Remove or rename one of them."
    case .unclearPeriod(let source, let line, let header, let expected):
      "\(source), line \(line): found the header \"\(header)\", expected \(expected)."
    case .noUnitName(let source, let line, let indicatorColumn):
      "\(source), line \(line): the rows are indicators (column \"\(indicatorColumn)\"), and no column says of"
        + " which unit. Name it with \(Setting("unit-name")), such as \(Setting("unit-name")) 湖南省."
    case .noYear(let source, let line, let firstColumn):
      "\(source), line \(line): the columns are units and the rows (column \"\(firstColumn)\") are no years, so"
        + " that nothing says which year the table is of. Give it with \(Setting("year")), such as \(Setting("year")) 2012."
    case .severalYears(let source, let years):
      "\(source): the lines above the table name several years (\(listed(years.map(String.init)))), expected"
        + " one. Say with \(Setting("year")) which one the table is of."
    case .noUnitColumns(let source, let line, let columns):
      "\(source), line \(line): no column of a unit with numbers is left, found \(listed(columns)). If years"
        + " stand side by side, use \(Setting("from")) wide-years."
    case .noSuchColumn(let name, let source, let columns):
      TableError.noSuchColumn(name: name, source: source, columns: columns).description
    case .missingKey(let source, let line, let column):
      "\(source), line \(line), column \"\(column)\": the cell is empty, expected a name. Rows below the table"
        + " are left out with \(Setting("skip-footer"))."
    case .unreadableTime(let found, let source, let line, let column):
      "\(source), line \(line), column \"\(column)\": found \"\(found)\", expected a year such as 2012 or 2012年,"
        + " or a date such as 2012-12-31."
    case .duplicateIndicator(let source, let indicator, let key, let first, let second):
      "\(source): the indicator \"\(indicator)\" stands twice for \(key), on lines \(first) and \(second),"
        + " expected once. Give one of them another name, such as that of its group before it."
    case .noColumn(let what, let option, let source, let line, let columns):
      "\(source), line \(line): no column plainly holds \(what). Name it with \(option). The columns are:"
        + " \(listed(columns))."
    case .noData(let source):
      "\(source): no row has data in the columns that are to be read."
    case .tooLarge(let error): error.description
    case .needlessOption(let option, let reason):
      "\(option) has no use here: \(reason)."
    }
  }
}
