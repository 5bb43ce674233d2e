/// The text of a string item: its own, or that of its runs; readings of characters (`rPh`) are none of it.
/// Source: ECMA-376, part 1, section 18.4.
enum RichText {
  /// Appends the text of the element that was just begun, and reads on until it has ended.
  static func append(
    _ scanner: inout XMLScanner, _ bytes: Span<UInt8>, to text: inout [UInt8]
  ) throws(XMLFault) {
    let outside = scanner.depth - 1
    while scanner.depth > outside {
      guard try scanner.next(bytes) == .start else { continue }
      if scanner.isElement("t", bytes) {
        try appendContent(&scanner, bytes, to: &text)
      } else if !scanner.isElement("r", bytes) {
        try scanner.skipElement(bytes)
      }
    }
  }

  /// Appends the text within the element that was just begun, with Excel's escapes resolved, and reads on until it has
  /// ended.
  static func appendContent(
    _ scanner: inout XMLScanner, _ bytes: Span<UInt8>, to text: inout [UInt8]
  ) throws(XMLFault) {
    let start = text.count
    let outside = scanner.depth - 1
    while scanner.depth > outside {
      switch try scanner.next(bytes) {
      case .text:
        try XMLText.append(scanner.text, of: bytes, isLiteral: scanner.isLiteral, to: &text)
      case .start: try scanner.skipElement(bytes)
      case .end, .finished: break
      }
    }
    unescape(&text, from: start)
  }

  /// Resolves `_x000D_`, a character by its UTF-16 unit; `_x005F_` protects an underscore that stands before such.
  private static func unescape(_ text: inout [UInt8], from start: Int) {
    guard text[start...].contains(UInt8(ascii: "_")) else { return }
    var (place, high): (Int, UInt32?) = (start, nil)
    var plain: [UInt8] = []
    while place < text.count {
      guard let unit = unit(in: text, at: place), unit != 0 else {
        high = nil
        plain.append(text[place])
        place += 1
        continue
      }
      let before = high
      high = nil
      if let before, (0xDC00...0xDFFF).contains(unit),
        let scalar = Unicode.Scalar(0x10000 + (before - 0xD800) << 10 + (unit - 0xDC00))
      {
        // The first half stands there verbatim, with its seven signs.
        plain.removeLast(7)
        plain.append(contentsOf: String(Character(scalar)).utf8)
      } else if let scalar = Unicode.Scalar(unit) {
        plain.append(contentsOf: String(Character(scalar)).utf8)
      } else {
        plain += text[place..<(place + 7)]
        if (0xD800...0xDBFF).contains(unit) { high = unit }
      }
      place += 7
    }
    text.replaceSubrange(start..., with: plain)
  }

  /// The number in `_xHHHH_`, if that stands here.
  private static func unit(in text: [UInt8], at place: Int) -> UInt32? {
    guard place + 7 <= text.count, text[place] == UInt8(ascii: "_"), text[place + 1] == UInt8(ascii: "x"),
      text[place + 6] == UInt8(ascii: "_")
    else { return nil }
    let digits = String(decoding: text[(place + 2)..<(place + 6)], as: UTF8.self)
    return digits.allSatisfy(\.isHexDigit) ? UInt32(digits, radix: 16) : nil
  }
}
