import RuralValue
import RuralValueFormats

/// The values of options that only made-up indicators have.
struct SimulatedIndicators: Sendable {
  var template = IndicatorTemplate.hunan
  var linkPath: String?
  var dependence = 0.8
}

/// `ruralvalue simulate indicators`: a county panel of made-up indicators.
extension SimulateCommand {
  static let indicatorOptions: [Option<SimulateCommand>] = [
    Option(
      \.indicators.template, "system", .choice, default: .hunan,
      "the indicator system: rural value and four factor flows {default}, or six urban-rural factors"),
    Option(
      \.indicators.linkPath, "links", .file.called("FILE.csv"),
      "indicators: pairs of neighbouring codes; counties without one are left out"),
    Option(
      \.indicators.dependence, "dependence", .number.called("RHO"), default: 0.8,
      "indicators: spatial dependence of the draws, 0 to below 1"),
  ]

  func checkIndicators() throws(UsageError) {
    let (hasUnits, hasLinks) = (unitPath != nil, indicators.linkPath != nil)
    guard hasUnits == hasLinks, hasUnits == (unitCount == nil) else {
      throw .conflict("simulate indicators needs --units and --links, or --counties without them.")
    }
  }

  func drawIndicators(_ inputs: InputReader) throws -> CommandAnswer {
    let network = try network(inputs)
    let (periods, seed, template) = (design.periods, design.seed, indicators.template)
    let specification = try IndicatorSimulationSpecification(
      network: network, firstPeriod: periods.lowerBound, lastPeriod: periods.upperBound,
      indicators: template.magnitudes, spatialDependence: indicators.dependence, seed: seed)
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
        sample: .init(
          observations: panel.rowCount, units: network.units.count, periods: periods.count),
        parts: [
          .init(panel, shown: false, jsonKey: "panel"),
          .init(template.system.table, shown: false, jsonKey: "indicators"),
        ], notes: inputs.notes + notes),
      piped: panel)
  }

  private func network(_ inputs: InputReader) throws -> CountyNetwork {
    guard let unitPath, let linkPath = indicators.linkPath else {
      return try .grid(unitCount: unitCount ?? 4)
    }
    let counties = try inputs.table(unitPath)
    let names = counties.columnNames.indices.filter { counties.columnNames[$0].hasPrefix("name") }
    let pairs = try inputs.table(linkPath)
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
