import RuralValue
import RuralValueFormats

/// `ruralvalue prepare`: a panel ready for estimation, and a report of what was done to it.
struct PrepareCommand: Command {
  static let definition = CommandDefinition(
    name: "prepare",
    summary: "fill gaps, smooth, take logs, rescale, winsorise; join re-coded counties; wide to long",
    usage: "PANEL.csv [steps] [options]",
    examples: [
      .init(
        purpose: "fill the gaps inside each county, then take logs; the panel goes to the next command",
        call: "ruralvalue prepare panel.csv --interpolate gdp,grain --log gdp | ruralvalue describe -"),
      .init(
        purpose: "join renamed counties, cut outliers off year by year, and keep the report",
        call:
          "ruralvalue prepare panel.csv --codes code-changes.csv --winsorise 'gdp;within=year' --out results"),
      .init(
        purpose: "another file's columns beside the panel's, county by county and year by year",
        call: "ruralvalue prepare panel.csv --join villages.csv --log1p traditional_villages > study.csv"),
      .init(
        purpose: "a table with one column a year becomes a panel",
        call: "ruralvalue prepare gdp.csv --from wide-years --variable gdp > panel.csv"),
    ],
    options: PreparationSteps.options + [
      OptionDefinition(
        "--join", "FILE.csv", repeats: true,
        "set another table's columns beside the panel's, before any step: by unit and time, or by unit where"
          + " it has no such column of time; ;columns=A,B ;prefix=X"
          + " ;unit=COL ;time=COL where its keys are called otherwise"),
      OptionDefinition(
        "--codes", "FILE.csv", "old and new codes of counties; every old one becomes the newest"),
      OptionDefinition("--name", "COL", "with --codes: a column of names that change with the codes"),
      OptionDefinition(
        "--from", choices: WideLayoutOptions.Kind.allCases.map(\.rawValue),
        "the layout, if years or units stand side by side"),
      OptionDefinition(
        "--variable", "NAME", "with --from: what the numbers are called, where the table does not say"),
      OptionDefinition(
        "--unit-name", "NAME", "with --from wide-years: the unit that the whole table is about"),
      OptionDefinition("--year", "YEAR", "with --from wide-units: the year that the whole table is about"),
      OptionDefinition("--id", "LIST", "with --from: columns that are neither years nor units"),
      OptionDefinition("--indicator", "COL", "with --from: the column that names a row's indicator"),
    ] + OptionDefinition.table,
    remarks: [
      """
      Steps are done in the order of the call, each on what the ones before it made. A step takes variables \
      separated by commas, or all for every numeric column; settings follow after semicolons, so quote them: \
      --smooth 'gdp;window=5'. Results are named as in the list; ;in-place, ;as=NAME, ;prefix=X or ;suffix=X \
      name them otherwise. Filling never goes beyond a county's first and last known value unless ;extend says \
      so. Columns that no step touches stay as they were written, cell by cell.
      """,
      """
      The map of --codes has the columns year_end_effective,code_old,name_old,code_new,name_new. Without --out \
      the panel goes to standard output as CSV and the report to standard error; with it, DIR gets panel.csv \
      and the report as steps, cells, parameters and joined.
      """,
    ])

  let input: TableInput
  let steps: PreparationSteps
  let codesPath: String?
  let nameColumn: String?
  let layout: WideLayoutOptions?
  let joins: [(path: String, columns: TableJoin)]

  init(_ arguments: ParsedArguments) throws {
    input = try TableInput(words: arguments)
    steps = try PreparationSteps(arguments)
    codesPath = arguments.text("--codes")
    nameColumn = arguments.text("--name")
    joins = try arguments.texts("--join").map(Self.join)
    let year = try arguments.integer("--year", in: 1...9999)
    guard let kind = arguments.text("--from").flatMap(WideLayoutOptions.Kind.init) else {
      for option in ["--variable", "--unit-name", "--year", "--id", "--indicator"]
      where arguments.text(option) != nil {
        throw UsageError.conflict("\(option) goes with --from wide-years or --from wide-units.")
      }
      layout = nil
      return
    }
    layout = WideLayoutOptions(
      kind, variable: arguments.text("--variable"), unitName: arguments.text("--unit-name"), year: year,
      idColumns: arguments.list("--id"), indicatorColumn: arguments.text("--indicator"))
  }

  func run(_ inputs: InputReader) throws -> CommandAnswer {
    let table = try longTable(inputs)
    let changes = try codesPath.map { path throws in try CodeChanges(try inputs.table(path)) }
    let plan = PreparationPlan(
      unitColumn: input.unitColumn, timeColumn: input.timeColumn, codeChanges: changes,
      nameColumn: nameColumn,
      steps: try steps.steps.map { step throws in
        PreparationStep(
          step.operation, step.variables == ["all"] ? try input.numericColumns(of: table) : step.variables,
          naming: step.naming)
      })
    let result = try Preparator(plan).prepare(table)
    return CommandAnswer(
      document: result.document(
        specification: plan.members + [
          JSONMember("codes", JSONValue(codesPath)), JSONMember("from", JSONValue(layout?.kind.rawValue)),
          JSONMember("join", JSONValue(joins.map(\.path))),
          JSONMember("where", JSONValue(input.conditions.map(\.text))),
        ]
      ).adding(notes: inputs.notes),
      piped: result.table.resultTable)
  }

  /// The table, turned long where its layout is wide, and cut to `--periods`.
  private func longTable(_ inputs: InputReader) throws -> Table {
    guard var layout else { return try joined(try inputs.table(input.path, input.csv), inputs) }
    let document = try inputs.document(input.path, input.csv)
    layout.preamble = document.preamble
    let long = try WideLayout.long(document.table, options: layout)
    inputs.note(long.notes)
    return try joined(long.table, inputs)
  }

  /// The panel with the columns of the tables of `--join`, cut to `--periods` before and by `--where` after.
  private func joined(_ table: Table, _ inputs: InputReader) throws -> Table {
    let whole = try joins.reduce(try input.cutPeriods(table)) { table, join in
      let answer = try join.columns.join(
        try inputs.table(join.path), to: table, unitColumn: input.unitColumn, timeColumn: input.timeColumn)
      inputs.note(answer.notes)
      return answer.table
    }
    return try input.cutRows(whole, inputs)
  }

  /// Reads `FILE.csv;columns=A,B;prefix=x_`.
  private static func join(_ value: String) throws -> (path: String, columns: TableJoin) {
    var parts = value.split(separator: ";", omittingEmptySubsequences: false).map {
      CellText.trimmed(String($0))
    }
    let path = parts.removeFirst()
    guard !path.isEmpty else { throw UsageError.missingValue(option: "--join", value: "FILE.csv") }
    var settings = StepSettings(option: "--join", value: value)
    for part in parts where !part.isEmpty { try settings.read(part) }
    let columns = settings.list("columns")?.firstAppearances
    guard columns?.isEmpty != true else {
      throw UsageError.missingValue(option: "--join …;columns", value: "A,B")
    }
    let join = TableJoin(
      columns: columns, prefix: settings.text("prefix") ?? "",
      unitColumn: settings.text("unit"), timeColumn: settings.text("time"))
    try settings.requireAllUsed()
    return (path, join)
  }
}
