extension Scorecard {
  /// The columns that a scorecard has.
  public static let columnNames = [
    "index", "dimension", "indicator", "column", "direction", "target", "yellow", "red", "weight",
  ]

  /// A scorecard from its table; the columns `region` and `label_zh` may stand beside, others are left alone.
  ///
  /// Throws `EvaluationError` for a missing column and for whatever is off in a row, by its line, and
  /// `TableError.notANumber`.
  public init(_ table: Table) throws {
    let positions = try Self.columnNames.map { name throws(EvaluationError) in
      guard let position = table.columnNames.firstIndex(of: name) else {
        throw .noCardColumn(name: name, source: table.source, columns: table.columnNames)
      }
      return position
    }
    let region = table.columnNames.firstIndex(of: "region")
    let label = table.columnNames.firstIndex(of: "label_zh")
    let numbers = try table.numbers(columns: Array(positions[5...]))
    var rows: [Row] = []
    for row in 0..<table.rowCount {
      func text(_ column: Int) -> String { CellText.trimmed(table.text(row: row, column: column)) }
      func cell(_ place: Int) throws(EvaluationError) -> String {
        let text = text(positions[place])
        guard !text.isEmpty else {
          throw .emptyCell(
            source: table.source, line: table.lines[row],
            column: table.sourceColumn(row: row, column: positions[place]))
        }
        return text
      }
      func number(_ place: Int) -> Double? { numbers[place][row].isNaN ? nil : numbers[place][row] }
      let sign = try cell(4)
      guard let direction = Indicator.Direction(asWritten: sign) else {
        throw EvaluationError.unknownDirection(
          found: sign, source: table.source, line: table.lines[row],
          column: table.sourceColumn(row: row, column: positions[4]))
      }
      let name = try cell(2)
      let chinese = label.map(text) ?? ""
      rows.append(
        Row(
          indicator: Indicator(
            index: try cell(0), dimension: text(positions[1]),
            name: Phrase(name, zh: chinese.isEmpty ? name : chinese), column: try cell(3),
            direction: direction),
          region: region.map(text).flatMap { $0.isEmpty ? nil : $0 }, weight: number(3),
          thresholds: .init(target: number(0), yellow: number(1), red: number(2), line: table.lines[row])))
    }
    guard !rows.isEmpty else { throw EvaluationError.noIndicators(source: table.source) }
    try self.init(source: table.source, rows: rows)
  }

  /// A row of the table as it was read.
  struct Row {
    let indicator: Indicator
    let region: String?
    let weight: Double?
    let thresholds: ScorecardIndicator.Thresholds

    var line: Int { thresholds.line }
    /// What an index and its column are known by.
    var key: String { "\(indicator.index)\u{0}\(indicator.column)" }
  }

  /// A scorecard from its rows.
  init(source: String, rows: [Row]) throws(EvaluationError) {
    var order: [String] = []
    var members: [String: [Row]] = [:]
    for row in rows {
      if members[row.key] == nil { order.append(row.key) }
      if let first = members[row.key]?.first(where: { $0.region == row.region }) {
        throw .repeatedIndicator(
          column: row.indicator.column, index: row.indicator.index, region: row.region, source: source,
          firstLine: first.line, secondLine: row.line)
      }
      if let weight = row.weight, weight < 0 {
        throw .negativeWeight(weight, indicator: row.indicator.name.english, source: source, line: row.line)
      }
      members[row.key, default: []].append(row)
    }
    var indicators: [ScorecardIndicator] = []
    for key in order {
      if let rows = members[key] { indicators.append(try Self.merged(rows, source: source)) }
    }
    self.init(source: source, indicators: indicators)
  }

  /// The rows of one indicator as one: the general one first, and regions' rows that fill up from it.
  private static func merged(_ rows: [Row], source: String) throws(EvaluationError) -> ScorecardIndicator {
    let base = rows.first { $0.region == nil }
    let lead = base ?? rows[0]
    var weight = base?.weight
    var regional: [ScorecardIndicator.Regional] = []
    for row in rows {
      guard row.indicator.direction == lead.indicator.direction else {
        throw .twoDirections(
          column: row.indicator.column, source: source, firstLine: lead.line, secondLine: row.line)
      }
      if let own = row.weight {
        if let weight, weight != own {
          throw .twoWeights(
            column: row.indicator.column, source: source, firstLine: lead.line, secondLine: row.line)
        }
        weight = own
      }
      var thresholds = row.thresholds
      if row.region != nil {
        thresholds.target = thresholds.target ?? base?.thresholds.target
        thresholds.yellow = thresholds.yellow ?? base?.thresholds.yellow
        thresholds.red = thresholds.red ?? base?.thresholds.red
      }
      try requireOrder(thresholds, row, source: source)
      if let region = row.region { regional.append(.init(region: region, thresholds: thresholds)) }
    }
    return ScorecardIndicator(
      lead.indicator, weight: weight, general: base?.thresholds, regional: regional, line: lead.line)
  }

  /// Throws where a threshold stands on the wrong side of another: red ≤ yellow ≤ target for +, the reverse for −.
  private static func requireOrder(
    _ thresholds: ScorecardIndicator.Thresholds, _ row: Row, source: String
  ) throws(EvaluationError) {
    let known = [("red", thresholds.red), ("yellow", thresholds.yellow), ("target", thresholds.target)]
      .compactMap { name, value in value.map { (name: name, value: $0) } }
    let isPositive = row.indicator.direction == .positive
    for (worse, better) in zip(known, known.dropFirst())
    where isPositive ? worse.value > better.value : worse.value < better.value {
      throw .wrongSide(
        .init(
          indicator: row.indicator.name.english, source: source, line: row.line, isPositive: isPositive,
          worse: worse.name, worseValue: worse.value, better: better.name, betterValue: better.value))
    }
  }
}
