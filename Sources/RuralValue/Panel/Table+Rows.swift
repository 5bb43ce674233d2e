extension Table {
  /// The table with only those rows for which the condition holds; lines stay those of the source.
  public func keepingRows(where isKept: (Int) -> Bool) -> Table {
    let rows = (0..<rowCount).filter(isKept)
    var starts: [UInt32] = []
    var ends: [UInt32] = []
    for row in rows {
      let cells = row * columnCount..<(row + 1) * columnCount
      starts += self.starts[cells]
      ends += self.ends[cells]
    }
    return Table(
      source: source, columnNames: columnNames, lines: rows.map { lines[$0] }, bytes: bytes, starts: starts,
      ends: ends)
  }
}
