/// Reads periods as statistical tables write them.
public enum PeriodReading {
  /// The period in a text: a whole number, or the year of `2012年`, `2012年度`, `2012.0`, `2012-12-31`,
  /// `2012/12`, `2012-12-31 00:00:00`, `2012年12月`; full-width digits count as digits; a quarter as `PeriodFrequency`
  /// writes it. Nil where the text says nothing of the kind.
  public static func period(_ text: String) -> Int? {
    switch PeriodText(text) {
    case .whole(let number)?: number
    case .month(let year, _)?, .day(let year, _)?: year
    case .monthOrSpan(let year, let number)?: (1...12).contains(number) ? year : nil
    case .half(let year, let half)?: PeriodFrequency.halfYear.period(year: year, part: half)
    case .quarter(let year, let quarter)?: PeriodFrequency.quarter.period(year: year, part: quarter)
    case .span?, nil: nil
    }
  }

  /// The period that a call names as a bound: as `period` has it, but a month is the month, 201206.
  public static func bound(_ text: String) -> Int? {
    switch PeriodText(text) {
    case .month(let year, let month)?: PeriodFrequency.month.period(year: year, part: month)
    case .monthOrSpan(let year, let month)? where (1...12).contains(month):
      PeriodFrequency.month.period(year: year, part: month)
    default: period(text)
    }
  }
}

/// The periods of a column's cells.
struct PeriodColumn {
  /// The period of each row.
  let periods: [Int]
  /// How they count.
  let frequency: PeriodFrequency
  /// What was taken for granted.
  let note: Phrase?

  /// Reads a column. Throws `PanelError.unreadablePeriod` at the first cell that is none.
  init(_ table: Table, column: Int) throws(PanelError) {
    if let years = PeriodColumn.years(table, column: column) {
      (periods, frequency, note) = (years, .whole, nil)
      return
    }
    var readings: [String: PeriodText] = [:]
    var texts: [PeriodText] = []
    var order: [PeriodText] = []
    var known: Set<PeriodText> = []
    for row in 0..<table.rowCount {
      let text = table.text(row: row, column: column)
      let reading: PeriodText
      if let read = readings[text] {
        reading = read
      } else {
        guard let new = PeriodText(text) else {
          throw PeriodColumn.unreadable(table, row: row, column: column)
        }
        readings[text] = new
        reading = new
        if known.insert(new).inserted { order.append(new) }
      }
      texts.append(reading)
    }
    do throws(PeriodSet.Failure) {
      let set = try PeriodSet(order)
      periods = texts.map { set.periods[$0]! }
      frequency = set.frequency
      note = set.note
    } catch {
      let row = texts.firstIndex(of: error.text) ?? 0
      throw PeriodColumn.unreadable(table, row: row, column: column, error.reason)
    }
  }

  /// The common case: four digits in every cell.
  private static func years(_ table: Table, column: Int) -> [Int]? {
    var years: [Int] = []
    years.reserveCapacity(table.rowCount)
    table.eachCell(of: column, rows: 0..<table.rowCount) { bytes, start, end, _ in
      guard end - start == 4 else { return }
      var year = 0
      for position in start..<end {
        let digit = bytes[position] &- UInt8(ascii: "0")
        guard digit <= 9 else { return }
        year = year * 10 + Int(digit)
      }
      years.append(year)
    }
    return years.count == table.rowCount ? years : nil
  }

  private static func unreadable(
    _ table: Table, row: Int, column: Int, _ reason: PeriodSet.Reason? = nil
  ) -> PanelError {
    .unreadablePeriod(
      found: table.text(row: row, column: column), source: table.source(ofRow: row),
      line: table.line(row: row, column: column),
      column: table.sourceColumn(row: row, column: column), expected: reason?.advice)
  }
}
