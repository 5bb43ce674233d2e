/// Names that only count: `v1, v2, v3`, `0, 1, 2`.
struct PositionalNames {
  /// What stands before each number; nothing where they are numbers alone.
  let prefix: String
  /// The first number, zero or one.
  let start: Int

  /// Finds the numbers, or nil where the names are not in sequence from 0 or 1.
  init?(_ names: ArraySlice<String>) {
    guard names.count >= 2, let first = names.first.map(CellText.trimmed), let last = first.last,
      last == "0" || last == "1"
    else { return nil }
    let prefix = String(first.dropLast())
    guard prefix.last?.isNumber != true, let start = last.wholeNumberValue else { return nil }
    for (position, name) in names.enumerated()
    where CellText.trimmed(name) != "\(prefix)\(start + position)" { return nil }
    (self.prefix, self.start) = (prefix, start)
  }

  /// Whether ids are nothing but the numbers of their rows.
  static func areRowNumbers(_ ids: [String]) -> Bool { PositionalNames(ids[...])?.prefix.isEmpty == true }
}

extension Table {
  /// Whether a column goes by a name that programs give to the numbers of rows.
  func isNamedForRows(_ column: Int) -> Bool {
    let name = CellText.halfWidth(CellText.trimmed(columnNames[column])).lowercased()
    return ["", "id", "objectid", "fid", "oid", "index", "rowid", "rownames", "unnamed: 0", "序号"].contains(
      name)
  }

  /// Whether a column only counts the rows, as R, pandas and ArcGIS put one before the others.
  ///
  /// Its name says so, and its numbers are in sequence; without a name it is enough that they grow.
  func countsRows(_ column: Int) -> Bool {
    guard isNamedForRows(column) else { return false }
    let texts = texts(column: column).map(CellText.trimmed)
    if PositionalNames.areRowNumbers(texts) { return true }
    let name = columnNames[column].lowercased()
    guard CellText.trimmed(name).isEmpty || name.hasPrefix("unnamed") else { return false }
    let numbers = texts.map { Int($0) ?? -1 }
    return numbers.allSatisfy { $0 >= 0 } && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
  }

  /// The ids of the rows of a matrix, of those columns before its numbers that name every row and each once: of the
  /// one that the data know best, else of the first that does more than count the rows, else of the first.
  func leadingIds(before first: Int, _ data: WeightsOptions.DataUnits?) -> (column: Int, ids: PlainIds)? {
    let known = Set(data?.ids ?? [])
    var best: (score: Int, column: Int, ids: PlainIds)?
    for column in 0..<first {
      let plain = PlainIds(texts(column: column).map(CellText.trimmed))
      guard Set(plain.ids).count == rowCount, !plain.ids.contains("") else { continue }
      let score =
        2 * plain.ids.count { known.contains($0) } + (PositionalNames.areRowNumbers(plain.ids) ? 0 : 1)
      if best.map({ score > $0.score }) ?? true { best = (score, column, plain) }
    }
    return best.map { ($0.column, $0.ids) }
  }
}
