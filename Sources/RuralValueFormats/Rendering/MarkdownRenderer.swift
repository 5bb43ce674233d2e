public import RuralValue

/// Writes GitHub-flavoured Markdown whose source lines up in an editor, too.
public struct MarkdownRenderer: TableRenderer {
  /// A renderer of Markdown.
  public init() {}

  /// One table: its title in bold, the table, the notes as a paragraph.
  public func render(_ table: ResultTable, options: RenderOptions) -> String {
    let display = DisplayTable(table, options)
    var paragraphs = display.title.isEmpty ? [] : ["**\(Self.escaped(display.title))**"]
    paragraphs.append(grid(display).joined(separator: "\n"))
    if !display.notes.isEmpty {
      // No emphasis on the label: behind a full-width colon Markdown would not end it.
      let notes = Wording.paragraph(display.notes.map(Self.escaped), options.language)
      paragraphs.append(Wording.notesLabel(options.language) + Wording.space(options.language) + notes)
    }
    return paragraphs.joined(separator: "\n\n") + "\n"
  }

  /// The shown tables, the sample and the notes.
  public func render(_ document: ResultDocument, options: RenderOptions) -> String {
    var paragraphs = document.parts.filter(\.isShown).map { render($0.table, options: options) }
    paragraphs += document.remarks(in: options.language).map { Self.escaped($0) + "\n" }
    return paragraphs.joined(separator: "\n")
  }

  private func grid(_ table: DisplayTable) -> [String] {
    // Markdown joins no cells: a heading of several columns stands above each of them.
    let headings = table.columns.enumerated().map { place, column in
      let span = table.spans.first { $0.columns.contains(place) }
      return ((span.map { [$0.title] } ?? []) + column.heading).map(Self.escaped).joined(separator: "<br>")
    }
    var rows: [[String]] = []
    for block in table.blocks {
      if let title = block.title {
        rows.append(["*\(Self.escaped(title))*"] + table.columns.dropFirst().map { _ in "" })
      }
      rows += block.rows.map { row in table.columns.map { Self.text($0.cells[row]) } }
    }
    let widths = headings.indices.map { place in
      rows.reduce(max(3, DisplayWidth.of(headings[place]))) { max($0, DisplayWidth.of($1[place])) }
    }
    let rule = zip(table.columns, widths).map { column, width in
      column.isNumeric
        ? String(repeating: "-", count: width - 1) + ":" : ":" + String(repeating: "-", count: width - 1)
    }
    let lines = ([headings, rule] + rows).map { cells in
      zip(cells, zip(table.columns, widths)).map { cell, shape in
        shape.0.isNumeric ? cell.paddedLeft(to: shape.1) : cell.padded(to: shape.1)
      }
    }
    return lines.map { "| " + $0.joined(separator: " | ") + " |" }
  }

  private static func text(_ cell: DisplayCell) -> String {
    switch cell {
    case .text(let text): escaped(text)
    case .number(let pieces): escaped(pieces.text)
    case .dash: "—"
    case .blank: ""
    }
  }

  /// A text in which nothing is markup, whatever stands beside a sign and joins it to one character.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "|", "*", "_", "`", "[", "]", "~", "$", "#": result += "\\\(scalar)"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\n": result += "<br>"
      case "\t": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
