/// The year that stands in a file's name: 2012.csv, gdp_2012年.csv, 统计年鉴2013.csv.
public struct YearOfFile: Sendable, Equatable {
  /// The column of the year, which is made.
  public static let column = "year"
  /// The years of four digits that a file's name can say.
  private static let years = 1800...2199

  /// The year.
  public let year: Int

  /// Reads the year in a file's name, without its folders and its ending.
  ///
  /// Throws `StackError.yearsInName` where there is none, or several.
  public init(nameOf path: String) throws(StackError) {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let stem = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
    let found = Self.years(in: stem.isEmpty ? file : stem)
    guard found.count == 1 else { throw .yearsInName(source: file, years: found) }
    year = found[0]
  }

  /// The runs of four digits, no more and no fewer, that are years; each once.
  private static func years(in text: String) -> [Int] {
    CellText.halfWidth(text).split { !($0.isASCII && $0.isNumber) }
      .filter { $0.count == 4 }.compactMap { Int($0) }.filter(years.contains).firstAppearances
  }

  /// The table with the year as its second column, and what the reader must know.
  ///
  /// Throws `StackError.hasYearColumn` where it has one of that name, and `StackError.twoTimes` where another column
  /// is one of years by its name and its cells, for which of the two is right nobody can tell.
  public func added(to table: Table) throws(StackError) -> (table: Table, note: Phrase) {
    guard !table.columnNames.contains(Self.column) else {
      throw .hasYearColumn(source: table.source, column: Self.column)
    }
    try requireNoOtherTime(in: table)
    let place = min(1, table.columnCount)
    let start = UInt32(table.bytes.count)
    let bytes = table.bytes + Array("\(year)".utf8)
    var names = table.columnNames
    names.insert(Self.column, at: place)
    var (starts, ends): ([UInt32], [UInt32]) = ([], [])
    starts.reserveCapacity(table.rowCount * names.count)
    ends.reserveCapacity(table.rowCount * names.count)
    for row in 0..<table.rowCount {
      let cells = row * table.columnCount..<(row + 1) * table.columnCount
      starts += table.starts[cells].prefix(place) + [start] + table.starts[cells].dropFirst(place)
      ends += table.ends[cells].prefix(place) + [UInt32(bytes.count)] + table.ends[cells].dropFirst(place)
    }
    let widened = Table(
      source: table.source, columnNames: names, headerLine: table.headerLine, lines: table.lines,
      bytes: bytes, starts: starts, ends: ends, sourceOfRow: table.sourceOfRow)
    return (
      widened,
      Phrase(
        "\(table.source): column \"\(Self.column)\" is \(year), from the file's name.",
        zh: "\(table.source)：“\(Self.column)”列取自文件名，为\(year)年。")
    )
  }

  private func requireNoOtherTime(in table: Table) throws(StackError) {
    for (column, name) in table.columnNames.enumerated() where ColumnWords.isTime(name) {
      let texts = table.texts(column: column).map(CellText.trimmed)
      let present = texts.indices.filter { NumberReading(texts[$0]) != .missing }
      let years = present.map { year(in: texts[$0]) }
      guard let first = present.first, years.allSatisfy({ $0.map(Self.years.contains) ?? false }) else {
        continue
      }
      let other = zip(present, years).first { $0.1 != year }
      let row = other?.0 ?? first
      throw .twoTimes(
        source: table.source, line: table.lines[row], column: name, found: texts[row], year: year,
        differs: other != nil)
    }
  }

  /// The year of a cell: 2012, 2012年, 2012-12.
  private func year(in text: String) -> Int? {
    let years = Self.years(in: text)
    return years.count == 1 ? years[0] : PeriodReading.period(text)
  }
}
