import RuralValue
import RuralValueFormats

extension StudyCompiler {
  /// Indicator statistics, weights and scores.
  mutating func compileIndicators() {
    guard let block = blocks["indicators"] else { return }
    let call = StudyCall(
      block, verb: EntropyCommand.definition, own: ["file"],
      without: StudyCall.reading.union(["--indicators"]),
      in: text)
    guard let file = call.own["file"]?.word(in: text, expected: "the name of a CSV file") else {
      text.noteMissing(
        block.path, "there is no key \"file\"; expected indicators: { file: \"indicators.csv\" }.")
      return
    }
    if requireFile(file, at: "\(block.path).file") { system = readSystem(file, at: "\(block.path).file") }
    let columns = system?.indicators.map(\.column).firstAppearances ?? []
    requireOptionColumns(call, of: panel)
    requireColumns(columns, of: panel, at: "\(block.path).file")
    if !columns.isEmpty {
      add(
        "describe-indicators", path: block.path, .data,
        Phrase("Descriptive statistics of the indicators", zh: "指标描述性统计"),
        verb: DescribeCommand.definition, input: panel.path,
        panel.words + ["--variables", columns.joined(separator: ","), "--correlation", "none", "--no-vif"],
        needs: panel.needs)
    }
    let name = add(
      "entropy", path: block.path, .indices,
      Phrase("Indicator weights and composite scores", zh: "指标权重与综合得分"), verb: EntropyCommand.definition,
      input: panel.path, panel.words + ["--indicators", file] + call.words, needs: panel.needs, feeds: true)
    let scores = system.map { system in
      ["unit", "time"]
        + system.indices.flatMap { index in
          [index] + system.dimensions(ofIndex: index).filter { !$0.isEmpty }.map { "\(index)_\($0)" }
        }
    }
    analysis = StudyTable(path: "\(folder(name))/scores.csv", step: name, words: [], columns: scores)
    for (own, known) in [(panelKeys.unit, "unit"), (panelKeys.time, "time")] where own != known {
      if let own { keyNames[own] = known }
    }
  }

  /// The panel for the models: scores, the prepared panel and attributes of units, with steps of preparation.
  mutating func compileAnalysis() {
    if analysis.path.isEmpty { analysis = panel }
    guard let block = blocks["analysis"] else { return }
    let call = modelCall(
      block, verb: PrepareCommand.definition, own: ["join", "prepare"],
      without: Set(Self.stepOptions.map(\.name)))
    var joins = joinWords(call.own["join"])
    var joined = analysis.columns
    if analysis.path != panel.path {
      let (unit, time) = panelKeys
      let settings = [unit.map { ";unit=\($0)" }, time.map { ";time=\($0)" }].compactMap(\.self).joined()
      joins = ["--join", panel.path + settings] + joins
      let others = panel.columns?.filter { $0 != unit && $0 != time }
      joined = joined.flatMap { known in others.map { (known + $0).firstAppearances } }
    }
    let (steps, places) = preparationWords(call.own["prepare"])
    let name = add(
      "analysis", path: block.path, .data, Phrase("The panel for the models", zh: "模型所用面板数据"),
      verb: PrepareCommand.definition, input: analysis.path, analysis.words + joins + call.words + steps,
      needs: analysis.needs + panel.needs, feeds: true)
    let keys = pairs(analysis.words).filter { ["--unit", "--time"].contains($0[0]) }.flatMap { $0 }
    analysis = StudyTable(
      path: "\(folder(name))/panel.csv", step: name, words: keys,
      columns: columns(joined, joins: call.own["join"], steps: steps, at: places))
  }

  /// Descriptive statistics, correlations and VIF of the variables of the models.
  mutating func compileDescription() {
    guard let block = blocks["describe"], block.value != .boolean(false) else { return }
    var call = modelCall(block, verb: DescribeCommand.definition, own: [])
    call.addDefault("--variables", system?.indices.joined(separator: ","))
    requireOptionColumns(call, of: analysis)
    requireColumns(
      (call.value("--variables") ?? "").split(separator: ",").map(String.init), of: analysis,
      at: call.places["--variables"] ?? block.path)
    add(
      "describe", path: block.path, .association,
      Phrase("Descriptive statistics, correlations and VIF", zh: "描述性统计、相关系数与方差膨胀因子"),
      verb: DescribeCommand.definition, input: analysis.path, analysis.words + call.words,
      needs: analysis.needs)
  }

  private func readSystem(_ file: String, at place: String) -> IndicatorSystem? {
    do {
      return try IndicatorSystem(InputReader(SilentConsole(), files: files).table(file))
    } catch {
      text.note(place, error, concernsOneStep: true)
      return nil
    }
  }
}
