/// How many columns of a terminal a text takes.
///
/// East Asian wide and full-width characters take two, combining marks and controls none, all others one;
/// characters of ambiguous width count as narrow. Source: Unicode Standard Annex 11.
public enum DisplayWidth {
  /// The width of a text without line breaks.
  public static func of(_ text: String) -> Int {
    // Most cells are numbers and Latin names.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// The beginning of a text that takes at most so many columns.
  public static func prefix(_ text: String, width: Int) -> String {
    var taken = 0
    return String(
      text.prefix { character in
        taken += of(character)
        return taken <= width
      })
  }

  /// The width of a character: that of the widest of the scalars it is composed of.
  static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    if scalars.contains("\u{FE0F}") { return 2 }
    return scalars.reduce(0) { max($0, width($1)) }
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F ? 0 : 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
    default: return isWide(scalar) ? 2 : 1
    }
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    wideRanges.contains { $0.contains(scalar.value) } || scalar.properties.isEmojiPresentation
  }

  /// The blocks of EastAsianWidth W and F; the emoji among them are known by their own property.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x4E00...0xA4CF, 0x3041...0x4DBF, 0x2E80...0x303E, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0xAC00...0xD7A3,
    0x1100...0x115F, 0x2329...0x232A, 0xA960...0xA97F, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
    0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x3FFFD,
  ]
}

extension String {
  /// The text with blanks behind it up to a display width.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - DisplayWidth.of(self)))
  }

  /// The text with blanks before it up to a display width.
  func paddedLeft(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - DisplayWidth.of(self))) + self
  }

  /// The text in its one line: line breaks and tabs become blanks.
  var onOneLine: String {
    guard utf8.contains(where: { $0 < 0x20 }) else { return self }
    return String(map { $0.isNewline || $0 == "\t" ? " " : $0 })
  }
}

/// Breaks notes into lines of a terminal's width: between words, and between Chinese characters.
enum LineBreaking {
  /// The lines of a text, each at most `width` wide where the text allows it.
  static func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for piece in pieces(text.onOneLine) {
      let trimmed = piece.last == " " ? String(piece.dropLast()) : piece
      if !line.isEmpty, DisplayWidth.of(line) + DisplayWidth.of(trimmed) > width {
        lines.append(line)
        line = ""
      }
      line += piece
    }
    lines.append(line)
    return lines.map { $0.last == " " ? String($0.dropLast()) : $0 }
  }

  /// The parts between which a line may end: words with the blank behind them, and single wide characters with
  /// the punctuation that must not begin a line.
  private static func pieces(_ text: String) -> [String] {
    var pieces: [String] = []
    var previous: Character = " "
    for character in text {
      let mayBreak =
        previous == " "
        || (!neverFirst.contains(character) && !neverLast.contains(previous)
          && (DisplayWidth.of(previous) == 2 || DisplayWidth.of(character) == 2))
      if mayBreak || pieces.isEmpty {
        pieces.append(String(character))
      } else {
        pieces[pieces.count - 1].append(character)
      }
      previous = character
    }
    return pieces
  }

  private static let neverFirst: Set<Character> = [
    " ", "，", "。", "、", "；", "：", "！", "？", "）", "》", "”", "’", "％", "%", ")", ",", ".", ";", ":",
  ]
  private static let neverLast: Set<Character> = ["（", "《", "“", "‘", "("]
}
