import RuralValue
import RuralValueFormats

/// Disparity of each variable between the units, and town and country.
enum DisparityBlock: StudyBlock {
  static let keys = ["disparity"]
  private static let sectorOptions = ["--urban", "--rural", "--urban-population", "--rural-population"]

  static func compile(_ node: StudyNode, into study: inout StudyCompiler) {
    let blocks =
      node.value == .boolean(true)
      ? [node]
      : node.blocks(
        in: study.text,
        expected: "a block { variables: [\"V\"], group: \"region4\" }, or a list of such blocks")
    for block in blocks { add(block, into: &study) }
  }

  private static func add(_ block: StudyNode, into study: inout StudyCompiler) {
    let variable = Call(DisparityCommand.self).options.filter { $0.name == "--variable" }
    let call = study.modelCall(
      block, verb: DisparityCommand.self, own: ["variables", "name", "title"], without: variable)
    let hasSectors = sectorOptions.contains(where: call.has)
    let variables =
      call.own["variables"].map { $0.words(in: study.text).firstAppearances }
      ?? (hasSectors ? [] : study.system?.indices ?? [])
    if variables.isEmpty, !hasSectors, call.own["variables"] == nil {
      study.text.noteMissing(call.path, "there is no key \"variables\"; expected variables: [\"V\"].")
      return
    }
    let table = study.table(having: variables + call.columns, in: study.analysis, or: study.panel)
    study.requireMentions(call, of: table)
    if let node = call.own["variables"] { study.requireColumns(variables, of: table, at: node.path) }
    var rest = call
    for option in sectorOptions { rest.replace(option, with: []) }
    for (number, variable) in (variables.isEmpty ? [nil] : variables.map { $0 }).enumerated() {
      // Town and country are of the panel, not of a variable: they stand once.
      let own = number == 0 ? call : rest
      let words = variable ?? "urban-rural"
      let name = study.name(call, default: words)
      study.add(
        StudyNames.step("disparity", variables.count > 1 && name != words ? "\(name)-\(words)" : name),
        path: block.path, .evaluation, study.title(call, title(variable, call)), verb: DisparityCommand.self,
        input: table.path,
        table.given + (variable.map { [Call.Given("--variable", $0)] } ?? []) + own.given, needs: table.needs)
    }
  }

  private static func title(_ variable: String?, _ call: StudyCall) -> Phrase {
    guard let variable else { return Phrase("Town and country", zh: "城乡差距") }
    let groups = call.call.texts("--group").last
    let named = WordedName(variable, .variable).signed
    return Phrase(
      "Disparity of \(named)" + (groups.map { " by \($0)" } ?? ""),
      zh: "\(named)的区域差异" + (groups.map { "（按\($0)）" } ?? ""))
  }
}
