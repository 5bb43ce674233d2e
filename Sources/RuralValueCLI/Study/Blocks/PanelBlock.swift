import RuralValue
import RuralValueFormats

/// The panel, and its preparation where the study asks for any.
enum PanelBlock: StudyBlock {
  static let keys = ["panel", "prepare"]

  static func compile(_ block: StudyNode, into study: inout StudyCompiler) {
    let call = StudyCall(
      block, verb: PrepareCommand.self, own: ["file", "join", "names"],
      without: StudyPreparation.options + StudyPreparation.conversions,
      in: study.text)
    defer { study.analysis = study.panel }
    guard let file = call.own["file"]?.word(in: study.text, expected: "the name of a CSV file") else {
      if call.own["file"] == nil {
        study.text.noteMissing(
          block.path, "there is no key \"file\"; expected panel: { file: \"panel.csv\" }.")
      }
      return
    }
    study.panelPath = file
    let place = "\(block.path).file"
    let isThere = study.requireFile(
      file, at: place, hint: " The panel is still to be put there: a row a county and year.")
    let preparation = StudyPreparation(
      joins: call.own["join"], steps: study.nodes["prepare"], in: study)
    let command = call.call.command as? PrepareCommand ?? PrepareCommand()
    let source = isThere ? study.table(file, csv: command.input.csv, at: place) : nil
    let header = source?.columnNames
    let rows = study.stackedColumns(header, of: command, at: call.places["--stack"] ?? place)
    // Conditions hold after the joins, and may name their columns; a wide file's columns are not the panel's.
    let isWide = call.has("--from")
    let joined = isWide ? nil : preparation.joinedColumns(rows, in: study)
    if let names = call.own["names"],
      let column = names.word(in: study.text, expected: "the name of a column")
    {
      study.unitNames = (column, names.path)
    }
    study.requireMentions(
      call, of: StudyTable(path: file, columns: joined), file: StudyTable(path: file, columns: header))
    let found = isWide ? [] : KeyColumns.given(by: source, command.input)
    study.panel = StudyTable(path: file, given: call.given + found, columns: rows)
    let table = Set(TableInput.options.map(\.definition.name))
    if preparation.given.isEmpty, call.places.keys.allSatisfy(table.contains) { return }
    let name = study.add(
      "prepare", path: study.nodes["prepare"]?.path ?? block.path, .data,
      Phrase("Preparation of the panel", zh: "面板数据预处理"), verb: PrepareCommand.self, input: file,
      call.given + preparation.given, feeds: true)
    study.panel = StudyTable(
      path: "\(study.folder(name))/panel.csv", step: name,
      given: isWide
        ? [] : study.panel.keys.map { Call.Given($0.name, command.renamed([$0.text])?[0] ?? $0.text) },
      columns: isWide ? nil : preparation.columns(after: joined, of: call, in: study))
  }
}

extension KeyColumns {
  /// The keys of a panel that are found in it, as calls name them; none where they are named, or are its first columns.
  fileprivate static func given(by table: Table?, _ input: TableInput) -> [Call.Given] {
    guard let table, input.unitColumn == nil || input.timeColumn == nil,
      let keys = try? KeyColumns(table, unitColumn: input.unitColumn, timeColumn: input.timeColumn),
      keys.unit != 0 || keys.time != 1
    else { return [] }
    let unit = Call.Given("--unit", table.columnNames[keys.unit])
    let time = Call.Given("--time", keys.time.map { table.columnNames[$0] } ?? KeyColumns.noTime)
    return (input.unitColumn == nil ? [unit] : []) + (input.timeColumn == nil ? [time] : [])
  }
}

extension StudyCompiler {
  /// The columns of the panel's file with those of the files that are stacked under it, as far as they are there.
  fileprivate func stackedColumns(_ header: [String]?, of command: PrepareCommand, at place: String)
    -> [String]?
  {
    let paths = command.stacks.flatMap(\.paths)
    let others = paths.compactMap { self.table($0, csv: command.input.csv, at: place)?.columnNames }
    guard let header, others.count == paths.count else { return nil }
    return command.stacked(columns: [header] + others)
  }
}

/// The panel for the models: scores, the prepared panel and attributes of units, with steps of preparation.
enum AnalysisBlock: StudyBlock {
  static let keys = ["analysis"]

  static func compile(_ block: StudyNode, into study: inout StudyCompiler) {
    let call = study.modelCall(
      block, verb: PrepareCommand.self, own: ["join", "prepare"],
      without: StudyPreparation.options + StudyPreparation.optionsOfFiles + StudyPreparation.conversions)
    let preparation = StudyPreparation(joins: call.own["join"], steps: call.own["prepare"], in: study)
    var joins = preparation.joins
    var known = study.analysis.columns
    if study.analysis.path != study.panel.path {
      let (unit, time) = study.panelKeys
      let settings = [unit.map { ";unit=\($0)" }, time.map { ";time=\($0)" }].compactMap(\.self).joined()
      joins.insert(Call.Given("--join", study.panel.path + settings), at: 0)
      let others = study.panel.columns?.filter { $0 != unit && $0 != time }
      known = known.flatMap { known in others.map { (known + $0).firstAppearances } }
    }
    let joined = preparation.joinedColumns(known, in: study)
    study.requireMentions(call, of: StudyTable(path: "the panel for the models", columns: joined))
    let name = study.add(
      "analysis", path: block.path, .data, Phrase("The panel for the models", zh: "模型所用面板数据"),
      verb: PrepareCommand.self, input: study.analysis.path,
      study.analysis.given + joins + call.given + preparation.steps.map(\.given),
      needs: study.analysis.needs + study.panel.needs, feeds: true)
    for (_, step, _) in preparation.steps {
      guard case .logarithm = step.operation else { continue }
      let made = PreparationStep(step.operation, step.variables, naming: step.naming)
      for (variable, output) in zip(step.variables, (try? made.outputs()) ?? []) where output != variable {
        study.origins[output] = variable
      }
    }
    study.analysis = StudyTable(
      path: "\(study.folder(name))/panel.csv", step: name, given: study.analysis.keys,
      columns: preparation.columns(after: joined, of: call, in: study))
  }
}

