import RuralValue
import RuralValueFormats

/// How a text that was made again differs from what it was: in its numbers, or in more.
///
/// Another processor sums in another order, so that last digits differ where nothing else does; whether numbers still
/// print the same, and by how much they differ at most, tells that from a result that moved.
struct FileDifference: Equatable, Sendable {
  /// A place that differs, with what stands there.
  struct Place: Equatable, Sendable {
    /// The row of a table, by its first cell; the line of any other text.
    let row: String
    /// The column; empty for a text that is no table.
    let column: String
    let before: String
    let after: String
  }

  /// How many cells or numbers differ.
  private(set) var count = 0
  /// Whether what differs are numbers alone.
  private(set) var isNumeric = true
  /// Whether every number prints the same.
  private(set) var printsSame = true
  /// The largest difference of two numbers, as a share of the larger one.
  private(set) var largest = 0.0
  /// The first place that differs by more than print shows, or at all where none does.
  private(set) var first: Place?

  /// Compares two files of one name; `digits` are those of the tables that people read.
  init(_ before: [UInt8], _ after: [UInt8], named name: String, digits: NumberDigits) {
    let ending = FileName.last(of: name).split(separator: ".").last.map { $0.lowercased() } ?? ""
    switch ending {
    case "csv" where compareTables(before, after, digits: digits): break
    case "docx":
      compareTexts(Self.words(inDocument: before), Self.words(inDocument: after), digits: digits)
    case "html": compareTexts(Self.words(inMarkup: before), Self.words(inMarkup: after), digits: digits)
    case "json": compareTexts(Self.withoutDigests(before), Self.withoutDigests(after), digits: digits)
    case "png", "pdf": (count, isNumeric, printsSame) = (1, false, false)
    default: compareTexts(before, after, digits: ending == "svg" ? .decimals(1) : digits)
    }
  }

  /// Compares CSV tables cell by cell; false where they are none or have other columns.
  private mutating func compareTables(_ before: [UInt8], _ after: [UInt8], digits: NumberDigits) -> Bool {
    guard let old = try? CSVReader.read(before, source: "").table,
      let new = try? CSVReader.read(after, source: "").table, old.columnNames == new.columnNames
    else { return false }
    for row in 0..<max(old.rowCount, new.rowCount) {
      guard row < old.rowCount, row < new.rowCount else {
        let (rows, newRows) = ("\(old.rowCount)", "\(new.rowCount)")
        noteOther(Place(row: "\(row + 1)", column: "", before: rows, after: newRows))
        return true
      }
      for column in 0..<old.columnCount {
        let (one, other) = (old.text(row: row, column: column), new.text(row: row, column: column))
        guard one != other else { continue }
        let name = old.text(row: row, column: 0)
        let place = Place(
          row: column == 0 || name.isEmpty ? "\(row + 1)" : name, column: old.columnNames[column],
          before: one,
          after: other)
        if let one = PlainDecimal.value(of: one), let other = PlainDecimal.value(of: other) {
          note(one, other, at: place, digits: digits)
        } else {
          noteOther(place)
        }
      }
    }
    return true
  }

  /// Compares texts line by line: words between numbers, but for the blanks that align them, and numbers.
  private mutating func compareTexts(_ before: [UInt8], _ after: [UInt8], digits: NumberDigits) {
    let old = before.split(separator: 0x0A, omittingEmptySubsequences: false)
    let new = after.split(separator: 0x0A, omittingEmptySubsequences: false)
    for line in 0..<max(old.count, new.count) {
      guard line < old.count, line < new.count else {
        noteOther(Place(row: "\(line + 1)", column: "", before: "\(old.count)", after: "\(new.count)"))
        return
      }
      // The line below the headings in Markdown says how wide columns are.
      guard !old[line].elementsEqual(new[line]), !Self.isRule(old[line]) || !Self.isRule(new[line]) else {
        continue
      }
      let (one, other) = (NumberedLine(old[line]), NumberedLine(new[line]))
      guard one.words == other.words else {
        noteOther(Place(row: "\(line + 1)", column: "", before: one.text, after: other.text))
        continue
      }
      for (one, other) in zip(one.numbers, other.numbers) where one.text != other.text {
        let place = Place(row: "\(line + 1)", column: "", before: one.text, after: other.text)
        note(one.value, other.value, at: place, digits: digits)
      }
    }
  }

  private static func isRule(_ line: ArraySlice<UInt8>) -> Bool {
    line.allSatisfy { "|:- ".utf8.contains($0) }
  }

