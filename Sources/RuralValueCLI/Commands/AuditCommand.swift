import RuralValue
import RuralValueFormats

/// `ruralvalue audit`: a published table held to itself.
struct AuditCommand: Command {
  static let definition = CommandDefinition(
    name: "audit",
    summary: "a published table checked against itself: every row consistent, or not, within its rounding",
    usage: "TABLE [--levels LIST] [--table N] [--coefficients TABLE | --effects TABLE] [options]",
    examples: [
      .init(
        purpose: "a table of coefficients whose note says * p < 0.05, ** p < 0.01",
        call: "ruralvalue audit table5.csv --levels 0.05,0.01"),
      .init(
        purpose: "every table of a manuscript, by the levels that their notes state",
        call: "ruralvalue audit paper.tex"),
      .init(purpose: "the second table of a Word document", call: "ruralvalue audit paper.docx --table 2"),
      .init(
        purpose: "a table of effects, held also to the coefficients it should follow from",
        call:
          "ruralvalue audit table6.csv --levels 0.05,0.01"
          + " --coefficients table5.csv"),
      .init(
        purpose: "the same, beginning from the coefficients",
        call: "ruralvalue audit table5.csv --levels 0.05,0.01 --effects table6.csv"),
    ],
    remarks: [
      """
      Reads tables in LaTeX, HTML, Markdown and Word as they are printed: several models, errors, t or p beneath or \
      beside estimates, marks behind them; and CSV or a workbook, as it looks or with named columns. \
      Columns: term,estimate,std_error,statistic,p_value,stars, of which term and estimate must be there; for \
      effects term,direct,direct_se,direct_stars and the same with indirect and total, as in effects_wide.csv of sdm, and of \
      a dynamic model horizon. Numbers stand as printed: \
      their decimals tell the rounding.
      """,
      """
      Without --levels those of the table's note hold; where it has none, the usual ones are tried (10/5/1, 5/1/0.1, \
      5/1, + 10 and stars, reversed, …), and those are taken that explain the rows best; which, and how many rows each \
      explains, is said.
      """,
      "The exit code is 6 where a row is on the wrong side of the weakest level, whatever the rounding.",
    ])

  static let options: [Option<AuditCommand>] =
    [
      Option(
        \.levels, "levels", .numbers(expected: "levels such as 0.1,0.05,0.01", where: { _ in true }),
        "the levels of *, **, *** (default: those of the table's note, else the usual ones that fit best)"),
      Option(
        \.tableNumber, "table", .integer(1...Int.max),
        "of a document: the table of this number (default: all that hold estimates)"),
      Option(
        \.degreesOfFreedom, "df", .number.called("N"),
        "p values by Student's t with N degrees of freedom (default: normal, or t where it alone gives those printed)"
      ),
      Option(
        \.coefficientsPath, "coefficients", .file,
        "for effects: the coefficients X, W×X and rho that they should follow from"),
      Option(
        \.effectsPath, "effects", .file,
        "for coefficients: the effects that should follow from them, audited too"),
    ] + CSVOptions.options.lifted(\.csv)

  var call = CallFrame()
  var levels: [Double]?
  var tableNumber: Int?
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
    _ = try AuditSpecification(
      levels: levels ?? AuditSpecification.standard.levels, degreesOfFreedom: degreesOfFreedom)
  }

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    let tables = try inputs.publishedTables(call.inputs[0], csv, number: tableNumber)
    let coefficients = try coefficientsPath.map { path in
      let tables = try inputs.publishedTables(path, csv)
      return tables.first(where: \.hasSpatialParameter) ?? tables[0]
    }
    // Of several tables the coefficients concern those of effects.
    let concerned = tables.contains(where: \.hasEffects) ? tables.filter(\.hasEffects) : tables
    let results = try tables.map { table in
      try audit(table, coefficients: concerned.contains(table) ? coefficients : nil)
    }
    let effects = try effectsPath.map { path throws in
      let effects = try inputs.publishedTables(path, csv)
      return try audit(
        effects.first(where: \.hasEffects) ?? effects[0],
        coefficients: tables.first(where: \.hasSpatialParameter) ?? tables[0])
    }
    let hasErrors = (results + [effects].compactMap(\.self)).contains(where: \.hasDecisionErrors)
    var document = AuditResult.document(of: results, effects: effects).adding(notes: inputs.notes)
    document.specification = [
      JSONMember("reference", .string(results[0].specification.reference.name))
    ]
    return CommandAnswer(document: document, exitCode: hasErrors ? .decisionErrors : .done)
  }

  private func audit(_ table: PublishedTable, coefficients: PublishedTable?) throws -> AuditResult {
    try Auditor.audit(
      table, coefficients: coefficients, levels: levels, degreesOfFreedom: degreesOfFreedom)
  }
}
