/// Ids of units without what data frames and spreadsheets put to codes: `430102.0`, `'430102`.
struct PlainIds {
  /// The ids, in their order.
  private(set) var ids: [String]
  /// Whether all ended in .0.
  private let areFloats: Bool
  /// How many had an apostrophe before them.
  private let apostropheCount: Int

  /// Takes ids as they stand in a column or a header; the empty ones do not count.
  init(_ texts: [String]) {
    areFloats = texts.contains { !$0.isEmpty } && texts.allSatisfy { $0.isEmpty || Self.isFloat($0) }
    let quoted = texts.indices.filter { Self.hasApostrophe(texts[$0]) }
    apostropheCount = quoted.count
    ids = areFloats ? texts.map { String($0.dropLast(2)) } : texts
    for position in quoted { ids[position].removeFirst() }
  }

  /// What was left out of ids that a file has in several places, or in one column.
  static func notes(_ source: String, _ parts: [PlainIds], column: String? = nil) -> [Phrase] {
    let ids = column.map { "codes of \"\($0)\"" } ?? "ids"
    let idsChinese = column.map { "“\($0)”的代码" } ?? "单元标识"
    var notes: [Phrase] = []
    if parts.contains(where: \.areFloats) {
      notes.append(
        Phrase(
          "\(source): \(ids) end in .0, as data frames write whole numbers; they are read without it.",
          zh: "\(source)：\(idsChinese)以“.0”结尾，读取时已去除。"))
    }
    let count = parts.reduce(0) { $0 + $1.apostropheCount }
    if count > 0 {
      notes.append(
        Phrase(
          "\(source): the apostrophe before \(count) \(ids) is left out.",
          zh: "\(source)：\(count)个\(idsChinese)前的撇号已去除。"))
    }
    return notes
  }

  /// Whether a text is a whole number with .0 behind it.
  static func isFloat(_ text: String) -> Bool {
    text.utf8.count > 2 && text.hasSuffix(".0") && text.utf8.dropLast(2).allSatisfy(isDigit)
  }

  private static func hasApostrophe(_ text: String) -> Bool {
    text.utf8.first == UInt8(ascii: "'") && text.utf8.count > 1 && text.utf8.dropFirst().allSatisfy(isDigit)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") <= 9 }

  /// Whether a spreadsheet has written a long code as 4.30102E+11.
  static func isRounded(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let exponent = bytes.firstIndex(where: { $0 == UInt8(ascii: "E") || $0 == UInt8(ascii: "e") }),
      exponent + 1 < bytes.endIndex, bytes[exponent + 1] == UInt8(ascii: "+"),
      bytes[exponent...].dropFirst(2).allSatisfy(isDigit), bytes.first.map(isDigit) == true
    else { return false }
    return bytes[..<exponent].allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") }
  }
}

extension PlainIds {
  /// An id without the spaces in it.
  static func withoutSpaces(_ id: String) -> String {
    String(id.unicodeScalars.filter { !CellText.isSpace($0) })
  }

  /// A number without the zeros before it; any other id as it is.
  static func withoutLeadingZeros(_ id: String) -> String {
    guard id.utf8.first == UInt8(ascii: "0"), id.utf8.allSatisfy(isDigit) else { return id }
    let digits = id.drop { $0 == "0" }
    return digits.isEmpty ? id : String(digits)
  }

  /// What two spellings of one id have in common: it without spaces, apostrophe, .0 and leading zeros.
  static func bare(_ id: String) -> String {
    withoutLeadingZeros(PlainIds([withoutSpaces(id)]).ids[0])
  }

  /// An id without the zeros before it and the .0 behind it.
  static func withoutZeros(_ id: String) -> String {
    String((isFloat(id) ? String(id.dropLast(2)) : id).drop { $0 == "0" })
  }
}
