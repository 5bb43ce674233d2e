/// The estimates of a printed table: which cells they are, and what stands in parentheses, beside or beneath them.
struct CoefficientGrid {
  /// An estimate with all that is printed of it.
  struct Entry {
    var term: String
    /// Words of the row besides its name, needed only where names repeat.
    let keys: String
    /// The heading of its block of rows.
    let block: String
    let effect: PublishedTable.Effect?
    let column: String?
    let line: Int
    var cell: PrintedCell
    var mark: String
    var brackets: [PrintedCell.Bracket]
    var named: [ParenthesesReading: PrintedNumber] = [:]
  }

  private(set) var entries: [Entry] = []
  /// Paragraphs in the table's own rows.
  private(set) var notes: [String] = []
  /// Of each model the units and observations that the rows of the fit count.
  private(set) var counts: [String?: [GridWords.Count: Double]] = [:]

  private let grid: PrintedGrid
  private let cells: [[PrintedCell]]
  private let headings: GridHeadings
  /// The estimates of the row that was read last, by model.
  private var open: [Int: Int] = [:]
  private var label = ""
  private var block = ""
  private var blockEffect: (effect: PublishedTable.Effect, horizon: String?)?

  init(_ grid: PrintedGrid) {
    self.grid = grid
    let body = grid.rows.flatMap { $0.dropFirst().filter { !$0.isCovered }.map(\.text) }
    let hasPoints = body.contains { text in
      let cell = PrintedCell(text)
      return cell.isNumeric && PrintedCell.cleaned(text).contains(".")
    }
    let decimalComma = !hasPoints && body.contains(where: PrintedCell.needsComma)
    cells = grid.rows.map { row in
      row.enumerated().map { place, cell in
        PrintedCell(place > 0 && cell.isCovered ? "" : cell.text, decimalComma: decimalComma)
      }
    }
    headings = GridHeadings(grid, cells)
    guard !headings.models.isEmpty else { return }
    for row in headings.headRows..<grid.rows.count { read(row) }
    // Names that are left without anything to hold the estimate to are counts, tests and the fit.
    entries.removeAll { entry in
      (entry.mark.isEmpty && entry.named.isEmpty && entry.brackets.allSatisfy { $0.number == nil })
        || (GridWords.isStatistic(entry.term) && entry.named[.standardErrors] == nil)
    }
    makeNamesDiffer()
  }

  private mutating func read(_ row: Int) {
    let line = cells[row]
    let first = grid.rows[row][0]
    let name = first.isCovered ? "" : CellText.trimmed(MarkText.plain(first.text))
    let found = headings.models.indices.filter { isFilled(headings.models[$0], line) }
    guard !found.isEmpty else {
      readWords(row, name)
      return
    }
    if isContinuation(name, found, line) {
      let role = Self.role(ofRow: name)
      for place in found { attach(line, headings.models[place], to: open[place], role) }
      return
    }
    (open, label) = ([:], name)
    count(name, found, line)
    for place in found where line[headings.models[place].estimate].number != nil {
      open[place] = entries.count
      add(headings.models[place], row, name)
    }
  }

  private func isFilled(_ model: GridHeadings.Model, _ line: [PrintedCell]) -> Bool {
    ([model.estimate] + model.beside + model.readings.map(\.column)).contains { line[$0].isNumeric }
  }

  /// Whether a row belongs to the estimates above it: it has no name of its own, or that of what it holds, or nothing
  /// but brackets where they had none yet.
  private func isContinuation(_ name: String, _ found: [Int], _ line: [PrintedCell]) -> Bool {
    guard !open.isEmpty else { return false }
    if name.isEmpty { return true }
    guard found.allSatisfy({ open[$0] != nil }) else { return false }
    let isBare = found.allSatisfy { place in
      let cell = line[headings.models[place].estimate]
      return cell.mark.isEmpty && (cell.number == nil || cell.brackets.isEmpty)
    }
    if isBare, Self.role(ofRow: name) != nil { return true }
    let areBracketed = found.allSatisfy { place in
      let model = headings.models[place]
      return line[model.estimate].isBracketed || !line[model.estimate].isNumeric
    }
    guard areBracketed, !GridWords.isStatistic(name) else { return false }
    return name == label || found.allSatisfy { open[$0].map { entries[$0].brackets.isEmpty } ?? false }
  }

  private static func role(ofRow name: String) -> ParenthesesReading? {
    let word = GridWords.folded(name)
    // P and T are variables rather than what stands beneath one.
    if word.count == 1, word != name { return nil }
    if word.contains("residual") || word.contains("regression") { return nil }
    if case .reading(let reading) = GridWords.role(of: name) { return reading }
    return nil
  }

