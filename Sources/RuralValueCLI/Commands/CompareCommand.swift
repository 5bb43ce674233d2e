import RuralValue
import RuralValueFormats

/// `ruralvalue compare`: a printed table beside the program's own.
struct CompareCommand: Command {
  static let definition = CommandDefinition(
    name: "compare",
    summary: "a published table beside the program's own numbers, cell by cell, with a verdict",
    usage: "PRINTED.csv --with RESULTS.csv [--with …] [--require LIST] [options]",
    examples: [
      .init(
        purpose: "do coefficients and standard errors round to the printed ones?",
        call: "ruralvalue compare printed.csv --with out/coefficients.csv"),
      .init(
        purpose: "a table with sums of coefficients, of which only the estimates must agree",
        call:
          "ruralvalue compare table4.csv --with out/coefficients.csv --with out/linear_combinations.csv"
          + " \\\n    --require estimate --stars 0.05,0.01"),
    ],
    options: [
      OptionDefinition(
        "--with", "FILE", repeats: true,
        "a table that ruralvalue wrote: coefficients, linear combinations, effects, tests, Moran's I"),
      OptionDefinition(
        "--require", "LIST",
        "what must agree: estimate,std_error,statistic,p_value,stars; all (default) or none"),
      OptionDefinition(
        "--tolerance", "X", "how far the printed numbers can be trusted beyond their rounding (default 0)"),
      OptionDefinition(
        "--coefficients", "FILE",
        "for effects: the printed coefficients, to tell which printed totals cannot follow from them"),
      OptionDefinition("--title", "TEXT", "what stands above the tables (default: the printed table's name)"),
    ] + OptionDefinition.csv,
    remarks: [
      """
      Columns of the printed table: as audit reads it, numbers as printed. Rows are found by their names; where \
      the paper has its own, a column "matches" has the program's: P×C, P+C. A row of Moran's I is named after \
      its period. --stars gives the levels of the printed table's note.
      """,
      "The exit code is 6 where a required cell differs or is not in the results.",
    ])

  let path: String
  let resultPaths: [String]
  let coefficientsPath: String?
  let csv: CSVOptions
  let specification: ComparisonSpecification

  init(_ arguments: ParsedArguments) throws {
    path = arguments.inputs[0]
    resultPaths = arguments.texts("--with")
    guard !resultPaths.isEmpty else {
      throw UsageError.missingOption(
        option: "--with", command: "compare", purpose: "a table of results, such as out/coefficients.csv")
    }
    coefficientsPath = arguments.text("--coefficients")
    csv = try CSVOptions(arguments)
    specification = try ComparisonSpecification(
      required: try Self.required(arguments), tolerance: try arguments.number("--tolerance") ?? 0,
      levels: try DeliveryOptions(words: arguments).rendering.starLevels, title: arguments.text("--title"))
  }

  /// The quantities that `--require` names.
  private static func required(_ arguments: ParsedArguments) throws(UsageError) -> Set<ComparedQuantity> {
    let names = arguments.list("--require")
    guard arguments.text("--require") != nil, names != ["all"] else {
      return Set(ComparedQuantity.allCases)
    }
    if names == ["none"] { return [] }
    var required: Set<ComparedQuantity> = []
    for name in names {
      guard let quantity = ComparedQuantity(rawValue: name) else {
        throw .notAChoice(
          option: "--require", found: name,
          choices: ComparedQuantity.allCases.map(\.rawValue) + ["all", "none"])
      }
      required.insert(quantity)
    }
    guard !required.isEmpty else {
      throw .notANumber(option: "--require", found: "", expected: "all, none or quantities such as estimate")
    }
    return required
  }

  func run(_ inputs: InputReader) throws -> CommandAnswer {
    let printed = try PublishedTable(try inputs.table(path, csv))
    let results = try ProgramResults(try resultPaths.map { try inputs.table($0) })
    let coefficients = try coefficientsPath.map { try PublishedTable(try inputs.table($0, csv)) }
    let result = try Comparator.compare(printed, with: results, coefficients: coefficients, specification)
    return CommandAnswer(
      document: result.document(specification: [
        JSONMember("with", JSONValue(resultPaths)), JSONMember("coefficients", JSONValue(coefficientsPath)),
      ]).adding(notes: inputs.notes),
      exitCode: result.failures.isEmpty ? .done : .decisionErrors)
  }
}
