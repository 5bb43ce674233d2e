import RuralValue

/// Puts the cells of a document's table in their places, those that others span included.
struct GridBuilder {
  /// The most cells of a printed table; a table of coefficients has some hundreds.
  static let mostCells = 400_000
  /// The most columns that a cell spans or a row has.
  static let mostColumns = 2_000

  private(set) var rows: [[PrintedGrid.Cell]] = []
  private(set) var lines: [Int] = []
  var caption = ""
  var notes: [String] = []
  var headRows: Int?
  /// Cells that reach down into rows to come: of each column the text and how many rows.
  private var reaching: [Int: (text: String, rows: Int)] = [:]
  private var cellCount = 0
  /// Whether it has more cells than any table that is read.
  private(set) var isTooLarge = false

  /// A cell as a document has it.
  struct Span {
    var text: String
    var columns = 1
    var rows = 1
    /// Whether it goes on with the cell above, as a merged cell of Word does.
    var continuesAbove = false
  }

  /// Begins a row, and puts its cells where nothing reaches down.
  mutating func add(_ cells: [Span], line: Int) {
    var row: [PrintedGrid.Cell] = []
    for cell in cells {
      fill(&row)
      let above = rows.last?.indices.contains(row.count) == true ? rows.last![row.count].text : ""
      let text = cell.continuesAbove ? above : cell.text
      for offset in 0..<min(max(1, cell.columns), Self.mostColumns - min(row.count, Self.mostColumns - 1)) {
        if cell.rows > 1 { reaching[row.count] = (text, min(cell.rows, 100_000) - 1) }
        row.append(PrintedGrid.Cell(text, isCovered: cell.continuesAbove || offset > 0))
      }
      guard row.count < Self.mostColumns else { break }
    }
    fill(&row)
    cellCount += max(1, row.count)
    guard cellCount <= Self.mostCells else {
      isTooLarge = true
      return
    }
    rows.append(row)
    lines.append(line)
  }

  /// Goes on with what reaches down into the row here.
  private mutating func fill(_ row: inout [PrintedGrid.Cell]) {
    while let above = reaching[row.count], above.rows > 0, row.count < Self.mostColumns {
      reaching[row.count] = (above.text, above.rows - 1)
      row.append(PrintedGrid.Cell(above.text, isCovered: true))
    }
  }

  /// The table, the number of which in its file is known.
  func grid(source: String, number: Int, countsRows: Bool) -> PrintedGrid {
    PrintedGrid(
      source: source, number: number, caption: Self.oneLine(caption),
      notes: notes.map(Self.oneLine).filter { !$0.isEmpty },
      rows: rows, lines: lines, countsRows: countsRows, headRows: headRows)
  }

  /// Whether a paragraph above a table may be its caption: it is short, and no note of the table above that says what
  /// stars mean.
  static func mayBeCaption(_ text: String) -> Bool {
    text.count < 300 && StarConvention(note: text) == nil
  }

  /// A text with single blanks.
  static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
