import RuralValue
import RuralValueFormats

/// `ruralvalue moran`: spatial autocorrelation, global and local.
struct MoranCommand: Command {
  static let definition = CommandDefinition(
    name: "moran",
    summary: "global Moran's I and Geary's C year by year, local Moran (LISA), bivariate Moran",
    usage: "DATA.csv --variable X --weights W [options]",
    examples: [
      .init(
        purpose: "is rural value clustered, year by year?",
        call: "ruralvalue moran scores.csv --variable V --weights queen.csv"),
      .init(
        purpose: "where: local Moran with quadrants, 9,999 permutations",
        call:
          "ruralvalue moran scores.csv --variable V --weights queen.csv --local --permutations 9999 --out m"
      ),
      .init(
        purpose: "does value go with its neighbours' capital flow?",
        call: "ruralvalue moran scores.csv --variable V --with C --weights queen.csv"),
    ],
    remarks: [
      """
      DATA is a panel, or a cross-section without a column of years. z and p under randomisation are two-sided; \
      the permutation p of the global I is one-sided, those of local Moran are two-sided. Local Moran as spdep \
      has it; PySAL's values are (n − 1)/n of these. Results depend on the seed alone, not on the machine. \
      Units without neighbours count among the n units; spdep leaves them out.
      """
    ])

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
        \.specification.permutations, "permutations", .integer(0...1_000_000), default: 999,
        "random permutations, 0 for none"),
      Option(\.specification.seed, "seed", .seed, default: 1, "the seed of the permutations"),
      Option(
        \.specification.standardisation, "standardise", .choice, default: .row, "scale the weights"),
    ] + TableInput.options.lifted(\.input)

  var call = CallFrame()
  var input = TableInput()
  var weights = WeightsInput()
  var variable = ""
  var other: String?
  var specification = MoranSpecification()

  func check() throws { try weights.reading.requireUse(by: [weights.path]) }

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    let table = try input.spatialTable(
      at: call.inputs[0], inputs, variables: [variable] + (other.map { [$0] } ?? []))
    let matrix = try weights.read(
      inputs, for: .init(source: table.panel.source, ids: table.panel.units))
    let series = try table.series(variable)
    if let other {
      let result = try MoranEstimator.fitBivariate(
        series, try table.series(other), weights: matrix, specification)
      return CommandAnswer(
        document: ResultDocument(
          command: "moran", sample: series.sample,
          parts: [.init(result.table, jsonKey: "rows")], values: [JSONMember.weights(result.fingerprint)],
          notes: inputs.notes + result.notes))
    }
    let result = try MoranEstimator.fit(series, weights: matrix, specification)
    var parts: [ResultDocument.Part] = [
      .init(result.briefGlobalTable, written: false, jsonKey: nil),
      .init(result.globalTable, shown: false, jsonKey: "rows"),
    ]
    if specification.isLocal {
      parts.append(.init(result.quadrantTable, jsonKey: "quadrants"))
      parts.append(.init(result.localTable, shown: series.sections.count == 1, jsonKey: "local"))
    }
    return CommandAnswer(
      document: ResultDocument(
        command: "moran", sample: series.sample, parts: parts,
        values: [JSONMember.weights(result.fingerprint)], notes: inputs.notes + result.notes,
        figures: result.figures))
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
