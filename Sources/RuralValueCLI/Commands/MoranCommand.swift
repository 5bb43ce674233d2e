import RuralValue
import RuralValueFormats

/// `ruralvalue moran`: spatial autocorrelation, global and local.
struct MoranCommand: Command {
  static let definition = CommandDefinition(
    name: "moran",
    summary: "global Moran's I and Geary's C by year, local (LISA) and bivariate Moran, join counts",
    usage: "DATA.csv --variable X --weights W [options]",
    examples: [
      .init(
        purpose: "is rural value clustered, year by year? m/ gets the scatter plot as well",
        call: "ruralvalue moran scores.csv --variable V --weights queen.csv --out m"),
      .init(
        purpose: "where: clusters and outliers, 9,999 permutations, as a table ready for `map --lisa`",
        call:
          "ruralvalue moran scores.csv --variable V --weights queen.csv --local --permutations 9999 --out m"
      ),
      .init(
        purpose: "does value go with its neighbours' capital flow, and where?",
        call: "ruralvalue moran scores.csv --variable V --with C --weights queen.csv --local"),
      .init(
        purpose: "are pilot counties, 1 and 0, neighbours more often than by chance?",
        call: "ruralvalue moran counties.csv --variable pilot --weights queen.csv --join-counts"),
    ],
    remarks: [
      """
      DATA is a panel, or a cross-section without a column of years. z and p under randomisation are two-sided; \
      the permutation p of the global I is one-sided, those of local Moran are two-sided. Local Moran as spdep \
      has it; PySAL's values are (n − 1)/n of these. Results depend on the seed alone, not on the machine. \
      Units without neighbours count among the n units; spdep leaves them out.
      """,
      """
      A unit is a cluster (high–high, low–low) or an outlier (high–low, low–high) where its permutation p, or without \
      permutations its p of z, is at most --significance. One unit in twenty is so by chance alone: the counts under \
      false discovery control stand beside. lisa_classes.csv holds 1 for high–high, 2 low–low, 3 low–high, \
      4 high–low, 0 not significant.
      """,
      """
      --join-counts takes 0 and 1, or whole numbers of at most twelve classes, and binary links.
      """,
    ], pictures: .many)

  static let options: [Option<MoranCommand>] =
    [
      Option(
        \.variable, "variable", .column.called("X"), default: "", required: "a numeric column",
        "the variable")
    ] + WeightsInput.options.lifted(\.weights) + [
      Option(
        \.other, "with", .column.called("Y"), "bivariate Moran's I with the neighbours' values of Y"),
      Option(\.specification.isLocal, "local", .flag, "local Moran's I of every unit"),
      Option(
        \.specification.significance, "significance",
        .number.called("P").limited(
          to: { $0 > 0 && $0 < 1 }, expected: "a probability between 0 and 1, such as 0.05"), default: 0.05,
        "the largest p of a cluster or an outlier of --local"),
      Option(
        \.writesAdjusted, "fdr", .flag, "also a table of local classes by false discovery rate for the map"),
      Option(
        \.countsJoins, "join-counts", .flag,
        "count links within and between classes instead: BB, WW and BW of 0 and 1"),
      Option(
        \.specification.permutations, "permutations", .integer(0...1_000_000), default: 999,
        "random permutations, 0 for none"),
      Option(\.specification.seed, "seed", .seed, default: 1, "the seed of the permutations"),
      Option(
        \.specification.standardisation, "standardise", .choice, default: .row, "scale the weights"),
      Option(
        \.nameColumn, "name", .column,
        "the column with the units' names for the scatter plot (default: their ids)"),
    ] + TableInput.options.lifted(\.input)

  var call = CallFrame()
  var input = TableInput()
  var weights = WeightsInput()
  var variable = ""
  var other: String?
  var specification = MoranSpecification()
  var writesAdjusted = false
  var countsJoins = false
  var nameColumn: String?

