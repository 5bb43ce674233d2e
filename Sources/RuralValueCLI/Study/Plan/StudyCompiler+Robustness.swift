import RuralValue
import RuralValueFormats

extension StudyCompiler {
  private static let variantKeys = ["name", "of", "title", "weights", "winsorise", "lag"]

  /// Variants of models, and for each model a table that sets them beside it.
  mutating func compileRobustness() {
    guard let node = blocks["robustness"] else { return }
    let blocks = node.blocks(in: text, expected: "a list of variants { name: \"…\", of: \"…\" }")
    var compared: [(base: CompiledModel, variants: [StudyStep.ComparedModel])] = []
    for (index, block) in blocks.enumerated() {
      guard let (base, variant) = compileVariant(block, number: index + 1) else { continue }
      if let place = compared.firstIndex(where: { $0.base.step == base.step }) {
        compared[place].variants.append(variant)
      } else {
        compared.append((base, [variant]))
      }
    }
    for (base, variants) in compared {
      let models = [StudyStep.ComparedModel(name: base.name, step: base.step)] + variants
      add(
        StudyStep(
          name: names.unique("robustness-\(StudyNames.slug(base.name))"), path: node.path,
          chapter: .robustness,
          title: Phrase("Robustness of \(base.name)", zh: "稳健性检验：\(base.name)"),
          action: .comparison(models), needs: models.map(\.step)))
    }
  }

  private mutating func compileVariant(
    _ block: StudyNode, number: Int
  ) -> (CompiledModel, StudyStep.ComparedModel)? {
    guard let base = baseModel(block) else { return nil }
    let isSpatial = base.call.verb.name == "sdm"
    let own = Self.variantKeys.filter { $0 != "weights" || isSpatial }
    let change = modelCall(block, verb: base.call.verb, own: own, without: ["--id"])
    var call = base.call.overridden(by: change)
    let name = name(change, default: "\(base.name) \(number)")
    let slug = StudyNames.slug(name)
    let formula = (call.value("--formula")).flatMap { try? FormulaSpecification($0) }
    if change.has("--formula"), let formula {
      requireColumns(formula.variables, of: analysis, at: change.places["--formula"] ?? block.path)
    }
    requireOptionColumns(change, of: analysis)
    var table = analysis
    if let tails = change.own["winsorise"].flatMap(self.tails), let formula {
      table = winsorised(formula.variables, tails: tails, slug: slug, name: name, path: block.path)
    }
    var renamed: [String: String] = [:]
    if let node = change.own["lag"], let steps = node.integer(in: 1...20, text), let formula {
      lagRegressors(of: &call, formula, steps: steps, at: node.path)
      renamed = LaggedFormula.names(formula, steps: steps)
    }
    var words = table.words
    var needs = table.needs
    if isSpatial {
      let isInherited = change.own["weights"] == nil
      let matrix = weightsWords(isInherited ? base.call : change, severalAllowed: isInherited)
      words += matrix.words
      needs += matrix.needs
    }
    let step = add(
      StudyNames.step(base.call.verb.name, name), path: block.path, .robustness,
      title(change, Phrase("Robustness: \(name)", zh: "稳健性检验：\(name)")), verb: base.call.verb,
      input: table.path, words + call.words, needs: needs)
    return (base, StudyStep.ComparedModel(name: name, step: step, renamed: renamed))
  }

  private func baseModel(_ block: StudyNode) -> CompiledModel? {
    guard let members = block.block(in: text) else { return nil }
    let known = models.map(\.name)
    guard let node = members.first(where: { $0.key == "of" })?.node else {
      let keys = members.map(\.key)
      let slip = keys.first {
        NearestName.suggestion(for: $0, among: ["of"]) != nil && !Self.variantKeys.contains($0)
      }
      text.note(
        block.path,
        slip.map { "there is no key \"\($0)\" here. Did you mean \"of\"?" }
          ?? "there is no key \"of\"; expected the name of the model that this is a variant of: "
          + "\(known.joined(separator: ", ")).")
      return nil
    }
    guard let name = node.word(in: text, expected: "the name of a model").map(CellText.trimmed) else {
      return nil
    }
    guard let base = models.first(where: { $0.name == name }) else {
      text.note(
        node.path,
        "there is no model \"\(name)\".\(NearestName.question(for: name, among: known)) The models are: "
          + "\(known.isEmpty ? "none" : known.joined(separator: ", ")).")
      return nil
    }
    return base
  }

  /// The parts cut off on both sides: `0.01` or `[0.01, 0.05]`.
  private func tails(_ node: StudyNode) -> String? {
    let expected = "a share such as 0.01, or two such as [0.01, 0.05]"
    let tails = node.elements().compactMap { $0.number(in: text, expected: expected) }
    guard (1...2).contains(tails.count), tails.allSatisfy({ $0 >= 0 && $0 < 0.5 }) else {
      text.note(node.path, "found \(node.value.found); expected \(expected).")
      return nil
    }
    return [tails[0], tails[tails.count - 1]].map { "\($0)" }.joined(separator: ",")
  }

  /// The panel of the models with the variables' extremes cut off, by a step of its own.
  private mutating func winsorised(
    _ variables: [String], tails: String, slug: String, name: String, path: String
  ) -> StudyTable {
    let step = add(
      "\(slug)-panel", path: path, .robustness,
      Phrase("The panel of \(name)", zh: "\(name)所用面板数据"), verb: PrepareCommand.definition,
      input: analysis.path,
      analysis.words + ["--winsorise", "\(variables.joined(separator: ","));in-place;tails=\(tails)"],
      needs: analysis.needs, feeds: true)
    let keys = analysis.words.indices.filter { ["--unit", "--time"].contains(analysis.words[$0]) }
      .flatMap { analysis.words[$0...].prefix(2) }
    return StudyTable(
      path: "\(folder(step))/panel.csv", step: step, words: keys, columns: analysis.columns)
  }

  /// Puts every regressor but lags of the outcome some periods back.
  private func lagRegressors(
    of call: inout StudyCall, _ formula: FormulaSpecification, steps: Int, at place: String
  ) {
    // Combinations and the like name coefficients, which are now called otherwise.
    for option in ["--durbin", "--margins"] where call.has(option) {
      text.note(
        place,
        "\"lag\" does not go with \(option.dropFirst(2)), which names regressors; expected a formula of its own."
      )
    }
    for option in ["--sums", "--lincom"] { call.replace(option, with: []) }
    call.replace("--formula", with: [LaggedFormula.text(formula, steps: steps)])
  }
}
