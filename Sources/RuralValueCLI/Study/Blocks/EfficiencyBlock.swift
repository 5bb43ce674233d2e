import RuralValue
import RuralValueFormats

/// Efficiency of counties that make outputs of inputs, one block or a list of them.
enum EfficiencyBlock: StudyBlock {
  static let keys = ["efficiency"]

  static func compile(_ node: StudyNode, into study: inout StudyCompiler) {
    let blocks = node.blocks(
      in: study.text,
      expected: "a block { inputs: [\"labour\", \"capital\"], outputs: \"income\" } or a list of them")
    for (index, block) in blocks.enumerated() {
      compile(block, number: blocks.count == 1 ? nil : index + 1, into: &study)
    }
  }

  private static func compile(_ block: StudyNode, number: Int?, into study: inout StudyCompiler) {
    let call = StudyCall(
      block, verb: EfficiencyCommand.self, own: ["name", "title"], without: TableInput.reading, in: study.text
    )
    for key in ["inputs", "outputs"] where !call.has("--\(key)") {
      study.text.noteMissing(
        block.path,
        "there is no key \"\(key)\"; expected columns of levels above zero, such as"
          + " \(key): [\"\(key == "inputs" ? "labour" : "income")\"].")
    }
    // The panel has the levels; the panel of the models stands in where only it has the columns.
    let table = study.table(having: call.columns, in: study.panel, or: study.analysis)
    study.requireMentions(call, of: table)
    let name = study.name(call, default: number.map(String.init) ?? "")
    let title =
      name.isEmpty
      ? Phrase("Efficiency", zh: "投入产出效率") : Phrase("Efficiency: \(name)", zh: "投入产出效率：\(name)")
    let step = study.add(
      name.isEmpty ? "efficiency" : StudyNames.step("efficiency", name), path: block.path, .evaluation,
      study.title(call, title), verb: EfficiencyCommand.self, input: table.path, table.given + call.given,
      needs: table.needs, feeds: true)
    study.measures.append(
      StudyTable(
        path: "\(study.folder(step))/efficiency.csv", step: step,
        columns: [
          "score", "super_score", "ranked_score", "rank", "ccr", "bcc", "scale_efficiency", "returns",
        ]))
  }
}
