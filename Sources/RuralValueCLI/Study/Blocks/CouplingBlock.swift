import RuralValue
import RuralValueFormats

/// Coupling and coordination of systems, by default of all the study's indices, one block or a list of them.
enum CouplingBlock: StudyBlock {
  static let keys = ["coupling"]

  static func compile(_ node: StudyNode, into study: inout StudyCompiler) {
    let blocks =
      node.value == .boolean(true)
      ? [node]
      : node.blocks(in: study.text, expected: "a block { systems: [\"V\", \"P\"] } or a list of them")
    for (index, block) in blocks.enumerated() {
      compile(block, number: blocks.count > 1 ? index + 1 : nil, into: &study)
    }
  }

  private static func compile(_ block: StudyNode, number: Int?, into study: inout StudyCompiler) {
    let names = study.keyNames.filter { study.analysis.columns?.contains($0.key) != true }
    var call = StudyCall(
      block, verb: CouplingCommand.self, own: ["name", "title", "obstacles"], without: TableInput.reading,
      calling: names, in: study.text)
    call.setDefault("--systems", study.system.map { $0.indices.joined(separator: ",") })
    var input = study.analysis
    if let node = call.own["obstacles"] {
      guard case .boolean(let isOn) = node.value else {
        study.text.note(node.path, "found \(node.value.found); expected true or false.")
        return
      }
      if isOn, study.indicatorFile == nil {
        study.text.note(
          node.path, "there is no block \"indicators\", whose indicators would be the obstacles.")
      }
      if isOn { call.setDefault("--indicators", study.indicatorFile) }
    }
    // Obstacles are those of the panel's indicators, whose indices are scored there again.
    let indices = study.system?.indices ?? []
    if !call.call.texts("--indicators").isEmpty {
      var scored = study.panel
      scored.columns = scored.columns.map { $0 + indices }
      input = study.table(having: call.columns, in: scored, or: study.analysis)
    }
    study.requireMentions(call, of: input)
    let systems = call.call.texts("--systems").last ?? ""
    let named = listed(systems).map { WordedName($0, .variable).signed }
    let title = Phrase(
      "Coupling coordination of \(named.joined(separator: ", "))", zh: "\(named.joined(separator: "、"))的耦合协调度"
    )
    let name = study.name(call, default: number.map { "\($0)" } ?? "")
    let step = study.add(
      name.isEmpty ? "coupling" : StudyNames.step("coupling", name), path: block.path, .evaluation,
      study.title(call, title), verb: CouplingCommand.self, input: input.path, input.given + call.given,
      needs: input.needs, feeds: true)
    study.measures.append(
      StudyTable(
        path: "\(study.folder(step))/coupling.csv", step: step,
        columns: ["c_classical", "c_corrected", "t", "d_classical", "d_corrected", "grade"]))
  }
}
