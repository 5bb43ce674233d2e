import RuralValue

/// Runs of text as WordprocessingML has them.
enum WordText {
  /// How a run differs from its paragraph's style.
  enum Look {
    case plain, italic, bold, raised

    /// What it adds to the run's properties, in the schema's order.
    fileprivate var properties: String {
      switch self {
      case .plain: ""
      case .italic: "<w:i/>"
      case .bold: "<w:b/>"
      case .raised: "<w:vertAlign w:val=\"superscript\"/>"
      }
    }
  }

  /// A text in which nothing is markup and nothing is a character that XML forbids; a line break in it begins a line.
  ///
  /// With Chinese words around them, signs that both scripts have, such as “ ” and ×, come from the Chinese font.
  static func run(_ text: String, _ language: Language, _ look: Look = .plain) -> String {
    guard !text.isEmpty else { return "" }
    let isChinese = language == .chinese && text.utf8.contains { $0 > 0x7F }
    let properties = (isChinese ? "<w:rFonts w:hint=\"eastAsia\"/>" : "") + look.properties
    let lines = VisibleText.of(text).split(separator: "\n", omittingEmptySubsequences: false).map { line in
      "<w:t xml:space=\"preserve\">\(HTMLText.escaped(String(line.replacing("\t", with: " "))))</w:t>"
    }
    return "<w:r>" + (properties.isEmpty ? "" : "<w:rPr>\(properties)</w:rPr>")
      + lines.joined(separator: "<w:br/>") + "</w:r>"
  }

  /// A number with a true minus sign, and its stars raised.
  static func number(_ pieces: NumberPieces, _ language: Language) -> String {
    let whole = pieces.whole.replacing("-", with: "−").replacing("inf", with: "∞")
    let stars = pieces.after.filter { $0 == "*" }
    return run(pieces.before + whole + pieces.fraction + pieces.after.filter { $0 != "*" }, .english)
      + run(stars, language, .raised)
  }

  /// A field that numbers tables anew when one is moved, with the number that holds now.
  static func sequence(_ word: String, _ number: Int, isNext: Bool, _ language: Language) -> String {
    "<w:fldSimple w:instr=\" SEQ \(word) \\* ARABIC \(isNext ? "" : "\\r \(number) ")\">"
      + run("\(number)", language) + "</w:fldSimple>"
  }
}

/// A paragraph as WordprocessingML has it.
struct WordParagraph {
  /// Named styles, all of which `WordStyles` defines.
  enum Style: String {
    case heading1 = "Heading1"
    case heading2 = "Heading2"
    case caption = "Caption"
    case table = "TableText"
    case smallTable = "TableTextSmall"
    case note = "TableNote"
  }

  enum Alignment: String {
    case left, center, right
  }

  let style: Style
  var keepsNext = false
  /// Whether a thin rule stands below it.
  var hasRule = false
  /// Where the points of numbers stand, in twentieths of a point; numbers in a table's cell go there by themselves.
  var decimalTab: Int?
  var alignment: Alignment?
  /// Its runs.
  var content = ""
  /// The properties of the section that it ends, if it ends one.
  var section: String?

  /// The element, its properties in the order of the schema.
  var xml: String {
    let properties = [
      "<w:pStyle w:val=\"\(style.rawValue)\"/>", keepsNext ? "<w:keepNext/>" : "",
      hasRule
        ? "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"000000\"/></w:pBdr>" : "",
      decimalTab.map { "<w:tabs><w:tab w:val=\"decimal\" w:pos=\"\($0)\"/></w:tabs>" } ?? "",
      alignment.map { "<w:jc w:val=\"\($0.rawValue)\"/>" } ?? "", section ?? "",
    ].joined()
    return "<w:p><w:pPr>\(properties)</w:pPr>\(content)</w:p>"
  }
}
