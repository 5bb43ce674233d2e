import RuralValue
import RuralValueFormats

/// `ruralvalue simulate indicators`: a county panel of made-up indicators.
struct SimulateCommand: Command {
  static let definition = CommandDefinition(
    name: "simulate",
    summary: "a panel drawn at random from a model with known parameters",
    usage: "indicators --seed N [--units COUNTIES.csv --links LINKS.csv] [options]",
    examples: [
      .init(
        purpose: "all indicators of the rural-value system for real counties and their neighbours",
        call: "ruralvalue simulate indicators --units counties.csv --links queen.csv --seed 1 > panel.csv"),
      .init(
        purpose: "a panel of national size, on a grid of made-up counties, with its indicator system",
        call: "ruralvalue simulate indicators --counties 2850 --seed 1 --out national"),
    ],
    options: [
      OptionDefinition("--seed", "N", "the seed; the same seed gives the same numbers on any machine"),
      OptionDefinition(
        "--system", choices: IndicatorTemplate.allCases.map(\.rawValue),
        "the indicator system: rural value and four factor flows (default hunan), or six urban-rural factors"),
      OptionDefinition("--units", "FILE.csv", "counties: code and names; districts (区) are drawn as urban"),
      OptionDefinition(
        "--links", "FILE.csv", "pairs of neighbouring codes; counties without one are left out"),
      OptionDefinition("--counties", "N", "without --units: the number of made-up counties, on a grid"),
      OptionDefinition("--periods", "A:B", "the years (default 2012:2022)"),
      OptionDefinition("--dependence", "RHO", "spatial dependence of the draws, 0 to below 1 (default 0.8)"),
    ],
    remarks: [
      """
      Numbers are simulated: plausible in size, correlated over space and time, and about no real county. The \
      column `simulated` says so in every row. Without --out the panel goes to standard output as CSV; with \
      it, DIR also gets the indicator system as indicators.csv.
      """
    ])

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

  init(_ arguments: ParsedArguments) throws {
    guard arguments.inputs[0] == "indicators" else {
      throw UsageError.notAChoice(option: "simulate", found: arguments.inputs[0], choices: ["indicators"])
    }
    guard let seed = try arguments.integer("--seed", in: 0...Int.max) else {
      throw UsageError.missingOption(
        option: "--seed N", command: "simulate",
        purpose: "whoever draws the panel again must get the same numbers")
    }
    self.seed = UInt64(seed)
    template = arguments.choice("--system", default: .hunan)
    switch (
      arguments.text("--units"), arguments.text("--links"),
      try arguments.integer("--counties", in: 4...100_000)
    ) {
    case (let units?, let links?, nil): network = .files(units: units, links: links)
    case (nil, nil, let count?): network = .grid(count: count)
    default:
      throw UsageError.conflict("simulate indicators needs --units and --links, or --counties without them.")
    }
    let periods = try arguments.periods("--periods") ?? 2012...2022
    guard periods.lowerBound > 0, periods.upperBound - max(periods.lowerBound, 0) < 1000 else {
      throw UsageError.notANumber(
        option: "--periods", found: arguments.text("--periods")!,
        expected: "a first and a last year, such as 2012:2022")
    }
    self.periods = periods
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
      Term(
        "These numbers are simulated (seed \(seed)); they are about no real county.",
        zh: "以上数据为模拟数据（种子\(seed)），不代表任何真实县域。")
    ]
    if !network.unlinkedCodes.isEmpty {
      let codes = network.unlinkedCodes.joined(separator: ", ")
      notes.append(Term("Without neighbours and left out: \(codes).", zh: "无邻接单元、未纳入：\(codes)。"))
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
