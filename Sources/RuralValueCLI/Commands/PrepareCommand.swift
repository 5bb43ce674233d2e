import RuralValue
import RuralValueFormats

/// `ruralvalue prepare`: a panel ready for estimation, and a report of what was done to it.
struct PrepareCommand: Command {
  static let definition = CommandDefinition(
    name: "prepare",
    summary:
      "compute columns, fill gaps, take logs, rescale, winsorise; join counties; wide to long",
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
        purpose: "columns from others: a ratio, a share of the year's total, real incomes",
        call:
          "ruralvalue prepare raw.csv --compute 'share = gdp / sum(gdp, by=year)' --rename pop_10k=pop > panel.csv"
      ),
      .init(
        purpose: "one file a year: their rows under each other, the year from each file's name",
        call: "ruralvalue prepare --stack 2012.csv 2013.csv 2014.csv --year-from-name > panel.csv"),
      .init(
        purpose: "another file's columns beside the panel's, county by county and year by year",
        call: "ruralvalue prepare panel.csv --join villages.csv --log1p traditional_villages > study.csv"),
      .init(
        purpose:
          "a workbook, a Stata file or CSV of another encoding as CSV in UTF-8, cell by cell as it was read",
        call: "ruralvalue prepare panel.xlsx --sheet 2 --as-is > panel.csv"),
      .init(
        purpose: "a table with one column a year becomes a panel",
        call: "ruralvalue prepare gdp.csv --from wide-years --variable gdp > panel.csv"),
    ],
    remarks: [
      """
      Steps are done in the order of the call, each on what the ones before it made. A step takes variables \
      separated by commas, or all for every numeric column; settings follow after semicolons, so quote them: \
      --smooth 'gdp;window=5'. One rule names the results: a step that only fills empty cells (--interpolate) writes \
      into the column itself, where known values stay; a step that makes other values (--smooth, --log, …) writes a \
      column of its own, named as in the list. ;in-place, ;as=NAME, ;prefix=X or ;suffix=X name them otherwise. Filling never goes beyond a county's first and last known value unless ;extend says \
      so. Columns that no step touches stay as they were written, cell by cell.
      """,
      """
      Before the steps, in this order: --fill-down, --stack, --from, --periods, --join, --where, --rename, --codes or \
      --sum-into. After them: --balance, then --keep and --drop.
      """,
      """
      The map of --codes and of --sum-into has the columns year_end_effective,code_old,name_old,code_new,name_new. Without --out \
      the panel goes to standard output as CSV and the report to standard error; with it, DIR gets panel.csv \
      and the report as steps, cells, parameters, joined, merged and dropped.
      """,
    ], inputs: 1...Int.max)

  static let options: [Option<PrepareCommand>] =
    stepOptions + rowOptions + columnOptions + layoutOptions + conversionOptions
    + TableInput.options.lifted(\.input)

  private static let columnOptions: [Option<PrepareCommand>] = [
    Option(
      repeating: \.joins, "join", .join,
      "set another table's columns beside the panel's, before any step: by unit and time, or by unit where"
        + " it has no such column of time; ;columns=A,B ;prefix=X"
        + " ;unit=COL ;time=COL where its keys are called otherwise; ;by=COL by another column of the panel"),
    Option(
      \.names, "rename", .newNames,
      "other names for columns, before any step: 'old=new,`Population, total`=pop'; a name with a space or a comma"
        + " stands in backticks, here and in every list"),
    Option(
      \.keptColumns, "keep", .columns.ofResult,
      "of the result only these columns, beside its keys"
    ),
    Option(\.droppedColumns, "drop", .columns.ofResult, "the result without these columns"),
    Option(
      \.codesPath, "codes", .file.called("FILE.csv"),
      "old and new codes of counties; every old one becomes the newest"),
    Option(
      \.nameColumn, "name", .column,
      "with --codes or --sum-into: a column of names that change with the codes"),
  ]

  private static let layoutOptions: [Option<PrepareCommand>] = [
    Option(
      \.layout, "from", .choice,
      "the layout: years or units side by side, or a row a unit, time and indicator (long)"),
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
      "with --from: the column that names a row's indicator; with long several, as \"Item,Element\""),
    Option(
      \.valueColumn, "value", .property.called("COL"),
      "with --from long: the column of values (default: found)"),
  ]

  var call = CallFrame()
  var input = TableInput()
  var steps: [NamedStep] = []
  var filledDown: [String] = []
  var stacks: [NamedStack] = []
  var takesYearFromName = false
  var merge: NamedMerge?
  var balance: PanelBalance?
  var joins: [NamedJoin] = []
  var names: [NewName] = []
  var keptColumns: [String]?
  var droppedColumns: [String] = []
  var codesPath: String?
  var nameColumn: String?
  var layout: WideLayoutOptions.Kind?
  var variable: String?
  var unitName: String?
  var year: Int?
  var idColumns: [String] = []
  var indicatorColumn: String?
  var valueColumn: String?
  var isAsIs = false

  func check() throws {
    try checkRows()
    try checkAsIs()
    guard layout == nil else { return }
    for option in ["--variable", "--unit-name", "--year", "--id", "--indicator", "--value"]
    where call.given.contains(option) {
      throw UsageError.conflict("\(option) goes with --from wide-years, wide-units or long.")
    }
  }

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    if isAsIs { return try tableAsIs(inputs) }
    let table = try longTable(inputs)
    let changes = try (merge?.path ?? codesPath).map { path throws in
      try CodeChanges(try inputs.table(path))
    }
    var plan = PreparationPlan(
      unitColumn: input.unitColumn, timeColumn: input.timeColumn, codeChanges: changes,
      mergeRules: merge?.rules, nameColumn: nameColumn,
      steps: try steps.map { step throws in
        PreparationStep(
          step.operation, step.variables == ["all"] ? try input.numericColumns(of: table) : step.variables,
          naming: step.naming)
      }, balance: balance, keptColumns: keptColumns, droppedColumns: droppedColumns)
    plan.timeStep = input.timeStep
    plan.leavesOutImpossibleColumns = call.leavesOutImpossibleColumns
    let result = try Preparator(plan).prepare(table)
    var document = result.document.adding(notes: inputs.notes)
    document.specification = [
      JSONMember("code_changes", JSONValue(changes?.source)),
      JSONMember("name_column", JSONValue(nameColumn)),
      JSONMember("steps", .array(plan.steps.map { .object($0.members) })),
    ]
    let keys = try KeyColumns(table, unitColumn: input.unitColumn, timeColumn: input.timeColumn)
    (input.unitColumn, input.timeColumn) = (
      table.columnNames[keys.unit], keys.time.map { table.columnNames[$0] }
    )
    document = document.adding(notes: try totalNotes(of: table, besides: keys))
    var answer = CommandAnswer(document: document, piped: result.table.resultTable)
    (answer.meanings, answer.leftOut) = (result.report.meanings, result.report.leftOut)
    return answer
  }

  /// What is to be said of units that look like totals, by the first columns of numbers.
  private func totalNotes(of table: Table, besides keys: KeyColumns) throws -> [Phrase] {
    let others = (0..<table.columnCount).filter { ![keys.unit, keys.time, keys.rowNumbers].contains($0) }
    let numeric = zip(others, table.columnKinds(others)).filter { $0.1 == .numeric }.map {
      table.columnNames[$0.0]
    }
    return try Panel(
      table, unitColumn: input.unitColumn,
      timeColumn: keys.time == nil ? KeyColumns.noTime : input.timeColumn,
      variables: Array(numeric.prefix(2))
    ).totalNotes
  }

  /// The table, turned long where its layout is wide, and cut to `--periods`.
  private func longTable(_ inputs: InputReader) throws -> Table {
    guard let layout else { return try joined(try stackedTable(inputs), inputs) }
    let document = try inputs.document(call.inputs[0], input.csv)
    var options = WideLayoutOptions(
      layout, variable: variable, unitName: unitName, year: year, idColumns: idColumns,
      indicatorColumn: indicatorColumn, preamble: document.preamble)
    options.valueColumn = valueColumn
    if layout == .long { (options.unitColumn, options.timeColumn) = (input.unitColumn, input.timeColumn) }
    let long = try WideLayout.long(try filledDown(document.table, inputs), options: options)
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
    return try input.cutRows(whole, inputs).renaming(names.map { ($0.old, $0.new) })
  }

}

