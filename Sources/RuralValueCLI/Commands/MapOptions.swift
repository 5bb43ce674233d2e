import RuralValue
import RuralValueFormats

/// The table behind a map.
struct MapData {
  let language: Language
  let periods: [Int]
  private let path: String?
  private let unitColumn: String?
  private let timeColumn: String?
  private let csv: CSVOptions

  init(_ arguments: ParsedArguments, needsTable: Bool) throws {
    language = arguments.choice("--lang", default: .english)
    path = arguments.text("--table")
    guard !needsTable || path != nil else {
      throw UsageError.missingOption(
        option: "--table TABLE.csv", command: "map", purpose: "the table with the columns to show")
    }
    var periods: [Int] = []
    for text in arguments.list("--periods") {
      guard let period = PeriodReading.period(text) else {
        throw UsageError.notANumber(option: "--periods", found: text, expected: "years separated by commas")
      }
      periods.append(period)
    }
    self.periods = periods
    unitColumn = arguments.text("--unit")
    timeColumn = arguments.text("--time")
    csv = try CSVOptions(arguments)
  }

  /// The columns as variables, with the periods that were asked for.
  func read(_ inputs: InputReader, columns: [String]) throws -> [MapVariable] {
    guard let path else { return [] }
    let source = try inputs.table(path, csv)
    // A name that is no column but a sum of columns: P+C+I+T.
    let terms = columns.map {
      source.columnNames.contains($0) ? [$0] : $0.split(separator: "+").map(String.init)
    }
    var table = try SpatialTable(
      source, unitColumn: unitColumn, timeColumn: timeColumn, variables: terms.flatMap { $0 }.firstAppearances
    )
    for (column, terms) in zip(columns, terms) where terms.count > 1 {
      try table.addSum(of: terms, as: column)
    }
    for period in periods where !table.panel.periods.contains(period) {
      throw AutocorrelationError.noSuchPeriod(
        period, source: table.panel.source, periods: table.panel.periods)
    }
    return try columns.map { column in
      let sections = try table.series(column).sections
      return MapVariable(
        name: column,
        sections: periods.isEmpty
          ? sections : periods.compactMap { period in sections.first { $0.period == period } })
    }
  }
}

extension MapSpecification {
  /// Checks the options of `map`.
  init(_ arguments: ParsedArguments, isHot: Bool, isGraded: Bool) throws {
    let palette = arguments.choice("--palette", default: MapPalette.ylgn)
    var labels: [String: String] = [:]
    for text in arguments.texts("--label") {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        throw UsageError.notANumber(
          option: "--label", found: text, expected: "a column and its name, such as V=Value")
      }
      labels[parts[0]] = parts[1]
    }
    self.init(
      fill: try MapSpecification.fill(arguments, palette, isHot: isHot, isGraded: isGraded),
      circleClasses: try arguments.integer("--circle-classes", in: 2...7) ?? 4,
      projection: arguments.choice("--projection", default: .albers),
      outlineProperty: arguments.text("--outline") ?? arguments.text("--regions"),
      labelProperty: arguments.text("--labels"), title: arguments.text("--title"),
      source: arguments.text("--source"), approval: arguments.text("--approval"), variableLabels: labels)
    hasGraticule = arguments.has("--graticule")
  }

  private static func fill(
    _ arguments: ParsedArguments, _ palette: MapPalette, isHot: Bool, isGraded: Bool
  ) throws -> Fill {
    if isHot { return .hotCold }
    if let property = arguments.text("--regions") { return .regions(property: property) }
    guard isGraded else { return .plain }
    let texts = arguments.list("--breaks")
    guard texts.isEmpty else {
      let breaks = texts.compactMap(Double.init)
      guard breaks.count == texts.count, zip(breaks, breaks.dropFirst()).allSatisfy({ $0 < $1 }),
        breaks.count < 9,
        breaks.allSatisfy({ $0.isFinite })
      else {
        throw UsageError.notANumber(
          option: "--breaks", found: texts.joined(separator: ","), expected: "at most eight ascending numbers"
        )
      }
      return .breaks(breaks, palette: palette)
    }
    return .graded(
      method: arguments.choice("--method", default: .natural),
      classes: try arguments.integer("--classes", in: 2...9) ?? 5, palette: palette)
  }
}
