import RuralValue
import RuralValueFormats

/// `ruralvalue evaluate`: a scorecard with targets, warnings and an accountability list.
struct EvaluateCommand: Command {
  static let definition = CommandDefinition(
    name: "evaluate",
    summary: "a scorecard with targets: scores, three-colour warnings, accountability list, groups",
    usage: "PANEL.csv --scorecard CARD.csv [options]",
    examples: [
      .init(
        purpose: "scores, colours and the accountability list of the last year, with a page a county",
        call: "ruralvalue evaluate panel.csv --scorecard card.csv --by region4 --out e --cards"),
      .init(
        purpose:
          "a warning falls after two better years, two reds make a county red; a target of zero by goalposts",
        call:
          "ruralvalue evaluate panel.csv --scorecard card.csv --attainment mixed --release 2 --county-rule reds=2"
      ),
      .init(
        purpose: "colours by the changes of 2012 to 2018 instead of thresholds",
        call: "ruralvalue evaluate panel.csv --scorecard card.csv --rule control:2012:2018"),
      .init(
        purpose: "the map of colours that stand",
        call: "ruralvalue map counties.geojson --table e/colours.csv --warning A --periods 2022 --out w.svg"),
    ],
    remarks: [
      """
      The scorecard is a CSV file with the columns \(Scorecard.columnNames.joined(separator: ",")). For + red ≤ yellow ≤ \
      target, for - target ≤ yellow ≤ red; a value on a threshold has the better colour. Weights add up to one within an \
      index, or are all empty for equal ones. Rows with a further column region put their thresholds in the place of the \
      row without; label_zh is the indicator's Chinese name.
      """,
      """
      Rules: fixed by the thresholds; share:G,H by shares of the target; quantile:A,B makes the worst shares of every \
      period red and yellow, however good all are; control:FROM:TO holds changes to a baseline. The rule and every other \
      convention stand below the tables. A missing value has no colour; what stood before stands on, and is stale.
      """,
      """
      Files of --out: cells (every indicator of every county), county_scores, dimension_scores, scores (ready for the next \
      command), colours (ready for `map --warning`), accountability, groups, indicators, warning_counts; dagum, \
      urban_rural and false_alarms where they apply; flows, flow_groups, flow_pairs, mismatch, mismatch_units, prices and \
      price_levels where asked for; cards.html with --cards.
      """,
    ], pictures: .many)

  var call = CallFrame()
  var input = TableInput()
  var scorecardPath = ""
  var groupColumn: String?
  var regionColumn: String?
  var attainment = EvaluationSpecification.Attainment.ratio
  var weighting = EvaluationSpecification.Weighting.given
  var topsis = EvaluationSpecification.Topsis.inMatrix
  var topsisWeights = EvaluationSpecification.TopsisWeights.given
  var missing = EvaluationSpecification.MissingIndicators.undefined
  var rule = ColourRule.fixed
  var countyRule = CountyRule.veto
  var release = 1
  var period: Int?
  var population: String?
  var urban: String?
  var rural: String?
  var urbanPopulation: String?
  var ruralPopulation: String?
  var makesCards = false
  var flowsPath: String?
  var supply: [String] = []
  var demand: [String] = []
  var pricesPath: String?

