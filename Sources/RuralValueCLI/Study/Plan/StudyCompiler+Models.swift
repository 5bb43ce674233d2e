import RuralValue
import RuralValueFormats

extension StudyCompiler {
  /// Keys of a model that are the study's own.
  static let modelKeys = ["name", "title"]

  /// Dynamic panel models.
  mutating func compileModels() {
    for (block, number) in modelBlocks("gmm") {
      var call = modelCall(block, verb: GMMCommand.definition, own: Self.modelKeys)
      let name = modelName(call, default: "gmm \(number)")
      requireFormula(&call)
      let step = add(
        StudyNames.step("gmm", name), path: block.path, .dynamicPanel,
        title(call, Phrase("Dynamic panel GMM: \(name)", zh: "动态面板GMM：\(name)")),
        verb: GMMCommand.definition, input: analysis.path, analysis.words + call.words, needs: analysis.needs)
      models.append(CompiledModel(name: name, step: step, call: call))
    }
  }

  /// Spatial panel models.
  mutating func compileSpatialModels() {
    for (block, number) in modelBlocks("sdm") {
      var call = modelCall(
        block, verb: SDMCommand.definition, own: Self.modelKeys + ["weights"], without: ["--id"])
      let name = modelName(call, default: "sdm \(number)")
      requireFormula(&call)
      call.addDefault("--seed", output.seed.map { "\($0)" })
      let matrix = weightsWords(call, severalAllowed: true)
      let step = add(
        StudyNames.step("sdm", name), path: block.path, .spatialModel,
        title(call, Phrase("Spatial panel model: \(name)", zh: "空间面板模型：\(name)")),
        verb: SDMCommand.definition, input: analysis.path, analysis.words + matrix.words + call.words,
        needs: analysis.needs + matrix.needs)
      models.append(CompiledModel(name: name, step: step, call: call))
    }
  }

  private func modelBlocks(_ kind: String) -> [(StudyNode, Int)] {
    guard let node = blocks["models"] else { return [] }
    let members =
      kind == "gmm"
      ? node.members(known: ["gmm", "sdm"], in: text) : node.block(in: text) ?? []
    guard let list = members.first(where: { $0.key == kind })?.node else { return [] }
    return list.blocks(in: text, expected: "a list of models { name: \"…\", formula: \"…\" }").enumerated()
      .map { ($1, $0 + 1) }
  }

  /// A model's name, which no other model has: variants refer to it.
  private func modelName(_ call: StudyCall, default standard: String) -> String {
    let name = name(call, default: standard)
    if models.contains(where: { $0.name == name }) {
      text.note(
        call.own["name"]?.path ?? call.path,
        "there is already a model \"\(name)\"; expected another name, for robustness variants refer to it.")
    }
    return name
  }

  /// Notes a formula that is absent, or that names a column which is certainly not there.
  ///
  /// A formula that is unreadable is noted by the verb's own check.
  private func requireFormula(_ call: inout StudyCall) {
    guard let formula = call.value("--formula") else {
      if !call.has("--formula") {
        text.noteMissing(call.path, "there is no key \"formula\"; expected formula: \"V ~ lag(V) + P*C\".")
        // The verb would say the same again.
        call.replace("--formula", with: ["y ~ x"])
      }
      return
    }
    requireOptionColumns(call, of: analysis)
    guard let specification = try? FormulaSpecification(formula) else { return }
    requireColumns(
      specification.variables, of: analysis, at: call.places["--formula"] ?? call.path)
  }
}
