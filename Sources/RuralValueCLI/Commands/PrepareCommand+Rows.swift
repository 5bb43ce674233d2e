import RuralValue
import RuralValueFormats

/// The options of `prepare` that decide which rows there are.
extension PrepareCommand {
  static let rowOptions: [Option<PrepareCommand>] = [
    Option(
      \.filledDown, "fill-down", .properties,
      "fill the empty cells that merged cells of a spreadsheet leave with the text above, keys as well,"
        + " before anything else"),
    Option(
      repeating: \.stacks, "stack", .stack,
      "put these files' rows, and those of further inputs, under the input's: columns meet by name;"
        + " ;distinct where similar names are different columns"),
    Option(
      \.takesYearFromName, "year-from-name", .flag,
      "the year stands in each file's name, as 2012.csv or gdp_2012年.csv: becomes the second column, year"),
    Option(
      \.merge, "sum-into", .merge,
      "as --codes, for counties that merged: old ones with rows of one year become one row; every column of"
        + " numbers needs its rule: ;sum=A,B ;mean=C ;weighted=C by POP ;keep=D"),
    Option(
      \.balance, "balance", .balance,
      "after all steps, keep the units that have a row in every period, or the periods in which every unit has"
        + " one; ;columns=A,B where a missing value counts as no row"),
  ]

  /// Throws for options about rows that contradict each other.
  func checkRows() throws(UsageError) {
    guard call.inputs.count <= 1 || !stacks.isEmpty else {
      throw .conflict(
        "prepare reads one table, but \(call.inputs.count) inputs are named; put their rows under each other with"
          + " --stack, or set columns beside each other with --join.")
    }
    if merge != nil, codesPath != nil {
      throw .conflict("--sum-into does what --codes does, and adds up; expected one of them.")
    }
    guard layout != nil else { return }
    for option in ["--stack", "--year-from-name"] where call.given.contains(option) {
      throw .conflict(
        "\(option) goes with tables of one row a unit and year; make such of each file with --from first.")
    }
  }

  /// The call's table, or its tables under each other, with the text of merged cells filled down.
  func stackedTable(_ inputs: InputReader) throws -> Table {
    let paths = call.inputs + stacks.flatMap(\.paths)
    for (position, path) in paths.enumerated()
    where paths[..<position].contains(where: { FileName.isSame($0, path) }) {
      throw UsageError.conflict("\(InputReader.name(of: path)) is named twice; expected each file once.")
    }
    let tables = try paths.map { path in
      let table = try filledDown(try inputs.table(path, input.csv), inputs)
      guard takesYearFromName else { return table }
      let (dated, note) = try YearOfFile(nameOf: path == "-" ? InputReader.name(of: path) : path)
        .added(to: table)
      inputs.note([note])
      return dated
    }
    guard tables.count > 1 else { return tables[0] }
    let stack = TableStack(areDistinct: stacks.contains(where: \.areDistinct))
    let answer = try stack.stacked(tables, unitColumn: input.unitColumn, timeColumn: input.timeColumn)
    inputs.note(answer.notes)
    return answer.table
  }

  /// The table with the text of merged cells filled down.
  func filledDown(_ table: Table, _ inputs: InputReader) throws -> Table {
    guard !filledDown.isEmpty else { return table }
    let answer = try table.fillingDown(filledDown)
    inputs.note(answer.notes)
    return answer.table
  }

  /// The columns of a table of these files under each other; the first file's are the first.
  func stacked(columns files: [[String]]) -> [String] {
    files.flatMap { names in
      takesYearFromName ? names.prefix(1) + [YearOfFile.column] + names.dropFirst() : names
    }.firstAppearances
  }
}

/// Files whose rows stand under those of the input: `2013.csv,2014.csv;distinct`.
struct NamedStack: Sendable {
  let text: String
  let paths: [String]
  let areDistinct: Bool

