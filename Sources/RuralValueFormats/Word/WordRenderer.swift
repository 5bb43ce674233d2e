import RuralValue

/// Writes tables as WordprocessingML: captions that number themselves, three-line tables whose headings repeat on every
/// page, raised stars, numbers at their points, and notes and cautions below.
///
/// Source: ECMA-376, part 1, sections 17.3 and 17.4; the order of elements is the schema's.
struct WordRenderer {
  /// The most rows that are kept on one page.
  static let pageRows = 40

  /// A table with its caption and notes, for the body of a document, and the page that it needs.
  func block(_ table: ResultTable, number: WordNumber?, options: RenderOptions) -> WordBlock {
    let display = DisplayTable(table, options)
    let layout = WordLayout(display)
    let language = options.language
    var content = ""
    for (place, columns) in layout.blocks.enumerated() {
      content += caption(display, number: number, isContinued: place > 0, language).xml
      guard !columns.isEmpty else { continue }
      content += WordGrid(display, columns, layout.page, language).xml
      // Two tables with nothing between them would be one.
      if place + 1 < layout.blocks.count { content += WordParagraph(style: .note).xml }
    }
    var notes = display.notes.map { WordText.run($0, language) }
    if !notes.isEmpty {
      let label = Wording.notesLabel(language) + Wording.space(language)
      notes[0] = WordText.run(label, language, language == .chinese ? .plain : .italic) + notes[0]
    }
    let paragraphs = notes.map { WordParagraph(style: .note, content: $0) }
    content += paragraphs.dropLast().map(\.xml).joined()
    return WordBlock(
      isLandscape: layout.page.isLandscape, content: content,
      last: paragraphs.last ?? WordParagraph(style: .note))
  }

  private func caption(
    _ table: DisplayTable, number: WordNumber?, isContinued: Bool, _ language: Language
  ) -> WordParagraph {
    // A table that goes on is no table of its own, and is not counted.
    let label = number.map { isContinued ? $0.continued(language) : $0.counted(language) } ?? ""
    let stop = number == nil ? "" : Phrase(". ", zh: "\u{3000}").text(in: language)
    return WordParagraph(
      style: .caption, keepsNext: true,
      content: label + (table.title.isEmpty ? "" : WordText.run(stop + table.title.onOneLine, language)))
  }
}

/// A table's number, which Word counts by itself.
struct WordNumber {
  /// The letter of an appendix, or nothing.
  let lead: String
  let number: Int
  /// Whether it follows upon the last one, so that Word need not be told.
  let isNext: Bool

  private func word(_ language: Language) -> String { Phrase("Table", zh: "表").text(in: language) }
  private func opening(_ language: Language) -> String {
    word(language) + Phrase(" ", zh: "").text(in: language) + lead
  }

  func counted(_ language: Language) -> String {
    WordText.run(opening(language), language)
      + WordText.sequence(word(language) + lead, number, isNext: isNext, language)
  }

  func continued(_ language: Language) -> String {
    WordText.run(opening(language), language)
      + WordText.run("\(number)" + Phrase(" (continued)", zh: "（续）").text(in: language), language)
  }
}

/// What stands together on pages of one kind: paragraphs and tables, the last a paragraph that can end a section.
struct WordBlock {
  var isLandscape = false
  var content = ""
  var last: WordParagraph
}
