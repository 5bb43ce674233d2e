public import RuralValue

/// A table as people see it, in one language and with its stars, before any format has set it.
///
/// It is what the renderers of all formats have in common, and the place where they take their texts: here what
/// would command a terminal or break a page becomes visible.
struct DisplayTable {
  let name: String
  let title: String
  let columns: [DisplayColumn]
  /// The first columns that say what a row is about.
  let keyColumns: Int
  let sections: [Section]
  /// Headings above several of the columns, from left to right.
  let spans: [Span]
  /// What parentheses and stars mean, then the table's own notes.
  let notes: [String]
  let rowCount: Int

  /// A block of rows below a thin rule.
  struct Section {
    let firstRow: Int
    let title: String?
  }

  /// A heading above several columns.
  struct Span {
    let columns: Range<Int>
    let title: String
  }

  /// A table with a reader's options.
  init(_ table: ResultTable, _ options: RenderOptions) {
    let marks = StarMarks(levels: options.starLevels)
    name = table.name
    title = table.title.shown(in: options.language)
    let decimals = InferenceDecimals(table, options.digits)
    // A column of words that has none, such as the reasons where nothing failed, is for scripts only.
    let shown = table.columns.indices.filter { place in
      place < table.keyColumns || !table.columns[place].isWordless
    }
    columns = shown.map {
      DisplayColumn(table.columns[$0], marks: marks, decimals: decimals, options: options)
    }
    spans = table.spans.compactMap { span in
      let places = shown.indices.filter { span.columns.contains(shown[$0]) }
      guard let first = places.first, let last = places.last else { return nil }
      return Span(columns: first..<(last + 1), title: span.heading.shown(in: options.language).onOneLine)
    }
    keyColumns = min(table.keyColumns, table.columns.count)
    sections = table.sections.map {
      Section(firstRow: $0.firstRow, title: $0.title?.shown(in: options.language))
    }
    rowCount = table.rowCount
    let note = marks.note(
      language: options.language, hasStars: table.columns.contains(where: \.canHaveStars),
      hasStandardErrors: table.columns.contains { $0.shows(.standardError) },
      inBrackets: table.inBrackets)
    notes =
      [note].compactMap(\.self) + table.cautions.map { $0.asCaution.shown(in: options.language) }
      + table.notes.map { $0.shown(in: options.language) }
  }

  /// The number of rows that the headings take.
  var headingRowCount: Int { columns.map(\.heading.count).max() ?? 0 }

  /// The headings of one row; a column with fewer of them than others has them in the lowest rows.
  func headings(row: Int) -> [String] {
    columns.map { column in
      let place = row - (headingRowCount - column.heading.count)
      return place < 0 ? "" : column.heading[place]
    }
  }

  /// The columns under each heading of several, and each column without one by itself, in their order.
  var groups: [(columns: Range<Int>, title: String?)] {
    var groups: [(columns: Range<Int>, title: String?)] = []
    var place = 0
    for span in spans {
      groups += (place..<span.columns.lowerBound).map { ($0..<($0 + 1), nil) }
      groups.append((span.columns, span.title))
      place = span.columns.upperBound
    }
    return groups + (place..<max(place, columns.count)).map { ($0..<($0 + 1), nil) }
  }

  /// The rows of each block with the heading above it; the first block may have none.
  var blocks: [(title: String?, rows: Range<Int>)] {
    let starts = sections.map(\.firstRow)
    var blocks: [(title: String?, rows: Range<Int>)] = []
    if starts.first != 0 { blocks.append((nil, 0..<(starts.first ?? rowCount))) }
    for (place, section) in sections.enumerated() {
      let end = place + 1 < starts.count ? starts[place + 1] : rowCount
      blocks.append((section.title, section.firstRow..<end))
    }
    return blocks
  }
}

/// A column as people see it.
struct DisplayColumn {
  /// The lines of the heading.
  let heading: [String]
  let cells: [DisplayCell]
  /// Whether the column holds numbers, which stand to the right.
  let isNumeric: Bool

  init(_ column: ResultColumn, marks: StarMarks, decimals: InferenceDecimals, options: RenderOptions) {
    heading = column.heading.shown(in: options.language).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    if let words = column.shown {
      isNumeric = false
      cells = words.map { .text($0.shown(in: options.language)) }
      return
    }
    switch column.values {
    case .text(let texts):
      isNumeric = false
      cells = texts.map { $0.map { .text(VisibleText.of($0)) } ?? .blank }
    case .phrase(let terms):
      isNumeric = false
      cells = terms.map { .text($0.shown(in: options.language)) }
    case .remark(let terms):
      isNumeric = false
      cells = terms.map { $0.map { .text($0.shown(in: options.language)) } ?? .blank }
    case .integer(let numbers):
      isNumeric = true
      cells = numbers.indices.map { row in
        guard let number = numbers[row] else { return column.missing == .dash ? .dash : .blank }
        var pieces = NumberPieces(number, display: column.display(row: row))
        pieces.after = marks.marks(pValue: column.significance?[row] ?? .nan)
        return .number(pieces)
      }
    case .number(let numbers):
      isNumeric = true
      cells = numbers.indices.map { row in
        DisplayCell(
          numbers[row], display: column.display(row: row), decimals: decimals[row: row],
          missing: column.missing,
          pValue: column.significance?[row] ?? .nan, marks: marks, options: options)
      }
    }
  }

  /// The width of the widest heading or cell.
  var width: Int {
    cells.reduce(heading.map { DisplayWidth.of($0) }.max() ?? 0) { width, cell in
      switch cell {
      case .text(let text): max(width, DisplayWidth.of(text))
      case .number(let pieces): max(width, pieces.text.utf8.count)
      case .dash, .blank: width
      }
    }
  }

  /// The pieces of all numbers in the column.
  var numbers: [NumberPieces] {
    cells.compactMap { cell in
      if case .number(let pieces) = cell { pieces } else { nil }
    }
  }
}

extension ResultColumn {
  /// Whether any cell has a p value: then the levels are stated, even if no star stands in the table.
  fileprivate var canHaveStars: Bool {
    significance?.contains { !$0.isNaN } ?? false
  }

  /// Whether a number is shown so.
  fileprivate func shows(_ wanted: NumberDisplay) -> Bool {
    guard case .number(let numbers) = values else { return false }
    return numbers.indices.contains { display(row: $0) == wanted && !numbers[$0].isNaN }
  }
}

extension ResultTable {
  /// What stands in brackets under estimates; nil where there are none.
  fileprivate var inBrackets: Phrase? {
    func shows(_ display: NumberDisplay) -> Bool { columns.contains { $0.shows(display) } }
    if shows(.bracketed(isProbability: false)) {
      return Phrase("z or t statistics in brackets", zh: "方括号内为z值或t值")
    }
    return shows(.bracketed(isProbability: true)) ? Phrase("p values in brackets", zh: "方括号内为p值") : nil
  }
}

extension Phrase {
  fileprivate var asCaution: Phrase { Phrase("Caution: \(english)", zh: "注意：\(chinese)") }

  /// The wording in one language, for people.
  fileprivate func shown(in language: Language) -> String { VisibleText.of(text(in: language)) }
}

extension ResultDocument {
  /// What stands below the tables, for people: the size of the sample and the notes.
  public func remarks(in language: Language) -> [String] {
    ((sample.map { [$0.sentence] } ?? []) + notes).map { $0.shown(in: language) }
  }
}