  /// Reads the files. Throws `UsageError`.
  init(_ text: String, option: String) throws(UsageError) {
    var parts = elements(of: text, separator: ";")
    paths = listed(parts.removeFirst())
    guard !paths.isEmpty else { throw .missingValue(option: option, value: "FILES, such as 2013.csv") }
    var settings = StepSettings(option: option, value: text)
    for part in parts where !part.isEmpty { try settings.read(part) }
    areDistinct = settings.flag("distinct")
    try settings.requireAllUsed()
    self.text = text
  }
}

/// A map of units that merged, with rules for their numbers: `codes.csv;sum=gdp,pop;weighted=income by pop`.
struct NamedMerge: Sendable {
  let text: String
  let path: String
  let rules: MergeRules

  /// Reads the map's file and the rules. Throws `UsageError`.
  init(_ text: String, option: String) throws(UsageError) {
    var parts = elements(of: text, separator: ";")
    path = parts.removeFirst()
    guard !path.isEmpty else { throw .missingValue(option: option, value: "FILE.csv;sum=A,B") }
    var settings = StepSettings(option: option, value: text)
    for part in parts where !part.isEmpty { try settings.read(part) }
    let means = try elements(of: settings.text("weighted") ?? "").filter { !$0.isEmpty }
      .map { pair throws(UsageError) in
        let sides = Self.sides(of: pair)
        guard sides.count == 2, !sides.contains("") else {
          throw .conflict(
            "\(option) \"\(text)\": found \"\(pair)\"; expected a column and its weights, such as"
              + " ;weighted=income by population.")
        }
        return MergeRules.WeightedMean(column: sides[0], weight: sides[1])
      }
    rules = MergeRules(
      sums: settings.list("sum") ?? [], means: settings.list("mean") ?? [], weightedMeans: means,
      kept: settings.list("keep") ?? [])
    try settings.requireAllUsed()
    self.text = text
  }

  /// The column and the weights around the word `by`, which may stand in a name in backticks.
  private static func sides(of pair: String) -> [String] {
    let words = elements(of: pair, separator: " ").filter { !$0.isEmpty }
    return words.split(separator: "by", omittingEmptySubsequences: false)
      .map { unquoted($0.joined(separator: " ")) }
  }
}

extension OptionKind where Value == NamedStack {
  fileprivate static let stack = OptionKind(
    shape: .file, placeholder: "FILES", read: { text, option in try NamedStack(text, option: option) },
    json: { .string(FileName.written($0.text)) }, mentions: { $0.paths.map { .file($0) } })
}

extension OptionKind where Value == NamedMerge {
  fileprivate static let merge = OptionKind(
    shape: .file, placeholder: "FILE.csv", read: { text, option in try NamedMerge(text, option: option) },
    json: { .string(FileName.written($0.text)) },
    mentions: { [.file($0.path)] })
}

extension OptionKind where Value == PanelBalance {
  fileprivate static let balance = OptionKind(
    shape: .choice(PanelBalance.Kept.allCases.map(\.rawValue)),
    placeholder: PanelBalance.Kept.allCases.map(\.rawValue).joined(separator: "|"),
    read: { text, option in
      var parts = elements(of: text, separator: ";")
      let word = parts.removeFirst()
      guard let kept = PanelBalance.Kept(rawValue: word) else {
        throw UsageError.notAChoice(
          option: option, found: word, choices: PanelBalance.Kept.allCases.map(\.rawValue))
      }
      var settings = StepSettings(option: option, value: text)
      for part in parts where !part.isEmpty { try settings.read(part) }
      let columns = settings.list("columns")
      guard columns?.isEmpty != true else {
        throw UsageError.missingValue(option: "\(option) …;columns", value: "A,B")
      }
      try settings.requireAllUsed()
      return PanelBalance(kept, columns: columns ?? [])
    },
    json: { balance in
      let columns = balance.columns.isEmpty ? "" : ";columns=" + balance.columns.joined(separator: ",")
      return .string(balance.kept.rawValue + columns)
    })
}
