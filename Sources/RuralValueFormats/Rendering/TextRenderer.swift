public import RuralValue

/// Writes tables for a terminal: columns aligned by display width, numbers at their decimal points, three rules.
///
/// The rules and marks are ASCII, for box-drawing characters and dashes take two columns in Chinese terminals.
public struct TextRenderer: TableRenderer {
  /// A renderer of text.
  public init() {}

  /// One table; a line break ends its last line.
  public func render(_ table: ResultTable, options: RenderOptions) -> String {
    let display = DisplayTable(table, options)
    let columns = TextSpans.widened(display.columns.map(TextColumn.init), below: display.spans)
    let style = TextStyle(isOn: options.usesColour)
    let blocks = ColumnBlocks.split(
      widths: columns.map(\.width), gap: TextBlocks.gap.utf8.count, keys: display.keyColumns,
      limit: options.width)
    var lines = display.title.isEmpty ? [] : [style.bold(display.title.onOneLine)]
    for (place, block) in blocks.enumerated() {
      if place > 0 { lines.append("") }
      lines += rows(of: display, columns: block.map { columns[$0] }, at: block, options)
    }
    let width = blocks.map { TextBlocks.width($0.map { columns[$0].width }) }.max() ?? 0
    let notesWidth = min(max(width, 72), options.width ?? .max)
    lines += display.notes.flatMap { LineBreaking.lines($0, width: notesWidth) }.map(style.faint)
    return lines.map { $0 + "\n" }.joined()
  }

  /// The shown tables with blank lines between them, the sample and the notes.
  public func render(_ document: ResultDocument, options: RenderOptions) -> String {
    let style = TextStyle(isOn: options.usesColour)
    var paragraphs = document.parts.filter(\.isShown).map { render($0.table, options: options) }
    let lines = document.remarks(in: options.language).flatMap {
      LineBreaking.lines($0, width: min(80, options.width ?? 80))
    }
    if !lines.isEmpty { paragraphs.append(lines.map { style.faint($0) + "\n" }.joined()) }
    return paragraphs.joined(separator: "\n")
  }

  /// The lines of those columns that stand side by side.
  private func rows(
    of table: DisplayTable, columns: [TextColumn], at places: [Int], _ options: RenderOptions
  ) -> [String] {
    let width = TextBlocks.width(columns.map(\.width))
    let heavy = String(repeating: "=", count: width)
    let light = String(repeating: "-", count: width)
    func line(_ cells: [String]) -> String { trimmed(cells.joined(separator: TextBlocks.gap)) }

    var lines = [heavy]
    if !table.spans.isEmpty {
      lines += TextSpans.lines(of: table, at: places, widths: columns.map(\.width)).map(trimmed)
    }
    for row in 0..<table.headingRowCount {
      let headings = table.headings(row: row)
      lines.append(line(zip(columns, places).map { $0.heading(headings[$1]) }))
    }
    lines.append(light)
    let omitted = omittedRows(count: table.rowCount, limit: options.rowLimit)
    for block in table.blocks {
      if block.rows.lowerBound > 0, !omitted.contains(block.rows.lowerBound) { lines.append(light) }
      if let title = block.title { lines.append(title.onOneLine) }
      for row in block.rows {
        if row == omitted.lowerBound, !omitted.isEmpty {
          lines.append(Wording.omitted(omitted.count, options.language))
        }
        if !omitted.contains(row) { lines.append(line(columns.map { $0.lines[row] })) }
      }
    }
    return lines + [heavy]
  }

  /// The rows that a limit leaves out: a third of what is shown stands at the end.
  private func omittedRows(count: Int, limit: Int?) -> Range<Int> {
    guard let limit, limit > 0, count > limit else { return 0..<0 }
    return limit - limit / 3..<count - limit / 3
  }

  private func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}

/// A column whose cells are set to one width.
private struct TextColumn {
  private(set) var width: Int
  private(set) var lines: [String]
  private let isNumeric: Bool
  private let headingWidth: Int
  /// The width behind the digits: stars, a closing parenthesis.
  private let afterWidth: Int

