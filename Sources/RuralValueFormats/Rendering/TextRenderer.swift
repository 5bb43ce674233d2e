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
    let columns = display.columns.map(TextColumn.init)
    let style = TextStyle(isOn: options.usesColour)
    let blocks = TextBlocks.split(
      widths: columns.map(\.width), keys: display.keyColumns, limit: options.width)
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
  let width: Int
  let lines: [String]
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

  /// A heading above the digits, or above the beginnings of texts; its lines are centred on the longest.
  func heading(_ text: String) -> String {
    guard isNumeric else { return text.padded(to: width) }
    let right = (headingWidth - DisplayWidth.of(text)) / 2
    return (text + String(repeating: " ", count: right)).paddedLeft(to: width - afterWidth)
      + String(repeating: " ", count: afterWidth)
  }
}

/// How columns share the width of a terminal.
private enum TextBlocks {
  static let gap = "  "

  static func width(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + gap.utf8.count * max(0, widths.count - 1)
  }

  /// The columns that stand side by side; where they do not all fit, each block repeats the keys.
  static func split(widths: [Int], keys: Int, limit: Int?) -> [[Int]] {
    guard let limit, width(widths) > limit else { return [Array(widths.indices)] }
    let keys = Array(0..<keys)
    var blocks = [keys]
    for column in keys.count..<widths.count {
      let block = blocks[blocks.count - 1]
      let fits = width((block + [column]).map { widths[$0] }) <= limit
      if fits || block == keys {
        blocks[blocks.count - 1].append(column)
      } else {
        blocks.append(keys + [column])
      }
    }
    return blocks
  }
}

/// ANSI sequences, or none.
private struct TextStyle {
  let isOn: Bool

  func bold(_ text: String) -> String { isOn ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  func faint(_ text: String) -> String { isOn ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}
