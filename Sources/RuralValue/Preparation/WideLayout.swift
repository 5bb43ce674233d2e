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
  /// Long by indicators: a row holds one unit, time and indicator.
  public static func long(
    _ table: Table, options: WideLayoutOptions
  ) throws(WideLayoutError) -> LongTable {
    switch options.kind {
    case .wideYears: try WideYears(table, options: options).long()
    case .wideUnits: try WideUnits(table, options: options).long()
    case .long: try LongIndicators(table, options: options).spread()
    }
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

/// How a wide table is to be turned into a long one, where the table does not say it itself.
public struct WideLayoutOptions: Sendable, Equatable {
  /// What stands side by side.
  public var kind: Kind
  /// The name of the variable where the table names none (`--variable`).
  public var variable: String?
  /// The unit that the whole table is about, its rows being indicators (`--unit-name`).
  public var unitName: String?
  /// The year that the whole table is about (`--year`).
  public var year: Int?
  /// The columns that hold neither years nor units, by name (`--id`); empty to find them out.
  public var idColumns: [String]
  /// The column that names a row's indicator (`--indicator`), or nil to find it out.
  public var indicatorColumn: String?
  /// The column of values of a table that is long by indicators (`--value`), or nil to find it out.
  public var valueColumn: String?
  /// The columns of units and of time (`--unit`, `--time`), or nil to find them out.
  public var unitColumn: String?, timeColumn: String?
  /// Lines above the table, in which a year is looked for.
  public var preamble: [String]

  /// What stands side by side.
  public enum Kind: String, Sendable, Equatable, CaseIterable {
    /// One column a year.
    case wideYears = "wide-years"
    /// One column a unit.
    case wideUnits = "wide-units"
    /// A row a unit, time and indicator, whose value stands in one column.
    case long
  }

  /// Options, by default everything that can be found out.
  public init(
    _ kind: Kind, variable: String? = nil, unitName: String? = nil, year: Int? = nil,
    idColumns: [String] = [],
    indicatorColumn: String? = nil, preamble: [String] = []
  ) {
    self.kind = kind
    self.variable = variable
    self.unitName = unitName
    self.year = year
    self.idColumns = idColumns
    self.indicatorColumn = indicatorColumn
    self.preamble = preamble
  }
}

/// What was left out or taken for granted when a table was turned, in words.
struct WideLayoutNotes {
  private let table: Table
  private(set) var terms: [Phrase] = []

  init(_ table: Table) {
    self.table = table
  }

  /// Rows that have no data, such as the headings of groups.
  mutating func add(rowsWithoutData rows: [Int]) {
    guard !rows.isEmpty else { return }
    let shown = rows.prefix(8).map { row in
      "\(table.lines[row]) (\(table.trimmedText(row: row, column: 0)))"
    }
    let list = shown.joined(separator: ", ") + (rows.count > shown.count ? ", …" : "")
    add(
      "left out what has no data: \(rows.count == 1 ? "line" : "lines") \(list)",
      zh: "已略去 \(rows.count) 个无数据的行（行号：\(list)）")
  }

  /// Columns that were not read, and why.
  mutating func add(columns: [Int], because reason: Phrase) {
    guard !columns.isEmpty else { return }
    let list = listed(columns.map { "\"\(table.columnNames[$0])\"" })
    add("left out the columns \(list): \(reason.english)", zh: "已略去列 \(list)：\(reason.chinese)")
  }

  /// Headers of several years, which are kept as columns of the unit.
  mutating func add(severalYears columns: [Int]) {
    guard !columns.isEmpty else { return }
    let list = listed(columns.map { "\"\(table.columnNames[$0])\"" })
    add(
      "\(list) names several years and is kept as a column of the unit, the same in every year",
      zh: "\(list)含多个年份，作为个体的列保留，各年取值相同")
  }

  /// Words in headers that were taken as no part of a variable's name.
  mutating func add(mergedHeaders words: [String]) {
    let list = listed(words.map { "\"\($0)\"" }.firstAppearances)
    add(
      "\(list) in headers is taken as a remark on the year, not as another variable",
      zh: "表头中的\(list)视为对年份的说明，而非另一变量")
  }

  /// What was taken for granted elsewhere.
  mutating func add(_ notes: [Phrase]) {
    for note in notes {
      add(
        note.english.hasSuffix(".") ? String(note.english.dropLast()) : note.english,
        zh: note.chinese.hasSuffix("。") ? String(note.chinese.dropLast()) : note.chinese)
    }
  }

  /// The variable got a name of ours.
  mutating func add(defaultVariable name: String) {
    add(
      "nothing names the variable, so that it is called \"\(name)\"; \(Setting("variable")) names it",
      zh: "表中未给出变量名，命名为“\(name)”；可用 \(Setting("variable")) 指定")
  }

  /// A year that was read above the table.
  mutating func add(yearOfPreamble year: Int) {
    add("the year \(year) is taken from the lines above the table", zh: "年份 \(year) 取自表头上方的说明行")
  }

  /// A variable that lacks years that others have.
  mutating func add(variable: String, hasOnly years: [String]) {
    add(
      "\"\(variable)\" has only the years \(listed(years, most: 6)); its other cells are empty",
      zh: "“\(variable)”仅有 \(listed(years, most: 6, in: .chinese)) 年，其余单元格为空")
  }

  private mutating func add(_ english: String, zh chinese: String) {
    terms.append(Phrase("\(table.source): \(english).", zh: "\(table.source)：\(chinese)。"))
  }
}
