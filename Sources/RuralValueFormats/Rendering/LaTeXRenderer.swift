public import RuralValue

/// Writes three-line tables for `\input`; the document loads booktabs, dcolumn and threeparttable, longtable
/// where a table is longer than a page, and for Chinese ctex.
public struct LaTeXRenderer: TableRenderer {
  /// The most rows that are put on one page.
  static let pageRows = 45
  /// The most characters side by side that are set in the document's own size.
  static let lineCharacters = 80

  /// A renderer of LaTeX.
  public init() {}

  /// One table in a `table` environment, or a `longtable` where a page does not hold it.
  public func render(_ table: ResultTable, options: RenderOptions) -> String {
    let display = DisplayTable(table, options)
    let columns = display.columns.map(LaTeXColumn.init)
    let lines =
      display.rowCount > Self.pageRows
      ? longTable(display, columns, options) : floatingTable(display, columns, options)
    return lines.joined(separator: "\n") + "\n"
  }

  /// The shown tables one after the other, then the sample and the notes as paragraphs.
  public func render(_ document: ResultDocument, options: RenderOptions) -> String {
    var paragraphs = document.parts.filter(\.isShown).map { render($0.table, options: options) }
    paragraphs += document.remarks(in: options.language).map { "\\noindent \(LaTeXText.escaped($0))\n" }
    return paragraphs.joined(separator: "\n")
  }

  /// The table's label, which no other table of the document has.
  private func label(_ table: DisplayTable, _ options: RenderOptions) -> String {
    let names = [options.scope, table.name].filter { !$0.isEmpty }.map(LaTeXText.label)
    return "\\label{tab:\(names.joined(separator: ":"))}"
  }

  private func floatingTable(
    _ table: DisplayTable, _ columns: [LaTeXColumn], _ options: RenderOptions
  ) -> [String] {
    let caption = ["\\caption{\(LaTeXText.escaped(table.title))}", label(table, options)]
    let tabular =
      ["\\begin{tabular}{\(columns.map(\.specification).joined())}", "\\toprule"] + head(table, columns)
      + ["\\midrule"] + body(table, columns) + ["\\bottomrule", "\\end{tabular}"]
    let notes = notes(table, options.language)
    let (packages, content) =
      isWide(columns)
      ? ("booktabs,dcolumn,graphicx", shrunk(caption, tabular, notes))
      : ("booktabs,dcolumn,threeparttable", measured(caption, tabular, notes))
    return [
      "% \\usepackage{\(packages)\(further(tabular))}", "\\begin{table}[htbp]", "\\centering",
      "\\belowcaptionskip=6pt",
    ]
      + content + ["\\end{table}"]
  }

  /// The package of check marks, where there are any.
  private func further(_ lines: [String]) -> String {
    lines.contains { $0.contains("\\checkmark") } ? ",amssymb" : ""
  }

  /// Caption and notes as wide as the table.
  private func measured(_ caption: [String], _ tabular: [String], _ notes: String?) -> [String] {
    let notes = notes.map {
      ["\\begin{tablenotes}[flushleft]\\footnotesize", "\\item \($0)", "\\end{tablenotes}"]
    }
    return ["\\begin{threeparttable}"] + caption + tabular + (notes ?? []) + ["\\end{threeparttable}"]
  }

  /// A table that may be wider than the text, made no wider than it; the notes keep their size.
  private func shrunk(_ caption: [String], _ tabular: [String], _ notes: String?) -> [String] {
    let notes = notes.map {
      ["\\par\\smallskip", "\\begin{minipage}{\\linewidth}\\footnotesize \($0)\\end{minipage}"]
    }
    return caption + ["\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%"] + tabular
      + ["}"] + (notes ?? [])
  }

  private func longTable(
    _ table: DisplayTable, _ columns: [LaTeXColumn], _ options: RenderOptions
  ) -> [String] {
    let language = options.language
    let head = ["\\toprule"] + head(table, columns) + ["\\midrule"]
    let continued = Phrase("Continued on the next page", zh: "续下页").text(in: language)
    let notes = notes(table, language).map { ["{\\footnotesize\\noindent \($0)\\par}"] }
    let body = body(table, columns)
    return ["% \\usepackage{booktabs,dcolumn,longtable\(further(body))}", "\\begingroup"] + [
      isWide(columns) ? "\\scriptsize\\setlength{\\tabcolsep}{3pt}" : "\\small",
      "\\begin{longtable}{\(columns.map(\.specification).joined())}",
      "\\caption{\(LaTeXText.escaped(table.title))}\(label(table, options))\\\\",
    ] + head + ["\\endfirsthead"] + head + [
      "\\endhead", "\\midrule",
      "\\multicolumn{\(columns.count)}{r}{\\footnotesize \(continued)}\\\\", "\\endfoot", "\\bottomrule",
      "\\endlastfoot",
    ] + body + ["\\end{longtable}"] + (notes ?? []) + ["\\endgroup"]
  }

