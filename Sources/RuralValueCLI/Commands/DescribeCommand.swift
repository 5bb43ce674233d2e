import RuralValue

/// `ruralvalue describe`: descriptive statistics, correlations and variance inflation.
struct DescribeCommand: Command {
  static let definition = CommandDefinition(
    name: "describe",
    summary: "descriptive statistics, correlations and variance inflation factors",
    usage: "PANEL.csv [--variables A,B,C] [options]",
    examples: [
      .init(
        purpose: "the first tables of a paper, for four variables",
        call: "ruralvalue describe scores.csv --variables V,P,C,I"),
      .init(
        purpose: "all numeric columns, as LaTeX files",
        call: "ruralvalue describe panel.csv --out results --format tex"),
    ],
    options: [
      OptionDefinition(
        "--variables", "LIST",
        "the variables, separated by commas (default: all numeric columns but the keys)"),
      OptionDefinition(
        "--correlation", choices: ["pearson", "spearman", "none"], "the kind of correlation (default pearson)"
      ),
      OptionDefinition(
        "--missing", choices: DescriptiveSpecification.MissingRule.allCases.map(\.rawValue),
        "rows for correlations: complete in all variables (default listwise) or in each pair"),
      OptionDefinition("--no-vif", help: "no variance inflation factors"),
    ] + OptionDefinition.table,
    remarks: [
      """
      Between: the standard deviation of the units' means; within: of a value less its unit's mean plus the \
      mean of all (as Stata's xtsum). VIF is 1/(1 − R²) of each variable regressed on the others.
      """
    ])

  let input: TableInput
  let variables: [String]
  let correlation: DescriptiveSpecification.CorrelationMethod?
  let missing: DescriptiveSpecification.MissingRule
  let includesVarianceInflation: Bool

  init(_ arguments: ParsedArguments) throws {
    input = try TableInput(arguments)
    variables = arguments.list("--variables").firstAppearances
    correlation =
      arguments.text("--correlation") == "none" ? nil : arguments.choice("--correlation", default: .pearson)
    missing = arguments.choice("--missing", default: .listwise)
    includesVarianceInflation = !arguments.has("--no-vif")
  }

  func run(_ inputs: InputReader) throws -> CommandAnswer {
    let table = try input.table(inputs)
    let names = variables.isEmpty ? try input.numericColumns(of: table) : variables
    let panel = try Panel(table, unitColumn: input.unitColumn, timeColumn: input.timeColumn, variables: names)
    let specification = DescriptiveSpecification(
      variables: names, correlation: correlation, missing: missing,
      includesVarianceInflation: includesVarianceInflation)
    let result = try DescriptiveEstimator(specification).fit(panel)
    return CommandAnswer(
      document: result.document(specification: specification.members + input.specification(panel))
        .adding(notes: inputs.notes + panel.shapeNotes))
  }
}
