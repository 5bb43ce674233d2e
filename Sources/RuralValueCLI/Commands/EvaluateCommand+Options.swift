import RuralValue

extension EvaluateCommand {
  static let options: [Option<EvaluateCommand>] =
    card + scoring + colouring + listing + TableInput.options.lifted(\.input)

  /// The card and the groups.
  private static let card: [Option<EvaluateCommand>] = [
    Option(
      \.scorecardPath, "scorecard", .file.called("CARD.csv"), default: "",
      required: "a CSV file with the columns \(Scorecard.columnNames.joined(separator: ","))",
      "the indicators with targets, thresholds and weights (see below)"),
    Option(\.groupColumn, "by", .column, "the column of groups, such as region4"),
    Option(
      \.regionColumn, "region", .column,
      "the column of the regions that the card names (default: that of --by)"),
  ]

  /// How values become scores.
  private static let scoring: [Option<EvaluateCommand>] = [
    Option(
      \.attainment, "attainment", .choice, default: .ratio,
      "value over target {default}, from red to target, or the latter for targets of zero and below alone"),
    Option(
      \.weighting, "weights", .choice, default: .given,
      "the card's weights {default}, entropy weights, or closeness by TOPSIS"),
    Option(
      \.topsis, "topsis", .choice, default: .inMatrix,
      "of --weights topsis: where weights stand, or vector normalisation by period"),
    Option(
      \.topsisWeights, "topsis-weights", .choice, default: .given, "of --weights topsis: whose weights"),
    Option(
      \.missing, "missing", .choice, default: .undefined,
      "a score with a missing indicator: undefined {default}, or by the rest"),
  ]

  /// How values become colours.
  private static let colouring: [Option<EvaluateCommand>] = [
    Option(\.rule, "rule", .colourRule, default: .fixed, "by what rule values get colours"),
    Option(
      \.countyRule, "county-rule", .countyRule, default: .veto,
      "a county's colour: the worst {default}, or red from N reds on"),
    Option(
      \.release, "release", .integer(1...100), default: 1, "better observations after which a warning falls"),
  ]

  /// What is listed.
  private static let listing: [Option<EvaluateCommand>] = [
    Option(
      \.period, "period", .integer(-9999...999_999),
      "the period of the list and the cards (default: the last)"),
    Option(\.population, "population", .column, "the column of people, for weighted means of groups"),
    Option(\.urban, "urban", .column, "incomes per head in towns, for the gap of town and country by group"),
    Option(\.rural, "rural", .column, "incomes per head in the country"),
    Option(
      \.urbanPopulation, "urban-population", .column, "people in towns (default: each county counts once)"),
    Option(\.ruralPopulation, "rural-population", .column, "people in the country"),
    Option(
      \.call.delivery.labels.texts, "label", .labelsOrColumn, default: [],
      "the column with the counties' names for list and cards; X=NAME: what tables call a name"),
    Option(
      \.flowsPath, "flows", .file,
      "flows of factors, from,to,time,factor,value: in, out and net by county and group"),
    Option(
      \.supply, "supply", .columns, "columns of supply, each beside one of --demand, for the mismatch index"),
    Option(\.demand, "demand", .columns, "columns of demand"),
    Option(
      \.pricesPath, "prices", .file,
      "prices of factors, county,year,item,price,quantity: indices over time and places"),
    Option(\.makesCards, "cards", .flag, "with --out also cards.html, a page a county"),
  ]
}

extension OptionKind where Value == ColourRule {
  /// A rule of colours.
  fileprivate static let colourRule = OptionKind(
    shape: .text, placeholder: "fixed|share:G,H|quantile:A,B|control:FROM:TO",
    read: { text, option in
      guard let rule = ColourRule(text) else {
        throw UsageError.notANumber(
          option: option, found: text,
          expected: "fixed, share:1,0.8 (0 < H ≤ G), quantile:0.2,0.4 (0 < A ≤ B < 1) or control:2012:2018")
      }
      return rule
    }, json: { .string($0.text) })
}

extension OptionKind where Value == CountyRule {
  /// A rule of counties' colours.
  fileprivate static let countyRule = OptionKind(
    shape: .text, placeholder: "veto|reds=N",
    read: { text, option in
      guard let rule = CountyRule(text) else {
        throw UsageError.notANumber(
          option: option, found: text, expected: "veto, or reds=N with N of at least 1, such as reds=2")
      }
      return rule
    }, json: { .string($0.text) })
}
