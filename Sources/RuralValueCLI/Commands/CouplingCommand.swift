import RuralValue
import RuralValueFormats

/// `ruralvalue coupling`: coupling and coordination of systems, obstacles, and the formula behind a printed table.
struct CouplingCommand: Command {
  static let definition = CommandDefinition(
    name: "coupling",
    summary: "coupling and coordination of systems, obstacle degrees, the formula behind a printed C",
    usage: "PANEL.csv --systems U,F[,…] [options], or --systems U,F --explain PRINTED.csv",
    examples: [
      .init(
        purpose: "value and the flow of people, by county and year, with means by prefecture",
        call: "ruralvalue coupling scores.csv --systems V,P"),
      .init(
        purpose: "scores from an indicator system, and which indicators hold each county back most",
        call: "ruralvalue coupling panel.csv --indicators system.csv --systems V,P --out coupling"),
      .init(
        purpose: "by which formula was this paper's C computed?",
        call: "ruralvalue coupling --systems U,F --explain printed-coupling.csv"),
    ],
    remarks: [
      """
      Systems lie in [0, 1], as scores do. The classical C is their geometric over their arithmetic mean; the \
      corrected one is that of Wang, Kong et al. (2021), which depends on how the systems were scaled. T is their \
      weighted mean, D = √(C·T). Of two systems C is 0.8 or more wherever the smaller is a quarter of the larger: \
      read it with T and D. The grade is that of one D, which the table names.
      """,
      """
      Files of --out: coupling (unit, time, systems, both C, T, both D, grade), ready for `map --fill`, \
      coupling_means and coupling_grades; with --indicators also obstacles (unit, time, a column an indicator), \
      obstacle_summary, obstacle_groups and obstacle_dimensions. A system that is no column but an index of --indicators is scored by its \
      entropy weights.
      """,
      """
      --explain holds printed numbers to every formula within their rounding, as audit does. The printed table has \
      a column of C (C, c_classical, c_corrected, coupling or 耦合度; a system of the same name comes first) and, \
      if printed, the systems under their names, T (T, comprehensive, 综合协调指数) and D (D, coordination, \
      耦合协调度); other columns name its rows. Where it lacks a system, the panel's of the same unit and time are taken. \
      Without systems a formula can be ruled out, and none is proved.
      """,
    ], inputs: 0...1, pictures: .many)

  static let options: [Option<CouplingCommand>] =
    [
      Option(
        \.systems, "systems", .columns.called("U,F[,…]"),
        required: "two or more columns from 0 to 1, such as U,F",
        "the systems"),
      Option(
        \.weights, "weights",
        .numbers(expected: "weights that add up to 1, such as 0.6,0.4", where: { !$0.isEmpty }).called(
          "A,B[,…]"),
        "the systems' weights in T (default: equal)"),
      Option(
        \.form, "form", .choice, default: .classical, "the C and D that are graded and drawn"),
      Option(
        \.bounds, "grades", .choice, default: .left,
        "grades closed on the left {default}, 0.4 ≤ D < 0.5, or on the right"),
      Option(\.groupColumn, "group", .column, "also means and obstacles by the groups in this column"),
      Option(
        \.systemPath, "indicators", .file.called("SYSTEM.csv"),
        "an indicator system as entropy takes it: obstacle degrees of its indicators"),
      Option(
        \.printedPath, "explain", .file.called("PRINTED.csv"),
        "a printed table: which formula its C must have come from"),
    ] + TableInput.options.lifted(\.input)

  var call = CallFrame()
  var input = TableInput()
  var systems: [String] = []
  var weights: [Double] = []
  var form = CouplingForm.classical
  var bounds = GradeBounds.left
  var groupColumn: String?
  var systemPath: String?
  var printedPath: String?

  private var specification: CouplingSpecification {
    get throws {
      try CouplingSpecification(
        systems: systems, weights: weights.isEmpty ? nil : weights, bounds: bounds, form: form)
    }
  }

