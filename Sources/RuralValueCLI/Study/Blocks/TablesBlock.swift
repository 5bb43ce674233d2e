import RuralValue
import RuralValueFormats

/// Tables that set models side by side: those that the study asks for, and without the block one for each outcome that
/// several of its models explain.
enum TablesBlock: StudyBlock {
  static let keys = ["tables"]
  private static let ownKeys = ["name", "models"]

  static func compile(_ node: StudyNode, into study: inout StudyCompiler) {
    // Without any table, `tables: false` or `[]`.
    if node.value == .boolean(false) { return }
    if node.value == .boolean(true) { return compileStandard(into: &study) }
    let blocks = node.blocks(
      in: study.text, expected: "a list of tables { models: [\"…\", \"…\"] }, or false for none")
    for (index, block) in blocks.enumerated() {
      let call = StudyCall(block, verb: TableCommand.self, own: ownKeys, in: study.text)
      let name = study.name(call, default: blocks.count == 1 ? "models" : "\(index + 1)")
      let models = models(of: call, in: study)
      guard !models.isEmpty else { continue }
      requireGroups(call, models, in: study)
      requireTerms(call, models, in: study)
      study.addTable(
        name, path: block.path, models, call.given,
        title: Phrase("Models side by side: \(name)", zh: "模型估计结果对比：\(name)"))
    }
  }

  static func compileStandard(into study: inout StudyCompiler) {
    let outcomes = study.models.map(\.outcome)
    let several = outcomes.compactMap(\.self).firstAppearances.filter { outcome in
      outcomes.count { $0 == outcome } > 1
    }
    for outcome in several {
      study.addTable(
        several.count == 1 ? "models" : outcome, path: "models",
        study.models.filter { $0.outcome == outcome }, [], title: ModelTable.title(of: outcome))
    }
  }

  /// The models that a table names; all of the study's where it names none.
  private static func models(of call: StudyCall, in study: StudyCompiler) -> [StudyCompiler.CompiledModel] {
    let all = study.models + study.variants
    let known = all.map(\.name)
    guard let node = call.own["models"] else {
      if study.models.isEmpty, !study.text.hasProblem(within: "models") {
        study.text.note(call.path, "there are no models to set side by side; expected a block models.")
      }
      return study.models
    }
    let expected = "names of models, such as [\"base\", \"spatial\"]"
    let texts = node.texts(in: study.text, expected: expected)
    if texts.isEmpty, !study.text.hasProblem(within: node.path) {
      study.text.note(node.path, "names no model; expected \(expected).")
    }
    return texts.map(CellText.trimmed).compactMap { name in
      if let model = all.first(where: { $0.name == name }) { return model }
      study.text.note(
        node.path,
        "there is no model \"\(name)\".\(NearestName.question(for: name, among: known)) The models are: "
          + "\(known.isEmpty ? "none" : known.joined(separator: ", ")).")
      return nil
    }
  }

  /// Notes terms that certainly no model has: names without `*` and `?` that no formula gives.
  private static func requireTerms(
    _ call: StudyCall, _ models: [StudyCompiler.CompiledModel], in study: StudyCompiler
  ) {
    let formulas = models.compactMap(\.call.formula)
    // Regimes name terms after groups, which the run knows.
    guard formulas.count == models.count, !models.contains(where: { $0.call.has("--regimes") }) else {
      return
    }
    let terms = formulas.flatMap(\.terms).map(\.name).firstAppearances
    let known = terms + ["rho", "lambda", "sigma2", "theta", "(Intercept)"]
    for option in ["--keep", "--drop", "--order"] {
      guard let place = call.places[option], let text = call.call.texts(option).last else { continue }
      for name in TermPattern.list(text).map(\.text) {
        let term = withoutEffect(name)
        let isOpen =
          name.contains { "*?+".contains($0) } || name.hasPrefix("lag(") || name.contains("factor(")
        guard !isOpen, !known.contains(term), !known.contains(name) else { continue }
        study.text.note(
          place,
          "there is no term \"\(name)\" in the models.\(NearestName.question(for: name, among: known)) The terms are: "
            + "\(terms.joined(separator: ", ")).", concernsOneStep: true)
      }
    }
  }

  /// The term of an effect: `P` of `short run direct P`.
  private static func withoutEffect(_ name: String) -> String {
    let words = EffectKind.allCases.map(\.rawValue) + ["short", "long", "run"]
    return name.split(separator: " ").drop { words.contains(String($0)) }.joined(separator: " ")
  }

  /// Notes headings above columns that there certainly are not: a model has at least one.
  private static func requireGroups(
    _ call: StudyCall, _ models: [StudyCompiler.CompiledModel], in study: StudyCompiler
  ) {
    guard models.allSatisfy(\.hasOneColumn), let place = call.places["--group"],
      let text = call.call.texts("--group").last, let groups = ModelTableSpecification.groups(in: text)
    else { return }
    for group in groups where group.columns.upperBound > models.count {
      study.text.note(
        place,
        ModelTableError.noSuchColumns(heading: group.heading, columns: group.columns, count: models.count),
        concernsOneStep: true)
    }
  }
}

extension StudyCompiler.CompiledModel {
  /// What it explains, where its formula can be read.
  fileprivate var outcome: String? { call.formula?.outcome.name }

  /// Whether its result certainly has one model alone: no groups, no mediators, no second weights.
  fileprivate var hasOneColumn: Bool {
    !call.has("--by") && !call.has("--mechanism")
      && call.own["weights"].map { $0.value.word.map { listed($0).count == 1 } ?? false } ?? true
  }
}

extension StudyCompiler {
  /// Adds a step that sets models side by side.
  fileprivate mutating func addTable(
    _ name: String, path: String, _ models: [CompiledModel], _ given: [Call.Given], title: Phrase
  ) {
    let files = models.compactMap { jsonFile(of: $0.step) }
    guard files.count == models.count, let first = files.first else { return }
    let own = given.last { $0.name == "--title" }.map { Phrase(verbatim: $0.text) }
    add(
      StudyNames.step("table", name), path: path, .comparison, own ?? title, verb: TableCommand.self,
      input: first,
      given, needs: models.map(\.step), further: Array(files.dropFirst()))
  }
}
