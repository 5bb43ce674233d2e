import RuralValue

/// A three-line table as WordprocessingML has it: the columns that stand side by side, with their rules.
struct WordGrid {
  private let table: DisplayTable
  private let columns: [(column: Int, width: Int)]
  private let page: WordPage
  private let language: Language
  private let measured: [WordColumn]

  init(
    _ table: DisplayTable, _ columns: [(column: Int, width: Int)], _ page: WordPage, _ language: Language
  ) {
    (self.table, self.columns, self.page, self.language) = (table, columns, page, language)
    measured = columns.map { WordColumn(table.columns[$0.column]) }
  }

  /// The whole element.
  var xml: String {
    let width = columns.reduce(0) { $0 + $1.width }
    let grid = columns.map { "<w:gridCol w:w=\"\($0.width)\"/>" }.joined()
    let margin = WordColumn.margin
    return [
      "<w:tbl><w:tblPr><w:tblW w:w=\"\(width)\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>",
      "<w:tblBorders>\(Rule.thick.xml("top"))\(Rule.thick.xml("bottom"))</w:tblBorders>",
      "<w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"\(margin)\" w:type=\"dxa\"/>",
      "<w:right w:w=\"\(margin)\" w:type=\"dxa\"/></w:tblCellMar><w:tblLook w:val=\"0000\"/></w:tblPr>",
      "<w:tblGrid>\(grid)</w:tblGrid>", head, body, "</w:tbl>",
    ].joined()
  }

  // MARK: - Headings

  private var head: String {
    let hasSpans = !table.spans.isEmpty
    let count = max(1, table.headingRowCount)
    return (hasSpans ? row(spans, isHead: true) : "")
      + (0..<count).map { number in
        let headings = table.headingRowCount == 0 ? columns.map { _ in "" } : table.headings(row: number)
        let cells = columns.map { column in
          cell(
            width: column.width,
            top: number == 0 && !hasSpans ? .thick : nil, bottom: number == count - 1 ? .thin : nil,
            WordParagraph(
              style: page.style, keepsNext: true,
              alignment: table.columns[column.column].isNumeric ? .center : nil,
              content: WordText.run(headings.isEmpty ? "" : headings[column.column], language)))
        }
        return row(cells, isHead: true)
      }.joined()
  }

  /// Headings above several columns; one whose columns are parted stands above each part.
  private var spans: [String] {
    table.groups.compactMap { group in
      let shown = columns.filter { group.columns.contains($0.column) }
      guard !shown.isEmpty else { return nil }
      return cell(
        width: shown.reduce(0) { $0 + $1.width }, span: shown.count, top: .thick,
        WordParagraph(
          style: page.style, keepsNext: true, hasRule: group.title != nil, alignment: .center,
          content: WordText.run(group.title ?? "", language)))
    }
  }

  // MARK: - Rows

  private var body: String {
    table.blocks.map { block in
      let isFirst = block.rows.lowerBound == 0
      let title = block.title.map { title in
        row([
          cell(
            width: columns.reduce(0) { $0 + $1.width }, span: columns.count, top: isFirst ? nil : .thin,
            WordParagraph(
              style: page.style, keepsNext: true,
              content: WordText.run(title, language, language == .chinese ? .bold : .italic)))
        ])
      }
      return (title ?? "")
        + block.rows.map { number in
          let isBelowRule = number == block.rows.lowerBound && title == nil && !isFirst
          return row(
            columns.indices.map { place in
              cell(
                width: columns[place].width, top: isBelowRule ? .thin : nil,
                bottom: number == table.rowCount - 1 ? .thick : nil, paragraph(row: number, place))
            })
        }.joined()
    }.joined()
  }

  private func paragraph(row: Int, _ place: Int) -> WordParagraph {
    let column = table.columns[columns[place].column]
    // A short table stays together and with its notes.
    var paragraph = WordParagraph(
      style: page.style,
      keepsNext: table.rowCount <= WordRenderer.pageRows && (row < table.rowCount - 1 || !table.notes.isEmpty)
    )
    switch column.cells[row] {
    case .text(let text):
      paragraph.alignment = column.isNumeric ? .center : nil
      paragraph.content = WordText.run(text, language)
    case .dash:
      paragraph.alignment = column.isNumeric ? .center : nil
      paragraph.content = WordText.run("—", .english)
    case .blank: break
    case .number(let pieces):
      // A count below estimates has no point, and stands in the middle as words do.
      if pieces.fraction.isEmpty, measured[place].hasPoints {
        paragraph.alignment = .center
      } else {
        paragraph.decimalTab = measured[place].decimalTab(width: columns[place].width, page)
      }
      paragraph.content = WordText.number(pieces, language)
    }
    return paragraph
  }

  // MARK: - Elements

  private func row(_ cells: [String], isHead: Bool = false) -> String {
    "<w:tr><w:trPr><w:cantSplit/>\(isHead ? "<w:tblHeader/>" : "")</w:trPr>\(cells.joined())</w:tr>"
  }

  private func cell(
    width: Int, span: Int = 1, top: Rule? = nil, bottom: Rule? = nil, _ paragraph: WordParagraph
  ) -> String {
    let rules = (top?.xml("top") ?? "") + (bottom?.xml("bottom") ?? "")
    return [
      "<w:tc><w:tcPr><w:tcW w:w=\"\(width)\" w:type=\"dxa\"/>",
      span > 1 ? "<w:gridSpan w:val=\"\(span)\"/>" : "",
      rules.isEmpty ? "" : "<w:tcBorders>\(rules)</w:tcBorders>",
      paragraph.decimalTab == nil ? "" : "<w:noWrap/>", "<w:vAlign w:val=\"center\"/></w:tcPr>",
      paragraph.xml, "</w:tc>",
    ].joined()
  }

  /// A rule by its thickness in eighths of a point.
  private enum Rule: Int {
    case thin = 6
    case thick = 12

    func xml(_ side: String) -> String {
      "<w:\(side) w:val=\"single\" w:sz=\"\(rawValue)\" w:space=\"0\" w:color=\"000000\"/>"
    }
  }
}
