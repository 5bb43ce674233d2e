import RuralValue
import RuralValueFormats

/// `ruralvalue audit`: a published table held to itself.
struct AuditCommand: Command {
  static let definition = CommandDefinition(
    name: "audit",
    summary: "a published table checked against itself: every row consistent, or not, within its rounding",
    usage: "TABLE.csv [--levels LIST] [--coefficients TABLE.csv | --effects TABLE.csv] [options]",
    examples: [
      .init(
        purpose: "a table of coefficients whose note says * p < 0.05, ** p < 0.01",
        call: "ruralvalue audit table5.csv --levels 0.05,0.01"),
      .init(
        purpose: "a table of effects, held also to the coefficients it should follow from",
        call:
          "ruralvalue audit table6.csv --levels 0.05,0.01"
          + " --coefficients table5.csv"),
      .init(
        purpose: "the same, beginning from the coefficients",
        call: "ruralvalue audit table5.csv --levels 0.05,0.01 --effects table6.csv"),
    ],
    options: [
      OptionDefinition(
        "--levels", "LIST", "the levels that the table's note gives to *, **, *** (default 0.1,0.05,0.01)"),
      OptionDefinition("--df", "N", "p values by Student's t with N degrees of freedom (default: normal)"),
      OptionDefinition(
        "--coefficients", "FILE", "for effects: the coefficients X, W×X and rho that they should follow from"),
      OptionDefinition(
        "--effects", "FILE", "for coefficients: the effects that should follow from them, audited too"),
    ] + OptionDefinition.csv,
    remarks: [
      """
      Columns: term,estimate,std_error,statistic,p_value,stars, of which term and estimate must be there; for \
      effects term,direct,direct_se,direct_stars and the same with indirect and total. Numbers stand as printed: \
      their decimals tell the rounding.
      """,
      "The exit code is 6 where a row is on the wrong side of the weakest level, whatever the rounding.",
    ])

  let path: String
  let coefficientsPath: String?
  let effectsPath: String?
  let csv: CSVOptions
  let specification: AuditSpecification

  init(_ arguments: ParsedArguments) throws {
    path = arguments.inputs[0]
    coefficientsPath = arguments.text("--coefficients")
    effectsPath = arguments.text("--effects")
    guard coefficientsPath == nil || effectsPath == nil else {
      throw UsageError.conflict(
        "--coefficients goes with a table of effects and --effects with a table of coefficients; expected one."
      )
    }
    csv = try CSVOptions(arguments)
    var levels = AuditSpecification.standard.levels
    if let text = arguments.text("--levels") {
      levels = arguments.list("--levels").compactMap(Double.init)
      guard levels.count == arguments.list("--levels").count else {
        throw UsageError.notANumber(
          option: "--levels", found: text, expected: "levels such as 0.1,0.05,0.01")
      }
    }
    specification = try AuditSpecification(levels: levels, degreesOfFreedom: try arguments.number("--df"))
  }

  func run(_ inputs: InputReader) throws -> CommandAnswer {
    let table = try PublishedTable(try inputs.table(path, csv))
    let coefficients = try coefficientsPath.map { try PublishedTable(try inputs.table($0, csv)) }
    let result = try Auditor.audit(table, coefficients: coefficients, specification)
    let effects = try effectsPath.map { path throws in
      try Auditor.audit(
        try PublishedTable(try inputs.table(path, csv)), coefficients: table, specification)
    }
    let members = [
      JSONMember("coefficients", JSONValue(coefficientsPath)), JSONMember("effects", JSONValue(effectsPath)),
    ]
    let hasErrors = result.hasDecisionErrors || effects?.hasDecisionErrors ?? false
    return CommandAnswer(
      document: result.document(specification: members, effects: effects).adding(notes: inputs.notes),
      exitCode: hasErrors ? .decisionErrors : .done)
  }
}
