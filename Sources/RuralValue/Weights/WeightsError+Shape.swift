extension WeightsError {
  /// What is off about the shape of a table of weights, and what to do.
  var descriptionOfShape: String {
    switch self {
    case .matrixWithoutIds(let source, let size, let data):
      "\(source) looks like a \(size) × \(size) matrix without ids, and weights are matched by id: write the"
        + " units' ids above and beside the numbers."
        + (data.map { " \($0.source) has \($0.count) units, so that the rows are not in its order." }
          ?? " With data of as many units (sdm, moran, hotspot) the rows are taken in the order of these.")
    case .notSquare(let source, let rows, let columns, let sumLine):
      "\(source): the matrix is not square."
        + (columns.isEmpty ? "" : " \(Self.ids(columns, "stands", "stand")) above and not beside.")
        + (rows.isEmpty ? "" : " \(Self.ids(rows, "stands", "stand")) beside and not above.")
        + (sumLine.map { " Line \($0) holds the sums of the columns: delete it." }
          ?? " Expected the same ids above the columns and beside the rows.")
    case .sizesDiffer(let source, let rows, let columns):
      "\(source): the matrix has \(rows) rows and \(columns) numbered columns; expected as many, or the same ids"
        + " above the columns and beside the rows."
    case .ambiguousColumns(let source, let name, let id, let row):
      "\(source): the column \"\(name)\" may be that of the unit \(id) or that of the first row, \(row); expected the"
        + " ids themselves above the columns, or the rows in the order of the columns."
    case .unclearShape(let source, let rows, let columns):
      "\(source) has \(rows) rows and \(columns) columns; expected a list of links with columns called from, to and"
        + " weight, or a square matrix with the same ids above its columns and beside its rows."
    case .severalPeriods(let source, let column, let periods):
      "\(source): the links are of \(periods.count) periods, for \"\(column)\" holds \(listed(periods, most: 10));"
        + " expected those of one. Write one file a period, such as W_\(periods[0]).csv; sdm reads them where"
        + " \(Setting("weights")) is 'W_{time}.csv'."
    case .severalNeighbours(let found, let count, let source, let line):
      "\(source), line \(line): \"\(found)\" holds \(count) neighbours in one cell; expected one link a row: write the"
        + " unit anew for each of its neighbours."
    case .unlikeWeights(let from, let to, let first, let second, let source):
      "\(source): the link from \"\(from)\" to \"\(to)\" has the weight \(first), and the one back \(second); with"
        + " \(Setting("links")) undirected expected one weight a pair. Leave \(Setting("links")) out to take both as"
        + " they are."
    default: ""
    }
  }

  private static func ids(_ ids: [String], _ singular: String, _ plural: String) -> String {
    ids.count == 1
      ? "The id \"\(ids[0])\" \(singular)" : "\(ids.count) ids (\(listed(ids, most: 5))) \(plural)"
  }
}
