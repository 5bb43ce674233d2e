/// Labels in lines that fit, wherever a term can be broken.
enum PlotLabel {
  /// The lines of a label: broken at blanks, behind the signs of products and sums, and as a last resort
  /// anywhere.
  static func lines(_ text: String, width: Double, size: Double) -> [String] {
    SVGText.lines(text, width: width, size: size).flatMap { broken($0, width: width, size: size) }
  }

  private static func broken(_ line: String, width: Double, size: Double) -> [String] {
    guard SVGText.width(line, size: size) > width else { return [line] }
    var lines: [String] = []
    var current = ""
    for piece in pieces(line) {
      if !current.isEmpty, SVGText.width(current + piece, size: size) > width {
        lines.append(current)
        current = ""
      }
      current += piece
      while SVGText.width(current, size: size) > width, current.count > 1 {
        let fitting = fittingPrefix(of: current, width: width, size: size)
        lines.append(String(current.prefix(fitting)))
        current = String(current.dropFirst(fitting))
      }
    }
    return current.isEmpty ? lines : lines + [current]
  }

  private static func pieces(_ line: String) -> [String] {
    var pieces: [String] = []
    var piece = ""
    for letter in line {
      piece.append(letter)
      if ":*×+_/;,、，：；".contains(letter) {
        pieces.append(piece)
        piece = ""
      }
    }
    return piece.isEmpty ? pieces : pieces + [piece]
  }

  private static func fittingPrefix(of text: String, width: Double, size: Double) -> Int {
    var total = 0.0
    for (place, letter) in text.enumerated() {
      total += SVGText.width(String(letter), size: size)
      if total > width { return max(1, place) }
    }
    return text.count
  }
}
