import RuralValue

/// A column as HTML sets it.
struct HTMLColumn {
  /// The content of each cell.
  let cells: [String]
  let isNumeric: Bool
  private let heading: String
  /// The heading ends above the last digit, too.
  private let headingRoom: String?
  /// The class of a column of whole phrases or of names of several words, which read badly a word a line.
  private let proseClass: String?

  /// Whether rows take several lines.
  var hasProse: Bool { proseClass == "rv-prose" }

  init(_ column: DisplayColumn, isNarrow: Bool) {
    isNumeric = column.isNumeric
    let numbers = column.numbers
    let fractionWidth = numbers.map(\.fraction.count).max() ?? 0
    let afterWidth = numbers.map { HTMLStyle.width($0.after) }.max() ?? 0
    // Stars and parentheses stand in a slot of one width, so that digits line up on a screen; programs that know no slots
    // keep the blanks in it, which are about as wide as what is missing.
    func slot(_ after: String) -> String {
      guard afterWidth > 0 else { return "" }
      let blanks = HTMLStyle.blanks(afterWidth - HTMLStyle.width(after))
      return "<span class=\"rv-after\" style=\"width:\(HTMLStyle.ems(afterWidth))\">\(after)\(blanks)</span>"
    }
    let lines = column.heading.map(HTMLText.escaped).joined(separator: "<br>")
    heading = column.heading.count > 1 ? "<span class=\"rv-lines\">\(lines)</span>" : lines
    headingRoom = afterWidth == 0 ? nil : HTMLStyle.room(afterWidth)
    proseClass = isNarrow && !isNumeric ? Self.proseClass(column.cells) : nil
    let isNumeric = column.isNumeric
    cells = column.cells.map { cell in
      switch cell {
      case .text(let text):
        (isNarrow ? HTMLText.breakable(text) : HTMLText.escaped(text)) + (isNumeric ? slot("") : "")
      case .dash: "—" + (isNumeric ? slot("") : "")
      case .blank: ""
      case .number(let pieces):
        // What stands at the digits stays there where the row has fewer of them than others.
        HTMLText.escaped(pieces.before) + Self.digits(pieces) + slot(pieces.after)
          + Self.blanks(pieces, fractionWidth: fractionWidth)
      }
    }
  }

  /// The class attribute of the column's cells.
  var cellClass: String { (isNumeric ? "rv-n" : proseClass).map { " class=\"\($0)\"" } ?? "" }

  /// The heading as a cell with its rules, which may stand beside two rows.
  func head(rules: String, rows: Int = 1) -> String {
    let style = HTMLStyle.attribute([
      isNumeric ? "text-align:right" : "text-align:left", "vertical-align:bottom;font-weight:normal",
      headingRoom,
      rules,
    ])
    return "<th scope=\"col\"\(cellClass)\(rows > 1 ? " rowspan=\"\(rows)\"" : "")\(style)>\(heading)</th>"
  }

  private static func proseClass(_ cells: [DisplayCell]) -> String? {
    var isName = false
    for case .text(let text) in cells {
      let width = DisplayWidth.of(text)
      if width > 20, text.contains(" ") || width > text.count { return "rv-prose" }
      if width > 8, width > text.count || text.contains(" ") { isName = true }
    }
    return isName ? "rv-name" : nil
  }

  /// The digits with a true minus sign; a shorter fraction is filled up with blanks of a digit's width.
  private static func digits(_ pieces: NumberPieces) -> String {
    pieces.whole.replacing("-", with: "−").replacing("inf", with: "∞") + pieces.fraction
  }

  /// Blanks of a digit's width that fill up a shorter fraction, behind what stands at its digits.
  private static func blanks(_ pieces: NumberPieces, fractionWidth: Int) -> String {
    String(repeating: "\u{2007}", count: pieces.fraction.isEmpty ? 0 : fractionWidth - pieces.fraction.count)
  }
}

/// What stands in the cells of a table, so that programs which drop a page's style keep its look: plain CSS that Word
/// and WPS know, in points and in the widths of letters.
enum HTMLStyle {
  static let top = "border-top:1.5pt solid #111"
  static let bottom = "border-bottom:1.5pt solid #111"
  /// Below the headings.
  static let under = "border-bottom:0.75pt solid #111"
  /// Above a block of rows.
  static let above = "border-top:0.75pt solid #111"
  /// Under a heading of several columns. It is a paragraph's, so that a gap stays beside the next one's.
  static let spanner = "border-bottom:0.75pt solid #111;padding-bottom:1pt"
  static let number = "text-align:right"
  static let name = "text-align:left;font-weight:normal"

  /// A table's own style; in a report, paper and phones choose the size.
  static func table(_ isNarrow: Bool) -> String {
    "border-collapse:collapse;font-family:'Times New Roman','Liberation Serif',SimSun,'Noto Serif CJK SC',serif"
      + (isNarrow ? "" : ";font-size:10.5pt")
  }

  /// The room behind a heading: what every cell has, and so many hundredths of the text's size.
  static func room(_ hundredths: Int) -> String { "padding-right:\(ems(70 + hundredths))" }

  /// Hundredths of the text's size.
  static func ems(_ hundredths: Int) -> String {
    "\(FixedDecimals.text(Double(hundredths) / 100, atMost: 2))em"
  }

  /// Blanks of so many hundredths of the text's size: of a digit's width, and of a sixth.
  static func blanks(_ hundredths: Int) -> String {
    String(repeating: "\u{2007}", count: hundredths / 50)
      + String(repeating: "\u{2006}", count: hundredths % 50 / 16)
  }

  /// The width of stars and parentheses in hundredths of their size.
  static func width(_ after: String) -> Int { after.reduce(0) { $0 + ($1 == ")" ? 33 : 50) } }

  /// The attribute of what there is.
  static func attribute(_ parts: [String?]) -> String {
    let style = parts.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ";")
    return style.isEmpty ? "" : " style=\"\(style)\""
  }
}
