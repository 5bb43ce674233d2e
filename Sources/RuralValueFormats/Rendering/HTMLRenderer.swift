public import RuralValue

/// Writes HTML tables that a screen reader can follow: a caption, headings with their scope, the language.
///
/// What makes a three-line table stands in the cells themselves, rules, sides and the blanks behind digits, for Word
/// and WPS take over little else of a page. A fragment stands in any page; `HTMLPage` adds what a screen can do.
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
          + " lang=\"\(HTMLText.languageTag(options.language))\" style=\"\(HTMLStyle.table(place.isNarrow))\">",
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
    let hasSpans = !table.spans.isEmpty
    let spans = table.groups.map { group in
      let column = columns[group.columns.lowerBound]
      return group.title.map {
        "<th scope=\"colgroup\" class=\"rv-span\" colspan=\"\(group.columns.count)\""
          + " style=\"text-align:center;font-weight:normal;\(HTMLStyle.top)\">"
          + "<p style=\"margin:0;\(HTMLStyle.spanner)\">\(HTMLText.escaped($0))</p></th>"
      } ?? column.head(rules: HTMLStyle.top + ";" + HTMLStyle.under, rows: 2)
    }
    let alone = Set(table.groups.filter { $0.title == nil }.map(\.columns.lowerBound))
    let cells = columns.enumerated().filter { !hasSpans || !alone.contains($0.offset) }.map { _, column in
      column.head(rules: (hasSpans ? "" : HTMLStyle.top + ";") + HTMLStyle.under)
    }
    let rows = (hasSpans ? [spans] : []) + [cells]
    return ["<thead>"] + rows.map { "<tr>\($0.joined())</tr>" } + ["</thead>"]
  }

  private func body(_ table: DisplayTable, _ columns: [HTMLColumn]) -> [String] {
    table.blocks.flatMap { block in
      let isFirst = block.rows.lowerBound == 0
      let title = block.title.map {
        [
          "<tr><th scope=\"rowgroup\" class=\"rv-block\" colspan=\"\(columns.count)\""
            + " style=\"text-align:left\(isFirst ? "" : ";" + HTMLStyle.above)\">"
            + "\(HTMLText.escaped($0))</th></tr>"
        ]
      }
      return ["<tbody>"] + (title ?? [])
        + block.rows.map { row in
          let isBelowRule = row == block.rows.lowerBound && title == nil && !isFirst
          let rules = [
            isBelowRule ? HTMLStyle.above : nil, row == table.rowCount - 1 ? HTMLStyle.bottom : nil,
          ].compactMap(\.self)
          return self.row(columns, row, rules: rules.joined(separator: ";"))
        } + ["</tbody>"]
    }
  }

  private func row(_ columns: [HTMLColumn], _ row: Int, rules: String) -> String {
    let cells = columns.enumerated().map { place, column in
      let text = column.cells[row]
      // A text in the first column names the row; a blank one, as beside a standard error, names nothing.
      let isName = place == 0 && !column.isNumeric && !text.isEmpty
      let style = HTMLStyle.attribute([
        isName ? HTMLStyle.name : nil, column.isNumeric ? HTMLStyle.number : nil,
        rules,
      ])
      return isName
        ? "<th scope=\"row\"\(column.cellClass)\(style)>\(text)</th>"
        : "<td\(column.cellClass)\(style)>\(text)</td>"
    }
    return "<tr>\(cells.joined())</tr>"
  }

  private func foot(_ table: DisplayTable, _ language: Language) -> [String] {
    guard !table.notes.isEmpty else { return [] }
    let notes = Wording.paragraph(table.notes.map(HTMLText.escaped), language)
    return [
      "<tfoot>",
      "<tr><td colspan=\"\(table.columns.count)\" style=\"text-align:left\"><div class=\"rv-notes\">"
        + "\(Wording.notesLabel(language))\(Wording.space(language))\(notes)</div></td></tr>",
      "</tfoot>",
    ]
  }
}
