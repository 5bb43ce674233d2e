extension WeightsReading {
  /// Weights from a list of links: `from,to` or `from,to,weight`, found by their names or else the first columns.
  ///
  /// Units stand in the order of their first appearance. What a pair means is in `LinkPairs`. A link of a unit
  /// to itself with weight zero, or a row without a second id, makes an island known. A list without a header is
  /// told by its first row. Throws `WeightsError` and `TableError`.
  init(edgeList table: Table, _ options: WeightsOptions) throws {
    let columns = try EdgeListColumns(table)
    var rows = try EdgeListRows(table, columns)
    var notes = columns.notes + rows.notes
    if !columns.areNamed, rows.takeHeaderAsLink(table) {
      notes.append(
        Phrase(
          "\(table.source) has no header: its first line is taken as a link.",
          zh: "\(table.source) 没有表头：第一行按邻接关系读入。"))
    }
    guard rows.links.contains(where: { $0.weight != 0 }) else {
      throw WeightsError.noLinks(source: table.source)
    }
    let listed = try SpatialWeights(
      units: rows.units, links: rows.links, lines: rows.lines, source: table.source)
    if rows.links.count(where: { $0.weight != 0 }) > listed.linkCount,
      let note = rows.repetitionNote(table.source)
    {
      notes.append(note)
    }
    try self.init(listed: listed, zeros: rows.zeros, table, columns, notes: notes, options)
  }

  /// Weights from the links of a list, once what a pair means is found out.
  init(
    listed: SpatialWeights, zeros: Set<DirectedPair>, _ table: Table, _ columns: EdgeListColumns,
    notes: [Phrase], _ options: WeightsOptions
  ) throws {
    var notes = notes
    let pairs = LinkPairs(listed, zeros: zeros)
    let netColumn = columns.netColumn(of: table)
    if options.links == nil,
      let note = pairs.note(
        source: table.source, netColumn: netColumn, isRowStandardised: listed.rowsSumToOne(within: 1e-4))
    {
      notes.append(note)
    }
    var options = options
    options.links = options.links ?? pairs.direction(isNet: netColumn != nil)
    let reading = try WeightsReading(weights: listed, notes: notes).finished(options, source: table.source)
    guard reading.weights.linkCount > 0 else { throw WeightsError.noLinks(source: table.source) }
    self.init(
      weights: reading.weights,
      notes: reading.notes + (columns.areDistances ? [] : reading.weights.distanceNotes(table.source)))
  }
}

/// The rows of an edge list, with ids turned into positions.
private struct EdgeListRows {
  var units: [String] = []
  var links: [SpatialWeights.Link] = []
  /// The line of each link.
  private(set) var lines: [Int] = []
  /// What was left out of the ids.
  let notes: [Phrase]
  /// The links of the weight zero, which stand in the list and are no neighbours.
  private(set) var zeros: Set<DirectedPair> = []
  private var positions: [String: Int] = [:]
  private let columns: EdgeListColumns