  func check() throws {
    if weighting != .topsis, let option = ["--topsis", "--topsis-weights"].first(where: call.given.contains) {
      throw UsageError.conflict("\(option) is about --weights topsis; expected both or neither.")
    }
    if weighting == .topsis, missing == .renormalise {
      throw UsageError.conflict(
        "--missing renormalise brings weights to one, and --weights topsis compares complete rows alone; expected one"
          + " of them.")
    }
    guard (urban == nil) == (rural == nil) else {
      throw UsageError.conflict("--urban and --rural are two sides of one gap; expected both or neither.")
    }
    guard (urbanPopulation == nil) == (ruralPopulation == nil), urbanPopulation == nil || urban != nil else {
      throw UsageError.conflict(
        "--urban-population and --rural-population weigh --urban and --rural; expected all four, or the latter alone."
      )
    }
    guard supply.count == demand.count else {
      throw UsageError.conflict(
        "--supply names \(supply.count) column\(supply.count == 1 ? "" : "s") and --demand \(demand.count); expected as many of"
          + " one as of the other.")
    }
    guard !makesCards || call.delivery.directory != nil else {
      throw UsageError.conflict("--cards makes a file; expected --out DIR beside it.")
    }
  }

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    let table = try input.table(at: call.inputs[0], inputs)
    let card = try Scorecard(try inputs.table(scorecardPath))
    try requireColumns(of: card, in: table)
    let specification = try specification(card, table)
    let groups = [specification.group, specification.region].compactMap(\.self)
    let panel = try input.panel(
      table, variables: (specification.columns + supply + demand).firstAppearances,
      groups: groups.count == 2 && groups[0].name == groups[1].name ? [groups[0]] : groups, inputs)
    let labels = try UnitLabels(table, column: call.delivery.labels.column, unitColumn: panel.unitColumn)
    let result = try EvaluationEstimator.fit(panel, specification)
    let factors = try factors(panel, result, inputs)
    var answer = CommandAnswer(
      document: ResultDocument(
        command: "evaluate",
        sample: .init(
          observations: panel.rowCount, units: panel.units.count, periods: panel.periods.count),
        parts: parts(result, labels, isSimulated: table.isSimulated) + factors.parts,
        notes: inputs.notes + panel.totalNotes + result.notes + factors.notes + inputs.shapeNotes(of: panel),
        figures: result.figures))
    answer.drawings = call.drawings(of: result.figures)
    if makesCards { answer.pages = [cards(result, labels, isSimulated: inputs.hasSimulatedData)] }
    return answer
  }

  private func specification(_ card: Scorecard, _ table: Table) throws -> EvaluationSpecification {
    var specification = EvaluationSpecification(scorecard: card)
    specification.attainment = attainment
    specification.weighting = weighting
    specification.topsis = topsis
    specification.topsisWeights = topsisWeights
    specification.missing = missing
    specification.rule = rule
    specification.countyRule = countyRule
    specification.release = release
    specification.period = period
    specification.group = try groupColumn.map { try GroupColumn(table, column: $0) }
    specification.region = try regionColumn.map { try GroupColumn(table, column: $0) }
    specification.population = population
    if let urban, let rural {
      specification.sectors = .init(
        urban: urban, rural: rural, urbanPopulation: urbanPopulation, ruralPopulation: ruralPopulation)
    }
    return specification
  }

  private func parts(
    _ result: EvaluationResult, _ labels: UnitLabels, isSimulated: Bool
  ) -> [ResultDocument.Part] {
    let name = labels.name(of:)
    // Tables of every cell are made where they are written.
    let isWritten = call.delivery.directory != nil || call.delivery.isJSON
    var parts: [ResultDocument.Part] = [
      .init(result.indicatorTable, jsonKey: "indicators"),
      .init(result.countTable, jsonKey: "warning_counts"),
      .init(result.briefAccountabilityTable(label: name), written: false, jsonKey: nil),
      .init(result.briefGroupTable, written: false, jsonKey: nil),
      .init(result.groupTable, shown: false, jsonKey: "groups"),
      .init(result.accountabilityTable(label: name), shown: false, jsonKey: "accountability"),
    ]
    parts += [result.dagumTable.map { .init($0, jsonKey: "dagum") }].compactMap(\.self)
    parts += [result.gapTable.map { .init($0, jsonKey: "urban_rural") }].compactMap(\.self)
    parts += [result.falseAlarmTable.map { .init($0, jsonKey: "false_alarms") }].compactMap(\.self)
    guard isWritten else { return parts }
    parts += [
      .init(result.cellTable, shown: false, jsonKey: "cells"),
      .init(result.scoreTable, shown: false, jsonKey: "scores"),
      .init(result.wideScoreTable(isSimulated: isSimulated), shown: false, jsonKey: nil),
      .init(result.colourTable(isSimulated: isSimulated), shown: false, jsonKey: nil),
    ]
    parts += [result.dimensionTable.map { .init($0, shown: false, jsonKey: "dimension_scores") }]
      .compactMap(\.self)
    return parts
  }

  /// Flows, mismatch and prices of factors, where they are asked for.
  private func factors(
    _ panel: Panel, _ result: EvaluationResult, _ inputs: InputReader
  ) throws -> (parts: [ResultDocument.Part], notes: [Phrase]) {
    var (parts, notes): ([ResultDocument.Part], [Phrase]) = ([], [])
    if let flowsPath {
      let flows = try FactorFlowEstimator.fit(
        try inputs.table(flowsPath), units: result.units, groupOfUnit: result.groupOfUnit)
      parts.append(.init(flows.table, shown: flows.groupTable == nil, jsonKey: "flows"))
      if let table = flows.groupTable { parts.append(.init(table, jsonKey: "flow_groups")) }
      if let table = flows.pairTable { parts.append(.init(table, shown: false, jsonKey: "flow_pairs")) }
      notes += flows.notes
    }
    if !supply.isEmpty {
      let mismatch = try ShareMismatchEstimator.fit(
        panel, pairs: zip(supply, demand).map { ShareMismatchPair(supply: $0, demand: $1) })
      parts += [
        .init(mismatch.table, jsonKey: "mismatch"),
        .init(mismatch.unitTable, shown: false, jsonKey: "mismatch_units"),
      ]
      notes += mismatch.notes
    }
    if let pricesPath {
      let prices = try PriceIndexEstimator.fit(try inputs.table(pricesPath))
      parts += [
        .init(prices.table, shown: prices.table.rowCount <= 40, jsonKey: "prices"),
        .init(prices.levelTable, shown: prices.levelTable.rowCount <= 40, jsonKey: "price_levels"),
      ]
      notes += prices.notes
    }
    return (parts, notes)
  }

  private func cards(
    _ result: EvaluationResult, _ labels: UnitLabels, isSimulated: Bool
  ) -> CommandAnswer.Page {
    let place = result.listLabel.map { " \($0)" } ?? ""
    let title = Phrase("County cards\(place)", zh: "县域考核卡片\(result.listLabel.map { "（\($0)）" } ?? "")")
    let html = CountyCardPages.html(
      result.cards(label: labels.name(of:)), title: title,
      rules: (isSimulated ? [ResultDocument.simulatedMark] : []) + result.cardNotes,
      options: call.delivery.rendering)
    return .init(name: "cards.html", text: html)
  }

  /// Says for the first column that is absent which row of the card wants it.
  private func requireColumns(of card: Scorecard, in table: Table) throws {
    for entry in card.indicators where !table.columnNames.contains(entry.indicator.column) {
      throw EvaluationError.noSuchColumn(
        column: entry.indicator.column, indicator: entry.indicator.name.english, card: card.source,
        line: entry.line, source: table.source, columns: table.columnNames)
    }
  }
}