  private mutating func note(_ one: Double, _ other: Double, at place: Place, digits: NumberDigits) {
    count += 1
    let size = max(abs(one), abs(other))
    // What is nothing but for its rounding has no digit that could be compared.
    let difference = size > Self.ofRounding ? abs(one - other) / size : 0
    if difference.isFinite { largest = max(largest, difference) }
    let isPrinted = Self.printsSame(one, other, digits) || difference < Self.ofRounding
    if first == nil || printsSame && !isPrinted { first = place }
    if !isPrinted { printsSame = false }
  }

  private mutating func noteOther(_ place: Place) {
    count += 1
    if first == nil || printsSame { first = place }
    (isNumeric, printsSame) = (false, false)
  }

  /// What sums in another order make of a number at most, with two digits to spare for what is iterated; a number just at
  /// the edge of two printed ones is then no other result.
  private static let ofRounding = 1e-9

  /// Whether two numbers round to the same digits.
  private static func printsSame(_ one: Double, _ other: Double, _ digits: NumberDigits) -> Bool {
    var decimals = 0
    switch digits {
    case .decimals(let count): decimals = count
    case .significant(let count):
      let size = max(abs(one), abs(other))
      decimals = size > 0 ? count - 1 - Int(log10(size).rounded(.down)) : count
    }
    let scale = pow(10, Double(min(max(decimals, 0), 15)))
    return (one * scale).rounded() == (other * scale).rounded()
  }

  /// The words of a Word document, a paragraph a line.
  private static func words(inDocument bytes: [UInt8]) -> [UInt8] {
    guard var archive = try? ZipArchive(bytes, source: ""), let entry = archive["word/document.xml"],
      let text = try? archive.unpack(entry)
    else { return bytes }
    return words(
      inMarkup: Array(String(decoding: text, as: UTF8.self).replacing("</w:p>", with: "</w:p>\n").utf8))
  }

  /// A text without its tags, which also say how wide columns are; cells stay apart, and lines.
  private static func words(inMarkup bytes: [UInt8]) -> [UInt8] {
    var words: [UInt8] = []
    var tag: [UInt8]?
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "<"): tag = []
      case UInt8(ascii: ">") where tag != nil:
        if cellEnds.contains(where: { tag?.starts(with: $0.utf8) == true }) { words.append(0x20) }
        tag = nil
      case 0x0A: words.append(byte)
      default: if tag == nil { words.append(byte) } else { tag?.append(byte) }
      }
    }
    return words
  }

  private static let cellEnds = ["/td", "/th", "/w:tc"]

  /// A JSON document without digests, which follow from the bytes of what was read, last digits and all.
  private static func withoutDigests(_ bytes: [UInt8]) -> [UInt8] {
    Array(String(decoding: bytes, as: UTF8.self).replacing(/"sha256": "[0-9a-f]{64}"/, with: "").utf8)
  }
}

/// A line of text as its numbers and the words between them.
struct NumberedLine {
  /// What stands between the numbers, with single blanks.
  private(set) var words: [String] = [""]
  private(set) var numbers: [(text: String, value: Double)] = []
  let text: String

  init(_ bytes: ArraySlice<UInt8>) {
    text = String(decoding: bytes, as: UTF8.self)
    var rest = text[...]
    var isInWord = false
    while let letter = rest.first {
      if !isInWord, letter.isASCII, letter.isNumber || "-.".contains(letter), let number = Self.number(rest) {
        numbers.append((String(rest[..<number.end]), number.value))
        words.append("")
        rest = rest[number.end...]
        isInWord = true
        continue
      }
      let isBlank = letter.isWhitespace
      if !isBlank || words[words.count - 1].last != " " {
        words[words.count - 1].append(isBlank ? " " : letter)
      }
      isInWord = letter.isLetter || letter.isNumber || letter == "_"
      rest.removeFirst()
    }
  }

  /// The number at the beginning of a text, unless a letter follows that makes it a name or a digest.
  private static func number(_ text: Substring) -> (value: Double, end: Substring.Index)? {
    var end = text.startIndex
    func digits() {
      while end < text.endIndex, text[end].isASCII, text[end].isNumber { end = text.index(after: end) }
    }
    if text[end] == "-" { end = text.index(after: end) }
    digits()
    if end < text.endIndex, text[end] == "." {
      end = text.index(after: end)
      digits()
    }
    if end < text.endIndex, "eE".contains(text[end]) {
      let start = end
      end = text.index(after: end)
      if end < text.endIndex, "+-".contains(text[end]) { end = text.index(after: end) }
      let first = end
      digits()
      if end == first { end = start }
    }
    guard end == text.endIndex || !text[end].isLetter, let value = Double(text[..<end]) else { return nil }
    return (value, end)
  }
}
