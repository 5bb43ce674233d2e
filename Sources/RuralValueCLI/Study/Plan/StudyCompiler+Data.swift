import RuralValue
import RuralValueFormats

extension StudyCompiler {
  static let tableOptions = Set(OptionDefinition.table.map(\.name))
  static let stepOptions = PreparationSteps.options

  /// The panel, and its preparation where the study asks for any. Returns the panel's file.
  mutating func compilePanel(_ block: StudyNode) -> String {
    let call = StudyCall(
      block, verb: PrepareCommand.definition, own: ["file", "join"],
      without: Set(Self.stepOptions.map(\.name)), in: text)
    guard let file = call.own["file"]?.word(in: text, expected: "the name of a CSV file") else {
      if call.own["file"] == nil {
        text.noteMissing(block.path, "there is no key \"file\"; expected panel: { file: \"panel.csv\" }.")
      }
      return ""
    }
    let isThere = requireFile(
      file, at: "\(block.path).file", hint: " The panel is still to be put there: a row a county and year.")
    if let codes = call.value("--codes") { requireFile(codes, at: "\(block.path).codes") }
    let joins = joinWords(call.own["join"])
    let (steps, places) = preparationWords(blocks["prepare"])
    let header = isThere ? header(of: file, call.words, at: "\(block.path).file") : nil
    if !call.has("--from") {
      // Conditions hold after the joins, and may name their columns.
      let joined = columns(header, joins: call.own["join"], steps: [], at: [])
      requireOptionColumns(call, of: StudyTable(path: file, step: nil, words: [], columns: joined))
    }
    let keys = pairs(call.words).filter { ["--unit", "--time"].contains($0[0]) }.flatMap { $0 }
    guard joins.isEmpty, steps.isEmpty, call.places.keys.allSatisfy(Self.tableOptions.contains) else {
      let name = add(
        "prepare", path: blocks["prepare"]?.path ?? block.path, .data,
        Phrase("Preparation of the panel", zh: "面板数据预处理"), verb: PrepareCommand.definition, input: file,
        call.words + joins + steps, feeds: true)
      panel = StudyTable(
        path: "\(folder(name))/panel.csv", step: name, words: call.has("--from") ? [] : keys,
        columns: call.has("--from")
          ? nil : columns(header, joins: call.own["join"], steps: steps, at: places))
      return file
    }
    panel = StudyTable(path: file, step: nil, words: call.words, columns: header)
    return file
  }

  /// The words of a list of joins; the files must be there.
  func joinWords(_ node: StudyNode?) -> [String] {
    guard let node else { return [] }
    return node.elements().flatMap { element -> [String] in
      guard let value = element.word(in: text, expected: "the name of a CSV file") else { return [] }
      requireFile(Self.file(ofJoin: value), at: element.path)
      return ["--join", value]
    }
  }

  private static func file(ofJoin value: String) -> String {
    value.split(separator: ";").first.map { CellText.trimmed(String($0)) } ?? value
  }

  /// The words of a list of steps, `[{ interpolate: "all" }, { log: ["V", "P"] }]`, and the place of each step.
  func preparationWords(_ node: StudyNode?) -> (words: [String], places: [String]) {
    guard let node else { return ([], []) }
    let blocks = node.blocks(in: text, expected: "a list of steps, such as [{ interpolate: \"all\" }]")
    let keys = Self.stepOptions.map { String($0.name.dropFirst(2)) }
    var (words, places): ([String], [String]) = ([], [])
    for (key, member) in blocks.flatMap({ $0.members(known: keys, in: text) }) {
      let values = member.texts(in: text, expected: "variables, such as \"gdp,grain\" or \"all\"")
      guard !values.isEmpty else { continue }
      let step = ["--\(key)", values.joined(separator: ",")]
      checkStep(step, at: member.path)
      words += step
      places.append(member.path)
    }
    return (words, places)
  }

  /// Notes what is wrong with one step, at its own place.
  private func checkStep(_ step: [String], at place: String) {
    do {
      let arguments = try ParsedArguments(["-"] + step, command: PrepareCommand.definition)
      for step in try PreparationSteps(arguments).steps {
        try step.operation.validate()
        if step.variables != ["all"] {
          _ = try PreparationStep(step.operation, step.variables, naming: step.naming).outputs()
        }
      }
    } catch {
      text.note(place, error)
    }
  }

  /// The columns of a table after joins and steps, as far as they can be known; each step has its place.
  func columns(
    _ known: [String]?, joins: StudyNode?, steps: [String], at places: [String]
  ) -> [String]? {
    guard var columns = known else { return nil }
    for element in joins?.elements() ?? [] {
      guard let value = element.value.word else { continue }
      // A join may choose and rename columns; then what it adds is left open.
      guard !value.contains(";"), let other = header(of: value, [], at: element.path) else { return nil }
      columns = (columns + other).firstAppearances
    }
    let words = ["-"] + steps
    guard let arguments = try? ParsedArguments(words, command: PrepareCommand.definition),
      let preparation = try? PreparationSteps(arguments)
    else { return nil }
    for (step, place) in zip(preparation.steps, places) {
      let table = StudyTable(path: "the panel", step: nil, words: [], columns: columns)
      requireColumns(step.variables.filter { $0 != "all" }, of: table, at: place)
      let made = PreparationStep(step.operation, step.variables, naming: step.naming)
      guard let outputs = try? made.outputs(), step.variables != ["all"] || outputs == step.variables else {
        return nil
      }
      if step.variables != ["all"] { columns = (columns + outputs).firstAppearances }
    }
    return columns
  }

  /// The column names of a file, read as its call says.
  func header(of file: String, _ words: [String], at place: String) -> [String]? {
    let csv = pairs(words).filter { pair in OptionDefinition.csv.contains { $0.name == pair[0] } }.flatMap {
      $0
    }
    guard let arguments = try? ParsedArguments([file] + csv, command: PrepareCommand.definition),
      let options = try? CSVOptions(arguments)
    else { return nil }
    do {
      return try InputReader(SilentConsole(), files: files).table(file, options).columnNames
    } catch {
      text.note(place, error, concernsOneStep: true)
      return nil
    }
  }

  /// Options and their values, two by two; flags stand alone.
  func pairs(_ words: [String]) -> [[String]] {
    var pairs: [[String]] = []
    for word in words {
      if word.hasPrefix("--") {
        pairs.append([word])
      } else if !pairs.isEmpty {
        pairs[pairs.count - 1].append(word)
      }
    }
    return pairs.filter { $0.count == 2 }
  }
}
