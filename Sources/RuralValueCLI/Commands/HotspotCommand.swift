import RuralValue
import RuralValueFormats

/// `ruralvalue hotspot`: hot and cold spots by Getis–Ord Gi*.
struct HotspotCommand: Command {
  static let definition = CommandDefinition(
    name: "hotspot",
    summary: "hot and cold spots (Gi*) of levels, changes or growth rates, general G, overlap of maps",
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
      .init(
        purpose: "do the hot spots of value and of population flow coincide?",
        call: "ruralvalue hotspot scores.csv --variable V,P --weights queen.csv --growth 2012:2022 --overlap"
      ),
    ],
    remarks: [
      """
      Gi* with binary weights and self, as ArcGIS and spdep define it. Classes -3 … 3 are cold and hot spots at \
      99, 95 and 90 % confidence; class_fdr is the same by false discovery rate (Benjamini–Hochberg within a \
      period), beside the raw class and never instead of it. General G says of values not below zero whether high \
      ones stand together (z above zero) or low ones do.
      """,
      """
      --overlap compares the maps of every two variables: Cohen's kappa, the Jaccard index of hot and of cold spots, \
      Cramér's V. Its p keeps space: the first variable's values are dealt anew so that they stay as clustered as they \
      are (Moran spectral randomisation), and their hot spots are found anew. The p that ignores space stands beside \
      it; on two unrelated smooth maps it finds alignment far too often.
      """,
    ])

  static let options: [Option<HotspotCommand>] =
    [
      Option(
        \.variables, "variable", .columns.called("X[,Y…]"), required: "a numeric column",
        "the variable, or several separated by commas")
    ] + WeightsInput.options.lifted(\.weights) + [
      Option(\.growth, "growth", .twoPeriods, "growth rates from period A to period B instead of levels"),
      Option(\.change, "change", .twoPeriods, "differences from period A to period B instead of levels"),
      Option(\.writesAdjusted, "fdr", .flag, "also a table of classes by false discovery rate for the map"),
      Option(
        \.comparesMaps, "overlap", .flag,
        "how far the hot spots of every two variables coincide, with a p that keeps space"),
      Option(
        \.draws, "draws", .integer(19...1_000_000), default: 999, "surrogates for the p of --overlap"),
      Option(
        \.specification.permutations, "permutations", .integer(0...1_000_000), default: 0,
        "conditional permutations {default}: none"),
      Option(\.specification.seed, "seed", .seed, default: 1, "the seed of the permutations"),
    ] + TableInput.options.lifted(\.input)

  var call = CallFrame()
  var input = TableInput()
  var weights = WeightsInput()
  var variables: [String] = []
  var growth: ClosedRange<Int>?
  var change: ClosedRange<Int>?
  var writesAdjusted = false
  var comparesMaps = false
  var draws = 999
  var specification = HotSpotSpecification()

  func check() throws {
    try weights.reading.requireUse(by: [weights.path])
    guard growth == nil || change == nil else {
      throw UsageError.conflict("--growth and --change exclude each other; expected one of them.")
    }
    guard !comparesMaps || variables.firstAppearances.count > 1 else {
      throw UsageError.conflict(
        "--overlap compares maps of two variables; expected --variable with two or more, such as V,P.")
    }
    guard comparesMaps || !call.given.contains("--draws") else {
      throw UsageError.conflict("--draws are the surrogates of --overlap; expected both or neither.")
    }
  }

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    variables = variables.firstAppearances
    let table = try input.spatialTable(at: call.inputs[0], inputs, variables: variables)
    let matrix = try weights.read(
      inputs, for: .init(source: table.panel.source, ids: table.panel.units))
    let series = try variables.map { variable in
      guard let periods = growth ?? change else { return try table.series(variable) }
      return try SpatialSeries(
        table.panel, variable: variable, growth == nil ? .change : .growth,
        from: table.panel.frequency.bound(periods.lowerBound, isUpper: false),
        to: table.panel.frequency.bound(periods.upperBound, isUpper: true))
    }
    let results = try series.map { try HotSpotEstimator.fit($0, weights: matrix, specification) }
    let span =
      growth.map { ClassAnalysis.Span(.growth, $0) } ?? change.map { ClassAnalysis.Span(.change, $0) }
    let tables = HotSpotTables(
      results, names: variables, span: span, weights: weights.name, isSimulated: inputs.hasSimulatedData)
    var parts: [ResultDocument.Part] = [
      .init(tables.countTable, jsonKey: "counts"), .init(tables.table, shown: false, jsonKey: "rows"),
      .init(tables.classTable(fdr: false), shown: false, jsonKey: nil),
    ]
    if writesAdjusted { parts.append(.init(tables.classTable(fdr: true), shown: false, jsonKey: nil)) }
    parts.insert(.init(tables.generalTable, shown: tables.hasGeneralG, jsonKey: "general_g"), at: 1)
    var overlapNotes: [Phrase] = []
    if comparesMaps {
      let overlap = try HotSpotOverlapEstimator.fit(
        series, names: variables, weights: matrix, draws: draws, seed: specification.seed)
      overlapNotes = overlap.notes
      parts += [
        .init(overlap.table, jsonKey: "overlap"),
        .init(overlap.countTable, shown: overlap.overlaps.count == 1, jsonKey: "overlap_counts"),
      ]
    }
    var notes = inputs.notes
    for note in results.flatMap(\.notes) + tables.generalNotes + overlapNotes where !notes.contains(note) {
      notes.append(note)
    }
    return CommandAnswer(
      document: ResultDocument(
        command: "hotspot",
        sample: series.first?.sample, parts: parts, values: [JSONMember.weights(results[0].fingerprint)],
        notes: notes))
  }
}

extension OptionKind where Value == ClosedRange<Int> {
  /// Two different periods.
  fileprivate static let twoPeriods = periods.limited(
    to: { $0.lowerBound != .min && $0.upperBound != .max && $0.lowerBound < $0.upperBound },
    expected: "two periods such as 2012:2022")
}
