/// Looks through a table for its keys.
struct KeySearch {
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
    if let time = likeliestTime(among: timeNamed) {
      let unit = try named ?? self.unit(beside: time, besides: rowNumbers)
      return (unit, time, note(unit: unit, time: time, named: named, rowNumbers))
    }
    if let (unit, time) = keysByContents(places, unit: named, besides: rowNumbers) {
      return (unit, time, note(unit: unit, time: time, named: named, rowNumbers))
    }
    // A T alone may be anything: tourism, for one.
    if let time = timeNamed.first(where: { table.columnNames[$0].count > 1 }), let odd = oddPeriod(time) {
      throw KeyColumnError.implausibleTime(
        source: table.source(ofRow: odd.row), column: table.sourceColumn(row: odd.row, column: time),
        found: odd.text, line: table.lines[odd.row],
        columns: table.columnNames)
    }
    let unit = try named ?? crossSectionUnit(besides: rowNumbers)
    try requireCrossSection(unit)
    let note = Phrase(
      "\(table.source): no column holds the time, and each \(table.columnNames[unit]) stands once: read as one"
        + " cross-section.",
      zh: "\(table.source)：没有时间列，且\(table.columnNames[unit])各出现一次，按截面数据读取。")
    return (unit, nil, [note])
  }

  /// Of the columns that are called a time and hold periods the one with years, rather than a count; rather one that is
  /// no variable.
  private func likeliestTime(among columns: [Int]) -> Int? {
    let plausible = columns.filter { oddPeriod($0) == nil }
    let withYears = plausible.filter(holdsYears)
    return withYears.first { !variables.contains($0) } ?? withYears.first
      ?? plausible.first { !variables.contains($0) } ?? plausible.first
  }

  /// Keys where no column is called a time: one of years, or the second column where it counts periods. Of several the
  /// one with the fewest periods; one that has about as many as there are rows holds something else.
  private func keysByContents(
    _ places: [Int], unit named: Int?, besides rowNumbers: Int?
  ) -> (unit: Int, time: Int)? {
    let second = 1 + (rowNumbers == 0 ? 1 : 0)
    let others = places.filter { place in
      let name = table.columnNames[place]
      return !variables.contains(place) && YearHeader(name) == nil && !ColumnWords.isTime(name)
        && !ColumnWords.isCode(name) && !ColumnWords.isName(name)
        && (holdsYears(place) || place == second && holdsWholeNumbers(place))
    }
    var found: (unit: Int, time: Int, periods: Int)?
    for time in others {
      guard let unit = named ?? (try? self.unit(beside: time, besides: rowNumbers)), tellsApart(unit, time)
      else { continue }
      let (texts, periods) = (units(unit), Set(units(time)).count)
      var rows: [String: Int] = [:]
      for text in texts { rows[text, default: 0] += 1 }
      let most = rows.values.max() ?? 1
      guard periods < 2 * most || 3 * periods <= texts.count, periods > 1 || holdsYears(time) else {
        continue
      }
      if found == nil || periods < found!.periods { found = (unit, time, periods) }
    }
    return found.map { ($0.unit, $0.time) }
  }

  /// Throws where a table without a column of time cannot be one cross-section.
  private func requireCrossSection(_ unit: Int) throws(KeyColumnError) {
    var headers: [String: [String]] = [:]
    for name in table.columnNames {
      if let header = YearHeader(name), header.period != nil {
        headers[header.stemWithoutSurvey, default: []].append(name)
      }
    }
    // Who names such a column as a variable means it.
    let unnamed = headers.values.filter { group in
      group.count > 1 && !group.contains { name in variables.contains { table.columnNames[$0] == name } }
    }
    if let sideBySide = unnamed.max(by: { $0.count < $1.count }) {
      throw .yearsSideBySide(source: table.source, headers: sideBySide)
    }
    var rowOfUnit: [String: Int] = [:]
    for (row, text) in units(unit).enumerated() {
      guard let first = rowOfUnit.updateValue(row, forKey: text) else { continue }
      throw .noTime(
        source: table.source, unitColumn: table.columnNames[unit], unit: text, firstLine: table.lines[first],
        secondLine: table.lines[row], columns: table.columnNames)
    }
  }

  /// The first of some cells that is no period, or one so large that it is a code; nil where there is none.
  private func oddPeriod(_ column: Int) -> (text: String, row: Int)? {
    for row in sampledRows {
      let text = table.trimmedText(row: row, column: column)
      let place = (text, row)
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

  private func holdsWholeNumbers(_ column: Int) -> Bool {
    (0..<table.rowCount).allSatisfy { row in
      if case .whole? = PeriodText(table.trimmedText(row: row, column: column)) { true } else { false }
    }
  }

  // MARK: - The units

  /// The column of units beside a column of time.
  ///
  /// Throws `KeyColumnError.noUnit` where none can hold them, and `.unitsNeverRepeat` where each would stand once, in
  /// several periods.
  func unit(beside time: Int, besides rowNumbers: Int?) throws(KeyColumnError) -> Int {
    let places = columns.filter { $0 != time && $0 != rowNumbers }
    let named = ordered(places)
    // The first two columns, where they look it: no search.
    if let first = places.first, time == first + 1, looksLikeUnits(first, others: named),
      looksApart(first, time)
    {
      return first
    }
    let candidates = candidates(places, named: named)
    if let found = candidates.first(where: { tellsApart($0, time) }) { return found }
    guard let first = candidates.first else {
      throw .noUnit(source: table.source, columns: table.columnNames)
    }
    if table.rowCount > 3, Set(units(first)).count == table.rowCount, Set(units(time)).count > 1 {
      throw .unitsNeverRepeat(
        source: table.source, unitColumn: table.columnNames[first], timeColumn: table.columnNames[time],
        columns: table.columnNames)
    }
    return first
  }

  /// The column of units where there is no time. Throws `KeyColumnError.noUnit` where none can hold them.
  func crossSectionUnit(besides rowNumbers: Int?) throws(KeyColumnError) -> Int {
    let places = columns.filter { $0 != rowNumbers && !variables.contains($0) }
    let named = ordered(places)
    let all = candidates(places, named: named)
    let once = all.first { column in
      let texts = units(column)
      return Set(texts).count == texts.count
    }
    guard let found = once ?? all.first else {
      throw .noUnit(source: table.source, columns: table.columnNames)
    }
    return found
  }

  /// The columns that may hold units: codes and names, then texts, then whole numbers in the first column.
  private func candidates(_ places: [Int], named: [Int]) -> [Int] {
    let rest = places.filter { !named.contains($0) && !holdsDecimals($0) }
    let texts = rest.filter { column in
      sampledRows.contains { row in
        if case .unreadable = table.reading(row: row, column: column) { true } else { false }
      }
    }
    // Numbers that nobody calls codes stand for units only in the first column.
    return named + texts + rest.filter { !texts.contains($0) && $0 == places.first }
  }

  /// Whether in the first rows no unit-period stands twice, and units stand at several periods if there are any.
  private func looksApart(_ unit: Int, _ time: Int) -> Bool {
    var (pairs, texts, periods): (Set<[String]>, Set<String>, Set<String>) = ([], [], [])
    let rows = min(table.rowCount, 1000)
    for row in 0..<rows {
      let (own, period) = (
        table.trimmedText(row: row, column: unit), table.trimmedText(row: row, column: time)
      )
      guard pairs.insert([own, period]).inserted else { return false }
      texts.insert(own)
      periods.insert(period)
    }
    return texts.count < rows || periods.count == 1 || rows < 4
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
    let plain = places.filter { !ColumnWords.isIndicator(table.columnNames[$0]) && !holdsDecimals($0) }
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
      // A code that a spreadsheet has rounded, 4.3E+11, is refused as such.
      guard text.contains("."), !text.hasSuffix(".0"), !text.lowercased().contains("e+"),
        case .number = NumberReading(text)
      else {
        return false
      }
      return true
    }
  }

  // MARK: - Rows

  /// The first column, where it counts the rows from 0 or 1 and the columns behind it are keys.
  var rowNumbers: Int? {
    guard table.columnCount >= 3, table.rowCount >= 2, ColumnWords.isRowNumber(table.columnNames[0]),
      columns.dropFirst().contains(where: { column in
        let name = table.columnNames[column]
        return ColumnWords.isCode(name) || ColumnWords.isName(name)
          || !ColumnWords.isTime(name) && table.columnKinds([column]) == [.text]
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

  /// That a first column only counts the rows.
  func rowNumberNote(_ rowNumbers: Int?) -> [Phrase] {
    guard let rowNumbers else { return [] }
    return [
      Phrase(
        "\(table.source): the first column (\"\(table.columnNames[rowNumbers])\") only counts the rows and is left"
          + " out.",
        zh: "\(table.source)：第一列（“\(table.columnNames[rowNumbers])”）仅为行号，已略去。")
    ]
  }

  private func note(unit: Int, time: Int, named: Int?, _ rowNumbers: Int?) -> [Phrase] {
    let start = rowNumbers == 0 ? 1 : 0
    guard named == nil, unit != start || time != start + 1 else { return [] }
    return [
      Phrase(
        "\(table.source): units are taken from \"\(table.columnNames[unit])\", periods from"
          + " \"\(table.columnNames[time])\".",
        zh: "\(table.source)：以“\(table.columnNames[unit])”为个体、“\(table.columnNames[time])”为时间。")
    ]
  }
}
