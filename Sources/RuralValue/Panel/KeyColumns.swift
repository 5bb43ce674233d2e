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
    if let unit, let time {
      (self.unit, self.time, notes) = (unit, time, [])
    } else if isCrossSection {
      (self.unit, self.time, notes) = (unit ?? search.crossSectionUnit(besides: rowNumbers), nil, [])
    } else if let time {
      self.unit = search.unit(beside: time, besides: rowNumbers)
      (self.time, notes) = (time, [])
    } else {
      (self.unit, self.time, notes) = try search.keys(unit: unit, besides: rowNumbers)
    }
    guard self.unit != self.time else {
      throw PanelError.sameKeyColumn(
        name: table.columnNames[self.unit], source: table.source, columns: table.columnNames)
    }
  }
}

/// Looks through a table for its keys.
private struct KeySearch {
  private let table: Table
  private let variables: Set<Int>
  private var columns: Range<Int> { 0..<table.columnCount }

  init(_ table: Table, besides variables: Set<Int>) {
    self.table = table
    self.variables = variables
  }

  // MARK: - The time

  /// Both keys where neither, or only the unit, is named.
  func keys(unit named: Int?, besides rowNumbers: Int?) throws -> (Int, Int?, [Phrase]) {
    let places = columns.filter { $0 != rowNumbers && $0 != named }
    let timeNamed = places.filter { ColumnWords.isTime(table.columnNames[$0]) }
    if let time = timeNamed.first(where: { isPlausibleTime($0) }) {
      let unit = named ?? self.unit(beside: time, besides: rowNumbers)
      return (unit, time, note(unit: unit, time: time, named: named, rowNumbers))
    }
    if let time = timeNamed.first, let odd = oddPeriod(time) {
      throw KeyColumnError.implausibleTime(
        source: odd.source, column: table.columnNames[time], found: odd.text, line: odd.line,
        columns: table.columnNames)
    }
    // Names say nothing; years, or a second column that counts periods, still do.
    let others = places.filter { !variables.contains($0) && YearHeader(table.columnNames[$0]) == nil }
    let years = others.filter { holdsYears($0) }
    let counting = others.filter { $0 == 1 + (rowNumbers == 0 ? 1 : 0) && countsPeriods($0) }
    for time in years + counting {
      let unit = named ?? self.unit(beside: time, besides: rowNumbers)
      guard Set(units(unit)).count < table.rowCount || (years.contains(time) && Set(units(time)).count == 1)
      else {
        continue
      }
      return (unit, time, note(unit: unit, time: time, named: named, rowNumbers))
    }
    let unit = named ?? crossSectionUnit(besides: rowNumbers)
    try requireCrossSection(unit)
    let note = Phrase(
      "\(table.source): no column holds the time, and each \(table.columnNames[unit]) stands once: read as one"
        + " cross-section.",
      zh: "\(table.source)：没有时间列，且\(table.columnNames[unit])各出现一次，按截面数据读取。")
    return (unit, nil, [note])
  }

  /// Throws where a table without a column of time cannot be one cross-section.
  private func requireCrossSection(_ unit: Int) throws(KeyColumnError) {
    var headers: [String: [String]] = [:]
    for name in table.columnNames {
      if let header = YearHeader(name), header.period != nil {
        headers[header.stemWithoutSurvey, default: []].append(name)
      }
    }
    if let sideBySide = headers.values.filter({ $0.count > 1 }).max(by: { $0.count < $1.count }) {
      throw .yearsSideBySide(source: table.source, headers: sideBySide)
    }
    let texts = units(unit)
    guard Set(texts).count == texts.count else {
      let twin = texts.indices.first { row in texts[..<row].contains(texts[row]) } ?? 0
      throw .noTime(
        source: table.source, unitColumn: table.columnNames[unit], unit: texts[twin],
        firstLine: table.lines[texts.firstIndex(of: texts[twin]) ?? 0], secondLine: table.lines[twin],
        columns: table.columnNames)
    }
  }

  /// Whether a column that is called a time holds periods.
  private func isPlausibleTime(_ column: Int) -> Bool { oddPeriod(column) == nil }

  /// The first of some cells that is no period, or one so large that it is a code; nil where there is none.
  private func oddPeriod(_ column: Int) -> (text: String, source: String, line: Int)? {
    for row in sampledRows {
      let text = table.trimmedText(row: row, column: column)
      let place = (text, table.source(ofRow: row), table.lines[row])
      guard let reading = PeriodText(text) else { return place }
      if case .whole(let number) = reading, number.magnitude > 9999, !PeriodSet.isYearAndPart(number),
        !(22_000...80_000).contains(number)
      {
        return place
      }
    }
    return nil
  }

  /// Whether every cell looked at is a year, a date or a part of a year.
  private func holdsYears(_ column: Int) -> Bool {
    !sampledRows.isEmpty
      && sampledRows.allSatisfy { row in
        switch PeriodText(table.trimmedText(row: row, column: column)) {
        case .whole(let number)?: YearHeader.years.contains(number)
        case nil: false
        default: true
        }
      }
  }

  /// Whether every cell is a whole number, and there are about as many different ones as a unit has rows.
  private func countsPeriods(_ column: Int) -> Bool {
    var numbers: Set<Int> = []
    for row in 0..<table.rowCount {
      guard case .whole(let number)? = PeriodText(table.trimmedText(row: row, column: column)) else {
        return false
      }
      numbers.insert(number)
    }
    let others = Set(units(column == 0 ? 1 : column - 1)).count
    return table.rowCount > 0 && numbers.count < 2 * (table.rowCount / max(others, 1))
  }

