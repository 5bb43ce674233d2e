/// What the columns of a printed table hold, by their headings and by what stands in them.
struct GridHeadings {
  /// The columns of one model or effect.
  struct Model: Equatable {
    /// The column of estimates.
    let estimate: Int
    /// Columns with what belongs to them.
    var readings: [(column: Int, reading: ParenthesesReading)] = []
    /// A column of marks, or of brackets, to the right of the estimates.
    var beside: [Int] = []
    /// The model's name; nil where it is the only one.
    var name: String?
    /// The effect that a heading names, and its horizon.
    var effect: PublishedTable.Effect?
    var horizon: String?

    static func == (one: Model, other: Model) -> Bool { one.estimate == other.estimate }
  }

  /// Rows of headings above the body.
  let headRows: Int
  /// The models, from left to right.
  private(set) var models: [Model] = []
  /// Columns of words beside the names of the rows.
  private(set) var keys: [Int] = []
  private let grid: PrintedGrid

  init(_ grid: PrintedGrid, _ cells: [[PrintedCell]]) {
    self.grid = grid
    headRows = Self.headRows(grid, cells)
    guard grid.width > 1, headRows < cells.count else { return }
    let body = Array(cells[headRows...])
    let numeric = (0..<grid.width).map { column in body.contains { $0[column].isNumeric } }
    let hasNumber = (0..<grid.width).map { column in
      body.contains { $0[column].number != nil && $0[column].isNumeric }
    }
    let firstNumeric = (1..<grid.width).first { numeric[$0] } ?? grid.width
    keys = (1..<max(1, firstNumeric)).filter { column in
      zip(body, grid.rows[headRows...]).contains { $0[column].hasWords && !$1[column].isCovered }
    }
    var roles = (0..<grid.width).map { $0 == 0 ? nil : role(of: $0) }
    let isNamed =
      roles.contains(.reading(.standardErrors))
      || (roles.contains(.estimate) && roles.contains { if case .reading = $0 { true } else { false } })
    // Columns of models may have outcomes called z or p.
    if !isNamed { roles = roles.map { $0 == .marks || $0 == .other ? $0 : nil } }
    for column in firstNumeric..<grid.width where numeric[column] {
      switch roles[column] {
      case .reading(let reading):
        if reading == .standardErrors, models.last == nil || isAway(models.last!.estimate, column, roles) {
          // Errors beside a column that no heading calls estimates: it is the nearest to the left.
          if let left = (1..<column).last(where: { hasNumber[$0] && roles[$0] == nil }) {
            models.removeAll { $0.estimate == left }
            models.append(Model(estimate: left))
          }
        }
        if !models.isEmpty { models[models.count - 1].readings.append((column, reading)) }
      case .marks: if !models.isEmpty { models[models.count - 1].beside.append(column) }
      case .other: break
      case .estimate: models.append(Model(estimate: column))
      case nil:
        if hasNumber[column] {
          if !isNamed { models.append(Model(estimate: column)) }
        } else if !models.isEmpty {
          models[models.count - 1].beside.append(column)
        }
      }
    }
    nameModels()
  }

  /// Whether a column named estimates, or taken for them, is not the one to which another column belongs: between
  /// them stands one without a role.
  private func isAway(_ estimate: Int, _ column: Int, _ roles: [GridWords.Role?]) -> Bool {
    roles[estimate] == nil && !models[models.count - 1].readings.isEmpty
      && ((estimate + 1)..<column).contains { roles[$0] == nil }
  }

  /// The words above a column, from the top, each once.
  private func headings(_ column: Int) -> [String] {
    var words: [String] = []
    for row in grid.rows.prefix(headRows) {
      // A lone cell stands above all columns, even where a spreadsheet lost that.
      if headRows > 1, grid.width > 2,
        row.dropFirst().count(where: { !CellText.trimmed($0.text).isEmpty }) == 1
      {
        continue
      }
      let text = CellText.trimmed(MarkText.plain(row[column].text))
      if !text.isEmpty, words.last != text { words.append(text) }
    }
    return words
  }

  private func role(of column: Int) -> GridWords.Role? {
    let words = headings(column)
    for word in words.reversed() { if let role = GridWords.role(of: word) { return role } }
    // Of a heading in several lines the last words may say it: `Direct effect Coefficient`.
    guard let last = words.last else { return nil }
    let parts = last.split(separator: " ").map(String.init)
    for count in [1, 2] where parts.count > count {
      let word = parts.suffix(count).joined(separator: " ")
      // A single letter is rather the name of an outcome.
      if word.count > 1, let role = GridWords.role(of: word), role != .other { return role }
    }
    return nil
  }

  /// Names the models by their headings, without words that say what a column holds.
  private mutating func nameModels() {
    // What stands above all of them parts none from another.
    let shared = models.map { Set(headings($0.estimate)) }.reduce(Set(headings(models.first?.estimate ?? 0)))
    {
      $0.intersection($1)
    }
    for place in models.indices {
      var words: [String] = []
      for heading in headings(models[place].estimate) where models.count == 1 || !shared.contains(heading) {
        if GridWords.role(of: heading) != nil { continue }
        var text = heading
        let parts = heading.split(separator: " ").map(String.init)
        for count in [1, 2] where parts.count > count {
          if GridWords.role(of: parts.suffix(count).joined(separator: " ")) == .estimate {
            text = parts.dropLast(count).joined(separator: " ")
          }
        }
        if let found = GridWords.effect(of: text) {
          models[place].effect = found.effect
          models[place].horizon = found.horizon
        } else {
          words.append(text)
        }
      }
      models[place].name = words.isEmpty ? nil : words.joined(separator: " ")
    }
    let isOne =
      models.count == 1
      || (Set(models.map(\.effect)).count == models.count && Set(models.map(\.name)).count == 1)
    for place in models.indices {
      if isOne {
        models[place].name = nil
        continue
      }
      let alike = models.filter {
        $0.name == models[place].name && $0.effect == models[place].effect
          && $0.horizon == models[place].horizon
      }
      if alike.count > 1 || (models[place].name == nil && models[place].effect == nil) {
        models[place].name =
          "\(models[place].name.map { "\($0), " } ?? "")column \(models[place].estimate + 1)"
      }
    }
  }

  /// The rows above the first that has a name and a number with decimals or a mark, where the document does not say.
  private static func headRows(_ grid: PrintedGrid, _ cells: [[PrintedCell]]) -> Int {
    func isBody(_ row: Int) -> Bool {
      !cells[row][0].isBlank && cells[row][0].hasWords
        && cells[row].dropFirst().contains { cell in
          cell.isNumeric && cell.number.map { $0.decimals > 0 || !cell.mark.isEmpty } ?? false
        }
    }
    let found = cells.indices.first(where: isBody) ?? cells.count
    guard let stated = grid.headRows, stated > 0, stated <= found else { return found }
    return stated
  }
}
