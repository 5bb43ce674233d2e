extension SheetScanner {
  /// Reads a cell such as `<c r="B2" s="1" t="s"><v>12</v></c>` that begins right here; false, with nothing read, for
  /// anything else.
  mutating func scanPlainCell(_ bytes: Span<UInt8>) throws(ExcelError) -> Bool {
    let count = bytes.count
    var place = scanner.position
    guard scanner.isInSpreadsheet, place + 16 < count, bytes[place] == UInt8(ascii: "<"),
      bytes[place + 1] == UInt8(ascii: "c"), bytes[place + 2] == UInt8(ascii: " ")
    else { return false }
    place &+= 2
    var head = CellHead(reference: CellReference(row: nextRow, column: nextColumn))
    while place + 4 < count, bytes[place] == UInt8(ascii: " ") {
      let name = bytes[place + 1]
      guard bytes[place + 2] == UInt8(ascii: "="), bytes[place + 3] == UInt8(ascii: "\"") else {
        return false
      }
      let start = place &+ 4
      place = start
      while place < count, bytes[place] != UInt8(ascii: "\"") { place &+= 1 }
      guard place < count, take(bytes, start..<place, as: name, &head) else { return false }
      place &+= 1
    }
    guard head.reference.column < ArchiveLimits.columns, place + 4 < count else { return false }
    if bytes[place] == UInt8(ascii: "/"), bytes[place + 1] == UInt8(ascii: ">") {
      nextColumn = head.reference.column + 1
      scanner.move(to: place + 2)
      return true
    }
    guard bytes[place] == UInt8(ascii: ">"), bytes[place + 1] == UInt8(ascii: "<"),
      bytes[place + 2] == UInt8(ascii: "v"), bytes[place + 3] == UInt8(ascii: ">")
    else { return false }
    let start = place + 4
    place = start
    // Of what a plain value ends with, nothing is above `<`.
    while place < count, bytes[place] > UInt8(ascii: "<") || SheetScanner.isPlain(bytes[place]) {
      place &+= 1
    }
    guard place + 8 < count, SheetScanner.ends(bytes, place) else { return false }
    nextColumn = head.reference.column + 1
    try add(head, bytes, start..<place)
    scanner.move(to: place + 8)
    return true
  }

  /// Takes what an attribute of a plain cell says; false where it is not plain.
  @inline(__always)
  private func take(_ bytes: Span<UInt8>, _ range: Range<Int>, as name: UInt8, _ head: inout CellHead) -> Bool
  {
    switch name {
    case UInt8(ascii: "r"):
      guard let reference = CellReference(bytes, range), reference.row == nextRow else { return false }
      head.reference = reference
    case UInt8(ascii: "s"):
      guard range.count <= 6 else { return false }
      head.style = 0
      for place in range {
        let digit = bytes[place] &- UInt8(ascii: "0")
        guard digit <= 9 else { return false }
        head.style = head.style &* 10 &+ Int(digit)
      }
    case UInt8(ascii: "t"):
      guard range.count == 1 else { return false }
      switch bytes[range.lowerBound] {
      case UInt8(ascii: "s"): head.type = .shared
      case UInt8(ascii: "n"): head.type = .number
      case UInt8(ascii: "b"): head.type = .truth
      default: return false
      }
    default: return false
    }
    return true
  }

  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte != UInt8(ascii: "<") && byte != UInt8(ascii: "&") && byte > 0x20
  }

  /// Whether `</v></c>` stands here.
  @inline(__always)
  private static func ends(_ bytes: Span<UInt8>, _ place: Int) -> Bool {
    bytes[place] == UInt8(ascii: "<") && bytes[place + 1] == UInt8(ascii: "/")
      && bytes[place + 2] == UInt8(ascii: "v") && bytes[place + 3] == UInt8(ascii: ">")
      && bytes[place + 4] == UInt8(ascii: "<") && bytes[place + 5] == UInt8(ascii: "/")
      && bytes[place + 6] == UInt8(ascii: "c") && bytes[place + 7] == UInt8(ascii: ">")
  }
}
