#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads the words of JSON5 one after the other.
struct StudyScanner {
  private(set) var line = 1
  private let bytes: [UInt8]
  private var next = 0
  private var lineStart = 0
  /// Where a comment begins that never ends.
  private var openComment: StudyMisreading?

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next byte, or nil at the end.
  var upcoming: UInt8? { next < bytes.count ? bytes[next] : nil }

  /// Steps over one byte.
  mutating func step() {
    guard next < bytes.count else { return }
    next += 1
    // A carriage return alone ends a line too, as the decoder has it.
    if bytes[next - 1] == 0x0A || (bytes[next - 1] == 0x0D && upcoming != 0x0A) {
      line += 1
      lineStart = next
    }
  }

  /// Steps over white space and comments.
  mutating func skipBlanks() {
    while let byte = upcoming {
      if stands("//") {
        while let letter = upcoming, letter != 0x0A, letter != 0x0D { step() }
      } else if stands("/*") {
        let opening = misreading("a comment begins here and never ends")
        while upcoming != nil, !stands("*/") { step() }
        if upcoming == nil { openComment = opening }
        step()
        step()
      } else if byte <= 0x20 {
        step()
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
    let start = self
    if upcoming == UInt8(ascii: "\"") || upcoming == UInt8(ascii: "'") {
      let text = try quoted()
      guard text.contains("\\") else { return text }
      // The same key may be written with escapes and without.
      return Self.refusal(of: Array(bytes[start.next..<next])).text ?? text
    }
    let name = bare()
    guard !name.contains(where: Self.wideSigns.contains) else { throw start.unexpected("a key") }
    guard let first = name.utf8.first, !Self.isDigit(first) else { throw start.unexpected("a key or }") }
    guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }) else {
      throw start.unexpected("a key with such a sign in quotation marks: \"\(name)\"")
    }
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
      if byte == UInt8(ascii: "\\") {
        step()
        if stands("\r\n") { step() }
      }
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
    guard !word.contains(where: Self.wideSigns.contains),
      isNumber || ["true", "false", "null"].contains(word)
    else {
      throw start.unexpected("a value: a text in quotation marks, a number, true or false, [ or {")
    }
  }

  /// Throws where anything but blanks and comments follows.
  mutating func requireEnd() throws(StudyMisreading) {
    skipBlanks()
    guard upcoming == nil, openComment == nil else { throw unexpected("the end of the file") }
  }

  /// Throws where the decoder refuses the text or number that ends here and began with `start`.
  func requireValue(from start: StudyScanner) throws(StudyMisreading) {
    let word = Array(bytes[start.next..<next])
    guard Self.refusal(of: word).isRefused else { return }
    let found = String(decoding: word.prefix(60), as: UTF8.self)
    throw start.misreading(
      upcoming == nil || word.first.map { "\"'".utf8.contains($0) } == true
        ? "found \(found); expected a text whose escapes are such as \\n or \\u4E2D, without control characters"
        : "found \(found); expected a number such as 12, 0.01 or -1e-6")
  }

  /// The nesting is too deep to go on.
  func tooDeep(_ most: Int) -> StudyMisreading {
    misreading("blocks and lists are nested more than \(most) deep here; expected a study's few")
  }

  /// Whether Foundation's decoder refuses a text or a number, and the text as it reads it.
  private static func refusal(of word: [UInt8]) -> (isRefused: Bool, text: String?) {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    do {
      let value = try decoder.decode(StudyValue.self, from: Data(word))
      if case .text(let text) = value { return (false, text) }
      return (false, nil)
    } catch {
      return (true, nil)
    }
  }

  /// The complaint about what comes next.
  func unexpected(_ expected: String) -> StudyMisreading {
    if let openComment { return openComment }
    var ahead = self
    let word = ahead.bare()
    let sign = upcoming.map { String(decoding: [$0], as: UTF8.self) }
    var found = word.isEmpty ? sign.map { "\"\($0)\"" } ?? "the end of the file" : "\"\(word)\""
    if sign == "\"" || sign == "'" { found = "a text in quotation marks" }
    // Chinese keyboards type these, and they look much like the signs that are meant.
    if let wide = word.first(where: { Self.wideSigns.contains($0) }) {
      return misreading(
        "found the full-width sign \"\(wide)\"; expected ordinary signs and spaces outside of texts")
    }
    return misreading("found \(found); expected \(expected)")
  }

  private static let wideSigns: Set<Character> = [
    "：", "，", "｛", "｝", "［", "］", "【", "】", "“", "”", "‘", "’", "、", "；", "\u{3000}", "\u{A0}",
  ]

  private func misreading(_ message: String) -> StudyMisreading {
    let column = String(decoding: bytes[lineStart..<next], as: UTF8.self).count + 1
    return StudyMisreading(line: line, column: column, message: message)
  }

  private mutating func bare() -> String {
    let start = next
    while let byte = upcoming, byte > 0x20, !Self.ends.contains(byte) { step() }
    return String(decoding: bytes[start..<next], as: UTF8.self)
  }

  private func stands(_ text: StaticString) -> Bool {
    text.description.utf8.enumerated().allSatisfy { next + $0 < bytes.count && bytes[next + $0] == $1 }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static let ends = Set(Array(",:{}[]\"'/".utf8))
}
