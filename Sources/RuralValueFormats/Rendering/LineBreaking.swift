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
