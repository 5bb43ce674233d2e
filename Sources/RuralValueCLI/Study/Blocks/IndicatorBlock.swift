import RuralValue
import RuralValueFormats

/// Indicator statistics, weights and scores.
enum IndicatorBlock: StudyBlock {
  static let keys = ["indicators"]

  static func compile(_ block: StudyNode, into study: inout StudyCompiler) {
    let system = Call(EntropyCommand.self).options.filter { $0.name == "--indicators" }
    let call = StudyCall(
      block, verb: EntropyCommand.self, own: ["file"], without: TableInput.reading + system, in: study.text)
    guard let file = call.own["file"]?.word(in: study.text, expected: "the name of a CSV file") else {
      study.text.noteMissing(
        block.path, "there is no key \"file\"; expected indicators: { file: \"indicators.csv\" }.")
      return
    }
    study.indicatorFile = file
    if study.requireFile(file, at: "\(block.path).file") {
      study.system = readSystem(file, at: "\(block.path).file", in: study)
    }
    let panel = study.panel
    let columns = study.system?.indicators.map(\.column).firstAppearances ?? []
    study.requireMentions(call, of: panel)
    study.requireColumns(columns, of: panel, at: "\(block.path).file")
    if !columns.isEmpty {
      study.add(
        "describe-indicators", path: block.path, .data,
        Phrase("Descriptive statistics of the indicators", zh: "指标描述性统计"),
        verb: DescribeCommand.self, input: panel.path,
        panel.given + [
          Call.Given("--variables", columns.joined(separator: ",")), Call.Given("--correlation", "none"),
          Call.Given("--no-vif"),
        ], needs: panel.needs)
    }
    let name = study.add(
      "entropy", path: block.path, .indices,
      Phrase("Indicator weights and composite scores", zh: "指标权重与综合得分"), verb: EntropyCommand.self,
      input: panel.path, panel.given + [Call.Given("--indicators", file)] + call.given, needs: panel.needs,
      feeds: true)
    let scores = study.system.map { system in
      ["unit", "time"]
        + system.indices.flatMap { index in
          [index] + system.dimensions(ofIndex: index).filter { !$0.isEmpty }.map { "\(index)_\($0)" }
        }
    }
    study.analysis = StudyTable(path: "\(study.folder(name))/scores.csv", step: name, columns: scores)
    for (own, known) in [(study.panelKeys.unit, "unit"), (study.panelKeys.time, "time")] where own != known {
      if let own { study.keyNames[own] = known }
    }
  }

  private static func readSystem(_ file: String, at place: String, in study: StudyCompiler)
    -> IndicatorSystem?
  {
    do {
      return try study.table(file, at: place).map { table throws in try IndicatorSystem(table) }
    } catch {
      study.text.note(place, error, concernsOneStep: true)
      return nil
    }
  }
}

/// Descriptive statistics, correlations and VIF of the variables of the models.
enum DescribeBlock: StudyBlock {
  static let keys = ["describe"]

  static func compile(_ block: StudyNode, into study: inout StudyCompiler) {
    if block.value == .boolean(false) { return }
    var call = study.modelCall(block, verb: DescribeCommand.self, own: [])
    call.setDefault("--variables", study.system?.indices.joined(separator: ","))
    study.requireMentions(call, of: study.analysis)
    study.add(
      "describe", path: block.path, .association,
      Phrase("Descriptive statistics, correlations and VIF", zh: "描述性统计、相关系数与方差膨胀因子"),
      verb: DescribeCommand.self, input: study.analysis.path, study.analysis.given + call.given,
      needs: study.analysis.needs)
  }
}