  // MARK: - The units

  /// The column of units beside a column of time.
  func unit(beside time: Int, besides rowNumbers: Int?) -> Int {
    let places = columns.filter { $0 != time && $0 != rowNumbers }
    let first = places.first ?? 0
    let named = ordered(places)
    // The first two columns, where they look it: no search.
    if time == first + 1, looksLikeUnits(first, others: named) { return first }
    let candidates = named + places.filter { !named.contains($0) && !holdsDecimals($0) }
    return candidates.first { tellsApart($0, time) } ?? candidates.first ?? first
  }

  /// The column of units where there is no time.
  func crossSectionUnit(besides rowNumbers: Int?) -> Int {
    let places = columns.filter { $0 != rowNumbers && !variables.contains($0) }
    let first = places.first ?? 0
    let isOnce = { (column: Int) in
      let texts = units(column)
      return Set(texts).count == texts.count
    }
    if isOnce(first), !holdsDecimals(first) { return first }
    return ordered(places).first(where: isOnce) ?? first
  }

  /// Whether the first column can stand for the units without a look at the others: it is called so, or it holds texts or
  /// codes of one length that differ, or no other column is called so.
  private func looksLikeUnits(_ column: Int, others named: [Int]) -> Bool {
    if named.contains(column) { return true }
    guard !ColumnWords.isIndicator(table.columnNames[column]), !holdsDecimals(column) else { return false }
    let texts = sampledRows.map { table.trimmedText(row: $0, column: column) }
    guard Set(texts).count > 1 || table.rowCount < 3 else { return false }
    let isNumeric = texts.allSatisfy { Int($0) != nil }
    return !isNumeric || named.isEmpty
      || (Set(texts.map(\.utf8.count)).count == 1 && texts[0].utf8.count >= 5)
  }

  /// Columns that are called codes, then those that are called names.
  private func ordered(_ places: [Int]) -> [Int] {
    let plain = places.filter { !ColumnWords.isIndicator(table.columnNames[$0]) }
    let codes = plain.filter { ColumnWords.isCode(table.columnNames[$0]) }
    return codes + plain.filter { !codes.contains($0) && ColumnWords.isName(table.columnNames[$0]) }
  }

  /// Whether no unit-period stands twice, and units stand at more than one period if there are several.
  private func tellsApart(_ unit: Int, _ time: Int) -> Bool {
    let (texts, periods) = (units(unit), units(time))
    let different = Set(texts).count
    guard different < texts.count || Set(periods).count == 1 else { return false }
    var seen: Set<[String]> = []
    return zip(texts, periods).allSatisfy { seen.insert([$0, $1]).inserted }
  }

  private func holdsDecimals(_ column: Int) -> Bool {
    sampledRows.contains { row in
      let text = table.text(row: row, column: column)
      guard text.contains("."), !text.hasSuffix(".0"), case .number = NumberReading(text) else {
        return false
      }
      return true
    }
  }

  // MARK: - Rows

  /// The first column, where it counts the rows from 0 or 1 and the columns behind it are keys.
  var rowNumbers: Int? {
    guard table.columnCount >= 3, table.rowCount >= 2, ColumnWords.isRowNumber(table.columnNames[0]),
      table.columnNames.dropFirst().contains(where: {
        ColumnWords.isTime($0) || ColumnWords.isCode($0) || ColumnWords.isName($0)
      })
    else { return nil }
    guard let first = Int(table.text(row: 0, column: 0)), first == 0 || first == 1 else { return nil }
    let counts = (0..<table.rowCount).allSatisfy { row in
      table.utf8(row: row, column: 0).elementsEqual(String(first + row).utf8)
    }
    // A panel's unit may be called index; then its numbers repeat.
    return counts ? 0 : nil
  }

  /// A hundred rows at most, the last among them.
  private var sampledRows: [Int] {
    let count = table.rowCount
    return count <= 100 ? Array(0..<count) : Array(0..<99) + [count - 1]
  }

  private func units(_ column: Int) -> [String] { table.texts(column: column).map(CellText.trimmed) }

  private func note(unit: Int, time: Int, named: Int?, _ rowNumbers: Int?) -> [Phrase] {
    var notes: [Phrase] = []
    if let rowNumbers {
      notes.append(
        Phrase(
          "\(table.source): the first column (\"\(table.columnNames[rowNumbers])\") only counts the rows and is left"
            + " out.",
          zh: "\(table.source)：第一列（“\(table.columnNames[rowNumbers])”）仅为行号，已略去。"))
    }
    let start = rowNumbers == 0 ? 1 : 0
    if named == nil, unit != start || time != start + 1 {
      notes.append(
        Phrase(
          "\(table.source): units are taken from \"\(table.columnNames[unit])\", periods from"
            + " \"\(table.columnNames[time])\".",
          zh: "\(table.source)：以“\(table.columnNames[unit])”为个体、“\(table.columnNames[time])”为时间。"))
    }
    return notes
  }
}

/// Why a table's keys cannot be told.
public enum KeyColumnError: Fault {
  /// No column is plainly the time, and units stand more than once.
  case noTime(
    source: String, unitColumn: String, unit: String, firstLine: Int, secondLine: Int, columns: [String])
  /// A column that is called a time holds something else.
  case implausibleTime(source: String, column: String, found: String, line: Int, columns: [String])
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
        + " 2012年, or a date such as 2012-12-31. If another column holds the time, name it with \(Setting("time")). The"
        + " columns are: \(listed(columns))."
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
