import RuralValue
import RuralValueFormats

/// `ruralvalue simulate indicators`: a county panel of made-up indicators.
struct SimulateIndicators: SimulationTask {
  static let kind = "indicators"
  static let options: [OptionDefinition] = [
    OptionDefinition(
      "--system", choices: IndicatorTemplate.allCases.map(\.rawValue),
      "the indicator system: rural value and four factor flows (default hunan), or six urban-rural factors"),
    OptionDefinition(
      "--links", "FILE.csv", "indicators: pairs of neighbouring codes; counties without one are left out"),
    OptionDefinition(
      "--dependence", "RHO", "indicators: spatial dependence of the draws, 0 to below 1 (default 0.8)"),
  ]
  static let usedOptions = options.map(\.name)

  let network: NetworkSource
  let periods: ClosedRange<Int>
  let dependence: Double
  let seed: UInt64
  let template: IndicatorTemplate

  /// Where the counties and their neighbours come from.
  enum NetworkSource {
    case files(units: String, links: String)
    case grid(count: Int)
  }

  init(_ arguments: ParsedArguments, seed: UInt64, periods: ClosedRange<Int>) throws {
    self.seed = seed
    self.periods = periods
    template = arguments.choice("--system", default: .hunan)
    switch (
      arguments.text("--units"), arguments.text("--links"),
      try arguments.integer("--counties", in: 4...99_999)
    ) {
    case (let units?, let links?, nil): network = .files(units: units, links: links)
    case (nil, nil, let count?): network = .grid(count: count)
    default:
      throw UsageError.conflict("simulate indicators needs --units and --links, or --counties without them.")
    }
    dependence = try arguments.number("--dependence") ?? 0.8
  }

  func run(_ inputs: InputReader) throws -> CommandAnswer {
    let network = try network(inputs)
    let specification = try IndicatorSimulationSpecification(
      network: network, firstPeriod: periods.lowerBound, lastPeriod: periods.upperBound,
      indicators: template.magnitudes, spatialDependence: dependence, seed: seed)
    let result = IndicatorSimulator().draw(specification)
    let panel = IndicatorSimulationTable.table(of: result)
    var notes = [
      Phrase(
        "These numbers are simulated (seed \(seed)); they are about no real county.",
        zh: "以上数据为模拟数据（种子\(seed)），不代表任何真实县域。")
    ]
    if !network.unlinkedCodes.isEmpty {
      let codes = network.unlinkedCodes.joined(separator: ", ")
      notes.append(Phrase("Without neighbours and left out: \(codes).", zh: "无邻接单元、未纳入：\(codes)。"))
    }
    return CommandAnswer(
      document: ResultDocument(
        command: "simulate",
        specification: [
          JSONMember("kind", .string("indicators")), JSONMember("system", .string(template.rawValue)),
          JSONMember("seed", .integer(Int(seed))),
          JSONMember("periods", .array([.integer(periods.lowerBound), .integer(periods.upperBound)])),
          JSONMember("dependence", .number(dependence)),
        ],
        sample: .init(
          observations: panel.rowCount, units: network.units.count, periods: periods.count),
        parts: [
          .init(panel, shown: false, jsonKey: "panel"),
          .init(template.system.table, shown: false, jsonKey: "indicators"),
        ], notes: inputs.notes + notes),
      piped: panel)
  }

  private func network(_ inputs: InputReader) throws -> CountyNetwork {
    switch network {
    case .grid(let count): return try .grid(unitCount: count)
    case .files(let units, let links):
      let counties = try inputs.table(units)
      let names = counties.columnNames.indices.filter { counties.columnNames[$0].hasPrefix("name") }
      let pairs = try inputs.table(links)
      guard pairs.columnCount >= 2 else {
        throw UsageError.conflict("\(pairs.source) has one column; expected two, the codes of neighbours.")
      }
      func code(_ table: Table, _ row: Int, _ column: Int) -> String {
        CellText.trimmed(table.text(row: row, column: column))
      }
      return try CountyNetwork(
        units: (0..<counties.rowCount).map { row in
          SimulatedCounty(code: code(counties, row, 0), names: names.map { code(counties, row, $0) })
        }, nameColumns: names.map { counties.columnNames[$0] },
        links: (0..<pairs.rowCount).map { CountyLink(from: code(pairs, $0, 0), to: code(pairs, $0, 1)) })
    }
  }
}