  private func notes(_ table: DisplayTable, _ language: Language) -> String? {
    guard !table.notes.isEmpty else { return nil }
    return "\\textit{\(Wording.notesLabel(language))}\(Wording.space(language))"
      + Wording.paragraph(table.notes.map(LaTeXText.escaped), language)
  }

  private func isWide(_ columns: [LaTeXColumn]) -> Bool {
    columns.reduce(0) { $0 + $1.width + 2 } > Self.lineCharacters
  }

  private func head(_ table: DisplayTable, _ columns: [LaTeXColumn]) -> [String] {
    spans(table)
      + (0..<table.headingRowCount).map { row in
        line(zip(columns, table.headings(row: row)).map { $0.heading($1) })
      }
  }

  /// Headings above several columns, and the rules under them.
  private func spans(_ table: DisplayTable) -> [String] {
    guard !table.spans.isEmpty else { return [] }
    let cells = table.groups.map { group in
      group.title.map { "\\multicolumn{\(group.columns.count)}{c}{\(LaTeXText.cell($0))}" } ?? ""
    }
    let rules = table.spans.map {
      "\\cmidrule(lr){\($0.columns.lowerBound + 1)-\($0.columns.upperBound)}"
    }
    return [line(cells), rules.joined()]
  }

  private func body(_ table: DisplayTable, _ columns: [LaTeXColumn]) -> [String] {
    table.blocks.flatMap { block in
      let rule = block.rows.lowerBound > 0 ? ["\\midrule"] : []
      let title = block.title.map {
        ["\\multicolumn{\(columns.count)}{l}{\\textit{\(LaTeXText.escaped($0))}}\\\\"]
      }
      return rule + (title ?? []) + block.rows.map { row in line(columns.map { $0.cells[row] }) }
    }
  }

  private func line(_ cells: [String]) -> String {
    cells.joined(separator: " & ") + " \\\\"
  }
}

/// A column as LaTeX sets it.
private struct LaTeXColumn {
  /// The column's letter in the preamble of the table.
  let specification: String
  let cells: [String]
  /// About how many characters stand beside each other.
  let width: Int
  private let isNumeric: Bool

  /// Texts wider than this are broken into lines.
  private static let widestText = 40

  init(_ column: DisplayColumn) {
    isNumeric = column.isNumeric
    let numbers = column.numbers
    let hasPoints = numbers.contains { !$0.fraction.isEmpty }
    if hasPoints {
      // D{.}{.}{a.b} puts the points above each other and makes room for a and b digits beside them. A
      // raised star is nearly as wide as a digit.
      let before = numbers.map { $0.before.count + $0.whole.count }.max() ?? 0
      let after = numbers.map { $0.fraction.count - 1 + $0.after.count }.max() ?? 0
      specification = "D{.}{.}{\(before).\(max(1, after))}"
    } else if column.isNumeric {
      specification = "r"
    } else {
      specification = column.width > Self.widestText ? "p{0.35\\linewidth}" : "l"
    }
    width = min(Self.widestText, column.width)
    cells = column.cells.map { Self.text($0, isDecimal: hasPoints, isNumeric: column.isNumeric) }
  }

  func heading(_ text: String) -> String {
    let escaped = LaTeXText.cell(text)
    return isNumeric && !escaped.isEmpty ? "\\multicolumn{1}{c}{\(escaped)}" : escaped
  }

  private static func text(_ cell: DisplayCell, isDecimal: Bool, isNumeric: Bool) -> String {
    switch cell {
    case .text(let text): isNumeric ? centred(LaTeXText.cell(text)) : LaTeXText.cell(text)
    case .dash: centred("---")
    case .blank: ""
    case .number(let pieces):
      if isDecimal, !pieces.fraction.isEmpty {
        // dcolumn's cells are in mathematics mode.
        mathematics(pieces)
      } else if isDecimal {
        centred("$\(mathematics(pieces))$")
      } else {
        "$\(mathematics(pieces))$"
      }
    }
  }

  private static func mathematics(_ pieces: NumberPieces) -> String {
    // Braces keep a comma between thousands from having a blank behind it.
    let whole = pieces.whole.replacing("inf", with: "\\infty").replacing(",", with: "{,}")
    let stars = pieces.after.filter { $0 == "*" }
    // Braces keep the sign from being set as a relation, with blanks around it.
    return (pieces.before == "<" ? "{<}" : pieces.before) + whole + pieces.fraction
      + pieces.after.filter { $0 != "*" }
      + (stars.isEmpty ? "" : "^{\(stars)}")
  }

  private static func centred(_ text: String) -> String {
    "\\multicolumn{1}{c}{\(text)}"
  }
}
