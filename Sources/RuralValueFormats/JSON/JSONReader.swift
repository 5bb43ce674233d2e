import RuralValue

/// Reads JSON text into a tree of values that know their lines.
public struct JSONReader {
  private var cursor: JSONCursor
  private var depth = 0
  /// The line of the place up to which lines are counted.
  private var (line, counted) = (1, 0)
  /// Far deeper than any study or result, and far less deep than what would exhaust the stack.
  private static let deepest = 100

  private init(_ bytes: [UInt8], _ dialect: JSONDialect) { cursor = JSONCursor(bytes, dialect) }

  /// The one value of a text, which may be UTF-8 or UTF-16 with its mark.
  public static func read(_ bytes: [UInt8], _ dialect: JSONDialect = .strict) throws(JSONMisreading)
    -> JSONNode
  {
    var reader = JSONReader(try utf8(bytes), dialect)
    let node = try reader.value()
    if try reader.upcoming() != nil { throw reader.unexpected("the end of the file") }
    return node
  }

  private static func utf8(_ bytes: [UInt8]) throws(JSONMisreading) -> [UInt8] {
    do throws(JSONCursor.ForeignBytes) {
      return try JSONCursor.utf8(bytes)
    } catch {
      throw JSONMisreading(
        line: error.line, column: nil,
        message: "found \(error.found); expected \(JSONCursor.ForeignBytes.expected).")
    }
  }

  // MARK: - Values

