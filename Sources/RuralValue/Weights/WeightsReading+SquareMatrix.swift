extension WeightsReading {
  /// Weights from a square matrix whose first column and header hold the same ids, or nil where the table
  /// has another shape.
  ///
  /// The columns may stand in another order than the rows. An empty cell is zero.
  /// Throws `TableError.notANumber` and `WeightsError`.
  init?(squareMatrix table: Table) throws {
    guard table.columnCount == table.rowCount + 1, table.rowCount >= 2 else { return nil }
    let units = table.texts(column: 0).map(CellText.trimmed)
    let position = Dictionary(units.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let columns = table.columnNames.dropFirst().map { position[CellText.trimmed($0)] }
    guard columns.allSatisfy({ $0 != nil }) else { return nil }
    var links: [SpatialWeights.Link] = []
    for (place, column) in columns.enumerated() {
      for (row, weight) in try table.numbers(column: place + 1).enumerated()
      where weight != 0 && !weight.isNaN {
        links.append(.init(from: row, to: column ?? 0, weight: weight))
      }
    }
    try self.init(weights: SpatialWeights(units: units, links: links))
  }
}
