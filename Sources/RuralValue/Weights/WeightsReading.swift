/// Weights as they stood in a file, and what reading had to decide.
public struct WeightsReading: Sendable, Equatable {
  /// The weights.
  public let weights: SpatialWeights
  /// What the reader must know: that a list was taken as undirected.
  public let notes: [Phrase]

  /// A reading from its parts.
  public init(weights: SpatialWeights, notes: [Phrase] = []) {
    self.weights = weights
    self.notes = notes
  }

  /// Weights from a table: a square matrix with the same ids across and down, or a list of links.
  ///
  /// Throws `WeightsError` and `TableError`.
  public init(_ table: Table) throws {
    self = try WeightsReading(squareMatrix: table) ?? WeightsReading(edgeList: table)
  }
}

extension WeightsReading {
  /// Weights from a list of links: `from,to` or `from,to,weight`, under any names; further columns do not count.
  ///
  /// Units stand in the order of their first appearance. A list that holds each pair once is undirected:
  /// every link gets its counterpart. A link of a unit to itself with weight zero, or a row without a
  /// second id, makes an island known. A list without a header is told by its first row.
  /// Throws `WeightsError` and `TableError`.
  public init(edgeList table: Table) throws {
    guard table.columnCount >= 2 else {
      throw WeightsError.unreadable(
        source: table.source, line: 1, found: table.columnNames.joined(separator: ","),
        expected: "two columns of ids and, if wanted, one of weights")
    }
    var rows = try EdgeListRows(table)
    var notes: [Phrase] = []
    if rows.takeHeaderAsLink(table) {
      notes.append(
        Phrase(
          "\(table.source) has no header: its first line is taken as a link.",
          zh: "\(table.source) 没有表头：第一行按邻接关系读入。"))
    }
    guard rows.links.contains(where: { $0.weight != 0 }) else {
      throw WeightsError.noLinks(source: table.source)
    }
    if rows.holdsEachPairOnce {
      rows.links += rows.links.filter { $0.from != $0.to }
        .map { SpatialWeights.Link(from: $0.to, to: $0.from, weight: $0.weight) }
      notes.append(
        Phrase(
          "\(table.source) lists each pair of units once; the links are taken as undirected.",
          zh: "\(table.source) 中每对单元只列出一次，按无向（对称）邻接关系处理。"))
    }
    try self.init(weights: SpatialWeights(units: rows.units, links: rows.links), notes: notes)
  }
}

/// The rows of an edge list, with ids turned into positions.
private struct EdgeListRows {
  var units: [String] = []
  var links: [SpatialWeights.Link] = []
  private var positions: [String: Int] = [:]
  private let hasWeights: Bool

  init(_ table: Table) throws {
    hasWeights = table.columnCount >= 3
    let weights = hasWeights ? try table.numbers(column: 2) : []
    links.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      let from = CellText.trimmed(table.text(row: row, column: 0))
      let to = CellText.trimmed(table.text(row: row, column: 1))
      guard !from.isEmpty else {
        throw WeightsError.unreadable(
          source: table.source, line: table.lines[row], found: "", expected: "the id of a unit")
      }
      let start = position(of: from)
      let weight = hasWeights ? weights[row] : 1
      guard !to.isEmpty else {
        guard !hasWeights || weight.isNaN || weight == 0 else {
          throw WeightsError.unreadable(
            source: table.source, line: table.lines[row], found: "",
            expected: "the id of the unit to which the weight \(table.text(row: row, column: 2)) leads")
        }
        continue
      }
      guard !weight.isNaN else {
        throw WeightsError.unreadable(
          source: table.source, line: table.lines[row], found: table.text(row: row, column: 2),
          expected: "a weight")
      }
      links.append(.init(from: start, to: position(of: to), weight: weight))
    }
  }

  /// Whether the header is a link itself: both its names are ids that the list knows.
  mutating func takeHeaderAsLink(_ table: Table) -> Bool {
    let weight = hasWeights ? PlainDecimal.value(of: table.columnNames[2]) : 1
    guard let weight, let from = positions[CellText.trimmed(table.columnNames[0])],
      let to = positions[CellText.trimmed(table.columnNames[1])]
    else { return false }
    links.append(.init(from: from, to: to, weight: weight))
    return true
  }

  /// Whether no pair stands in both directions.
  var holdsEachPairOnce: Bool {
    var seen = Set<UInt64>(minimumCapacity: links.count)
    for link in links { seen.insert(UInt64(link.from) << 32 | UInt64(link.to)) }
    return links.allSatisfy { $0.from == $0.to || !seen.contains(UInt64($0.to) << 32 | UInt64($0.from)) }
  }

  private mutating func position(of unit: String) -> Int {
    if let known = positions[unit] { return known }
    positions[unit] = units.count
    units.append(unit)
    return units.count - 1
  }
}

extension WeightsReading {
  /// Weights from a square matrix whose first column and header hold the same ids, or nil where the table
  /// has another shape.
  ///
  /// The columns may stand in another order than the rows. A unit's weight to itself may be an empty cell;
  /// elsewhere one that is empty or says that a value is missing is refused, for it may be a weight.
  /// Throws `TableError.notANumber` and `WeightsError`.
  init?(squareMatrix table: Table) throws {
    guard table.columnCount == table.rowCount + 1, table.rowCount >= 2 else { return nil }
    let units = table.texts(column: 0).map(CellText.trimmed)
    let position = units.positions
    let columns = table.columnNames.dropFirst().map { position[CellText.trimmed($0)] }
    guard columns.allSatisfy({ $0 != nil }) else { return nil }
    try WeightsError.requireEachOnce(units, lines: table.lines, source: table.source)
    var links: [SpatialWeights.Link] = []
    for (place, column) in columns.enumerated() {
      let column = column ?? 0
      try SpatialWeights.requireMemory(
        links: 2.5 * Double(links.count), of: units.count,
        for: "\(table.source): \(grouped(units.count)) units",
        remedy: "Write the links as a list of from,to,weight")
      for (row, weight) in try table.numbers(column: place + 1).enumerated() where weight != 0 {
        if weight.isNaN {
          let found = table.text(row: row, column: place + 1)
          guard row == column, found.isEmpty else {
            throw WeightsError.noWeight(
              from: units[row], to: units[column], found: found, source: table.source,
              line: table.line(row: row, column: place + 1),
              column: table.sourceColumn(row: row, column: place + 1))
          }
          continue
        }
        links.append(.init(from: row, to: column, weight: weight))
      }
    }
    try self.init(weights: SpatialWeights(units: units, links: links))
  }
}
