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
    let places = origins.map { origins in
      let cells = rows.flatMap { $0 * columnCount..<($0 + 1) * columnCount }
      return CellOrigins(
        lines: cells.map { origins.lines[$0] }, columns: cells.map { origins.columns[$0] },
        columnNames: origins.columnNames)
    }
    return Table(
      source: source, columnNames: columnNames, headerLine: headerLine, lines: rows.map { lines[$0] },
      bytes: bytes, starts: starts, ends: ends, origins: places)
  }
}
