/// A cell's place in a sheet, both from zero, as Excel writes it: `A1` to `XFD1048576`.
struct CellReference: Equatable, Comparable {
  var row: Int
  var column: Int

  init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }

  /// The place that stands in a range of bytes; nil for anything else, and beyond the last row and column.
  @inline(__always)
  init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    var place = range.lowerBound
    var column = 0
    while place < range.upperBound {
      let letter = bytes[place] &- UInt8(ascii: "A")
      guard letter < 26 else { break }
      column = column &* 26 &+ Int(letter) &+ 1
      guard column <= ArchiveLimits.columns else { return nil }
      place &+= 1
    }
    guard column > 0, let row = CellReference.row(bytes, place..<range.upperBound) else { return nil }
    self.init(row: row, column: column - 1)
  }

  /// A row's number, from zero; nil where these bytes are not the number of one.
  @inline(__always)
  static func row(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var row = 0
    for place in range {
      let digit = bytes[place] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      row = row &* 10 &+ Int(digit)
      guard row <= ArchiveLimits.rows else { return nil }
    }
    return row > 0 ? row - 1 : nil
  }

  /// The letters of a column: `A` for 0, `XFD` for 16383.
  static func letters(ofColumn column: Int) -> String {
    var letters = ""
    var rest = column + 1
    while rest > 0 {
      letters = String(UnicodeScalar(UInt8(ascii: "A") + UInt8((rest - 1) % 26))) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }

  /// The place as Excel writes it.
  var text: String { "\(CellReference.letters(ofColumn: column))\(row + 1)" }

  static func < (one: CellReference, other: CellReference) -> Bool {
    (one.row, one.column) < (other.row, other.column)
  }
}

/// Cells that are joined into one: `A1:C2`.
struct CellRange: Equatable {
  let first: CellReference
  let last: CellReference

  /// The range that a text names; nil where it names none.
  init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    let colon = range.first { bytes[$0] == UInt8(ascii: ":") }
    guard let one = CellReference(bytes, range.lowerBound..<(colon ?? range.upperBound)),
      let other = colon.map({ CellReference(bytes, ($0 + 1)..<range.upperBound) }) ?? one,
      one.row <= other.row, one.column <= other.column
    else { return nil }
    (first, last) = (one, other)
  }

  /// The range as Excel writes it.
  var text: String { "\(first.text):\(last.text)" }
}
