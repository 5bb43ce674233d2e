import RuralValue

/// The cells of a CSV text, row by row, before anybody asks which row is the header.
///
/// A cell is a range of `bytes`, which are the text itself and, behind it, the quoted cells that had
/// doubled quotes.
struct CSVRecords {
  /// The text and the unescaped cells.
  var bytes: [UInt8]
  /// Where each cell begins.
  var starts: [UInt32] = []
  /// Where each cell ends.
  var ends: [UInt32] = []
  /// The first cell of each row.
  var firstCells: [Int] = []
  /// The line on which each row begins.
  var lines: [Int] = []
  /// The lines of rows that hold nothing but separators.
  var bareRows: [Int] = []

  /// The number of rows.
  var count: Int { lines.count }

  /// The cells of a row.
  func cells(of row: Int) -> Range<Int> {
    firstCells[row]..<(row + 1 < count ? firstCells[row + 1] : starts.count)
  }

  /// The number of cells of a row.
  func width(of row: Int) -> Int { cells(of: row).count }

  /// Whether a cell holds nothing.
  func isEmpty(_ cell: Int) -> Bool { starts[cell] == ends[cell] }

  /// How many cells of a row hold something.
  func filledCells(of row: Int) -> Int { cells(of: row).count { !isEmpty($0) } }

  /// The text of a cell.
  func text(_ cell: Int) -> String {
    String(decoding: bytes[Int(starts[cell])..<Int(ends[cell])], as: UTF8.self)
  }

  /// What a cell says when it is read as a number.
  func reading(_ cell: Int) -> NumberReading {
    NumberReading(utf8: bytes[Int(starts[cell])..<Int(ends[cell])])
  }
}
