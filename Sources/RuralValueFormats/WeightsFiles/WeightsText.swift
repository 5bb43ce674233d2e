import RuralValue

/// The lines of a GAL or GWT file that hold anything, each cut into words, with their numbers.
///
/// Text is decoded as that of CSV is, so that no two ids become one by bytes that are no character.
struct WeightsText {
  let source: String
  let lines: [Line]
  /// Whether the text was in another encoding than UTF-8.
  let notes: [Phrase]

  struct Line {
    let number: Int
    let words: [String]
  }

  /// Throws `WeightsError.unreadable` for bytes that are no text.
  init(_ bytes: [UInt8], source: String) throws(WeightsError) {
    self.source = source
    let text = try Self.decoded(bytes, source)
    notes = text.notes
    var lines: [Line] = []
    for (number, line) in text.bytes[text.start...]
      .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
    {
      let words = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        .map { String(decoding: $0, as: UTF8.self) }
      if !words.isEmpty { lines.append(Line(number: number + 1, words: words)) }
    }
    self.lines = lines
  }

  private static func decoded(_ bytes: [UInt8], _ source: String) throws(WeightsError) -> DecodedText {
    do throws(CSVError) {
      return try DecodedText(bytes, encoding: nil, source: source)
    } catch {
      let (line, found) =
        switch error {
        case .nulByte(_, let line, _): (line, "a NUL byte")
        case .invalidBytes(_, let line, _, _, _): (line, "bytes that are no character")
        default: (1, "something else")
        }
      throw .unreadable(source: source, line: line, found: found, expected: "text in UTF-8")
    }
  }

  /// The number of units that the first line tells, alone or behind a zero: `0 121 counties code`.
  func unitCount() throws(WeightsError) -> (count: Int, line: Line) {
    guard let header = lines.first, header.words.count != 3,
      let count = Self.count(header.words.count >= 2 ? header.words[1] : header.words[0])
    else {
      throw unreadable(
        lines.first ?? Line(number: 1, words: []),
        "the number of units, alone or as in \"0 121 counties code\"")
    }
    return (count, header)
  }

  /// A count as these files write it, digits and nothing else.
  static func count(_ word: String) -> Int? {
    word.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ? Int(word) : nil
  }

  /// The complaint about a line.
  func unreadable(_ line: Line, _ expected: String, advice: String? = nil) -> WeightsError {
    .unreadable(
      source: source, line: line.number, found: line.words.joined(separator: " "), expected: expected,
      advice: advice)
  }
}
