import RuralValue
import RuralValueFormats

extension StudyCompiler {
  private static let tableOptions = Set(OptionDefinition.table.map(\.name))
  private static let stepOptions = PreparationSteps.options

  /// The panel, and its preparation where the study asks for any. Returns the panel's file.
  mutating func compilePanel(_ block: StudyNode) -> String {
    let call = StudyCall(
      block, verb: PrepareCommand.definition, own: ["file", "join"],
      without: Set(Self.stepOptions.map(\.name)), in: text)
    guard let file = call.own["file"]?.word(in: text, expected: "the name of a CSV file") else {
      if call.own["file"] == nil {
        text.note(block.path, "there is no key \"file\"; expected panel: { file: \"panel.csv\" }.")
      }
      return ""
    }
    let isThere = requireFile(
      file, at: "\(block.path).file", hint: " The panel is still to be put there: a row a county and year.")
    if let codes = call.value("--codes") { requireFile(codes, at: "\(block.path).codes") }
    let joins = joinWords(call.own["join"])
    let steps = preparationWords(blocks["prepare"])
    let header = isThere ? header(of: file, call.words, at: "\(block.path).file") : nil
    let keys = pairs(call.words).filter { ["--unit", "--time"].contains($0[0]) }.flatMap { $0 }
    guard joins.isEmpty, steps.isEmpty, call.places.keys.allSatisfy(Self.tableOptions.contains) else {
      let name = add(
        "prepare", path: blocks["prepare"]?.path ?? block.path, .data,
        Term("Preparation of the panel", zh: "面板数据预处理"), verb: PrepareCommand.definition, input: file,
        call.words + joins + steps, feeds: true)
      panel = StudyTable(
        path: "\(folder(name))/panel.csv", step: name, words: call.has("--from") ? [] : keys,
        columns: call.has("--from") ? nil : columns(header, joins: call.own["join"], steps: steps))
      return file
    }
    panel = StudyTable(path: file, step: nil, words: call.words, columns: header)
    return file
  }

  /// Indicator statistics, weights and scores.
  mutating func compileIndicators() {
    guard let block = blocks["indicators"] else { return }
    let call = StudyCall(
      block, verb: EntropyCommand.definition, own: ["file"],
      without: StudyCall.reading.union(["--indicators"]),
      in: text)
    guard let file = call.own["file"]?.word(in: text, expected: "the name of a CSV file") else {
      text.note(block.path, "there is no key \"file\"; expected indicators: { file: \"indicators.csv\" }.")
      return
    }
    if requireFile(file, at: "\(block.path).file") { system = readSystem(file, at: "\(block.path).file") }
    let columns = system?.indicators.map(\.column).firstAppearances ?? []
    requireColumns(columns, of: panel, at: "\(block.path).file")
    if !columns.isEmpty {
      add(
        "describe-indicators", path: block.path, .data,
        Term("Descriptive statistics of the indicators", zh: "指标描述性统计"),
        verb: DescribeCommand.definition, input: panel.path,
        panel.words + ["--variables", columns.joined(separator: ","), "--correlation", "none", "--no-vif"],
        needs: panel.needs)
    }
    let name = add(
      "entropy", path: block.path, .indices,
      Term("Indicator weights and composite scores", zh: "指标权重与综合得分"), verb: EntropyCommand.definition,
      input: panel.path, panel.words + ["--indicators", file] + call.words, needs: panel.needs, feeds: true)
    let scores = system.map { system in
      ["unit", "time"]
        + system.indices.flatMap { index in
          [index] + system.dimensions(ofIndex: index).filter { !$0.isEmpty }.map { "\(index)_\($0)" }
        }
    }
    analysis = StudyTable(path: "\(folder(name))/scores.csv", step: name, words: [], columns: scores)
  }