  func check() throws {
    guard call.given.contains("--systems"), !systems.isEmpty else { return }
    _ = try specification
    guard call.inputs.isEmpty else { return }
    guard printedPath != nil else {
      throw UsageError.wrongInputCount(
        command: Self.definition.name, found: 0, usage: Self.definition.usage)
    }
    if let option = ["--form", "--grades", "--group", "--indicators"].first(where: call.given.contains) {
      throw UsageError.conflict(
        "\(option) is about a panel, and none is given; expected PANEL.csv before the options.")
    }
  }

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    let specification = try specification
    guard let path = call.inputs.first else {
      let explanation = try explanation(specification, panel: nil, inputs)
      return CommandAnswer(
        document: ResultDocument(
          command: "coupling", sample: nil, parts: [.init(explanation.table, jsonKey: "formulas")],
          notes: inputs.notes))
    }
    let table = try input.table(at: path, inputs)
    let group = try groupColumn.map { name throws in try GroupColumn(table, column: name) }
    let indicators = try systemPath.map { path throws in
      try EntropySpecification(system: try IndicatorSystem(try inputs.table(path)))
    }
    let scored = systems.filter { name in
      !table.columnNames.contains(name) && indicators?.system.indices.contains(name) == true
    }
    let columns = indicators?.system.indicators.map(\.column) ?? []
    var panel = try input.panel(
      table, variables: (systems.filter { !scored.contains($0) } + columns).firstAppearances,
      groups: group.map { [$0] } ?? [], inputs)
    if let indicators, !scored.isEmpty {
      panel = panel.with(
        try EntropyEstimator.fit(panel, indicators).scores.filter { score in
          score.dimension == nil && scored.contains(score.index)
        }.map { ($0.index, $0.values) })
    }
    let result = try CouplingEstimator.fit(panel, specification, group: group)
    var parts: [ResultDocument.Part] = [
      .init(
        result.table(isSimulated: inputs.hasSimulatedData), shown: panel.rowCount <= 24, jsonKey: nil),
      .init(result.meanTable, jsonKey: "groups"), .init(result.gradeTable, jsonKey: "grades"),
    ]
    if call.delivery.wantsJSON {
      parts.append(.init(result.rowTable, shown: false, written: false, jsonKey: "rows"))
    }
    var notes = inputs.notes + panel.totalNotes + result.notes
    if let indicators {
      let obstacles = try IndicatorObstacles(panel, indicators, group: group)
      parts += obstacleParts(obstacles, inputs)
      notes += obstacles.notes
    }
    if printedPath != nil {
      let explanation = try explanation(specification, panel: panel, inputs)
      parts.append(.init(explanation.table, jsonKey: "formulas"))
    }
    return CommandAnswer(
      document: ResultDocument(
        command: "coupling", sample: result.sample, parts: parts, notes: notes + inputs.shapeNotes(of: panel)),
      drawings: call.drawings(of: result.figure.map { [.lines($0)] } ?? []))
  }

  private func obstacleParts(
    _ obstacles: IndicatorObstacles, _ inputs: InputReader
  ) -> [ResultDocument.Part] {
    [
      .init(obstacles.summaryTable, jsonKey: nil),
      .init(obstacles.summedTable, shown: false, jsonKey: "obstacle_groups"),
      .init(obstacles.dimensionTable, shown: false, jsonKey: "obstacle_dimensions"),
      .init(
        obstacles.wideTable(isSimulated: inputs.hasSimulatedData), shown: false, jsonKey: nil),
    ]
      + (call.delivery.wantsJSON
        ? [.init(obstacles.longTable, shown: false, written: false, jsonKey: "obstacles")] : [])
  }

  private func explanation(
    _ specification: CouplingSpecification, panel: Panel?, _ inputs: InputReader
  ) throws -> CouplingExplanation {
    // How the panel is read says nothing of a table beside it.
    let table = try inputs.printedTable(printedPath ?? "", call.inputs.isEmpty ? input.csv : CSVOptions())
    return CouplingExplanation(
      try PrintedCoupling(table, systems: specification.systems, panel: panel), weights: specification.weights
    )
  }
}
