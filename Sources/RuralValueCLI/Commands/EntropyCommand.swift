import RuralValue
import RuralValueFormats

/// `ruralvalue entropy`: composite indices by entropy weights.
struct EntropyCommand: Command {
  static let definition = CommandDefinition(
    name: "entropy",
    summary: "indicator weights by the entropy method, and composite scores",
    usage: "PANEL.csv --indicators SYSTEM.csv [options]",
    examples: [
      .init(
        purpose: "weights and scores of a county panel; code and year are its first two columns",
        call: "ruralvalue entropy panel.csv --indicators system.csv --out results"),
      .init(
        purpose: "the same with Chinese headings, as tables for a paper",
        call: "ruralvalue entropy panel.csv --indicators system.csv --lang zh --out results --format csv,tex"),
      .init(
        purpose: "how far weights and ranks depend on the variant of the method",
        call: "ruralvalue entropy panel.csv --indicators system.csv --sensitivity"),
    ],
    remarks: [
      """
      The indicator system is a CSV file with the columns index,dimension,indicator,column,direction and, if \
      wanted, label_zh. A row is an indicator: the index to which it belongs (V), its dimension (economic), its \
      name, the panel's column, and + where more is better or - where less is.
      """,
      """
      Files of --out: weights (final weight, entropy, divergence, every period's weight), weights_by_time, \
      dimensions, mean_scores, ranks and scores (unit, time, one column an index, then one a dimension), \
      which is ready for the next command; with --sensitivity also sensitivity*.
      """,
    ])

  static let options: [Option<EntropyCommand>] =
    [
      Option(
        \.systemPath, "indicators", .file.called("SYSTEM.csv"), default: "",
        required: "a CSV file with the columns index,dimension,indicator,column,direction",
        "the indicator system (see below)"),
      Option(
        \.weighting, "weights", .choice, default: .annualMean,
        "weights of each period, averaged {default}; each period by its own; or all rows together"),
      Option(
        \.normalisation, "normalise", .choice, default: .pooled,
        "minimum and maximum over all periods {default} or within each period"),
      Option(
        \.shift, "shift", .number.called("S"), default: 0,
        "added to every normalised value before shares are taken"),
      Option(
        \.floor, "floor", .number.called("A"), default: 0,
        "the least normalised value: A + (1 - A) x' in shares and scores, so that no score is 0 and has no logarithm"
      ),
      Option(
        \.subIndex, "sub-index", .choice, default: .contribution,
        "a dimension's score: its part of the index {default} or that part from 0 to 1"),
      Option(
        \.comparesVariants, "sensitivity", .flag,
        "compare with the other variants, and with each indicator left out in turn"),
      Option(
        \.call.delivery.labels.texts, "label", .labelsOrColumn, default: [],
        "a column of names to show beside codes; X=NAME: what tables call a name"),
    ] + TableInput.options.lifted(\.input)

  var call = CallFrame()
  var input = TableInput()
  var systemPath = ""
  var weighting = EntropySpecification.Weighting.annualMean
  var normalisation = EntropySpecification.Normalisation.pooled
  var shift = 0.0
  var floor = 0.0
  var subIndex = EntropySpecification.SubIndex.contribution
  var comparesVariants = false

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    let table = try input.table(at: call.inputs[0], inputs)
    let system = try IndicatorSystem(try inputs.table(systemPath))
    let specification = try EntropySpecification(
      system: system, weighting: weighting, normalisation: normalisation, shift: shift, floor: floor,
      subIndex: subIndex)
    try requireColumns(of: system, in: table)
    let panel = try input.panel(
      table, variables: system.indicators.map(\.column).firstAppearances, inputs)
    let labels = try UnitLabels(table, column: call.delivery.labels.column, unitColumn: panel.unitColumn)

    let sensitivity = comparesVariants ? try EntropySensitivity(panel, specification) : nil
    let result = try sensitivity?.base ?? EntropyEstimator.fit(panel, specification)
    var parts: [ResultDocument.Part] = [
      .init(result.weightSummaryTable, written: false, jsonKey: nil),
      .init(result.weightTable, shown: false, jsonKey: "weights"),
      .init(result.weightByTimeTable, shown: false, jsonKey: "weights_by_time"),
      .init(result.dimensionTable, shown: false, jsonKey: "dimensions"),
      .init(result.meanScoreTable, jsonKey: "mean_scores"),
      .init(result.rankTable(label: labels.name(of:)), jsonKey: "ranks"),
      .init(result.scoreTable(isSimulated: table.isSimulated), shown: false, jsonKey: nil),
    ]
    if call.delivery.wantsJSON {
      parts.append(.init(result.longScoreTable, shown: false, written: false, jsonKey: "scores"))
    }
    if let dimensions = result.dimensionSummaryTable {
      parts.insert(.init(dimensions, written: false, jsonKey: nil), at: 1)
    }
    if let sensitivity {
      parts += [
        .init(sensitivity.variantTable, jsonKey: "sensitivity"),
        .init(sensitivity.moverTable(label: labels.name(of:)), jsonKey: "sensitivity_ranks"),
        .init(sensitivity.leaveOneOutTable, jsonKey: "sensitivity_leave_one_out"),
        .init(sensitivity.weightTable, shown: false, jsonKey: "sensitivity_weights"),
      ]
    }
    return CommandAnswer(
      document: ResultDocument(
        command: "entropy",
        sample: .init(
          observations: panel.rowCount, units: panel.units.count, periods: panel.periods.count),
        parts: parts, notes: inputs.notes + panel.totalNotes + result.notes + inputs.shapeNotes(of: panel),
        figures: result.figures))
  }

  /// Says for the first column that is absent which indicator wants it.
  private func requireColumns(of system: IndicatorSystem, in table: Table) throws {
    for indicator in system.indicators where !table.columnNames.contains(indicator.column) {
      throw EntropyError.noSuchColumn(
        column: indicator.column, indicator: indicator.name.english, source: table.source,
        columns: table.columnNames)
    }
  }
}
