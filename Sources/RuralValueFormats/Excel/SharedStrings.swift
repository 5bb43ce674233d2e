/// The texts that cells of a workbook refer to by their number.
struct SharedStrings {
  /// All texts behind each other, in UTF-8.
  private(set) var bytes: [UInt8] = []
  /// Where each begins, and where the last one ends.
  private(set) var bounds: [UInt32] = [0]

  /// None.
  init() {}

  /// The texts of a part. Items count by their position, empty ones too.
  init(_ part: Span<UInt8>) throws(XMLFault) {
    var scanner = XMLScanner(part)
    while true {
      let piece = try scanner.next(part)
      if piece == .finished { return }
      guard piece == .start, scanner.isElement("si", part) else { continue }
      try RichText.append(&scanner, part, to: &bytes)
      bounds.append(UInt32(bytes.count))
    }
  }

  /// How many there are.
  var count: Int { bounds.count - 1 }
}