/// Another name for a column: `old=new`.
struct NewName: Sendable, Equatable {
  let old: String
  let new: String
}

extension PrepareCommand {
  /// The columns that a table has under the call's names.
  func renamed(_ columns: [String]?) -> [String]? {
    columns?.map { column in names.last { $0.old == column }?.new ?? column }
  }

  /// Of the columns of the result those that the call keeps; the first two may be keys, which stay.
  func chosen(_ columns: [String]?) -> [String]? {
    columns?.enumerated().filter { position, name in
      position < 2 || [input.unitColumn, input.timeColumn].contains(name)
        || keptColumns?.contains(name) != false && !droppedColumns.contains(name)
    }.map(\.element)
  }
}

extension OptionKind where Value == [String] {
  /// Columns that the input need not have.
  fileprivate var ofResult: OptionKind {
    var kind = self
    kind.mentions = { _ in [] }
    return kind
  }
}

extension OptionKind where Value == [NewName] {
  fileprivate static let newNames = OptionKind(
    shape: .columns, placeholder: "OLD=NEW,…",
    read: { text, option in
      try elements(of: text).filter { !$0.isEmpty }.map { part throws(UsageError) in
        let sides = elements(of: part, separator: "=").map(unquoted)
        guard sides.count == 2, !sides.contains("") else {
          throw .conflict(
            "\(option) \"\(text)\": found \"\(part)\"; expected old=new, such as `Population, total`=pop.")
        }
        return NewName(old: sides[0], new: sides[1])
      }
    }, json: { JSONValue($0.map { "\($0.old)=\($0.new)" }) },
    mentions: { $0.map { .column($0.old) } })
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
      unitColumn: settings.text("unit"), timeColumn: settings.text("time"),
      panelColumn: settings.text("by"))
    try settings.requireAllUsed()
  }
}

extension OptionKind where Value == NamedJoin {
  fileprivate static let join = OptionKind(
    shape: .file, placeholder: "FILE.csv", read: { text, option in try NamedJoin(text, option: option) },
    json: { .string(FileName.written($0.path)) }, mentions: { [.file($0.path)] })
}
