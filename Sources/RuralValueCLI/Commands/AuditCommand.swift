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
      .init(
        purpose: "every file of a finished study: was any changed by hand?",
        call: "ruralvalue audit mystudy/study.json"),
    ],
    remarks: [
      """
      Columns: term,estimate,std_error,statistic,p_value,stars, of which term and estimate must be there; for \
      effects term,direct,direct_se,direct_stars and the same with indirect and total, as in effects_wide.csv of sdm, and of \
      a dynamic model horizon. Numbers stand as printed: \
      their decimals tell the rounding.
      """,
      "The exit code is 6 where a row is on the wrong side of the weakest level, whatever the rounding.",
      """
      Of a study file, or of the manifest.json beside its results, audit checks every table, figure and input by its digest, and \
      names the cell that was changed where the study was run with your own key. The exit code is 6 where anything is not \
      as the study left it.
      """,
    ])

  static let options: [Option<AuditCommand>] =
    [
      Option(
        \.levels, "levels", .numbers(expected: "levels such as 0.1,0.05,0.01", where: { _ in true }),
        default: AuditSpecification.standard.levels, "the levels that the table's note gives to *, **, ***"),
      Option(
        \.degreesOfFreedom, "df", .number.called("N"),
        "p values by Student's t with N degrees of freedom (default: normal)"),
      Option(
        \.coefficientsPath, "coefficients", .file,
        "for effects: the coefficients X, W×X and rho that they should follow from"),
      Option(
        \.effectsPath, "effects", .file,
        "for coefficients: the effects that should follow from them, audited too"),
    ] + CSVOptions.options.lifted(\.csv)

  var call = CallFrame()
  var levels: [Double] = []
  var degreesOfFreedom: Double?
  var coefficientsPath: String?
  var effectsPath: String?
  var csv = CSVOptions()

  func check() throws {
    guard coefficientsPath == nil || effectsPath == nil else {
      throw UsageError.conflict(
        "--coefficients goes with a table of effects and --effects with a table of coefficients; expected one."
      )
    }
    _ = try specification
  }

  private var specification: AuditSpecification {
    get throws { try AuditSpecification(levels: levels, degreesOfFreedom: degreesOfFreedom) }
  }

  /// The answer about a finished study, which has no use for what says how to read a printed table.
  private func ofStudy(_ study: StudyAudit) throws(UsageError) -> CommandAnswer {
    if let option = Self.options.map(\.definition.name).first(where: call.given.contains) {
      throw .conflict("\(option) is about a printed table; expected a study without it.")
    }
    return study.answer
  }

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    if let study = try StudyAudit(at: call.inputs[0], inputs) { return try ofStudy(study) }
    let specification = try specification
    let table = try PublishedTable(try inputs.printedTable(call.inputs[0], csv))
    let coefficients = try coefficientsPath.map { try PublishedTable(try inputs.printedTable($0, csv)) }
    let result = try Auditor.audit(table, coefficients: coefficients, specification)
    let effects = try effectsPath.map { path throws in
      try Auditor.audit(
        try PublishedTable(try inputs.printedTable(path, csv)), coefficients: table, specification)
    }
    let hasErrors = result.hasDecisionErrors || effects?.hasDecisionErrors ?? false
    var document = result.document(effects: effects).adding(notes: inputs.notes)
    document.specification = [JSONMember("reference", .string(specification.reference.name))]
    return CommandAnswer(document: document, exitCode: hasErrors ? .decisionErrors : .done)
  }
}
