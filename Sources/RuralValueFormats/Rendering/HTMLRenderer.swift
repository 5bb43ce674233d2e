public import RuralValue

/// Writes HTML tables that a screen reader can follow: a caption, headings with their scope, the language.
///
/// A fragment stands in any page; `HTMLPage` gives it the look of a journal's three-line table.
public struct HTMLRenderer: TableRenderer {
  /// The most rows that are kept on one page in print.
  static let pageRows = 45

  /// A renderer of HTML.
  public init() {}

  /// One table as a fragment.
  public func render(_ table: ResultTable, options: RenderOptions) -> String {
    render(table, options: options, place: .init(id: "table-\(table.name)"))
  }

  /// Where a table stands in a page that has many.
  struct Place {
    /// The table's id, of which a page has one.
    let id: String
    /// HTML before the words of the caption: the table's number.
    var captionLead = ""
    /// Whether the page is as narrow as paper or a phone: long words may break behind their signs, phrases keep
    /// some width, and wide tables say so.
    var isNarrow = false

    /// The most rows that are kept on one page in print; phrases take several lines each.
    fileprivate func pageRows(hasProse: Bool) -> Int {
      isNarrow ? (hasProse ? 20 : 34) : HTMLRenderer.pageRows
    }

    /// The class of a wide table, which paper shows in a smaller size.
    fileprivate func width(_ columns: Int) -> [String] {
      isNarrow && columns > 8 ? [columns > 11 ? "rv-widest" : "rv-wide"] : []
    }
  }

