import RuralValue
import RuralValueFormats

/// Variants of models, and for each model a table that sets them beside it.
enum RobustnessBlock: StudyBlock {
  static let keys = ["robustness"]
  private static let variantKeys = ["name", "of", "title", "winsorise", "lag"]

  static func compile(_ node: StudyNode, into study: inout StudyCompiler) {
    let blocks = node.blocks(in: study.text, expected: "a list of variants { name: \"…\", of: \"…\" }")
    var compared: [(base: StudyCompiler.CompiledModel, variants: [StudyStep.ComparedModel])] = []
    for (index, block) in blocks.enumerated() {
      guard let base = baseModel(block, in: study),
        let variant = variant(block, of: base, number: index + 1, in: &study)
      else { continue }
      if let place = compared.firstIndex(where: { $0.base.step == base.step }) {
        compared[place].variants.append(variant)
      } else {
        compared.append((base, [variant]))
      }
    }
    for (base, variants) in compared {
      study.add(
        "robustness-\(StudyNames.slug(base.name))", path: node.path,
        Phrase("Robustness of \(base.name)", zh: "稳健性检验：\(base.name)"),
        comparing: [StudyStep.ComparedModel(name: base.name, step: base.step)] + variants)
    }
  }

  private static func variant(
    _ block: StudyNode, of base: StudyCompiler.CompiledModel, number: Int, in study: inout StudyCompiler
  ) -> StudyStep.ComparedModel? {
    let verb = base.call.call.verb
    let change = study.modelCall(block, verb: verb, own: variantKeys)
    var call = base.call.overridden(by: change)
    let name = study.name(change, default: "\(base.name) \(number)")
    let slug = StudyNames.slug(name)
    var renamed: [String: String] = [:]
    var table = study.analysis
    if let formula = call.formula {
      if let tails = change.own["winsorise"].flatMap({ tails($0, in: study) }) {
        table = winsorised(
          formula.variables, tails: tails, slug: slug, name: name, path: block.path, in: &study)
      }
      if let node = change.own["lag"], let steps = node.integer(in: 1...20, study.text) {
        lagRegressors(of: &call, formula, steps: steps, at: node.path, in: study)
        renamed = LaggedFormula.names(formula, steps: steps)
      }
    }
    let (own, others) = study.namingWeights(of: call)
    study.requireMentions(change, of: study.analysis, inAll: own)
    let isInherited = change.own["weights"] == nil
    let matrix =
      call.takesWeights
      ? study.matrix(of: isInherited ? base.call : change, severalAllowed: isInherited)
      : StudyCompiler.Matrix()
    let step = study.add(
      StudyNames.step(verb.definition.name, name), path: block.path, .robustness,
      study.title(change, Phrase("Robustness: \(name)", zh: "稳健性检验：\(name)")), verb: verb,
      input: table.path, table.given + matrix.given + others.given + own.given,
      needs: table.needs + matrix.needs + others.needs,
      base: base.call.path)
    study.variants.append(.init(name: name, step: step, call: call))
    return StudyStep.ComparedModel(name: name, step: step, renamed: renamed)
  }

  private static func baseModel(_ block: StudyNode, in study: StudyCompiler) -> StudyCompiler.CompiledModel? {
    guard let members = block.block(in: study.text) else { return nil }
    let known = study.models.map(\.name)
    guard let node = members.first(where: { $0.key == "of" })?.node else {
      let slip = members.map(\.key).first {
        NearestName.suggestion(for: $0, among: ["of"]) != nil && !variantKeys.contains($0)
      }
      study.text.note(
        block.path,
        slip.map { "there is no key \"\($0)\" here. Did you mean \"of\"?" }
          ?? "there is no key \"of\"; expected the name of the model that this is a variant of: "
          + "\(known.joined(separator: ", ")).")
      return nil
    }
    guard let name = node.word(in: study.text, expected: "the name of a model").map(CellText.trimmed) else {
      return nil
    }
    guard let base = study.models.first(where: { $0.name == name }) else {
      study.text.note(
        node.path,
        "there is no model \"\(name)\".\(NearestName.question(for: name, among: known)) The models are: "
          + "\(known.isEmpty ? "none" : known.joined(separator: ", ")).")
      return nil
    }
    return base
  }

