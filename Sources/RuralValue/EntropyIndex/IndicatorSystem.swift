/// The indicators of one or more composite indices, in the order in which the researcher wrote them.
public struct IndicatorSystem: Sendable, Equatable {
  /// The indicators.
  public let indicators: [Indicator]

  /// A system from its indicators.
  ///
  /// Throws `EntropyError.noIndicators` for an empty one.
  public init(_ indicators: [Indicator]) throws(EntropyError) {
    guard !indicators.isEmpty else { throw .noIndicators(source: "the indicator system") }
    self.indicators = indicators
  }

  /// The names of the indices, in the order of their first appearance.
  public var indices: [String] { indicators.map(\.index).firstAppearances }

  /// The positions of an index's indicators.
  public func positions(ofIndex index: String) -> [Int] {
    indicators.indices.filter { indicators[$0].index == index }
  }

  /// An index's dimensions, in the order of their first appearance.
  public func dimensions(ofIndex index: String) -> [String] {
    indicators.filter { $0.index == index }.map(\.dimension).firstAppearances
  }

  /// The system without one of its indicators, or nil where its index would be left with none.
  public func without(_ position: Int) -> IndicatorSystem? {
    guard positions(ofIndex: indicators[position].index).count > 1 else { return nil }
    var rest = indicators
    rest.remove(at: position)
    return try? IndicatorSystem(rest)
  }
}

/// One indicator: a column of the panel, its place in an index, and the direction in which it counts.
public struct Indicator: Sendable, Equatable {
  /// The index to which it belongs: `V`.
  public let index: String
  /// The dimension within the index: `economic`.
  public let dimension: String
  /// Its name in tables.
  public let name: Phrase
  /// The panel's column that holds it.
  public let column: String
  /// Whether more is better.
  public let direction: Direction

  /// Whether more of an indicator raises or lowers the index.
  public enum Direction: String, Sendable, Equatable {
    case positive = "+"
    case negative = "-"
  }

  /// An indicator from its parts.
  public init(index: String, dimension: String, name: Phrase, column: String, direction: Direction) {
    self.index = index
    self.dimension = dimension
    self.name = name
    self.column = column
    self.direction = direction
  }
}

extension IndicatorSystem {
  /// A system from the table that a researcher keeps in a spreadsheet: the columns
  /// `index,dimension,indicator,column,direction`, and optionally `label_zh`; others are left alone.
  ///
  /// Throws `EntropyError` for a missing column and for a cell that is off.
  public init(_ table: Table) throws {
    func position(_ name: String) throws(EntropyError) -> Int {
      guard let position = table.columnNames.firstIndex(of: name) else {
        throw .noSystemColumn(name: name, source: table.source, columns: table.columnNames)
      }
      return position
    }
    let index = try position("index")
    let dimension = try position("dimension")
    let name = try position("indicator")
    let column = try position("column")
    let direction = try position("direction")
    let label = table.columnNames.firstIndex(of: "label_zh")

    var indicators: [Indicator] = []
    var lineOfColumn: [String: Int] = [:]
    for row in 0..<table.rowCount {
      let line = table.lines[row]
      func cell(_ position: Int, mayBeEmpty: Bool = false) throws(EntropyError) -> String {
        let text = CellText.trimmed(table.text(row: row, column: position))
        guard mayBeEmpty || !text.isEmpty else {
          throw .emptyCell(
            source: table.source, line: line, column: table.sourceColumn(row: row, column: position))
        }
        return text
      }
      let sign = try cell(direction)
      guard let parsedDirection = Indicator.Direction(asWritten: sign) else {
        throw EntropyError.unknownDirection(
          found: sign, source: table.source, line: line,
          column: table.sourceColumn(row: row, column: direction))
      }
      let indicator = Indicator(
        index: try cell(index), dimension: try cell(dimension, mayBeEmpty: true),
        name: Phrase(
          try cell(name),
          zh: try nonEmpty(label.map { position throws in try cell(position, mayBeEmpty: true) })
            ?? cell(name)),
        column: try cell(column), direction: parsedDirection)
      let key = "\(indicator.index)\u{0}\(indicator.column)"
      if let first = lineOfColumn.updateValue(line, forKey: key) {
        throw EntropyError.repeatedIndicator(
          column: indicator.column, index: indicator.index, source: table.source, firstLine: first,
          secondLine: line)
      }
      indicators.append(indicator)
    }
    guard !indicators.isEmpty else { throw EntropyError.noIndicators(source: table.source) }
    try self.init(indicators)
  }
}

private func nonEmpty(_ text: String?) -> String? {
  text.flatMap { $0.isEmpty ? nil : $0 }
}

extension Indicator.Direction {
  /// Reads `+` and `-` in the ways in which spreadsheets and Chinese tables write them.
  init?(asWritten text: String) {
    switch text.lowercased() {
    case "+", "＋", "1", "+1", "positive", "pos", "正", "正向", "正指标", "'+": self = .positive
    case "-", "－", "−", "–", "—", "-1", "negative", "neg", "负", "负向", "逆向", "逆", "负指标", "'-": self = .negative
    default: return nil
    }
  }
}
