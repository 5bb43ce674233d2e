import RuralValue
import RuralValueFormats

/// `ruralvalue hotspot`: hot and cold spots by Getis–Ord Gi*.
struct HotspotCommand: Command {
  static let definition = CommandDefinition(
    name: "hotspot",
    summary: "hot and cold spots: Getis–Ord Gi* of levels, changes or growth rates",
    usage: "DATA.csv --variable X --weights W [options]",
    examples: [
      .init(
        purpose: "hot and cold spots of growth between two years",
        call: "ruralvalue hotspot scores.csv --variable V --weights queen.csv --growth 2012:2022"),
      .init(
        purpose: "the same for five variables, as tables ready for `map --hot`",
        call:
          "ruralvalue hotspot scores.csv --variable V,P,C,I,T --weights queen.csv --growth 2012:2022 --out hot"
      ),
    ],
    options: [
      OptionDefinition("--variable", "LIST", "the variable, or several separated by commas")
    ] + WeightsInput.options + [
      OptionDefinition("--growth", "A:B", "growth rates from period A to period B instead of levels"),
      OptionDefinition("--change", "A:B", "differences from period A to period B instead of levels"),
      OptionDefinition("--fdr", help: "also a table of classes by false discovery rate for the map"),
      OptionDefinition("--permutations", "N", "conditional permutations (default 0: none)"),
      OptionDefinition("--seed", "N", "the seed of the permutations (default 1)"),
    ] + OptionDefinition.table,
    remarks: [
      """
      Gi* with binary weights and self, as ArcGIS and spdep define it. Classes -3 … 3 are cold and hot spots at \
      99, 95 and 90 % confidence; class_fdr is the same by false discovery rate (Benjamini–Hochberg within a \
      period), beside the raw class and never instead of it.
      """
    ])

  let input: TableInput
  let weights: WeightsInput
  let variables: [String]
  let comparison: (kind: SpatialSeries.Comparison, first: Int, last: Int)?
  let writesAdjusted: Bool
  let specification: HotSpotSpecification

  init(_ arguments: ParsedArguments) throws {
    input = try TableInput(words: arguments)
    weights = try WeightsInput(arguments, command: "hotspot")
    variables = arguments.list("--variable").firstAppearances
    guard !variables.isEmpty else {
      throw UsageError.missingOption(option: "--variable X", command: "hotspot", purpose: "a numeric column")
    }
    guard arguments.text("--growth") == nil || arguments.text("--change") == nil else {
      throw UsageError.conflict("--growth and --change exclude each other; expected one of them.")
    }
    comparison = try HotspotCommand.comparison(arguments)
    writesAdjusted = arguments.has("--fdr")
    specification = HotSpotSpecification(
      permutations: try arguments.integer("--permutations", in: 0...1_000_000) ?? 0,
      seed: UInt64(try arguments.integer("--seed", in: 0...Int.max) ?? 1))
  }

  private static func comparison(
    _ arguments: ParsedArguments
  ) throws -> (kind: SpatialSeries.Comparison, first: Int, last: Int)? {
    for kind in SpatialSeries.Comparison.allCases {
      let option = "--\(kind.rawValue)"
      guard let range = try arguments.periods(option) else { continue }
      guard range.lowerBound != .min, range.upperBound != .max, range.lowerBound < range.upperBound else {
        throw UsageError.notANumber(
          option: option, found: arguments.text(option) ?? "", expected: "two periods such as 2012:2022")
      }
      return (kind, range.lowerBound, range.upperBound)
    }
    return nil
  }

  func run(_ inputs: InputReader) throws -> CommandAnswer {
    let table = try input.spatialTable(inputs, variables: variables)
    let matrix = try weights.read(inputs)
    let series = try variables.map { variable in
      guard let comparison else { return try table.series(variable) }
      return try SpatialSeries(
        table.panel, variable: variable, comparison.kind, from: comparison.first, to: comparison.last)
    }
    let results = try series.map { try HotSpotEstimator.fit($0, weights: matrix, specification) }
    let tables = HotSpotTables(results, names: variables, isSimulated: inputs.hasSimulatedData)
    var parts: [ResultDocument.Part] = [
      .init(tables.countTable, jsonKey: "counts"), .init(tables.table, shown: false, jsonKey: "rows"),
      .init(tables.classTable(fdr: false), shown: false, jsonKey: nil),
    ]
    if writesAdjusted { parts.append(.init(tables.classTable(fdr: true), shown: false, jsonKey: nil)) }
    let range = comparison.map { JSONValue.array([.integer($0.first), .integer($0.last)]) }
    var notes = inputs.notes
    for note in results.flatMap(\.notes) where !notes.contains(note) { notes.append(note) }
    return CommandAnswer(
      document: ResultDocument(
        command: "hotspot",
        specification: [
          JSONMember("variable", JSONValue(variables)),
          JSONMember("growth", comparison?.kind == .growth ? range ?? .null : .null),
          JSONMember("change", comparison?.kind == .change ? range ?? .null : .null),
          JSONMember("fdr", .boolean(writesAdjusted)),
          JSONMember("permutations", .integer(specification.permutations)),
          JSONMember("seed", .integer(Int(specification.seed))),
        ] + weights.specification + input.specification(table),
        sample: series.first?.sample, parts: parts, values: [JSONMember.weights(results[0].fingerprint)],
        notes: notes))
  }
}