  private mutating func add(_ model: GridHeadings.Model, _ row: Int, _ name: String) {
    let line = cells[row]
    let cell = line[model.estimate]
    var keys: [String] = []
    var (effect, horizon) = (model.effect ?? blockEffect?.effect, model.horizon ?? blockEffect?.horizon)
    for column in headings.keys where !grid.rows[row][column].isCovered {
      let text = CellText.trimmed(grid.rows[row][column].text)
      if let found = GridWords.effect(of: text) {
        (effect, horizon) = (found.effect, found.horizon ?? horizon)
      } else if !text.isEmpty {
        keys.append(text)
      }
    }
    if let horizon { keys.append(horizon) }
    var entry = Entry(
      term: name, keys: keys.joined(separator: ", "), block: block, effect: effect, column: model.name,
      line: grid.lines[row], cell: cell, mark: cell.mark, brackets: cell.brackets)
    if let second = cell.second {
      entry.brackets.append(PrintedCell.Bracket(number: second, isSquare: false, role: nil))
    }
    entries.append(entry)
    attach(line, model, to: entries.count - 1, nil, isFirst: true)
  }

  /// Adds what stands beside or beneath an estimate.
  private mutating func attach(
    _ line: [PrintedCell], _ model: GridHeadings.Model, to place: Int?, _ role: ParenthesesReading?,
    isFirst: Bool = false
  ) {
    guard let place else { return }
    for column in (isFirst ? [] : [model.estimate]) + model.beside {
      let cell = line[column]
      guard cell.isNumeric else { continue }
      entries[place].mark += cell.mark
      for var bracket in cell.brackets {
        bracket.role = bracket.role ?? role
        entries[place].brackets.append(bracket)
      }
      if let number = cell.number {
        entries[place].brackets.append(PrintedCell.Bracket(number: number, isSquare: false, role: role))
      }
    }
    for (column, reading) in model.readings {
      let cell = line[column]
      guard cell.isNumeric, let number = cell.number ?? cell.brackets.first?.number else { continue }
      if entries[place].named[reading] == nil { entries[place].named[reading] = number }
      entries[place].mark += cell.mark
    }
  }

  /// The number of units or observations that a row gives.
  private mutating func count(_ name: String, _ found: [Int], _ line: [PrintedCell]) {
    guard let count = GridWords.count(name) else { return }
    for place in found {
      guard let value = line[headings.models[place].estimate].number?.interval.middle, value >= 2 else {
        continue
      }
      counts[headings.models[place].name, default: [:]][count] = value
    }
  }

  /// A row without numbers: the heading of a block, a note, or what is known of the models.
  private mutating func readWords(_ row: Int, _ name: String) {
    let others = grid.rows[row].dropFirst().filter { !$0.isCovered && !CellText.trimmed($0.text).isEmpty }
    let text = ([name] + others.map { CellText.trimmed($0.text) }).filter { !$0.isEmpty }
      .joined(separator: " ")
    guard !text.isEmpty else { return }
    open = [:]
    if text.count > 30 || StarConvention(note: text) != nil
      || GridWords.reading(ofClause: text) != nil
    {
      notes.append(text)
    } else if others.isEmpty, !name.isEmpty {
      blockEffect = GridWords.effect(of: name)
      block = blockEffect == nil ? name : ""
    }
  }

  /// Adds the further words of rows, or the heading of their block, where two of one model have one name.
  private mutating func makeNamesDiffer() {
    func names() -> [String: Int] {
      Dictionary(grouping: entries) { "\($0.term)\u{0}\($0.effect?.rawValue ?? "")\u{0}\($0.column ?? "")" }
        .mapValues(\.count)
    }
    func isRepeated(_ entry: Entry, _ counts: [String: Int]) -> Bool {
      counts["\(entry.term)\u{0}\(entry.effect?.rawValue ?? "")\u{0}\(entry.column ?? "")", default: 0] > 1
    }
    for further in [\Entry.keys, \Entry.block] {
      let counts = names()
      for place in entries.indices where isRepeated(entries[place], counts) {
        let word = entries[place][keyPath: further]
        if !word.isEmpty { entries[place].term += ", \(word)" }
      }
    }
    let counts = names()
    for place in entries.indices where isRepeated(entries[place], counts) {
      entries[place].term += ", \(grid.countsRows ? "row" : "line") \(entries[place].line)"
    }
  }
}
