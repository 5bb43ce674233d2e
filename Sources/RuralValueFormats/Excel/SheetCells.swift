/// The cells of a sheet that hold something, in the order of rows and columns.
///
/// Sparse, for a sheet has 17 thousand million cells and a table some thousands.
struct SheetCells {
  /// A cell: where it stands and where its text stands in `bytes`.
  struct Cell {
    let row: UInt32
    let start: UInt32
    let end: UInt32
    let column: UInt16
    let kind: Kind
    /// How many digits a code is shown with; 0 for any other cell.
    let digits: UInt8

    var reference: CellReference { CellReference(row: Int(row), column: Int(column)) }
  }

  /// What a cell holds. Its text is the value: days as ISO 8601, numbers as the shortest decimal.
  enum Kind: UInt8 {
    case text, number, date, time, duration, truth
    /// No value: an error that a formula gave.
    case error
    /// No value: a number in a format of dates that is no day.
    case noDay

    /// Whether there is a value.
    var isValue: Bool { self != .error && self != .noDay }
  }

  var cells: [Cell] = []
  /// The texts of the cells, those that they share first.
  var bytes: [UInt8] = []
  /// The ranges that are joined into one cell.
  var merges: [CellRange] = []
  /// The rows and columns that are hidden.
  var hiddenRows: Set<Int> = []
  var hiddenColumns: [ClosedRange<Int>] = []
  /// The first cell of a column whose format shows a percentage, and how many there are, by the column.
  var percentages: [Int: (first: CellReference, count: Int)] = [:]
  /// The first whole number of more than 15 digits.
  var longNumber: CellReference?
  /// The first number whose format says nothing of its decimals.
  var unformatted: CellReference?
  /// The first formula with a stored value, how many there are, and whether all those values are zero.
  var computed: (first: CellReference, count: Int, areZero: Bool)?
  /// The first formula without a stored value, and how many there are.
  var uncomputed: (first: CellReference, count: Int)?
  /// The first number such as 2012 that its format makes a day of 1905, and how many there are.
  var yearAsDay: (first: CellReference, year: Int, count: Int)?

  /// A cell's text.
  func text(_ cell: Cell) -> String {
    String(decoding: bytes[Int(cell.start)..<Int(cell.end)], as: UTF8.self)
  }

  /// Puts the cells in order; returns one that is given twice, if there is one.
  mutating func order() -> CellReference? {
    func isBefore(_ one: Cell, _ other: Cell) -> Bool { (one.row, one.column) < (other.row, other.column) }
    if !zip(cells, cells.dropFirst()).allSatisfy({ isBefore($0, $1) }) { cells.sort(by: isBefore) }
    for (one, other) in zip(cells, cells.dropFirst()) where !isBefore(one, other) { return other.reference }
    return nil
  }
}
