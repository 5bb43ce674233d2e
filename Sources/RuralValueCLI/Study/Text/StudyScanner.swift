/// Reads the words of JSON5 one after the other.
struct StudyScanner {
  private(set) var line = 1
  private let bytes: [UInt8]
  private var next = 0
  private var lineStart = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next byte, or nil at the end.
  var upcoming: UInt8? { next < bytes.count ? bytes[next] : nil }

  /// Steps over one byte.
  mutating func step() {
    guard next < bytes.count else { return }
    next += 1
    if bytes[next - 1] == UInt8(ascii: "\n") {
      line += 1
      lineStart = next
    }
  }

  /// Steps over white space and comments.
  mutating func skipBlanks() {
    while let byte = upcoming {
      if stands("//") {
        while let letter = upcoming, letter != UInt8(ascii: "\n") { step() }
      } else if stands("/*") {
        while upcoming != nil, !stands("*/") { step() }
        step()
        step()
      } else if byte <= 0x20 {
        step()
      } else if wideBlankLength > 0 {
        let length = wideBlankLength
        for _ in 0..<length { step() }
      } else {
        return
      }
    }
  }

  /// Steps over a sign and the blanks before it, if it comes next.
  mutating func skip(_ sign: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard upcoming == UInt8(ascii: sign) else { return false }
    step()
    return true
  }

  /// A key, with or without quotation marks.
  mutating func key() throws(StudyMisreading) -> String {
    skipBlanks()
    if upcoming == UInt8(ascii: "\"") || upcoming == UInt8(ascii: "'") { return try quoted() }
    let name = bare()
    guard let first = name.utf8.first, !Self.isDigit(first) else { throw unexpected("a key or }") }
    return name
  }

  /// The text between quotation marks, its escapes as they stand.
  mutating func quoted() throws(StudyMisreading) -> String {
    let quote = upcoming
    let opening = unexpected("")
    step()
    let start = next
    while let byte = upcoming, byte != quote {
      guard byte != UInt8(ascii: "\n") else {
        throw StudyMisreading(
          line: opening.line, column: opening.column,
          message: "a text begins here and has no closing quotation mark in its line")
      }
      if byte == UInt8(ascii: "\\") { step() }
      step()
    }
    guard upcoming != nil else {
      throw StudyMisreading(
        line: opening.line, column: opening.column, message: "a text begins here and never ends")
    }
    let text = String(decoding: bytes[start..<next], as: UTF8.self)
    step()
    return text
  }

  /// A number, true, false or null.
  mutating func literal() throws(StudyMisreading) {
    let start = self
    let word = bare()
    let isNumber = word.utf8.first.map { Self.isDigit($0) || "+-.IN".utf8.contains($0) } ?? false
    guard isNumber || ["true", "false", "null"].contains(word) else {
      throw start.unexpected("a value: a text in quotation marks, a number, true or false, [ or {")
    }
  }

  /// Throws where anything but blanks and comments follows.
  mutating func requireEnd() throws(StudyMisreading) {
    skipBlanks()
    guard upcoming == nil else { throw unexpected("the end of the file") }
  }

  /// The complaint about what comes next.
  func unexpected(_ expected: String) -> StudyMisreading {
    var ahead = self
    let word = ahead.bare()
    let sign = upcoming.map { String(decoding: [$0], as: UTF8.self) }
    let found = word.isEmpty ? sign.map { "\"\($0)\"" } ?? "the end of the file" : "\"\(word)\""
    let column = String(decoding: bytes[lineStart..<next], as: UTF8.self).count + 1
    return StudyMisreading(line: line, column: column, message: "found \(found); expected \(expected)")
  }

  private mutating func bare() -> String {
    let start = next
    while let byte = upcoming, byte > 0x20, !Self.ends.contains(byte), wideBlankLength == 0 { step() }
    return String(decoding: bytes[start..<next], as: UTF8.self)
  }

  private func stands(_ text: StaticString) -> Bool {
    text.description.utf8.enumerated().allSatisfy { next + $0 < bytes.count && bytes[next + $0] == $1 }
  }

  /// The bytes of a no-break space or of the ideographic space that a Chinese keyboard types, else 0.
  private var wideBlankLength: Int {
    let rest = bytes[next...].prefix(3)
    return rest.starts(with: [0xC2, 0xA0]) ? 2 : rest.starts(with: [0xE3, 0x80, 0x80]) ? 3 : 0
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static let ends = Set(Array(",:{}[]\"'/".utf8))
}
