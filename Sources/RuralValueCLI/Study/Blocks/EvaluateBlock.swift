import RuralValue
import RuralValueFormats

/// Scorecards: scores, warnings and accountability lists, one block or a list of them.
enum EvaluateBlock: StudyBlock {
  static let keys = ["evaluate"]

  static func compile(_ node: StudyNode, into study: inout StudyCompiler) {
    let blocks = node.blocks(
      in: study.text, expected: "a block { scorecard: \"card.csv\" } or a list of them")
    for (index, block) in blocks.enumerated() {
      compile(block, number: blocks.count == 1 ? nil : index + 1, into: &study)
    }
  }

  private static func compile(_ block: StudyNode, number: Int?, into study: inout StudyCompiler) {
    let call = StudyCall(
      block, verb: EvaluateCommand.self, own: ["name", "title"], without: TableInput.reading,
      in: study.text)
    guard let path = call.call.texts("--scorecard").last else {
      study.text.noteMissing(
        block.path, "there is no key \"scorecard\"; expected evaluate: { scorecard: \"card.csv\" }.")
      return
    }
    let place = StudyNode.path(block.path, "scorecard")
    // That the file is not there is said with everything else that the options name.
    let card = (try? study.files.require(path)) != nil ? readCard(path, at: place, in: study) : nil
    let columns = card?.columns ?? []
    // The panel has the indicators; the scores stand beside where the card names them.
    let table = study.table(having: columns + call.columns, in: study.panel, or: study.analysis)
    study.requireColumns(columns, of: table, at: place)
    study.requireMentions(call, of: table)
    let name = study.name(call, default: number.map(String.init) ?? "")
    let title =
      name.isEmpty
      ? Phrase("Scorecard, warnings and accountability", zh: "考核得分、三色预警与责任清单")
      : Phrase("Scorecard, warnings and accountability: \(name)", zh: "考核得分、三色预警与责任清单：\(name)")
    let step = study.add(
      name.isEmpty ? "evaluate" : StudyNames.step("evaluate", name), path: block.path, .evaluation,
      study.title(call, title), verb: EvaluateCommand.self, input: table.path, table.given + call.given,
      needs: table.needs, feeds: true)
    study.warnings.append(
      StudyTable(
        path: "\(study.folder(step))/colours.csv", step: step,
        columns: card?.colourColumns))
  }

  private static func readCard(_ file: String, at place: String, in study: StudyCompiler) -> Scorecard? {
    do {
      return try study.table(file, at: place).map { table throws in try Scorecard(table) }
    } catch {
      study.text.note(place, error, concernsOneStep: true)
      return nil
    }
  }
}
