import RuralValue

/// How JSON text may be written.
public enum JSONDialect: Sendable {
  /// As programs write it: the grammar of RFC 8259, each key of an object once. Only control characters and
  /// unknown escapes in texts are let pass, for files of strangers have them.
  case strict
  /// As people write it in a study file: comments, single quotes, keys without quotes, a comma at a list's end,
  /// and numbers such as `+1`, `.5`, `0x1F` and `Infinity` (JSON5 without its rarer escapes).
  case study
}

/// A place in JSON text: strings, numbers and whole values in passing, without a tree.
struct JSONCursor {
  let bytes: [UInt8]
  let dialect: JSONDialect
  var position = 0

  init(_ bytes: [UInt8], _ dialect: JSONDialect = .strict) {
    self.bytes = bytes
    self.dialect = dialect
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// What stops a reading.
  enum Obstacle: Error {
    case truncated
    case unexpected(expected: String)
    /// A comment begins at the cursor's place and never ends.
    case openComment
  }

  /// The next byte that is not white space, without passing it.
  @inline(__always)
  mutating func peek() throws(Obstacle) -> UInt8 {
    while position < bytes.count {
      let byte = bytes[position]
      if byte > 0x20 {
        guard byte == UInt8(ascii: "/"), dialect == .study, try passComment() else { return byte }
      } else {
        guard isSpace(byte) else { return byte }
        position += 1
      }
    }
    throw .truncated
  }

  /// Whether a byte is white space; a study's may also be the tabulator and the page break of old printers.
  @inline(__always)
  private func isSpace(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x0A, 0x0D, 0x09: true
    case 0x0B, 0x0C: dialect == .study
    default: false
    }
  }

  /// Passes white space up to the end of the text.
  mutating func passEnd() throws(Obstacle) {
    guard (try? peek()) == nil else { throw .unexpected(expected: "the end of the file") }
  }

  /// Passes the comment that begins here; returns whether there is one.
  private mutating func passComment() throws(Obstacle) -> Bool {
    guard position + 1 < bytes.count else { return false }
    switch bytes[position + 1] {
    case UInt8(ascii: "/"):
      while position < bytes.count, !isLineEnd(bytes[position]) { position += 1 }
    case UInt8(ascii: "*"):
      var next = position + 2
      while next + 1 < bytes.count, bytes[next] != UInt8(ascii: "*") || bytes[next + 1] != UInt8(ascii: "/") {
        next += 1
      }
      guard next + 1 < bytes.count else { throw .openComment }
      position = next + 2
    default: return false
    }
    return true
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

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
    let quote = try peek()
    guard quote == UInt8(ascii: "\"") || (quote == UInt8(ascii: "'") && dialect == .study) else {
      throw .unexpected(expected: "a text in quotes")
    }
    position += 1
    let start = position
    while position < bytes.count, bytes[position] != quote, bytes[position] != UInt8(ascii: "\\"),
      bytes[position] >= 0x20 || dialect == .strict
    {
      position += 1
    }
    guard position < bytes.count else { throw .truncated }
    if bytes[position] == quote {
      defer { position += 1 }
      return String(decoding: bytes[start..<position], as: UTF8.self)
    }
    return try escapedString(from: start, to: quote)
  }

  private mutating func escapedString(from start: Int, to quote: UInt8) throws(Obstacle) -> String {
    var text = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      if byte < 0x20, dialect == .study { throw .unexpected(expected: "a text without control characters") }
      position += 1
      switch byte {
      case quote: return String(decoding: text, as: UTF8.self)
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
    case UInt8(ascii: "u"): return try scalar()
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
    default: break
    }
    guard dialect == .study else { return [letter] }
    switch letter {
    case UInt8(ascii: "'"), 0x0A: return [letter]
    case 0x0D where position < bytes.count && bytes[position] == 0x0A:
      position += 1
      return [0x0D, 0x0A]
    case 0x0D: return [letter]
    case UInt8(ascii: "x"):
      let code = try hexadecimal(digits: 2)
      guard code > 0 else { throw .unexpected(expected: "a character") }
      return Array(String(Unicode.Scalar(UInt8(code))).utf8)
    default: throw .unexpected(expected: "an escape")
    }
  }

  /// The UTF-8 of the character whose code follows `\u`, of two halves where need be.
  private mutating func scalar() throws(Obstacle) -> [UInt8] {
    var code = try hexadecimal(digits: 4)
    if (0xD800..<0xDC00).contains(code), position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    {
      let end = position
      position += 2
      let low = try hexadecimal(digits: 4)
      if (0xDC00..<0xE000).contains(low) {
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      } else {
        // The first half has no second one; what follows is a character of its own.
        position = end
      }
    }
    if let scalar = Unicode.Scalar(code), code > 0 || dialect == .strict { return Array(String(scalar).utf8) }
    guard dialect == .strict else { throw .unexpected(expected: "a character") }
    return Array("\u{FFFD}".utf8)
  }

  private mutating func hexadecimal(digits: Int) throws(Obstacle) -> UInt32 {
    guard position + digits <= bytes.count else { throw .truncated }
    let word = String(decoding: bytes[position..<position + digits], as: UTF8.self)
    guard word.allSatisfy(\.isHexDigit), let code = UInt32(word, radix: 16) else {
      throw .unexpected(expected: "\(digits == 4 ? "four" : "two") hexadecimal digits")
    }
    position += digits
    return code
  }