  /// The parts cut off on both sides: `0.01` or `[0.01, 0.05]`.
  private static func tails(_ node: StudyNode, in study: StudyCompiler) -> String? {
    let expected = "a share such as 0.01, or two such as [0.01, 0.05]"
    let tails = node.elements().compactMap { $0.number(in: study.text, expected: expected) }
    guard (1...2).contains(tails.count), tails.allSatisfy({ $0 >= 0 && $0 < 0.5 }) else {
      study.text.note(node.path, "found \(node.value.found); expected \(expected).")
      return nil
    }
    return [tails[0], tails[tails.count - 1]].map { "\($0)" }.joined(separator: ",")
  }

  /// The panel of the models with the variables' extremes cut off, by a step of its own.
  private static func winsorised(
    _ variables: [String], tails: String, slug: String, name: String, path: String,
    in study: inout StudyCompiler
  ) -> StudyTable {
    let panel = study.analysis
    let step = study.add(
      "\(slug)-panel", path: path, .robustness,
      Phrase("The panel of \(name)", zh: "\(name)所用面板数据"), verb: PrepareCommand.self, input: panel.path,
      panel.given
        + [Call.Given("--winsorise", "\(variables.joined(separator: ","));in-place;tails=\(tails)")],
      needs: panel.needs, feeds: true)
    return StudyTable(
      path: "\(study.folder(step))/panel.csv", step: step, given: panel.keys, columns: panel.columns)
  }

  /// Puts every regressor but lags of the outcome some periods back.
  private static func lagRegressors(
    of call: inout StudyCall, _ formula: FormulaSpecification, steps: Int, at place: String,
    in study: StudyCompiler
  ) {
    // Combinations and the like name coefficients, which are now called otherwise.
    let naming = ["--durbin", "--margins", "--range"] + (call.call.verb == FECommand.self ? ["--iv"] : [])
    for option in naming where !call.call.texts(option).isEmpty {
      study.text.note(
        place,
        "\"lag\" does not go with \(option.dropFirst(2)), which names regressors; expected a formula of its own."
      )
    }
    for option in ["--sums", "--lincom"] { call.replace(option, with: []) }
    call.replace("--formula", with: [LaggedFormula.text(formula, steps: steps)])
  }
}

/// A formula whose regressors are some periods older.
enum LaggedFormula {
  /// The formula's text with each regressor lagged; lags of the outcome stay as they are.
  static func text(_ formula: FormulaSpecification, steps: Int) -> String {
    let terms = lagged(formula, steps: steps)
    let constant = formula.hasIntercept ? [] : ["0"]
    return "\(formula.outcome.name) ~ \((terms.map(\.name) + constant).joined(separator: " + "))"
  }

  /// What the lagged terms are called in the formula as it was.
  static func names(_ formula: FormulaSpecification, steps: Int) -> [String: String] {
    var names: [String: String] = [:]
    for (term, lagged) in zip(formula.terms, lagged(formula, steps: steps)) where term != lagged {
      names[lagged.name] = term.name
    }
    return names
  }

  private static func lagged(_ formula: FormulaSpecification, steps: Int) -> [FormulaTerm] {
    formula.terms.map { term in
      isLag(of: formula.outcome, term) ? term : FormulaTerm(term.factors.map { lagged($0, steps: steps) })
    }
  }

  private static func isLag(of outcome: FormulaFactor, _ term: FormulaTerm) -> Bool {
    guard term.factors.count == 1, case .lag(let inner, _) = term.factors[0] else { return false }
    return inner == outcome
  }

  private static func lagged(_ factor: FormulaFactor, steps: Int) -> FormulaFactor {
    // Dummies of levels, as of regions, stay those of the row.
    if factor.levelColumn != nil { return factor }
    if case .lag(let inner, let already) = factor { return .lag(inner, steps: already + steps) }
    return .lag(factor, steps: steps)
  }
}