  /// One table as a fragment with an id of its own.
  func render(_ table: ResultTable, options: RenderOptions, place: Place) -> String {
    let display = DisplayTable(table, options)
    let columns = display.columns.map { HTMLColumn($0, isNarrow: place.isNarrow) }
    let shape =
      ([
        display.rowCount > place.pageRows(hasProse: columns.contains(where: \.hasProse))
          ? "rv-table" : "rv-table rv-short"
      ] + place.width(columns.count))
      .joined(separator: " ")
    let lines =
      [
        "<div class=\"rv-scroll\">",
        "<table class=\"\(shape)\" id=\"\(HTMLText.escaped(place.id))\""
          + " lang=\"\(HTMLText.languageTag(options.language))\">",
        caption(display.title, place),
      ].compactMap(\.self) + head(display, columns) + body(display, columns)
      + foot(display, options.language) + ["</table>", "</div>"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The shown tables, the sample and the notes as a fragment.
  public func render(_ document: ResultDocument, options: RenderOptions) -> String {
    let tables = document.parts.filter(\.isShown).map { render($0.table, options: options) }
    let notes = document.remarks(in: options.language)
    let language = HTMLText.languageTag(options.language)
    return tables.joined()
      + notes.map { "<p class=\"rv-document-note\" lang=\"\(language)\">\(HTMLText.escaped($0))</p>\n" }
      .joined()
  }

  /// One table as a whole page.
  public func page(_ table: ResultTable, options: RenderOptions) -> String {
    HTMLPage.render(
      title: table.title.text(in: options.language), body: render(table, options: options),
      language: options.language)
  }

  /// A result as a whole page, headed by `title`.
  public func page(_ document: ResultDocument, title: Phrase, options: RenderOptions) -> String {
    let title = title.text(in: options.language)
    return HTMLPage.render(
      title: title, body: "<h1>\(HTMLText.escaped(title))</h1>\n" + render(document, options: options),
      language: options.language)
  }

  private func caption(_ title: String, _ place: Place) -> String? {
    guard !title.isEmpty || !place.captionLead.isEmpty else { return nil }
    let words = HTMLText.escaped(title)
    return place.captionLead.isEmpty
      ? "<caption>\(words)</caption>"
      : "<caption><span class=\"rv-caption\">\(place.captionLead)\(words)</span></caption>"
  }

  private func head(_ table: DisplayTable, _ columns: [HTMLColumn]) -> [String] {
    let cells = columns.map { column in
      "<th scope=\"col\"\(column.cellClass)\(column.headingStyle)>\(column.heading)</th>"
    }
    return ["<thead>", "<tr>\(cells.joined())</tr>", "</thead>"]
  }

  private func body(_ table: DisplayTable, _ columns: [HTMLColumn]) -> [String] {
    table.blocks.flatMap { block in
      let title = block.title.map {
        [
          "<tr><th scope=\"rowgroup\" class=\"rv-block\" colspan=\"\(columns.count)\">"
            + "\(HTMLText.escaped($0))</th></tr>"
        ]
      }
      return ["<tbody>"] + (title ?? []) + block.rows.map { row(columns, $0) } + ["</tbody>"]
    }
  }

  private func row(_ columns: [HTMLColumn], _ row: Int) -> String {
    let cells = columns.enumerated().map { place, column in
      let text = column.cells[row]
      // A text in the first column names the row; a blank one, as beside a standard error, names nothing.
      return place == 0 && !column.isNumeric && !text.isEmpty
        ? "<th scope=\"row\"\(column.cellClass)>\(text)</th>" : "<td\(column.cellClass)>\(text)</td>"
    }
    return "<tr>\(cells.joined())</tr>"
  }

  private func foot(_ table: DisplayTable, _ language: Language) -> [String] {
    guard !table.notes.isEmpty else { return [] }
    let notes = Wording.paragraph(table.notes.map(HTMLText.escaped), language)
    return [
      "<tfoot>",
      "<tr><td colspan=\"\(table.columns.count)\"><div class=\"rv-notes\">"
        + "\(Wording.notesLabel(language))\(Wording.space(language))\(notes)</div></td></tr>",
      "</tfoot>",
    ]
  }
}

/// A column as HTML sets it.
private struct HTMLColumn {
  let heading: String
  let headingStyle: String
  let cells: [String]
  let isNumeric: Bool
  /// The class of a column of whole phrases or of names of several words, which read badly a word a line.
  private let proseClass: String?

  /// Whether rows take several lines.
  var hasProse: Bool { proseClass == "rv-prose" }

  init(_ column: DisplayColumn, isNarrow: Bool) {
    isNumeric = column.isNumeric
    let numbers = column.numbers
    let fractionWidth = numbers.map(\.fraction.count).max() ?? 0
    let afterWidth = numbers.map(\.after.count).max() ?? 0
    // Behind right-aligned digits a slot of one width holds stars and parentheses, so that the digits line up.
    func slot(_ after: String) -> String {
      afterWidth == 0 ? "" : "<span class=\"rv-after\" style=\"--rv-after:\(afterWidth)\">\(after)</span>"
    }
    let lines = column.heading.map(HTMLText.escaped).joined(separator: "<br>")
    heading = column.heading.count > 1 ? "<span class=\"rv-lines\">\(lines)</span>" : lines
    proseClass = isNarrow && !isNumeric ? Self.proseClass(column.cells) : nil
    // The heading ends above the last digit, too.
    headingStyle = afterWidth == 0 ? "" : " style=\"padding-right:calc(.7rem + \(afterWidth) * .5em)\""
    let isNumeric = column.isNumeric
    cells = column.cells.map { cell in
      switch cell {
      case .text(let text):
        (isNarrow ? HTMLText.breakable(text) : HTMLText.escaped(text)) + (isNumeric ? slot("") : "")
      case .dash: "—" + slot("")
      case .blank: ""
      case .number(let pieces):
        HTMLText.escaped(pieces.before) + Self.digits(pieces) + slot(pieces.after)
          + Self.blanks(pieces, fractionWidth: fractionWidth)
      }
    }
  }

  /// The class attribute of the column's cells.
  var cellClass: String { (isNumeric ? "rv-n" : proseClass).map { " class=\"\($0)\"" } ?? "" }

  private static func proseClass(_ cells: [DisplayCell]) -> String? {
    var isName = false
    for case .text(let text) in cells {
      let width = DisplayWidth.of(text)
      if width > 20, text.contains(" ") || width > text.count { return "rv-prose" }
      if width > 8, width > text.count || text.contains(" ") { isName = true }
    }
    return isName ? "rv-name" : nil
  }

  /// The digits with a true minus sign.
  private static func digits(_ pieces: NumberPieces) -> String {
    pieces.whole.replacing("-", with: "−").replacing("inf", with: "∞") + pieces.fraction
  }

  /// Blanks of a digit's width that fill up a shorter fraction, behind what stands at its digits.
  private static func blanks(_ pieces: NumberPieces, fractionWidth: Int) -> String {
    String(repeating: "\u{2007}", count: pieces.fraction.isEmpty ? 0 : fractionWidth - pieces.fraction.count)
  }
}