  /// Reads a number, correctly rounded, or nil where there is none or it is too large.
  mutating func number() throws(Obstacle) -> Double? {
    let first = try peek()
    // Unlike a decimal elsewhere, one in JSON begins with neither a plus sign nor a point, nor with a zero
    // before other digits; and digits follow its point.
    var digit = position + (first == UInt8(ascii: "-") ? 1 : 0)
    guard isDigit(at: digit), bytes[digit] != UInt8(ascii: "0") || !isDigit(at: digit + 1),
      let (value, end) = PlainDecimal.prefix(of: bytes.span, from: position, to: bytes.count)
    else { return nil }
    while isDigit(at: digit) { digit += 1 }
    if digit < end, bytes[digit] == UInt8(ascii: "."), !isDigit(at: digit + 1) { return nil }
    position = end
    return value
  }

  @inline(__always)
  private func isDigit(at place: Int) -> Bool {
    place < bytes.count && bytes[place] &- UInt8(ascii: "0") <= 9
  }

  /// Passes a value of any kind that JSON allows; nesting needs no stack.
  mutating func skipValue() throws(Obstacle) {
    var open: [UInt8] = []
    repeat {
      switch try peek() {
      case UInt8(ascii: "{"):
        position += 1
        if try !passIf(UInt8(ascii: "}")) {
          open.append(UInt8(ascii: "}"))
          try passKey()
          continue
        }
      case UInt8(ascii: "["):
        position += 1
        if try !passIf(UInt8(ascii: "]")) {
          open.append(UInt8(ascii: "]"))
          continue
        }
      case UInt8(ascii: "\""): _ = try string()
      default: _ = try literal()
      }
      try passEndOfValue(&open)
    } while !open.isEmpty
  }

  /// Passes what stands behind a value: the brackets that it closes, and the comma before the next.
  private mutating func passEndOfValue(_ open: inout [UInt8]) throws(Obstacle) {
    while let bracket = open.last {
      if try passIf(UInt8(ascii: ",")) {
        if bracket == UInt8(ascii: "}") { try passKey() }
        return
      }
      guard try passIf(bracket) else {
        throw .unexpected(expected: "a comma or \(Character(Unicode.Scalar(bracket)))")
      }
      open.removeLast()
    }
  }

  private mutating func passKey() throws(Obstacle) {
    _ = try string()
    try pass(UInt8(ascii: ":"))
  }

  /// The text of a number, `true`, `false` or `null`.
  mutating func literal() throws(Obstacle) -> String {
    _ = try peek()
    let start = position
    let word = word()
    guard ["true", "false", "null"].contains(word) || isNumber(start..<position) else {
      position = start
      throw .unexpected(expected: "a text in quotes, a number such as 0.5, true, false, null, [ or {")
    }
    return word
  }

  /// Whether bytes are a number as JSON writes it. Source: RFC 8259, section 6.
  private func isNumber(_ range: Range<Int>) -> Bool {
    var next = range.lowerBound
    func digits() -> Bool {
      let start = next
      while next < range.upperBound, isDigit(at: next) { next += 1 }
      return next > start
    }
    func pass(_ signs: String) -> Bool {
      guard next < range.upperBound, signs.utf8.contains(bytes[next]) else { return false }
      next += 1
      return true
    }
    _ = pass("-")
    guard pass("0") || digits() else { return false }
    if pass("."), !digits() { return false }
    if pass("eE") {
      _ = pass("+-")
      guard digits() else { return false }
    }
    return next == range.upperBound
  }

  /// The letters, digits and signs that come next, which may be a literal or stand in its place.
  mutating func word() -> String {
    let start = position
    while position < bytes.count, isLiteral(bytes[position]) { position += 1 }
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
  var line: Int { place.line }

  /// The line and column of the present place, both counted from one.
  var place: (line: Int, column: Int) {
    var (line, start) = (1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    let end = min(position, bytes.count)
    var next = start
    while let ending = LineEnd.next(in: bytes.span, from: next), ending.upperBound <= end {
      line += 1
      (start, next) = (ending.upperBound, ending.upperBound)
    }
    return (line, String(decoding: bytes[start..<end], as: UTF8.self).count + 1)
  }
}

extension JSONCursor {
  /// Bytes that are no text of JSON.
  struct ForeignBytes: Error {
    /// Their line, counted from one.
    let line: Int
    /// What they are.
    let found: String
    /// What should stand there.
    static let expected = "UTF-8. Save the file with this encoding"
  }

  /// A text as UTF-8. Throws where there are bytes that are neither that nor UTF-16 with its mark.
  static func utf8(_ bytes: [UInt8]) throws(ForeignBytes) -> [UInt8] {
    var bytes = bytes
    if let (encoding, length) = TextEncoding.wideMark(in: bytes),
      let text = try? CharacterDecoding.utf8(of: Array(bytes[length...]), from: encoding)
    {
      bytes = text
    }
    let (position, found): (Int, String)
    switch UTF8Check.outcome(of: bytes.span) {
    case .text: return bytes
    case .nul(let place): (position, found) = (place, "a byte 0, as UTF-16 without its mark has them")
    case .invalid(let place):
      (position, found) = (place, "bytes that are no UTF-8, as GB18030 or GBK has them")
    }
    var cursor = JSONCursor(bytes)
    cursor.position = position
    throw ForeignBytes(line: cursor.line, found: found)
  }
}