  init(_ column: DisplayColumn) {
    isNumeric = column.isNumeric
    headingWidth = column.heading.map { DisplayWidth.of($0) }.max() ?? 0
    let numbers = column.numbers
    let fractionWidth = numbers.map(\.fraction.utf8.count).max() ?? 0
    afterWidth = numbers.map(\.after.utf8.count).max() ?? 0
    // Numbers without decimals end where the last decimals end, as counts stand below estimates in journals.
    let bodies = column.cells.map { cell in
      switch cell {
      case .text(let text): text.onOneLine
      case .dash: "-"
      case .blank: ""
      case .number(let pieces):
        pieces.before + pieces.whole
          + (pieces.fraction.isEmpty ? "" : pieces.fraction.padded(to: fractionWidth))
      }
    }
    let bodyWidth = max(headingWidth, bodies.map { DisplayWidth.of($0) }.max() ?? 0)
    width = bodyWidth + afterWidth
    let (isNumeric, afterWidth) = (isNumeric, afterWidth)
    lines = zip(column.cells, bodies).map { cell, body in
      guard isNumeric else { return body.padded(to: bodyWidth) }
      if case .number(let pieces) = cell, !pieces.fraction.isEmpty {
        // Stars and parentheses stand right behind the digits, however many decimals others have.
        let behindPoint = (pieces.fraction + pieces.after).padded(to: fractionWidth + afterWidth)
        return (pieces.before + pieces.whole + behindPoint).paddedLeft(to: bodyWidth + afterWidth)
      }
      let after = if case .number(let pieces) = cell { pieces.after } else { "" }
      return body.paddedLeft(to: bodyWidth) + after.padded(to: afterWidth)
    }
  }

  /// The column with more room, before numbers and behind texts.
  func widened(by extra: Int) -> TextColumn {
    var column = self
    let blanks = String(repeating: " ", count: extra)
    column.width += extra
    column.lines = lines.map { isNumeric ? blanks + $0 : $0 + blanks }
    return column
  }

  /// A heading above the digits, or above the beginnings of texts; its lines are centred on the longest.
  func heading(_ text: String) -> String {
    guard isNumeric else { return text.padded(to: width) }
    let right = (headingWidth - DisplayWidth.of(text)) / 2
    return (text + String(repeating: " ", count: right)).paddedLeft(to: width - afterWidth)
      + String(repeating: " ", count: afterWidth)
  }
}

/// The width of columns in a terminal.
private enum TextBlocks {
  static let gap = "  "

  static func width(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + gap.utf8.count * max(0, widths.count - 1)
  }
}

/// Headings above several columns, with a rule under each.
private enum TextSpans {
  /// The columns with room for the headings above several of them.
  static func widened(_ columns: [TextColumn], below spans: [DisplayTable.Span]) -> [TextColumn] {
    var columns = columns
    for span in spans {
      let missing = DisplayWidth.of(span.title) - TextBlocks.width(span.columns.map { columns[$0].width })
      guard missing > 0 else { continue }
      for (number, place) in span.columns.enumerated() {
        let share = missing / span.columns.count + (number < missing % span.columns.count ? 1 : 0)
        columns[place] = columns[place].widened(by: share)
      }
    }
    return columns
  }

  /// The two lines of the columns at these places; a heading whose columns are parted stands above each part.
  static func lines(of table: DisplayTable, at places: [Int], widths: [Int]) -> [String] {
    var (titles, rules): ([String], [String]) = ([], [])
    for group in table.groups {
      let shown = places.indices.filter { group.columns.contains(places[$0]) }
      guard !shown.isEmpty else { continue }
      let width = TextBlocks.width(shown.map { widths[$0] })
      // A key column that is repeated stands by itself.
      let title = DisplayWidth.prefix(group.title ?? "", width: width)
      let left = (width - DisplayWidth.of(title)) / 2
      titles.append((String(repeating: " ", count: left) + title).padded(to: width))
      rules.append(String(repeating: group.title == nil ? " " : "-", count: width))
    }
    return [titles.joined(separator: TextBlocks.gap), rules.joined(separator: TextBlocks.gap)]
  }
}

/// ANSI sequences, or none.
private struct TextStyle {
  let isOn: Bool

  func bold(_ text: String) -> String { isOn ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  func faint(_ text: String) -> String { isOn ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}
