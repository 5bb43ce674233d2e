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
    options: [
      OptionDefinition("--variable", "X", "the variable")
    ] + WeightsInput.options + [
      OptionDefinition("--with", "Y", "bivariate Moran's I with the neighbours' values of Y"),
      OptionDefinition("--local", help: "local Moran's I of every unit"),
      OptionDefinition("--permutations", "N", "random permutations, 0 for none (default 999)"),
      OptionDefinition("--seed", "N", "the seed of the permutations (default 1)"),
      OptionDefinition(
        "--standardise", choices: WeightsStandardisation.allCases.map(\.rawValue),
        "scale the weights (default row)"),
    ] + OptionDefinition.table,
    remarks: [
      """
      DATA is a panel, or a cross-section without a column of years. z and p under randomisation are two-sided; \
      the permutation p of the global I is one-sided, those of local Moran are two-sided. Local Moran as spdep \
      has it; PySAL's values are (n − 1)/n of these. Results depend on the seed alone, not on the machine. \
      Units without neighbours count among the n units; spdep leaves them out.
      """
    ])

  let input: TableInput
  let weights: WeightsInput
  let variable: String
  let other: String?
  let specification: MoranSpecification

  init(_ arguments: ParsedArguments) throws {
    input = try TableInput(words: arguments)
    weights = try WeightsInput(arguments, command: "moran")
    guard let variable = arguments.text("--variable") else {
      throw UsageError.missingOption(option: "--variable X", command: "moran", purpose: "a numeric column")
    }
    self.variable = variable
    other = arguments.text("--with")
    specification = MoranSpecification(
      standardisation: arguments.choice("--standardise", default: .row),
      permutations: try arguments.integer("--permutations", in: 0...1_000_000) ?? 999,
      seed: UInt64(try arguments.integer("--seed", in: 0...Int.max) ?? 1), isLocal: arguments.has("--local"))
  }

  func run(_ inputs: InputReader) throws -> CommandAnswer {
    let table = try input.spatialTable(inputs, variables: [variable] + (other.map { [$0] } ?? []))
    let matrix = try weights.read(inputs)
    let series = try table.series(variable)
    let members =
      [
        JSONMember("variable", .string(variable)), JSONMember("with", JSONValue(other)),
        JSONMember("standardise", .string(specification.standardisation.rawValue)),
        JSONMember("permutations", .integer(specification.permutations)),
        JSONMember("seed", .integer(Int(specification.seed))),
        JSONMember("local", .boolean(specification.isLocal)),
      ] + weights.specification + input.specification(table)
    if let other {
      let result = try MoranEstimator.fitBivariate(
        series, try table.series(other), weights: matrix, specification)
      return CommandAnswer(
        document: ResultDocument(
          command: "moran", specification: members, sample: series.sample,
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
        command: "moran", specification: members, sample: series.sample, parts: parts,
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
  /// What JSON records of these options; a cross-section has no column of time.
  func specification(_ table: SpatialTable) -> [JSONMember] {
    specification(table.panel).map { $0.key == "time" && !table.hasPeriods ? JSONMember("time", .null) : $0 }
  }

  /// Reads a panel or a cross-section.
  func spatialTable(_ inputs: InputReader, variables: [String]) throws -> SpatialTable {
    try SpatialTable(
      table(inputs), unitColumn: unitColumn, timeColumn: timeColumn, variables: variables)
  }
}
