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

  static let options: [Option<PrepareCommand>] =
    stepOptions + [
      Option(
        repeating: \.joins, "join", .join,
        "set another table's columns beside the panel's, before any step: by unit and time, or by unit where"
          + " it has no such column of time; ;columns=A,B ;prefix=X"
          + " ;unit=COL ;time=COL where its keys are called otherwise"),
      Option(
        \.codesPath, "codes", .file.called("FILE.csv"),
        "old and new codes of counties; every old one becomes the newest"),
      Option(
        \.nameColumn, "name", .column, "with --codes: a column of names that change with the codes"),
    ] + layoutOptions + TableInput.options.lifted(\.input)

  private static let layoutOptions: [Option<PrepareCommand>] = [
    Option(\.layout, "from", .choice, "the layout, if years or units stand side by side"),
    Option(
      \.variable, "variable", .text.called("NAME"),
      "with --from: what the numbers are called, where the table does not say"),
    Option(
      \.unitName, "unit-name", .text.called("NAME"),
      "with --from wide-years: the unit that the whole table is about"),
    Option(
      \.year, "year", .integer(1...9999).called("YEAR"),
      "with --from wide-units: the year that the whole table is about"),
    Option(\.idColumns, "id", .properties, "with --from: columns that are neither years nor units"),
    Option(
      \.indicatorColumn, "indicator", .property.called("COL"),
      "with --from: the column that names a row's indicator"),
  ]

  var call = CallFrame()
  var input = TableInput()
  var steps: [NamedStep] = []
  var joins: [NamedJoin] = []
  var codesPath: String?
  var nameColumn: String?
  var layout: WideLayoutOptions.Kind?
  var variable: String?
  var unitName: String?
  var year: Int?
  var idColumns: [String] = []
  var indicatorColumn: String?

  func check() throws {
    guard layout == nil else { return }
    for option in ["--variable", "--unit-name", "--year", "--id", "--indicator"]
    where call.given.contains(option) {
      throw UsageError.conflict("\(option) goes with --from wide-years or --from wide-units.")
    }
  }

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    let table = try longTable(inputs)
    let changes = try codesPath.map { path throws in try CodeChanges(try inputs.table(path)) }
    let plan = PreparationPlan(
      unitColumn: input.unitColumn, timeColumn: input.timeColumn, codeChanges: changes,
      nameColumn: nameColumn,
      steps: try steps.map { step throws in
        PreparationStep(
          step.operation, step.variables == ["all"] ? try input.numericColumns(of: table) : step.variables,
          naming: step.naming)
      })
    let result = try Preparator(plan).prepare(table)
    var document = result.document.adding(notes: inputs.notes)
    document.specification = [
      JSONMember("code_changes", JSONValue(changes?.source)),
      JSONMember("name_column", JSONValue(nameColumn)),
      JSONMember("steps", .array(plan.steps.map { .object($0.members) })),
    ]
    let keys = try PanelKeys(table, unitColumn: input.unitColumn, timeColumn: input.timeColumn)
    (input.unitColumn, input.timeColumn) = (keys.unitColumn, keys.timeColumn)
    return CommandAnswer(document: document, piped: result.table.resultTable)
  }

  /// The table, turned long where its layout is wide, and cut to `--periods`.
  private func longTable(_ inputs: InputReader) throws -> Table {
    let document = try inputs.document(call.inputs[0], input.csv)
    guard let layout else { return try joined(document.table, inputs) }
    let long = try WideLayout.long(
      document.table,
      options: WideLayoutOptions(
        layout, variable: variable, unitName: unitName, year: year, idColumns: idColumns,
        indicatorColumn: indicatorColumn, preamble: document.preamble))
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

}

/// A table that is set beside the panel: `FILE.csv;columns=A,B;prefix=x_`.
struct NamedJoin: Sendable {
  let path: String
  let columns: TableJoin

  /// Reads a join. Throws `UsageError`.
  init(_ text: String, option: String) throws(UsageError) {
    var parts = text.split(separator: ";", omittingEmptySubsequences: false).map {
      CellText.trimmed(String($0))
    }
    path = parts.removeFirst()
    guard !path.isEmpty else { throw .missingValue(option: option, value: "FILE.csv") }
    var settings = StepSettings(option: option, value: text)
    for part in parts where !part.isEmpty { try settings.read(part) }
    let names = settings.list("columns")?.firstAppearances
    guard names?.isEmpty != true else {
      throw .missingValue(option: "\(option) …;columns", value: "A,B")
    }
    columns = TableJoin(
      columns: names, prefix: settings.text("prefix") ?? "",
      unitColumn: settings.text("unit"), timeColumn: settings.text("time"))
    try settings.requireAllUsed()
  }
}

extension OptionKind where Value == NamedJoin {
  fileprivate static let join = OptionKind(
    shape: .file, placeholder: "FILE.csv", read: { text, option in try NamedJoin(text, option: option) },
    json: { .string(FileName.written($0.path)) }, mentions: { [.file($0.path)] })
}