  init(_ table: Table, _ columns: EdgeListColumns) throws {
    self.columns = columns
    let weights = try Self.weights(table, columns)
    let ends = [columns.from, columns.to].map { PlainIds(table.texts(column: $0).map(CellText.trimmed)) }
    notes = PlainIds.notes(table.source, ends)
    try Self.requireSingleNeighbours(table, ends[0].ids, ends[1].ids)
    links.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      let (from, to) = (ends[0].ids[row], ends[1].ids[row])
      guard !from.isEmpty else {
        throw WeightsError.unreadable(
          source: table.source, line: table.lines[row],
          column: table.sourceColumn(row: row, column: columns.from), found: "", expected: "the id of a unit")
      }
      let start = position(of: from)
      let weight = weights?[row] ?? 1
      let found = columns.weight.map { table.text(row: row, column: $0) } ?? ""
      guard !to.isEmpty else {
        guard columns.weight == nil || weight.isNaN || weight == 0 else {
          throw WeightsError.unreadable(
            source: table.source, line: table.lines[row],
            column: table.sourceColumn(row: row, column: columns.to), found: "",
            expected: "the id of the unit to which the weight \(found) leads")
        }
        continue
      }
      guard !weight.isNaN else {
        throw WeightsError.unreadable(
          source: table.source, line: table.lines[row],
          column: columns.weight.map { table.sourceColumn(row: row, column: $0) }, found: found,
          expected: "a weight")
      }
      guard weight >= 0 else {
        throw WeightsError.negative(
          from: from, to: to, weight: weight, source: table.source, line: table.lines[row],
          column: columns.weight.map { table.sourceColumn(row: row, column: $0) })
      }
      append(.init(from: start, to: position(of: to), weight: weight), line: table.lines[row])
    }
  }

  /// The numbers of the column of weights; a cell that holds none is refused with what the columns are taken for.
  private static func weights(_ table: Table, _ columns: EdgeListColumns) throws(TableError) -> [Double]? {
    guard let column = columns.weight else { return nil }
    do throws(TableError) {
      return try table.numbers(column: column)
    } catch {
      guard case .notANumber(let found, let source, let line, let name, let advice) = error else {
        throw error
      }
      throw .notANumber(
        found: found, source: source, line: line, column: name,
        advice: (advice.map { "\($0) " } ?? "") + columns.description(table))
    }
  }

  /// Throws where a cell holds several units of the list, parted by commas, semicolons, bars or spaces.
  private static func requireSingleNeighbours(
    _ table: Table, _ from: [String], _ to: [String]
  ) throws(WeightsError) {
    let known = Set(from)
    for (row, cell) in to.enumerated() where !cell.isEmpty && !known.contains(cell) {
      let parts = cell.split { ",;| ，；、".contains($0) }
      guard parts.count >= 2, parts.allSatisfy({ known.contains(String($0)) }) else { continue }
      throw .severalNeighbours(found: cell, count: parts.count, source: table.source, line: table.lines[row])
    }
  }

  /// Whether the header is a link itself: it names a unit that the list knows, or two numbers, and no more than a
  /// number where the column of weights should have its name.
  mutating func takeHeaderAsLink(_ table: Table) -> Bool {
    let weightName = columns.weight.map { table.columnNames[$0] }
    let weight = weightName.map { PlainDecimal.value(of: $0) } ?? 1
    let from = known(CellText.trimmed(table.columnNames[columns.from]))
    let to = known(CellText.trimmed(table.columnNames[columns.to]))
    let isKnown = positions[from] != nil || positions[to] != nil
    let areNumbers = from.allSatisfy(\.isNumber) && to.allSatisfy(\.isNumber)
    guard let weight, weight >= 0, isKnown || areNumbers, !from.isEmpty, !to.isEmpty else { return false }
    let start = position(of: from)
    append(.init(from: start, to: position(of: to), weight: weight), line: table.headerLine)
    return true
  }

  /// That links stand more than once, where they do.
  func repetitionNote(_ source: String) -> Phrase? {
    var known = Set<DirectedPair>(minimumCapacity: links.count)
    let repeated = links.filter { $0.weight != 0 && !known.insert(DirectedPair($0.from, $0.to)).inserted }
    guard let first = repeated.first else { return nil }
    let example = "\(units[first.from]) → \(units[first.to])"
    return Phrase(
      "\(source) has \(repeated.count) link\(repeated.count == 1 ? "" : "s") more than once, such as \(example);"
        + " each counts once.",
      zh: "\(source) 中有 \(repeated.count) 条邻接关系重复列出，例如 \(example)，各计一次。")
  }

  /// An id of the header as the list knows it.
  private func known(_ id: String) -> String {
    let plain = PlainIds([id]).ids[0]
    return positions[plain] == nil ? id : plain
  }

  private mutating func append(_ link: SpatialWeights.Link, line: Int) {
    lines.append(line)
    if link.weight == 0, link.from != link.to { zeros.insert(DirectedPair(link.from, link.to)) }
    links.append(link)
  }

  private mutating func position(of unit: String) -> Int {
    if let known = positions[unit] { return known }
    positions[unit] = units.count
    units.append(unit)
    return units.count - 1
  }
}
