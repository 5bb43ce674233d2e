import RuralValue
import RuralValueFormats

/// How variables evolved: densities, transitions, convergence and centres, a step a variable.
enum EvolveBlock: StudyBlock {
  static let keys = ["evolve"]

  private static func evolved(_ name: String, isVariable: Bool) -> Phrase {
    let words = isVariable ? WordedName(name, .variable).signed : name
    return Phrase("How \(words) evolved", zh: "\(words)的动态演变")
  }

  static func compile(_ node: StudyNode, into study: inout StudyCompiler) {
    // `true` asks for what the verb does by itself.
    let blocks =
      node.value == .boolean(true)
      ? [node] : node.blocks(in: study.text, expected: "a block { variables: [\"V\"], … } or a list of such")
    for block in blocks { compileOne(block, into: &study) }
  }

  private static func compileOne(_ block: StudyNode, into study: inout StudyCompiler) {
    let variable = Call(EvolveCommand.self).options.filter { $0.name == "--variable" }
    let call = study.modelCall(
      block, verb: EvolveCommand.self, own: ["name", "title", "variables"], without: variable)
    let places = call.call.texts("--places").last
    study.requireMentions(call, of: study.analysis, file: places.map(study.attributes) ?? study.analysis)
    let matrix = weights(of: call, in: study)
    let variables = variables(of: call, in: study)
    let hasCentre = places != nil || call.has("--coordinates")
    for variable in variables {
      let name = study.name(call, default: variable)
      let own = variables.count > 1 && call.own["name"] != nil ? "\(name) \(variable)" : name
      let step = study.add(
        StudyNames.step("evolve", own), path: block.path, .evaluation,
        study.title(call, evolved(own, isVariable: own == variable)), verb: EvolveCommand.self,
        input: study.analysis.path,
        study.analysis.given + [Call.Given("--variable", variable)] + matrix.given + call.given,
        needs: study.analysis.needs + matrix.needs, feeds: hasCentre)
      guard hasCentre else { continue }
      study.centres.append((own, StudyTable(path: "\(study.folder(step))/ellipses.csv", step: step)))
    }
  }

  /// The weights that the block names, by default the first of the study where it has some; `"none"` for none.
  private static func weights(of call: StudyCall, in study: StudyCompiler) -> StudyCompiler.Matrix {
    guard let named = call.own["weights"] else {
      return study.weights.isEmpty ? .init() : study.matrix(of: call, severalAllowed: false)
    }
    return named.value.word == "none" ? .init() : study.matrix(of: call, severalAllowed: false)
  }

  private static func variables(of call: StudyCall, in study: StudyCompiler) -> [String] {
    guard let node = call.own["variables"] else {
      if study.system == nil {
        study.text.noteMissing(call.path, "there is no key \"variables\"; expected variables: [\"V\"].")
      }
      return study.system?.indices ?? []
    }
    let names = node.words(in: study.text).firstAppearances
    study.requireColumns(names, of: study.analysis, at: node.path)
    return names
  }
}

extension StudyCompiler {
  /// The ellipses that a map shows: `true` for the last that an evolve block makes, the name of one, or a file.
  func ellipses(of node: StudyNode) -> StudyTable? {
    let advice =
      "expected a block evolve: { variables: [\"V\"], places: \"counties.geojson\" }, whose centres it would show, or a file"
    if node.value == .boolean(false) { return nil }
    if node.value == .boolean(true) {
      if centres.isEmpty { text.note(node.path, "there are no centres; \(advice).") }
      return centres.last?.table
    }
    guard let word = node.word(in: text, expected: "true, the name of an evolve block, or a file") else {
      return nil
    }
    if let known = centres.last(where: { $0.name == word }) { return known.table }
    guard word.lowercased().hasSuffix(".csv") else {
      let names = centres.map(\.name)
      text.note(
        node.path,
        "there are no centres of \"\(word)\".\(NearestName.question(for: word, among: names)) \(advice.prefix(1).uppercased() + advice.dropFirst())."
      )
      return nil
    }
    return requireFile(word, at: node.path) ? StudyTable(path: word) : nil
  }
}