  private mutating func value() throws(JSONMisreading) -> JSONNode {
    let sign = try upcoming()
    let line = currentLine()
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw misreading(
        "blocks and lists are nested more than \(Self.deepest) deep here; expected a "
          + (cursor.dialect == .study ? "study's few" : "few"))
    }
    let value: JSONNode.Value =
      switch sign {
      case UInt8(ascii: "{"): .object(try object())
      case UInt8(ascii: "["): .list(try list())
      case UInt8(ascii: "\""): .text(try text())
      case UInt8(ascii: "'") where cursor.dialect == .study: .text(try text())
      default: try literal()
      }
    return JSONNode(value: value, line: line)
  }

  private mutating func object() throws(JSONMisreading) -> [JSONNode.Member] {
    cursor.position += 1
    var members: [JSONNode.Member] = []
    var keys: Set<String> = []
    while true {
      if members.isEmpty || cursor.dialect == .study, try pass("}") { return members }
      _ = try upcoming()
      let line = currentLine()
      let start = cursor.position
      let key = try key()
      // A study says of all its keys at once where they stand twice.
      if cursor.dialect == .strict, !keys.insert(key).inserted {
        cursor.position = start
        throw misreading("the key \"\(key)\" stands twice in one object; expected it once")
      }
      guard try pass(":") else { throw unexpected("a colon after the key \"\(key)\"") }
      members.append(JSONNode.Member(key: key, line: line, node: try value()))
      if try pass(",") { continue }
      guard try pass("}") else { throw unexpected("a comma or } after the value of \"\(key)\"") }
      return members
    }
  }

  private mutating func list() throws(JSONMisreading) -> [JSONNode] {
    cursor.position += 1
    var elements: [JSONNode] = []
    while true {
      if elements.isEmpty || cursor.dialect == .study, try pass("]") { return elements }
      elements.append(try value())
      if try pass(",") { continue }
      guard try pass("]") else { throw unexpected("a comma or ] in the list") }
      return elements
    }
  }

  /// A key, in a study with or without quotation marks.
  private mutating func key() throws(JSONMisreading) -> String {
    let sign = try upcoming()
    if sign == UInt8(ascii: "\"") || sign == UInt8(ascii: "'") && cursor.dialect == .study {
      return try text()
    }
    guard cursor.dialect == .study else { throw unexpected("a key in quotation marks") }
    let name = word
    guard let first = name.utf8.first, !Self.isDigit(first), !name.contains(where: Self.wideSigns.contains)
    else {
      throw unexpected("a key or }")
    }
    guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }) else {
      throw unexpected("a key with such a sign in quotation marks: \"\(name)\"")
    }
    cursor.position += name.utf8.count
    return name
  }

  private mutating func text() throws(JSONMisreading) -> String {
    let opening = cursor
    do throws(JSONCursor.Obstacle) {
      return try cursor.string()
    } catch {
      let stop = cursor.position
      cursor = opening
      if case .truncated = error { throw misreading("a text begins here and never ends") }
      if stop < cursor.bytes.count, [0x0A, 0x0D].contains(cursor.bytes[stop]) {
        throw misreading("a text begins here and has no closing quotation mark in its line")
      }
      throw misreading(
        "found \(quoted); expected a text whose escapes are such as \\n or \\u4E2D, without control characters"
      )
    }
  }

  /// A number, true, false or null.
  private mutating func literal() throws(JSONMisreading) -> JSONNode.Value {
    let word = word
    switch word {
    case "null", "true", "false":
      cursor.position += word.utf8.count
      return word == "null" ? .null : .boolean(word == "true")
    default: break
    }
    let starts = cursor.dialect == .study ? "+-.IN" : "-"
    guard let first = word.utf8.first, Self.isDigit(first) || starts.utf8.contains(first),
      !word.contains(where: Self.wideSigns.contains)
    else { throw unexpected("a value: a text in quotation marks, a number, true or false, [ or {") }
    guard let number = number(word) else {
      throw misreading("found \(word.prefix(60)); expected a number such as 12, 0.01 or -1e-6")
    }
    cursor.position += word.utf8.count
    return number
  }

  /// The number that a word is, whole where it can be.
  private func number(_ word: String) -> JSONNode.Value? {
    var digits = word[...]
    if digits.hasPrefix("-") || digits.hasPrefix("+") { digits.removeFirst() }
    if cursor.dialect == .study {
      let sign = word.hasPrefix("-") ? "-" : ""
      if digits == "Infinity" || digits == "NaN" { return Double(sign + digits).map(JSONNode.Value.number) }
      if digits.lowercased().hasPrefix("0x") {
        return Int(sign + digits.dropFirst(2), radix: 16).map(JSONNode.Value.integer)
      }
    }
    // A number that begins with a zero is a code, and its zero would be lost.
    guard let first = digits.utf8.first, first == UInt8(ascii: ".") || Self.isDigit(first),
      digits.first != "0" || !(digits.dropFirst().utf8.first.map(Self.isDigit) ?? false),
      cursor.dialect == .study || digits.first != "." && !digits.hasSuffix(".") && !digits.contains(".e")
    else { return nil }
    if let whole = Int(word) { return .integer(whole) }
    guard let value = PlainDecimal.value(of: word) else { return nil }
    return Int(exactly: value).map(JSONNode.Value.integer) ?? .number(value)
  }

  // MARK: - Places and complaints

  /// The byte that comes next after white space and comments, nil at the end.
  private mutating func upcoming() throws(JSONMisreading) -> UInt8? {
    do throws(JSONCursor.Obstacle) {
      return try cursor.peek()
    } catch {
      if case .openComment = error { throw misreading("a comment begins here and never ends") }
      return nil
    }
  }

  /// Passes a sign and the blanks before it, if it comes next.
  private mutating func pass(_ sign: Unicode.Scalar) throws(JSONMisreading) -> Bool {
    guard try upcoming() == UInt8(ascii: sign) else { return false }
    cursor.position += 1
    return true
  }

  /// The line of the cursor's place, which only moves on.
  private mutating func currentLine() -> Int {
    while counted < cursor.position {
      let length = LineEnd.length(in: cursor.bytes.span, at: counted)
      if length != nil { line += 1 }
      counted += length ?? 1
    }
    return line
  }

  /// The word that comes next, up to a blank, a sign or a quotation mark.
  private var word: String {
    let rest = cursor.bytes[cursor.position...]
    return String(decoding: rest.prefix { $0 > 0x20 && !Self.ends.contains($0) }, as: UTF8.self)
  }

  /// The text in quotation marks that comes next, as it is written.
  private var quoted: String {
    let quote = cursor.bytes[cursor.position]
    var end = cursor.position + 1
    while end < cursor.bytes.count, cursor.bytes[end] != quote {
      end += cursor.bytes[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    let text = cursor.bytes[cursor.position...min(end, cursor.bytes.count - 1)]
    return String(decoding: text.prefix(60), as: UTF8.self)
  }

  /// The complaint about what comes next.
  private func unexpected(_ expected: String) -> JSONMisreading {
    let word = word
    // Chinese keyboards type these, and they look much like the signs that are meant.
    if let wide = word.first(where: { Self.wideSigns.contains($0) }) {
      return misreading(
        "found the full-width sign \"\(wide)\"; expected ordinary signs and spaces outside of texts")
    }
    let sign = cursor.position < cursor.bytes.count ? cursor.bytes[cursor.position] : nil
    let found =
      switch sign {
      case nil: "the end of the file"
      case UInt8(ascii: "\""), UInt8(ascii: "'"): "a text in quotation marks"
      case let sign?: "\"\(word.isEmpty ? String(Unicode.Scalar(sign)) : word)\""
      }
    return misreading("found \(found); expected \(expected)")
  }

  private func misreading(_ message: String) -> JSONMisreading {
    let place = cursor.place
    return JSONMisreading(line: place.line, column: place.column, message: message)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static let ends = Set(",:{}[]\"'/".utf8)
  private static let wideSigns: Set<Character> = [
    "：", "，", "｛", "｝", "［", "］", "【", "】", "“", "”", "‘", "’", "、", "；", "\u{3000}", "\u{A0}",
  ]
}
