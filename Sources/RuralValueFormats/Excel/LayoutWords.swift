import RuralValue

/// What is wrong with the layout of a sheet, in the words of sheets: rows, columns by their letters, cells.
struct LayoutWords {
  /// What messages call the sheet.
  let sheet: String
  let places: LayoutPlaces

  func description(of error: CSVError) -> String {
    switch error {
    case .onlyHeader(_, let row): "\(sheet), row \(row): there is a header and no row of data below it."
    case .preamble(_, let row, let found, let skipped):
      "\(sheet), row \(row): found the single cell \"\(found)\" above the table, expected the row of column names. The"
        + " table seems to begin in row \(skipped + 1): use \(Setting("skip-lines")) \(skipped)."
    case .severalHeaderRows(_, let first, let last, let rows, let example):
      "\(sheet), rows \(first) to \(last): the header has \(rows) rows, expected one row of column names. Write one name"
        + " a column in their place (such as \"\(example)\"), or join the rows with \(Setting("header-rows")) \(rows)."
    case .unnamedColumn(_, let row, let column, let example, let exampleRow):
      "\(sheet), cell \(cell(row, column)): the column has no name, but cells (\"\(example)\" in"
        + " \(cell(exampleRow, column))). Name it in the header."
    case .duplicateColumn(_, let row, let name, let first, let second):
      "\(sheet), cells \(cell(row, first)) and \(cell(row, second)): both columns are called \"\(name)\", expected"
        + " different names. Rename one of them in the header."
    // What else there is arises from separators, quotes and encodings, which a sheet has not.
    default: error.description
    }
  }

  /// A cell by its row and its column in the table, both from one.
  private func cell(_ row: Int, _ column: Int) -> String { "\(places.column(column - 1))\(row)" }
}