  /// The panel for the models: scores, the prepared panel and attributes of units, with steps of preparation.
  mutating func compileAnalysis() {
    if analysis.path.isEmpty { analysis = panel }
    guard let block = blocks["analysis"] else { return }
    let call = StudyCall(
      block, verb: PrepareCommand.definition, own: ["join", "prepare"],
      without: StudyCall.reading.union(Self.stepOptions.map(\.name)), in: text)
    var joins = joinWords(call.own["join"])
    var joined = analysis.columns
    if analysis.path != panel.path {
      let keys = pairs(panel.words)
      let unit = keys.first { $0[0] == "--unit" }?[1] ?? panel.columns?.first
      let time = keys.first { $0[0] == "--time" }?[1] ?? panel.columns?.dropFirst().first
      let settings = [unit.map { ";unit=\($0)" }, time.map { ";time=\($0)" }].compactMap(\.self).joined()
      joins = ["--join", panel.path + settings] + joins
      let others = panel.columns?.filter { $0 != unit && $0 != time }
      joined = joined.flatMap { known in others.map { (known + $0).firstAppearances } }
    }
    let steps = preparationWords(call.own["prepare"])
    let name = add(
      "analysis", path: block.path, .data, Term("The panel for the models", zh: "模型所用面板数据"),
      verb: PrepareCommand.definition, input: analysis.path, analysis.words + joins + call.words + steps,
      needs: analysis.needs + panel.needs, feeds: true)
    let keys = pairs(analysis.words).filter { ["--unit", "--time"].contains($0[0]) }.flatMap { $0 }
    analysis = StudyTable(
      path: "\(folder(name))/panel.csv", step: name, words: keys,
      columns: columns(joined, joins: call.own["join"], steps: steps))
  }

  /// Descriptive statistics, correlations and VIF of the variables of the models.
  mutating func compileDescription() {
    guard let block = blocks["describe"], block.value != .boolean(false) else { return }
    var call = StudyCall(
      block, verb: DescribeCommand.definition, own: [], without: StudyCall.reading, in: text)
    call.addDefault("--variables", system?.indices.joined(separator: ","))
    requireColumns(
      (call.value("--variables") ?? "").split(separator: ",").map(String.init), of: analysis,
      at: call.places["--variables"] ?? block.path)
    add(
      "describe", path: block.path, .association,
      Term("Descriptive statistics, correlations and VIF", zh: "描述性统计、相关系数与方差膨胀因子"),
      verb: DescribeCommand.definition, input: analysis.path, analysis.words + call.words,
      needs: analysis.needs)
  }

  /// The words of a list of joins; the files must be there.
  private func joinWords(_ node: StudyNode?) -> [String] {
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

  /// The words of a list of steps: `[{ interpolate: "all" }, { log: ["V", "P"] }]`.
  private func preparationWords(_ node: StudyNode?) -> [String] {
    guard let node else { return [] }
    let blocks = node.blocks(in: text, expected: "a list of steps, such as [{ interpolate: \"all\" }]")
    return blocks.flatMap { block -> [String] in
      let keys = Self.stepOptions.map { String($0.name.dropFirst(2)) }
      return block.members(known: keys, in: text).flatMap { key, member -> [String] in
        let values = member.texts(in: text, expected: "variables, such as \"gdp,grain\" or \"all\"")
        return values.isEmpty ? [] : ["--\(key)", values.joined(separator: ",")]
      }
    }
  }

  /// The columns of a table after joins and steps, as far as they can be known.
  private func columns(_ known: [String]?, joins: StudyNode?, steps: [String]) -> [String]? {
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
    for step in preparation.steps {
      let made = PreparationStep(step.operation, step.variables, naming: step.naming)
      guard let outputs = try? made.outputs(), step.variables != ["all"] || outputs == step.variables else {
        return nil
      }
      if step.variables != ["all"] { columns = (columns + outputs).firstAppearances }
    }
    return columns
  }

  /// The column names of a file, read as its call says.
  private func header(of file: String, _ words: [String], at place: String) -> [String]? {
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

  private func readSystem(_ file: String, at place: String) -> IndicatorSystem? {
    do {
      return try IndicatorSystem(InputReader(SilentConsole(), files: files).table(file))
    } catch {
      text.note(place, error, concernsOneStep: true)
      return nil
    }
  }

  /// Options and their values, two by two; flags stand alone.
  private func pairs(_ words: [String]) -> [[String]] {
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
