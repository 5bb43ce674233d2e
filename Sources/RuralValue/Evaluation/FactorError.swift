/// What can keep flows of factors, shares of supply and demand, and prices from being measured.
public enum FactorError: Fault {
  /// A table lacks one of its columns; `purpose` says what the table is.
  case noColumn(name: String, purpose: String, expected: [String], source: String, columns: [String])
  /// A table has no row below its header.
  case noRows(source: String, expected: [String])
  /// A cell that must hold a name is empty.
  case emptyCell(source: String, line: Int, column: String)
  /// A place of a flow is no unit of the panel.
  case unknownUnit(unit: String, source: String, line: Int, column: String, units: [String])
  /// A flow, a supply, a demand or a quantity below zero.
  case negative(value: Double, what: String, place: String, source: String, column: String)
  /// A price that is zero or below.
  case priceNotPositive(value: Double, place: String, source: String)
  /// A row of keys stands twice.
  case repeated(place: String, source: String, firstLine: Int, secondLine: Int)
  /// A base that the table does not have.
  case noSuchBase(found: String, source: String, known: [String])

  /// A base is a matter of the call, all else of the data.
  public var kind: FaultKind {
    if case .noSuchBase = self { .usage } else { .data }
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .noColumn(let name, let purpose, let expected, let source, let columns):
      "\(source): \(purpose) has the columns \(expected.joined(separator: ",")); there is no \"\(name)\" among"
        + " \(listed(columns)).\(NearestName.question(for: name, among: columns))"
    case .noRows(let source, let expected):
      "\(source): there is no row below the header; expected rows of \(expected.joined(separator: ","))."
    case .emptyCell(let source, let line, let column):
      "\(source), line \(line), column \"\(column)\": the cell is empty; every row needs one."
    case .unknownUnit(let unit, let source, let line, let column, let units):
      "\(source), line \(line), column \"\(column)\": \"\(unit)\" is no unit of the panel."
        + "\(NearestName.question(for: unit, among: units)) Write \"\(FactorFlowEstimator.outside)\" for a place that the"
        + " panel does not have. The units are: \(listed(units, most: 12))."
    case .negative(let value, let what, let place, let source, let column):
      "\(source), column \"\(column)\": the \(what) of \(place) is \(RoundTripNumber.text(value)), below zero; expected"
        + " zero or more."
        + (what == "flow" ? " A flow the other way is a row of its own, with from and to exchanged." : "")
    case .priceNotPositive(let value, let place, let source):
      "\(source), column \"price\": the price of \(place) is \(RoundTripNumber.text(value)); expected one above zero, or"
        + " an empty cell where it is not known."
    case .repeated(let place, let source, let first, let second):
      "\(source): \(place) stands on lines \(first) and \(second); expected each once. Add the two up, or remove one."
    case .noSuchBase(let found, let source, let known):
      "The base is \"\(found)\", which \(source) does not have.\(NearestName.question(for: found, among: known))"
        + " It has: \(listed(known, most: 12))."
    }
  }
}

/// The columns of a table of keys and values, by their names.
struct NamedColumns {
  let table: Table
  /// What messages call the table: `a table of flows`.
  let purpose: String
  let expected: [String]

  /// Throws `FactorError.noRows` for a table without rows.
  init(_ table: Table, purpose: String, expected: [String]) throws(FactorError) {
    self.table = table
    self.purpose = purpose
    self.expected = expected
    guard table.rowCount > 0 else { throw .noRows(source: table.source, expected: expected) }
  }

  /// The position of a column. Throws `FactorError.noColumn`.
  func position(_ name: String) throws(FactorError) -> Int {
    guard let position = table.columnNames.firstIndex(of: name) else {
      throw .noColumn(
        name: name, purpose: purpose, expected: expected, source: table.source, columns: table.columnNames)
    }
    return position
  }

  /// The texts of a column, none of them empty. Throws `FactorError.emptyCell`.
  func words(_ column: Int) throws(FactorError) -> [String] {
    var words: [String] = []
    words.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      let word = CellText.trimmed(table.text(row: row, column: column))
      guard !word.isEmpty else {
        throw .emptyCell(
          source: table.source(ofRow: row), line: table.lines[row], column: table.columnNames[column])
      }
      words.append(word)
    }
    return words
  }
}
