/// The page on which a table stands, and the size of its letters.
struct WordPage: Equatable {
  let isLandscape: Bool
  let isSmall: Bool

  /// What is tried, from the best to read on; a table that fits none is parted on the last.
  static let choices = [
    WordPage(isLandscape: false, isSmall: false), WordPage(isLandscape: false, isSmall: true),
    WordPage(isLandscape: true, isSmall: false), WordPage(isLandscape: true, isSmall: true),
  ]

  /// The short and the long side of A4 and the margin, in twentieths of a point.
  private static let (short, long, margin) = (11_906, 16_838, 1_440)

  /// The width between the margins, in twentieths of a point.
  var width: Int { (isLandscape ? Self.long : Self.short) - 2 * Self.margin }

  /// Half the size of the letters, which is the width of a digit, in twentieths of a point.
  var digit: Int { isSmall ? 75 : 90 }

  var style: WordParagraph.Style { isSmall ? .smallTable : .table }

  /// The properties of a section of such pages.
  static func section(isLandscape: Bool) -> String {
    let (width, height) = isLandscape ? (long, short) : (short, long)
    // The low page needs its height.
    let edge = isLandscape ? 1_080 : margin
    return "<w:sectPr><w:pgSz w:w=\"\(width)\" w:h=\"\(height)\""
      + (isLandscape ? " w:orient=\"landscape\"" : "")
      + "/><w:pgMar w:top=\"\(edge)\" w:right=\"\(margin)\""
      + " w:bottom=\"\(edge)\" w:left=\"\(margin)\" w:header=\"720\" w:footer=\"720\" w:gutter=\"0\"/></w:sectPr>"
  }
}

/// How wide a table's columns are, and on which page; never wider than the page.
struct WordLayout {
  let page: WordPage
  /// The columns that stand side by side, each with its width in twentieths of a point; several where no page holds
  /// them all.
  let blocks: [[(column: Int, width: Int)]]

  init(_ table: DisplayTable) {
    let needs = table.columns.map(WordColumn.init)
    let spans = table.spans
    for page in WordPage.choices {
      let most = Self.widened(needs.map { $0.natural(page) }, below: spans, page)
      let least = Self.widened(needs.map { $0.least(page) }, below: spans, page)
      guard least.reduce(0, +) <= page.width else { continue }
      self.page = page
      blocks = [Array(zip(needs.indices, Self.between(least, most, in: page.width)))]
      return
    }
    let page = WordPage.choices[WordPage.choices.count - 1]
    let least = needs.map { $0.least(page) }
    self.page = page
    blocks = ColumnBlocks.split(widths: least, gap: 0, keys: table.keyColumns, limit: page.width).map {
      places in
      let widths = places.map { least[$0] }
      let sum = widths.reduce(0, +)
      // A single text that is wider than the page is broken into lines.
      let fitting = sum <= page.width ? widths : widths.map { $0 * page.width / sum }
      return Array(zip(places, fitting))
    }
  }

  /// Columns with room for the headings above several of them.
  private static func widened(_ widths: [Int], below spans: [DisplayTable.Span], _ page: WordPage) -> [Int] {
    var widths = widths
    for span in spans {
      let needed = WordColumn.width(of: span.title, page) + WordColumn.margins
      let missing = needed - span.columns.reduce(0) { $0 + widths[$1] }
      for place in span.columns where missing > 0 { widths[place] += missing / span.columns.count + 1 }
    }
    return widths
  }

  /// Widths between the least and the most that fill no more than a page.
  private static func between(_ least: [Int], _ most: [Int], in limit: Int) -> [Int] {
    let (needed, wanted) = (least.reduce(0, +), most.reduce(0, +))
    guard wanted > limit, wanted > needed else { return most }
    return zip(least, most).map { low, high in low + (high - low) * (limit - needed) / (wanted - needed) }
  }
}

/// A column as Word sets it, measured in the widths of letters.
struct WordColumn {
  /// The room on both sides of a cell, in twentieths of a point.
  static let margins = 2 * margin
  static let margin = 80
  /// The most that a column of words takes if others need room, in letters.
  private static let (wrapped, widest) = (18, 46)

  private let column: DisplayColumn
  /// The digits before the points and what stands behind them, in hundredths of a digit.
  private let (before, behind): (Int, Int)
  /// Whether any number has decimals.
  let hasPoints: Bool

  init(_ column: DisplayColumn) {
    self.column = column
    let numbers = column.numbers
    hasPoints = numbers.contains { !$0.fraction.isEmpty }
    before = numbers.map { Self.hundredths($0.before + $0.whole) }.max() ?? 0
    behind = numbers.map { Self.hundredths($0.fraction) + Self.hundredths($0.after) }.max() ?? 0
  }

  /// The width with everything on one line, in a font that is a quarter wider than Times as well: nobody knows which
  /// one stands in for it.
  func natural(_ page: WordPage) -> Int {
    let words = min(lines.map { Self.width(of: $0, page) }.max() ?? 0, Self.widest * page.digit)
    return max(words, digits(page) * 5 / 4) + Self.margins
  }

  /// The width with words in several lines; numbers are never broken.
  func least(_ page: WordPage) -> Int {
    let longest =
      lines.flatMap { $0.split(separator: " ") }.map { Self.width(of: String($0), page) }.max()
      ?? 0
    let words = max(min(longest, Self.wrapped * page.digit), column.isNumeric ? 0 : 8 * page.digit)
    return min(max(words, digits(page) * 11 / 10) + Self.margins, natural(page))
  }

  /// Where the points stand in a cell of this width, so that the numbers as a block are in its middle.
  func decimalTab(width: Int, _ page: WordPage) -> Int {
    let room = width - Self.margins
    return max(0, room - digits(page)) / 2 + before * page.digit / 100
  }

  /// The width of a text in one line: Chinese is twice as wide as a digit, and letters at most a fifth wider than one.
  static func width(of text: String, _ page: WordPage) -> Int {
    text.reduce(page.digit / 2) { sum, letter in
      let width = DisplayWidth.of(letter)
      return sum + (width > 1 || letter == "%" ? 2 * page.digit : width * page.digit * 6 / 5)
    }
  }

  private func digits(_ page: WordPage) -> Int { (before + behind) * page.digit / 100 }

  /// The texts of headings and cells that are no numbers.
  private var lines: [String] {
    column.heading + column.cells.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }

  /// The width of digits and signs in hundredths of a digit; stars are raised and smaller.
  private static func hundredths(_ text: String) -> Int {
    text.reduce(0) { sum, letter in
      switch letter {
      case ".", ",": sum + 50
      case "(", ")", "*", "[", "]": sum + 67
      case "-", "<": sum + 113
      default: sum + 100
      }
    }
  }
}
