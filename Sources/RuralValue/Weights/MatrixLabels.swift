/// The ids above and beside the numbers of a matrix, as far as they agree.
struct MatrixLabels {
  let table: Table
  /// The ids of the rows.
  let ids: [String]
  /// Their column.
  let idColumn: Int
  /// What was left out of the ids.
  let notes: [Phrase]
  /// The first column of weights.
  let firstColumn: Int
  /// The names above the weights, without a prefix that is not the ids' own.
  private let names: [String]
  /// That prefix, such as R's X.
  private let prefix: String

  /// Finds, among the first columns, the ids of which most stand above the columns behind them, or nil where
  /// fewer than two or than half do.
  init?(_ table: Table) {
    self.table = table
    var best: (score: Int, rest: Int, column: Int, first: Int, names: PlainIds, prefix: String)?
    let columns = (0..<min(3, table.columnCount - 1)).map {
      PlainIds(table.texts(column: $0).map(CellText.trimmed))
    }
    var isOffByOne = false
    for first in 1...columns.count where !isOffByOne {
      let names = table.columnNames[first...].map(CellText.trimmed)
      for (column, ids) in columns[..<first].enumerated() {
        let known = Set(ids.ids)
        let start = PositionalNames(ids.ids[...])?.start
        for length in 0...Self.commonPrefix(names) {
          let stripped = PlainIds(length == 0 ? names : names.map { String($0.dropFirst(length)) })
          let score = stripped.ids.count { known.contains($0) }
          let rest = names.count - score
          // Rows that count from zero below columns that count from one have no id in common.
          if let start, let other = PositionalNames(stripped.ids[...])?.start, other != start {
            isOffByOne = true
            continue
          }
          guard score >= 2, 2 * score >= names.count, 2 * score >= known.count,
            best.map({ (score, -rest) > ($0.score, -$0.rest) }) ?? true
          else { continue }
          best = (score, rest, column, first, stripped, String(names[0].prefix(length)))
          if rest == 0 { break }
        }
      }
    }
    guard let best else { return nil }
    let plain = columns[best.column]
    (ids, idColumn, firstColumn) = (plain.ids, best.column, best.first)
    (names, prefix) = (best.names.ids, best.prefix)
    notes = PlainIds.notes(table.source, [plain, best.names])
  }

  /// Whether this is a matrix: a table of two or three columns might as well be a list of links without a header,
  /// unless it is square or its corner is blank.
  var isMatrix: Bool {
    table.columnCount > 3 || names.count == table.rowCount || table.columnNames[0].isEmpty
  }

  /// For each column of weights the position of its unit.
  ///
  /// Throws `WeightsError.repeatedUnit`, `.notSquare` for rows and columns without their counterpart, and
  /// `.ambiguousColumns` where a number above may be an id as well as a place.
  func columns() throws(WeightsError) -> [Int] {
    try WeightsError.requireEachOnce(ids, lines: table.lines, source: table.source)
    if let repeated = names.firstRepetition { throw .duplicateUnit(repeated) }
    let position = ids.positions
    let known = Set(names)
    let (rows, columns) = (
      ids.filter { !known.contains($0) }, names.filter { position[$0] == nil }
    )
    guard rows.isEmpty, columns.isEmpty else {
      throw .notSquare(
        source: table.source, rowsWithoutColumn: rows, columnsWithoutRow: columns.map { prefix + $0 },
        sumLine: sumLine(rows))
    }
    let places = names.map { position[$0] ?? 0 }
    if !prefix.isEmpty, prefix != "X", PositionalNames(names[...]) != nil, places != Array(places.indices) {
      throw .ambiguousColumns(
        source: table.source, name: table.columnNames[firstColumn], id: names[0], row: ids[0])
    }
    return places
  }

  /// The line of the last row, if it alone has no column and holds the sums of the others.
  private func sumLine(_ rows: [String]) -> Int? {
    guard rows.count == 1, let last = ids.indices.last, rows[0] == ids[last] else { return nil }
    let areSums = (firstColumn..<table.columnCount).allSatisfy { column in
      guard let numbers = try? table.numbers(column: column) else { return false }
      let sum = numbers[..<last].reduce(0) { $1.isNaN ? $0 : $0 + $1 }
      return abs(sum - numbers[last]) <= 1e-6 * max(1, abs(sum))
    }
    return areSums ? table.lines[last] : nil
  }

  /// The number of letters with which all names begin, at most twelve.
  private static func commonPrefix(_ names: [String]) -> Int {
    guard let first = names.first else { return 0 }
    var length = min(12, names.map(\.count).min() ?? 0)
    for name in names {
      length = min(length, zip(first, name).prefix(length).prefix { $0 == $1 }.count)
    }
    return length
  }
}
