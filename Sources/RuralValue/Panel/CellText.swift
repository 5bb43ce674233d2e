/// The small clean-ups that texts from statistical tables need before anything else.
public enum CellText {
  /// The text without the white space around it, NBSP, U+3000 and a byte-order mark included.
  public static func trimmed(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last,
      isSpace(first) || isSpace(last)
    else { return text }
    var scalars = text.unicodeScalars[...]
    while let first = scalars.first, isSpace(first) { scalars.removeFirst() }
    while let last = scalars.last, isSpace(last) { scalars.removeLast() }
    return String(String.UnicodeScalarView(scalars))
  }

  /// The range without the white space around it, of UTF-8 bytes.
  public static func trimmedRange(of bytes: Span<UInt8>, from start: Int, to end: Int) -> Range<Int> {
    var first = start
    var last = end
    while first < last {
      let length = lengthOfSpace(in: bytes, from: first, to: last)
      if length == 0 { break }
      first += length
    }
    while last > first {
      let length = (1...min(3, last - first)).first { length in
        lengthOfSpace(in: bytes, from: last - length, to: last) == length
      }
      guard let length else { break }
      last -= length
    }
    return first..<last
  }

  /// How many bytes the white space takes that begins here; zero where there is none.
  private static func lengthOfSpace(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
    switch bytes[start] {
    case 0x09...0x0D, 0x20: return 1
    case 0xC2 where start + 2 <= end: return bytes[start + 1] == 0x85 || bytes[start + 1] == 0xA0 ? 2 : 0
    case 0xE1, 0xE2, 0xE3, 0xEF: break
    default: return 0
    }
    guard start + 3 <= end else { return 0 }
    let value =
      UInt32(bytes[start] & 0x0F) << 12 | UInt32(bytes[start + 1] & 0x3F) << 6
      | UInt32(bytes[start + 2] & 0x3F)
    return Unicode.Scalar(value).map(isSpace) == true ? 3 : 0
  }

  /// The text with full-width digits, letters and signs (U+FF01 to U+FF5E) as their ASCII counterparts.
  public static func halfWidth(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { (0xFF01...0xFF5E).contains($0.value) }) else { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      scalars.append(
        (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0)! : scalar)
    }
    return String(scalars)
  }

  /// Whether a scalar is white space in the tables that offices send: also U+00A0, U+3000, U+FEFF.
  public static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000,
      0xFEFF:
      true
    default: false
    }
  }
}