  func check() throws {
    try weights.reading.requireUse(by: [weights.path])
    if countsJoins,
      let option = ["--with", "--local", "--standardise", "--name"].first(where: call.given.contains)
    {
      throw UsageError.conflict("--join-counts and \(option) exclude each other; expected one of them.")
    }
    if !specification.isLocal,
      let option = ["--fdr", "--significance"].first(where: call.given.contains)
    {
      throw UsageError.conflict("\(option) is about the classes of --local; expected both or neither.")
    }
  }

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    let source = try input.table(at: call.inputs[0], inputs)
    let table = SpatialTable(
      try input.panel(source, variables: [variable] + (other.map { [$0] } ?? []), inputs))
    let matrix = try weights.read(
      inputs, for: .init(source: table.panel.source, ids: table.panel.units))
    let series = try table.series(variable)
    if countsJoins {
      let result = try MoranEstimator.countJoins(series, weights: matrix, specification)
      return CommandAnswer(
        document: document(
          series, [.init(result.table, jsonKey: "join_counts")], fingerprint: result.fingerprint,
          notes: inputs.notes + result.notes))
    }
    let names = try nameColumn.map { try table.panel.names(in: source, column: $0) } ?? [:]
    if let other {
      let result = try MoranEstimator.fitBivariate(
        series, try table.series(other), weights: matrix, specification)
      return CommandAnswer(
        document: document(
          series,
          [.init(result.table, jsonKey: "rows")] + local(result.localTables, series, inputs),
          fingerprint: result.fingerprint, notes: inputs.notes + result.notes),
        drawings: drawings([result.scatterFigure(names: names)]))
    }
    let result = try MoranEstimator.fit(series, weights: matrix, specification)
    let parts: [ResultDocument.Part] = [
      .init(result.briefGlobalTable, written: false, jsonKey: nil),
      .init(result.globalTable, shown: false, jsonKey: "rows"),
    ]
    return CommandAnswer(
      document: document(
        series, parts + local(result.localTables, series, inputs), fingerprint: result.fingerprint,
        notes: inputs.notes + result.notes, figures: result.figures),
      drawings: drawings([result.scatterFigure(names: names)]))
  }

  private func document(
    _ series: SpatialSeries, _ parts: [ResultDocument.Part], fingerprint: String, notes: [Phrase],
    figures: [ResultFigure] = []
  ) -> ResultDocument {
    ResultDocument(
      command: "moran", sample: series.sample, parts: parts, values: [JSONMember.weights(fingerprint)],
      notes: notes, figures: figures)
  }

  /// The tables of local Moran's I; none where it was not asked for.
  private func local(
    _ tables: LocalMoranTables, _ series: SpatialSeries, _ inputs: InputReader
  ) -> [ResultDocument.Part] {
    guard specification.isLocal else { return [] }
    let isSimulated = inputs.hasSimulatedData
    return [
      .init(tables.countTable, jsonKey: "lisa_counts"),
      .init(tables.quadrantTable, shown: false, jsonKey: "quadrants"),
      .init(tables.briefTable, shown: series.sections.count == 1, written: false, jsonKey: nil),
      .init(tables.table, shown: false, jsonKey: "local"),
    ]
      + (writesAdjusted ? [false, true] : [false]).map { fdr in
        .init(
          tables.classTable(fdr: fdr, weights: weights.name, isSimulated: isSimulated), shown: false,
          jsonKey: nil)
      }
  }

  private func drawings(_ figures: [ResultFigure]) -> [CommandAnswer.Drawing] {
    figures.compactMap { figure in
      // Of more units a plot is one blot, and its file too large to open.
      guard case .scatter(let scatter) = figure, scatter.panels.allSatisfy({ $0.points.count <= 10_000 }),
        let drawn = call.drawing(figure)
      else { return nil }
      return .init(name: "moran_scatter.svg", svg: drawn.svg, caption: drawn.caption)
    }
  }
}

extension Panel {
  /// The units' names in a column of the table that the panel was read from: the first that is not empty.
  fileprivate func names(in table: Table, column: String) throws -> [String: String] {
    let names = table.texts(column: try table.column(named: column))
    let ids = table.texts(column: try table.column(named: unitColumn))
    var nameOfUnit: [String: String] = [:]
    for (id, name) in zip(ids, names) where !name.isEmpty && nameOfUnit[id] == nil { nameOfUnit[id] = name }
    return nameOfUnit
  }
}

extension JSONMember {
  /// The member `fit` with the fingerprint of the weights.
  static func weights(_ fingerprint: String) -> JSONMember {
    JSONMember("fit", .object([JSONMember("weights_fingerprint", .string(fingerprint))]))
  }
}

extension SpatialSeries {
  /// The size of the sample.
  var sample: ResultDocument.Sample {
    .init(
      observations: sections.reduce(0) { $0 + $1.units.count }, units: Set(sections.flatMap(\.units)).count,
      periods: sections.count)
  }
}

extension TableInput {
  /// Reads a panel or a cross-section, which has no column of time, and takes its keys.
  mutating func spatialTable(
    at path: String, _ inputs: InputReader, variables: [String]
  ) throws -> SpatialTable {
    try SpatialTable(panel(try table(at: path, inputs), variables: variables, inputs))
  }
}
