import RuralValue
import RuralValueFormats

/// Linear panel models.
enum FEBlock: StudyBlock {
  static let keys = ["models.fe"]

  static func compile(_ node: StudyNode, into study: inout StudyCompiler) {
    study.addModels(node, verb: FECommand.self, .linearPanel) {
      Phrase("Fixed effects: \($0)", zh: "固定效应模型：\($0)")
    }
  }
}

/// Dynamic panel models.
enum GMMBlock: StudyBlock {
  static let keys = ["models.gmm"]

  static func compile(_ node: StudyNode, into study: inout StudyCompiler) {
    study.addModels(node, verb: GMMCommand.self, .dynamicPanel) {
      Phrase("Dynamic panel GMM: \($0)", zh: "动态面板GMM：\($0)")
    }
  }
}

/// Spatial panel models.
enum SDMBlock: StudyBlock {
  static let keys = ["models.sdm"]

  static func compile(_ node: StudyNode, into study: inout StudyCompiler) {
    study.addModels(node, verb: SDMCommand.self, .spatialModel) {
      Phrase("Spatial panel model: \($0)", zh: "空间面板模型：\($0)")
    }
  }
}

extension StudyCall {
  /// Whether the call draws anything at random: a verb that permutes groups does only with groups, or with a bootstrap.
  fileprivate var drawsAtRandom: Bool {
    !call.options.contains { $0.name == "--permutations" } || has("--by")
      || call.texts("--se").last?.hasPrefix("bootstrap") == true
  }
}

extension StudyCompiler {
  /// Adds a step for each model of a list.
  mutating func addModels(
    _ node: StudyNode, verb: any Command.Type, _ chapter: ReportChapter, title: (String) -> Phrase
  ) {
    let models = node.blocks(in: text, expected: "a list of models { name: \"…\", formula: \"…\" }")
    for (index, block) in models.enumerated() {
      var call = modelCall(block, verb: verb, own: ["name", "title"])
      if call.drawsAtRandom { call.setDefault("--seed", output.seed.map { "\($0)" }) }
      let verbName = verb.definition.name
      let name = modelName(call, default: "\(verbName) \(index + 1)")
      if !call.has("--formula") {
        text.noteMissing(call.path, "there is no key \"formula\"; expected formula: \"V ~ lag(V) + P*C\".")
      }
      // Columns of coordinates are the panel's where no file of places is named.
      let places = call.call.texts("--places").last
      let (own, others) = namingWeights(of: call)
      requireMentions(own, of: analysis, file: places.map(attributes) ?? analysis)
      let matrix = call.takesWeights ? matrix(of: call, severalAllowed: true) : Matrix()
      let step = add(
        StudyNames.step(verbName, name), path: block.path, chapter, self.title(call, title(name)), verb: verb,
        input: analysis.path, analysis.given + matrix.given + others.given + own.given,
        needs: analysis.needs + matrix.needs + others.needs)
      self.models.append(CompiledModel(name: name, step: step, call: call))
    }
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
}