/// The joins and steps of preparation of a block, each with its place.
struct StudyPreparation {
  /// The joins as calls have them.
  private(set) var joins: [Call.Given] = []
  /// The steps, in their order.
  private(set) var steps: [(given: Call.Given, step: NamedStep, path: String)] = []
  private var files: [(join: NamedJoin, path: String)] = []

  /// The options that are steps: their place is the list of steps.
  static let options = PrepareCommand.stepOptions.map(\.definition)

  /// The options that only turn a file into CSV, which a study has no use for.
  static let conversions = PrepareCommand.conversionOptions.map(\.definition)

  /// The options about the panel's files, which a table that a study makes has not.
  static let optionsOfFiles = PrepareCommand.rowOptions.map(\.definition).filter {
    ["--stack", "--year-from-name", "--fill-down"].contains($0.name)
  }

  /// All of them as calls have them.
  var given: [Call.Given] { joins + steps.map(\.given) }

  /// Reads a list of joins, whose files must be there, and a list of steps, `[{ interpolate: "all" }, { log: "V" }]`.
  init(joins: StudyNode?, steps: StudyNode?, in study: StudyCompiler) {
    for element in joins?.elements() ?? [] {
      guard let value = element.word(in: study.text, expected: "the name of a CSV file") else { continue }
      guard let prepare = read("--join", value, at: element.path, in: study) else { continue }
      for join in prepare.joins where study.requireFile(join.path, at: element.path) {
        files.append((join, element.path))
      }
      self.joins.append(Call.Given("--join", value))
    }
    let blocks = steps?.blocks(
      in: study.text, expected: "a list of steps, such as [{ interpolate: \"all\" }]")
    for (key, member) in (blocks ?? []).flatMap({ $0.members(known: Self.options.map(\.key), in: study.text) }
    ) {
      let values = member.texts(in: study.text, expected: "variables, such as \"gdp,grain\" or \"all\"")
      let given = Call.Given("--\(key)", values.joined(separator: ","))
      guard !values.isEmpty, let prepare = read(given.name, given.text, at: member.path, in: study) else {
        continue
      }
      self.steps += prepare.steps.map { (given, $0, member.path) }
    }
  }

  /// One option by itself, so that what is wrong with it is said at its own place.
  private func read(_ option: String, _ value: String, at place: String, in study: StudyCompiler)
    -> PrepareCommand?
  {
    do {
      var call = Call(PrepareCommand.self)
      try call.add(option, value)
      let prepare = call.command as? PrepareCommand
      for step in prepare?.steps ?? [] {
        try step.operation.validate()
        if step.variables != ["all"] {
          _ = try PreparationStep(step.operation, step.variables, naming: step.naming).outputs()
        }
      }
      return prepare
    } catch {
      study.text.note(place, error)
      return nil
    }
  }

  /// The columns of a table after the joins, as far as they can be known.
  func joinedColumns(_ known: [String]?, in study: StudyCompiler) -> [String]? {
    guard var columns = known, files.count == joins.count else { return nil }
    for (join, path) in files {
      guard let other = study.table(join.path, at: path)?.columnNames else { return nil }
      let (wanted, file) = (join.columns, StudyTable(path: join.path, columns: other))
      study.requireColumns(
        (wanted.columns ?? []) + [wanted.unitColumn, wanted.timeColumn].compactMap(\.self), of: file, at: path
      )
      let added = (wanted.columns ?? other).map { wanted.prefix + $0 }
      columns = (columns + added).firstAppearances
    }
    return columns
  }

  /// The columns that a call leaves: renamed, after the steps, kept and dropped.
  func columns(after joined: [String]?, of call: StudyCall, in study: StudyCompiler) -> [String]? {
    let command = call.call.command as? PrepareCommand ?? PrepareCommand()
    let renamed = command.renamed(joined)
    if let rules = command.merge?.rules, let renamed {
      study.requireColumns(
        rules.namedColumns, of: StudyTable(path: "the panel", columns: renamed),
        at: call.places["--sum-into"] ?? call.path)
    }
    guard let all = columns(after: renamed, in: study) else { return nil }
    for (option, names) in [
      ("--keep", command.keptColumns ?? []), ("--drop", command.droppedColumns),
      ("--balance", command.balance?.columns ?? []),
    ] {
      study.requireColumns(
        names, of: StudyTable(path: "the panel", columns: all), at: call.places[option] ?? call.path)
    }
    return command.chosen(all)
  }

  /// The columns of a table after the steps, as far as they can be known; notes the columns that a step lacks.
  private func columns(after joined: [String]?, in study: StudyCompiler) -> [String]? {
    guard var columns = joined else { return nil }
    for (_, step, place) in steps {
      let table = StudyTable(path: "the panel", columns: columns)
      study.requireColumns(step.variables.filter { $0 != "all" }, of: table, at: place)
      let made = PreparationStep(step.operation, step.variables, naming: step.naming)
      guard let outputs = try? made.outputs(), step.variables != ["all"] || outputs == step.variables else {
        return nil
      }
      if step.variables != ["all"] { columns = (columns + outputs).firstAppearances }
    }
    return columns
  }
}
