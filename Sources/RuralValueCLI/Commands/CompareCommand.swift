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
    remarks: [
      """
      Columns of the printed table: as audit reads it, numbers as printed. Rows are found by their names; where \
      the paper has its own, a column "matches" has the program's: P×C, P+C. A row of Moran's I is named after \
      its period. --stars gives the levels of the printed table's note.
      """,
      "The exit code is 6 where a required cell differs or is not in the results.",
    ])

  static let options: [Option<CompareCommand>] =
    [
      Option(
        repeating: \.resultPaths, "with", .file,
        required: "a table of results, such as out/coefficients.csv",
        "a table that ruralvalue wrote: coefficients, linear combinations, effects, tests, Moran's I"),
      Option(
        \.required, "require", .quantities, default: Set(ComparedQuantity.allCases),
        "what must agree: quantities, all or none"),
      Option(
        \.tolerance, "tolerance", .number, default: 0,
        "how far the printed numbers can be trusted beyond their rounding"),
      Option(
        \.coefficientsPath, "coefficients", .file,
        "for effects: the printed coefficients, to tell which printed totals cannot follow from them"),
      Option(
        \.title, "title", .text, "what stands above the tables (default: the printed table's name)"),
    ] + CSVOptions.options.lifted(\.csv)

  var call = CallFrame()
  var resultPaths: [String] = []
  var required: Set<ComparedQuantity> = []
  var tolerance = 0.0
  var coefficientsPath: String?
  var title: String?
  var csv = CSVOptions()

  func check() throws { _ = try specification }

  private var specification: ComparisonSpecification {
    get throws {
      try ComparisonSpecification(
        required: required, tolerance: tolerance, levels: call.delivery.rendering.starLevels, title: title)
    }
  }

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    let specification = try specification
    let printed = try PublishedTable(try inputs.printedTable(call.inputs[0], csv))
    let results = try ProgramResults(try resultPaths.map { try inputs.table($0) })
    let coefficients = try coefficientsPath.map { try PublishedTable(try inputs.printedTable($0, csv)) }
    let result = try Comparator.compare(printed, with: results, coefficients: coefficients, specification)
    var document = result.document.adding(notes: inputs.notes)
    document.specification = [
      JSONMember("levels", .array(specification.levels.map(JSONValue.number)))
    ]
    return CommandAnswer(
      document: document, exitCode: result.failures.isEmpty ? .done : .decisionErrors)
  }
}

extension OptionKind where Value == Set<ComparedQuantity> {
  /// Quantities, `all` or `none`.
  fileprivate static let quantities = OptionKind(
    shape: .list, placeholder: "LIST",
    read: { text, option in
      let names = listed(text)
      if names == ["all"] { return Set(ComparedQuantity.allCases) }
      if names == ["none"] { return [] }
      guard !names.isEmpty else {
        throw UsageError.notANumber(
          option: option, found: "", expected: "all, none or quantities such as estimate")
      }
      return Set(
        try names.map { name in
          guard let quantity = ComparedQuantity(rawValue: name) else {
            throw UsageError.notAChoice(
              option: option, found: name,
              choices: ComparedQuantity.allCases.map(\.rawValue) + ["all", "none"])
          }
          return quantity
        })
    }, json: { required in JSONValue(ComparedQuantity.allCases.filter(required.contains).map(\.rawValue)) })
}
