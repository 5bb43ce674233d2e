import RuralValue
import RuralValueFormats

/// `ruralvalue disparity`: inequality between units, its parts by groups, and town and country.
struct DisparityCommand: Command {
  static let definition = CommandDefinition(
    name: "disparity",
    summary: "Gini, Theil and CV by year, their parts by group, town and country, convergence",
    usage: "PANEL.csv --variable V [--group COL[,COL]] [options]",
    examples: [
      .init(
        purpose: "how unequal is rural value, and how much of it lies between the four regions?",
        call: "ruralvalue disparity scores.csv --variable V --group region4"),
      .init(
        purpose: "Theil's index between regions, between the prefectures of a region, and within prefectures",
        call: "ruralvalue disparity scores.csv --variable V --group region4,prefecture --out d"),
      .init(
        purpose: "income per head, weighted by people",
        call: "ruralvalue disparity panel.csv --variable income --population people"),
      .init(
        purpose: "the urban-rural ratio and Theil index by county and in all",
        call:
          "ruralvalue disparity panel.csv --urban yu --rural yr --urban-population nu --rural-population nr"),
    ],
    remarks: [
      """
      The variable is per head, or a score. A total such as GDP must first be divided by people, for a large county is no \
      rich one; this the program cannot know. With --population measures weigh by people; ranks, the dispersion of \
      logarithms and its test count each unit once.
      """,
      """
      With --group Gini falls into Dagum's parts: within, net between and transvariation, which add up to Gini whatever \
      the groups are called. With a second, narrower column Theil's index has three levels; Dagum's parts stay those of \
      the first column. A group may change over time: each year counts it as it then was.
      """,
      """
      Files of --out: disparity, mobility, sigma, tests; with --group dagum, dagum_groups, dagum_pairs, theil; with \
      --urban urban_rural, urban_rural_total; and plots. Undefined is an empty cell, and a note says why: Theil's L and \
      logarithms of 0, Theil and Dagum's parts of values below 0, all of a mean that is not above 0.
      """,
    ], pictures: .many)

  static let options: [Option<DisparityCommand>] =
    [
      Option(
        \.variable, "variable", .column.called("V"),
        "the variable, per head or a score; may be left out with --urban"),
      Option(
        \.groups, "group",
        .columns.called("COL[,COL]").limited(
          to: { $0.count <= 2 && Set($0).count == $0.count },
          expected: "one column, or a wider and a narrower one such as region,prefecture"),
        "the column of groups, or a wider and a narrower one, whose parts are taken"),
      Option(\.population, "population", .column, "the column of people, by whom the variable is weighted"),
      Option(\.urban, "urban", .column, "the column of urban income per head"),
      Option(\.rural, "rural", .column, "the column of rural income per head"),
      Option(\.urbanPopulation, "urban-population", .column, "the column of people in town"),
      Option(\.ruralPopulation, "rural-population", .column, "the column of people in the country"),
      Option(
        \.correctsSample, "sample-correction", .flag,
        "Gini times n/(n − 1) and CV with n − 1, as of a sample; without --population"),
    ] + TableInput.options.lifted(\.input)

  var call = CallFrame()
  var input = TableInput()
  var variable: String?
  var groups: [String] = []
  var population: String?
  var urban: String?
  var rural: String?
  var urbanPopulation: String?
  var ruralPopulation: String?
  var correctsSample = false

  private var sectorOptions: [(option: String, column: String?)] {
    [
      ("--urban", urban), ("--rural", rural), ("--urban-population", urbanPopulation),
      ("--rural-population", ruralPopulation),
    ]
  }

  func check() throws {
    let missing = sectorOptions.filter { $0.column == nil }
    guard missing.isEmpty || missing.count == 4 else {
      throw UsageError.conflict(
        "Town and country need --urban, --rural, --urban-population and --rural-population; expected also"
          + " \(missing.map(\.option).joined(separator: " and ")).")
    }
    guard variable != nil || missing.isEmpty else {
      throw UsageError.missingOption(
        option: "--variable", command: Self.definition.name,
        purpose: "a numeric column, or --urban and the like")
    }
    guard population == nil || !correctsSample else {
      throw UsageError.conflict(
        "--sample-correction is of units that count once, --population weighs them; expected one of the two.")
    }
    guard population == nil || variable != nil else {
      throw UsageError.conflict(
        "--population weighs the variable; expected --variable beside it. Town and country have people of their own."
      )
    }
  }

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    let table = try input.table(at: call.inputs[0], inputs)
    let columns = try groups.map { try GroupColumn(table, column: $0) }
    let specification = DisparitySpecification(
      variable: variable, population: population, groups: columns, urbanRural: sectors,
      correctsSample: correctsSample)
    let panel = try input.panel(table, variables: specification.columns, groups: columns, inputs)
    let result = try DisparityEstimator.fit(panel, specification)
    inputs.note(table.markerNotes(specification.columns))
    inputs.note(panel.totalNotes + panel.sentinelNotes)
    var answer = CommandAnswer(
      document: result.document.adding(notes: inputs.notes + inputs.shapeNotes(of: panel)))
    answer.drawings = call.drawings(of: result.figures)
    return answer
  }

  private var sectors: DisparitySpecification.UrbanRuralColumns? {
    guard let urban, let rural, let urbanPopulation, let ruralPopulation else { return nil }
    return .init(
      urban: urban, rural: rural, urbanPopulation: urbanPopulation, ruralPopulation: ruralPopulation)
  }
}
