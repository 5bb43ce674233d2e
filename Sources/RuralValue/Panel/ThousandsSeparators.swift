/// Thousands separators in numbers: one kind of separator, groups of three digits, nothing else.
enum ThousandsSeparators {
  /// The number without its separators, or nil where it has none or they do not part groups of three.
  ///
  /// `0,123` is refused, for no number begins with a group of zero: there the comma is a decimal sign.
  static func removed(from bytes: [UInt8]) -> [UInt8]? {
    var plain: [UInt8] = []
    var next = 0
    if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      plain.append(sign)
      next = 1
    }
    let leading = digits(in: bytes, from: next)
    guard (1...3).contains(leading.count), bytes[next] != UInt8(ascii: "0"),
      let separator = separator(in: bytes, at: leading.upperBound)
    else { return nil }
    plain += bytes[leading]
    next = leading.upperBound
    while let found = self.separator(in: bytes, at: next) {
      guard found == separator else { return nil }
      let group = digits(in: bytes, from: next + separator.count)
      guard group.count == 3 else { return nil }
      plain += bytes[group]
      next = group.upperBound
    }
    // A fraction or an exponent may follow; whether it does is for the reader of plain decimals.
    return plain + bytes[next...]
  }

  /// The run of ASCII digits that begins here.
  private static func digits(in bytes: [UInt8], from start: Int) -> Range<Int> {
    var end = start
    while end < bytes.count, bytes[end] &- UInt8(ascii: "0") <= 9 { end += 1 }
    return start..<end
  }

  /// The comma or space that stands here.
  private static func separator(in bytes: [UInt8], at position: Int) -> [UInt8]? {
    separators.first { bytes[position...].starts(with: $0) }
  }

  /// Comma, space, NBSP, thin space, figure space, narrow NBSP, U+3000.
  private static let separators: [[UInt8]] = [
    ",", " ", "\u{A0}", "\u{2009}", "\u{2007}", "\u{202F}", "\u{3000}",
  ]
  .map { Array($0.utf8) }
}
