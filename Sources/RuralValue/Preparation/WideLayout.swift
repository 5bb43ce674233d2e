/// A long table, one row a unit and time, and what the person who made its source should know.
public struct LongTable: Sendable, Equatable {
  /// The unit, the time, other columns that describe the unit, and the variables. Cells are verbatim, and
  /// errors about them name the line and column where they stood in the source.
  public let table: Table
  /// What was left out or taken for granted.
  public let notes: [Phrase]
}

/// Turns wide tables, with years or units side by side, into long ones.
public enum WideLayout {
  /// The long form of a wide table.
  ///
  /// Years side by side: the rows are units, or indicators of one or several units.
  /// Units side by side: the rows are times, or indicators at one time or several.
  public static func long(
    _ table: Table, options: WideLayoutOptions
  ) throws(WideLayoutError) -> LongTable {
    switch options.kind {
    case .wideYears: try WideYears(table, options: options).long()
    case .wideUnits: try WideUnits(table, options: options).long()
    }
  }
}

/// The words by which statistical tables head columns that are neither years nor units.
enum WideHeader {
  /// Whether a header says that the column names indicators.
  static func isIndicator(_ header: String) -> Bool {
    words(
      header,
      ["指标", "指标名称", "项目", "项目名称", "indicator", "indicators", "variable", "item", "series"])
  }

  /// Whether a header says that the column holds times.
  static func isTime(_ header: String) -> Bool {
    words(header, ["年份", "年度", "年", "时间", "日期", "year", "time", "date", "period"])
  }

  /// Whether a header says that the column names units of measurement.
  static func isMeasure(_ header: String) -> Bool {
    words(header, ["计量单位", "计量", "单位", "量纲", "unit", "units", "measure"])
  }

  /// Whether a header names a total among units.
  static func isTotal(_ header: String) -> Bool {
    words(header, ["全市", "全省", "全国", "全县", "全区", "全州", "合计", "总计", "全市合计", "全省合计", "total"])
  }

  private static func words(_ header: String, _ words: [String]) -> Bool {
    let plain = CellText.halfWidth(header).lowercased()
    return words.contains(String(plain.unicodeScalars.filter { !CellText.isSpace($0) }))
  }
}

extension Table {
  /// A cell's text without the white space around it.
  func trimmedText(row: Int, column: Int) -> String {
    CellText.trimmed(text(row: row, column: column))
  }

  /// The position of a column that an option names.
  func wideColumn(_ name: String) throws(WideLayoutError) -> Int {
    guard let position = columnNames.firstIndex(of: name) else {
      throw .noSuchColumn(name: name, source: source, columns: columnNames)
    }
    return position
  }

  /// The positions of columns that options name.
  func wideColumns(_ names: [String]) throws(WideLayoutError) -> [Int] {
    var positions: [Int] = []
    for name in names { positions.append(try wideColumn(name)) }
    return positions
  }

  /// The rows that have text in one of these columns at least, and those that have none.
  func rows(withTextIn columns: [Int]) -> (with: [Int], without: [Int]) {
    var with: [Int] = []
    var without: [Int] = []
    for row in 0..<rowCount {
      if columns.allSatisfy({ trimmedText(row: row, column: $0).isEmpty }) {
        without.append(row)
      } else {
        with.append(row)
      }
    }
    return (with, without)
  }
}
