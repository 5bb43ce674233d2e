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
    remarks: [
      """
      Between: the standard deviation of the units' means; within: of a value less its unit's mean plus the \
      mean of all (as Stata's xtsum). VIF is 1/(1 − R²) of each regressor on the others: of all variables but those \
      of --outcome.
      """
    ])

  static let options: [Option<DescribeCommand>] =
    [
      Option(
        \.variables, "variables", .columns,
        "the variables, separated by commas (default: all numeric columns but the keys)"),
      Option(\.correlation, "correlation", .choiceOrNone(), default: .pearson, "the kind of correlation"),
      Option(
        \.missing, "missing", .choice, default: .listwise,
        "rows for correlations: complete in all variables {default} or in each pair"),
      Option(
        \.outcomes, "outcome", .columns,
        "the variables that a model explains, which are no regressors: without them in the VIF"),
      Option(\.includesVarianceInflation, "no-vif", .negativeFlag, "no variance inflation factors"),
    ] + TableInput.options.lifted(\.input)

  var call = CallFrame()
  var input = TableInput()
  var variables: [String] = []
  var correlation: DescriptiveSpecification.CorrelationMethod?
  var missing = DescriptiveSpecification.MissingRule.listwise
  var includesVarianceInflation = true
  var outcomes: [String] = []

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    let table = try input.table(at: call.inputs[0], inputs)
    variables = variables.isEmpty ? try input.numericColumns(of: table) : variables.firstAppearances
    let panel = try input.panel(table, variables: variables, inputs)
    let result = try DescriptiveEstimator(
      DescriptiveSpecification(
        variables: variables, correlation: correlation, missing: missing,
        includesVarianceInflation: includesVarianceInflation, outcomes: outcomes.firstAppearances)
    ).fit(panel)
    inputs.note(table.markerNotes(variables))
    inputs.note(panel.totalNotes + panel.sentinelNotes)
    var document = result.document.adding(notes: inputs.notes + inputs.shapeNotes(of: panel))
    document.specification = [JSONMember("vif", .boolean(includesVarianceInflation))]
    return CommandAnswer(document: document)
  }
}
