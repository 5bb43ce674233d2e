/// What the cells of a column are, taken together.
public enum ColumnKind: Sendable, Equatable {
  /// Every cell is a number or a missing marker, and at least one is a number.
  case numeric
  /// Names, codes with leading zeros, dates: not numbers.
  case text
  /// Every cell is a missing marker or empty.
  case empty
  /// Some cells are numbers, and all others hold one text or two again and again, which may mean that a value is missing.
  case marked(firstUnreadableRow: Int)
  /// Most cells are numbers, but at least one cannot be read: a slip, which must not turn the column
  /// into text unseen. `Table.notANumber(row:column:)` makes the error.
  case mostlyNumeric(firstUnreadableRow: Int)
}

extension Table {
  /// What the cells of some columns are, taken together.
  ///
  /// A column of unsigned whole numbers of which one has a leading zero (`0430102`) holds codes and is
  /// text. A column counts as mostly numeric where more than half of the cells that are not missing are
  /// numbers, or numbers with something about them, as `12.5%` and `3万`.
  public func columnKinds(_ columns: [Int]) -> [ColumnKind] {
    var counts = [CellCounts](repeating: CellCounts(), count: columns.count)
    for rows in rowBlocks {
      for (position, column) in columns.enumerated() {
        count(column, rows: rows, in: &counts[position])
      }
    }
    return counts.map(\.kind)
  }

  /// The columns that hold numbers, in order.
  ///
  /// Throws `TableError.notANumber` for the first bad cell of a column that is mostly numeric, or that is numeric but for
  /// one text or two.
  public func numericColumns(except keys: Set<Int> = []) throws(TableError) -> [Int] {
    let columns = (0..<columnCount).filter { !keys.contains($0) }
    var numeric: [Int] = []
    for (column, kind) in zip(columns, columnKinds(columns)) {
      switch kind {
      case .numeric: numeric.append(column)
      case .mostlyNumeric(let row), .marked(let row): throw notANumber(row: row, column: column)
      case .text, .empty: break
      }
    }
    return numeric
  }

  private func count(_ column: Int, rows: Range<Int>, in counts: inout CellCounts) {
    eachCell(of: column, rows: rows) { bytes, start, end, row in
      guard start < end else { return }
      switch PlainDecimal.shape(of: bytes, from: start, to: end) {
      case .code: counts.codes += 1
      case .wholeNumber: counts.wholeNumbers += 1
      case .decimal: counts.decimals += 1
      case .notPlain: counts.add(reading(row: row, column: column), row: row, text: bytes, start..<end)
      }
    }
  }
}

/// How many cells of a column are of which kind.
private struct CellCounts {
  var codes = 0
  var wholeNumbers = 0
  var decimals = 0
  var unreadable = 0
  /// Those of the unreadable cells that hold a number with something about it.
  var almostNumbers = 0
  var firstUnreadableRow = 0
  /// The different texts among them, three at most.
  var texts: [[UInt8]] = []

  mutating func add(_ reading: NumberReading, row: Int, text bytes: Span<UInt8>, _ range: Range<Int>) {
    switch reading {
    case .number: decimals += 1
    case .missing: break
    case .unreadable(let advice):
      if unreadable == 0 { firstUnreadableRow = row }
      unreadable += 1
      if advice != nil { almostNumbers += 1 }
      if texts.count < 3, !texts.contains(where: { $0.count == range.count && holds($0, bytes, range) }) {
        texts.append(range.map { bytes[$0] })
      }
    }
  }

  var kind: ColumnKind {
    let numbers = codes + wholeNumbers + decimals
    if numbers + unreadable == 0 { return .empty }
    if codes > 0, decimals == 0 { return .text }
    if unreadable == 0 { return .numeric }
    let others = unreadable - almostNumbers
    if numbers + almostNumbers > others { return .mostlyNumeric(firstUnreadableRow: firstUnreadableRow) }
    // A marker is short: 无, x, n.d.
    let areMarkers = texts.count < 3 && texts.allSatisfy { $0.count <= 9 } && unreadable > texts.count
    return numbers > 0 && areMarkers ? .marked(firstUnreadableRow: firstUnreadableRow) : .text
  }

  private func holds(_ text: [UInt8], _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    zip(text, range).allSatisfy { $0 == bytes[$1] }
  }
}
