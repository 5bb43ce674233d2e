/// Which of a table's columns hold its units and its periods: those that are named, else those that say so by their
/// names and by what stands in them.
///
/// The first two columns are the keys where they look it. Otherwise a column called year, 年份, time and the like is the
/// time; codes, then names, then any other column of texts or whole numbers are the units, the first by which no
/// unit-period stands twice. A first column that only counts the rows is none of them. What cannot be told is asked:
/// `KeyColumnError` names the columns that might be meant.
public struct KeyColumns: Sendable, Equatable {
  /// The position of the units' column.
  public let unit: Int
  /// The position of the periods' column; nil for a cross-section, which has none.
  public let time: Int?
  /// The position of a column that only counts the rows.
  public let rowNumbers: Int?
  /// What was found out against expectation.
  public let notes: [Phrase]

  /// The name that stands for no column of time.
  public static let noTime = "none"

  /// The keys of a table.
  ///
  /// `unitColumn` and `timeColumn` name them, `none` standing for no time; columns that are to be `variables` are
  /// keys only where they are named or called so. Throws `TableError.noSuchColumn`,
  /// `PanelError.noKeyColumns` and `.sameKeyColumn`, and `KeyColumnError` where they cannot be told.
  public init(
    _ table: Table, unitColumn: String? = nil, timeColumn: String? = nil, besides variables: [String] = []
  ) throws {
    let isCrossSection = timeColumn == KeyColumns.noTime && !table.columnNames.contains(KeyColumns.noTime)
    guard table.columnCount >= (isCrossSection ? 1 : 2) else {
      throw PanelError.noKeyColumns(source: table.source)
    }
    let search = KeySearch(table, besides: Set(variables.compactMap(table.columnNames.firstIndex(of:))))
    let unit = try unitColumn.map { name throws in try table.column(named: name) }
    let time =
      isCrossSection ? nil : try timeColumn.map { name throws in try table.column(named: name) }
    rowNumbers = unit == 0 || time == 0 ? nil : search.rowNumbers
    let rowNote = search.rowNumberNote(rowNumbers)
    if let unit, let time {
      (self.unit, self.time, notes) = (unit, time, rowNote)
    } else if isCrossSection {
      (self.unit, self.time, notes) = (
        try unit ?? search.crossSectionUnit(besides: rowNumbers), nil, rowNote
      )
    } else if let time {
      self.unit = try search.unit(beside: time, besides: rowNumbers)
      (self.time, notes) = (time, rowNote)
    } else {
      let found = try search.keys(unit: unit, besides: rowNumbers)
      (self.unit, self.time, notes) = (found.0, found.1, rowNote + found.2)
    }
    guard self.unit != self.time else {
      throw PanelError.sameKeyColumn(
        name: table.columnNames[self.unit], source: table.source, columns: table.columnNames)
    }
  }
}

/// Why a table's keys cannot be told.
public enum KeyColumnError: Fault {
  /// No column is plainly the time, and units stand more than once.
  case noTime(
    source: String, unitColumn: String, unit: String, firstLine: Int, secondLine: Int, columns: [String])
  /// A column that is called a time holds something else.
  case implausibleTime(source: String, column: String, found: String, line: Int, columns: [String])
  /// No column can hold the units.
  case noUnit(source: String, columns: [String])
  /// Each unit would stand once, and in several periods.
  case unitsNeverRepeat(source: String, unitColumn: String, timeColumn: String, columns: [String])
  /// A unit stands twice in what is to be one cross-section.
  case unitTwice(source: String, unitColumn: String, unit: String, firstLine: Int, secondLine: Int)
  /// The columns are years.
  case yearsSideBySide(source: String, headers: [String])
  /// The table is a cross-section, and periods are needed.
  case crossSection(source: String, columns: [String])
  /// A spreadsheet has rounded the codes.
  case roundedCode(found: String, source: String, line: Int, column: String)

  /// The input is off.
  public var kind: FaultKind { .data }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .noTime(let source, let unitColumn, let unit, let first, let second, let columns):
      "\(source): no column plainly holds the time, and \(unitColumn) \"\(unit)\" stands on lines \(first) and"
        + " \(second). Name the columns of units and of periods with \(Setting("unit")) and \(Setting("time")). The"
        + " columns are: \(listed(columns))."
    case .implausibleTime(let source, let column, let found, let line, let columns):
      "\(source), line \(line), column \"\(column)\": found \"\(found)\", expected a period: a year such as 2012 or"
        + " 2012年, or a date such as 2012-12-31. If another column holds the time, name it with \(Setting("time")); if none"
        + " does, \(Setting("time")) none. The columns are: \(listed(columns))."
    case .noUnit(let source, let columns):
      "\(source): no column plainly holds the units; expected one of codes or names. Name it with \(Setting("unit"))."
        + " The columns are: \(listed(columns))."
    case .unitsNeverRepeat(let source, let unitColumn, let timeColumn, let columns):
      "\(source): by the columns \"\(unitColumn)\" and \"\(timeColumn)\" every unit has one row, and there are several"
        + " periods; expected units that stand in more than one. Name the columns with \(Setting("unit")) and"
        + " \(Setting("time")). The columns are: \(listed(columns))."
    case .unitTwice(let source, let unitColumn, let unit, let first, let second):
      "\(source): \(unitColumn) \"\(unit)\" has two rows, on lines \(first) and \(second); expected each once in a"
        + " cross-section. If a column holds the time, name it with \(Setting("time"))."
    case .yearsSideBySide(let source, let headers):
      "\(source): years stand side by side as columns (\(listed(headers, most: 4))), expected one row a unit and"
        + " period. Turn the table with: prepare FILE \(Setting("from")) wide-years. If it is one cross-section, say so"
        + " with \(Setting("time")) none."
    case .crossSection(let source, let columns):
      "\(source): no column holds the time, and this needs several periods of each unit. If there is one, name it"
        + " with \(Setting("time")). The columns are: \(listed(columns))."
    case .roundedCode(let found, let source, let line, let column):
      "\(source), line \(line), column \"\(column)\": found \"\(found)\", a code that a spreadsheet has rounded to a"
        + " power of ten: its last digits are lost. Format the column as text in the original file and save again."
    }
  }
}
