import RuralValue

/// A place in JSON text: strings, numbers and whole values in passing, without a tree.
struct JSONCursor {
  let bytes: [UInt8]
  var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// What stops a reading.
  enum Obstacle: Error {
    case truncated
    case unexpected(expected: String)
  }

  /// The next byte that is not white space, without passing it.
  @inline(__always)
  mutating func peek() throws(Obstacle) -> UInt8 {
    while position < bytes.count {
      let byte = bytes[position]
      if byte > 0x20 { return byte }
      position += 1
    }
    throw .truncated
  }

  /// Passes one byte of punctuation.
  @inline(__always)
  mutating func pass(_ byte: UInt8) throws(Obstacle) {
    guard try peek() == byte else { throw .unexpected(expected: "\"\(Character(Unicode.Scalar(byte)))\"") }
    position += 1
  }

  /// Passes a byte if it is next.
  @inline(__always)
  mutating func passIf(_ byte: UInt8) throws(Obstacle) -> Bool {
    guard try peek() == byte else { return false }
    position += 1
    return true
  }

  /// Reads a string.
  mutating func string() throws(Obstacle) -> String {
    guard try peek() == UInt8(ascii: "\"") else { throw .unexpected(expected: "a text in quotes") }
    position += 1
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\")
    {
      position += 1
    }
    guard position < bytes.count else { throw .truncated }
    if bytes[position] == UInt8(ascii: "\"") {
      defer { position += 1 }
      return String(decoding: bytes[start..<position], as: UTF8.self)
    }
    return try escapedString(from: start)
  }

  private mutating func escapedString(from start: Int) throws(Obstacle) -> String {
    var text = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try text += escape()
      default: text.append(byte)
      }
    }
    throw .truncated
  }

  private mutating func escape() throws(Obstacle) -> [UInt8] {
    guard position < bytes.count else { throw .truncated }
    let letter = bytes[position]
    position += 1
    switch letter {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code), position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
        bytes[position + 1] == UInt8(ascii: "u")
      {
        position += 2
        let low = try hexadecimal()
        code = 0x10000 + (code - 0xD800) << 10 + (low &- 0xDC00) & 0x3FF
      }
      return Array(String(Character(Unicode.Scalar(code) ?? "\u{FFFD}")).utf8)
    default: return [letter]
    }
  }

  private mutating func hexadecimal() throws(Obstacle) -> UInt32 {
    guard position + 4 <= bytes.count else { throw .truncated }
    guard let code = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16) else {
      throw .unexpected(expected: "four hexadecimal digits")
    }
    position += 4
    return code
  }

  /// Reads a number, correctly rounded, or nil where there is none or it is too large.
  mutating func number() throws(Obstacle) -> Double? {
    let first = try peek()
    // Unlike a decimal elsewhere, one in JSON begins with neither a plus sign nor a point.
    let digit = position + (first == UInt8(ascii: "-") ? 1 : 0)
    guard digit < bytes.count, bytes[digit] &- UInt8(ascii: "0") <= 9,
      let (value, end) = PlainDecimal.prefix(of: bytes.span, from: position, to: bytes.count)
    else { return nil }
    position = end
    return value
  }

  /// Passes a value of any kind; nesting needs no stack.
  mutating func skipValue() throws(Obstacle) {
    var depth = 0
    repeat {
      switch try peek() {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard depth > 0 else { throw .unexpected(expected: "a value") }
        depth -= 1
        position += 1
      case UInt8(ascii: "\""): _ = try string()
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard depth > 0 else { throw .unexpected(expected: "a value") }
        position += 1
      default: _ = try literal()
      }
    } while depth > 0
  }

  /// The text of a number, `true`, `false`, `null` or of whatever stands in its place.
  mutating func literal() throws(Obstacle) -> String {
    _ = try peek()
    let start = position
    while position < bytes.count, isLiteral(bytes[position]) { position += 1 }
    guard position > start else { throw .unexpected(expected: "a value") }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private func isLiteral(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// The line of the present place, counted from one.
  var line: Int { bytes[..<min(position, bytes.count)].reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) } }
}
