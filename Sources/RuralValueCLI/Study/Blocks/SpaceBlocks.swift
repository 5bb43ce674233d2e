import RuralValue
import RuralValueFormats

/// Spatial weights, each under the name that the study gives it.
enum WeightsBlock: StudyBlock {
  static let keys = ["weights"]

  static func compile(_ block: StudyNode, into study: inout StudyCompiler) {
    for (name, node) in block.block(in: study.text) ?? [] {
      var call = StudyCall(path: node.path, verb: WeightsCommand.self)
      var file = node.value.word
      if file == nil {
        call = StudyCall(node, verb: WeightsCommand.self, own: ["file", "title"], in: study.text)
        file = call.own["file"]?.word(in: study.text, expected: "the name of a file")
      }
      guard let file else {
        if call.own["file"] == nil {
          study.text.noteMissing(
            node.path,
            "there is no key \"file\"; expected polygons (GeoJSON, shapefile), points or a weights file.")
        }
        continue
      }
      study.requireFile(file, at: "\(node.path).file")
      let isPolygons = study.holdsPolygons(file)
      if study.polygons == nil, isPolygons { study.polygons = file }
      // Without a rule a table holds weights, whose columns nothing names.
      let isTable = !isPolygons && !call.has("--rule")
      let values = call.call.texts("--values").last
      study.requireMentions(
        call, of: isTable ? StudyTable() : study.attributes(of: values ?? file),
        file: isTable ? StudyTable() : study.attributes(of: file))
      let slug = StudyNames.slug(name)
      let step = study.add(
        "weights-\(slug)", path: node.path, .space,
        study.title(call, Phrase("Spatial weights: \(name)", zh: "空间权重矩阵：\(name)")),
        verb: WeightsCommand.self, input: file, call.given, product: "\(slug).csv")
      study.weights.append((name, "\(study.folder(step))/\(slug).csv", step))
    }
  }
}

/// Moran's I of each variable, year by year.
enum MoranBlock: StudyBlock {
  static let keys = ["moran"]

  static func compile(_ block: StudyNode, into study: inout StudyCompiler) {
    let call = SpatialCall(block, verb: MoranCommand.self, in: study)
    let isLocal = !call.call.call.texts("--local").isEmpty
    for variable in call.variables {
      let named = WordedName(variable, .variable).signed
      let step = study.add(
        StudyNames.step("moran", variable), path: block.path, .space,
        Phrase("Spatial autocorrelation of \(named) by year", zh: "\(named)的历年空间自相关"),
        verb: MoranCommand.self, input: study.analysis.path, call.given(variable, in: study),
        needs: study.analysis.needs + call.matrix.needs, feeds: isLocal)
      guard isLocal else { continue }
      study.clusters[variable] = StudyTable(
        path: "\(study.folder(step))/lisa_classes.csv", step: step, columns: [variable])
    }
  }
}

/// Hot and cold spots of all variables, in one table that a map can show.
enum HotspotBlock: StudyBlock {
  static let keys = ["hotspots"]

  static func compile(_ block: StudyNode, into study: inout StudyCompiler) {
    let call = SpatialCall(block, verb: HotspotCommand.self, in: study)
    if call.variables.isEmpty { return }
    let years = call.call.call.texts("--growth").last
    let title = years.map {
      Phrase("Hot and cold spots of growth rates, \($0)", zh: "增长率热点与冷点（\($0)）")
    }
    let step = study.add(
      "hotspots", path: block.path, .space, title ?? Phrase("Hot and cold spots", zh: "热点与冷点"),
      verb: HotspotCommand.self, input: study.analysis.path,
      call.given(call.variables.joined(separator: ","), in: study),
      needs: study.analysis.needs + call.matrix.needs, feeds: true)
    study.hotspots = StudyTable(
      path: "\(study.folder(step))/hotspot_classes.csv", step: step, columns: call.variables)
  }
}

/// The call of a block about variables on one weights matrix.
private struct SpatialCall {
  let call: StudyCall
  let matrix: StudyCompiler.Matrix
  /// The variables of the block, by default the indices.
  let variables: [String]

  init(_ block: StudyNode, verb: any Command.Type, in study: StudyCompiler) {
    let variable = Call(verb).options.filter { $0.name == "--variable" }
    var call = study.modelCall(block, verb: verb, own: ["variables"], without: variable)
    call.setDefault("--seed", study.output.seed.map { "\($0)" })
    study.requireMentions(call, of: study.analysis)
    self.call = call
    matrix = study.matrix(of: call, severalAllowed: false)
    if let node = call.own["variables"] {
      variables = node.words(in: study.text).firstAppearances
      study.requireColumns(variables, of: study.analysis, at: node.path)
    } else {
      variables = study.system?.indices ?? []
      if study.system == nil {
        study.text.noteMissing(call.path, "there is no key \"variables\"; expected variables: [\"V\"].")
      }
    }
  }

  func given(_ variable: String, in study: StudyCompiler) -> [Call.Given] {
    study.analysis.given + [Call.Given("--variable", variable)] + matrix.given + call.given
  }
}

extension StudyCompiler {
  /// The weights of a step: what its call has for them, and the steps that make them.
  struct Matrix {
    var given: [Call.Given] = []
    var needs: [String] = []
  }

  /// What a call has for the weights of a block, by default the first of the study, and the steps they need.
  func matrix(of call: StudyCall, severalAllowed: Bool) -> Matrix {
    let known = weights.map(\.name)
    guard let node = call.own["weights"] else {
      guard let main = weights.first else {
        text.noteMissing(
          call.path,
          "there are no weights; expected a block weights: { queen: { file: \"counties.geojson\", rule: \"queen\" } }."
        )
        return Matrix()
      }
      return Matrix(given: [Call.Given("--weights", main.path)], needs: [main.step])
    }
    let names = node.words(in: text, expected: "the name of weights, such as \"queen\"")
    var found: [(path: String, step: String)] = []
    for name in names {
      if let one = weights.first(where: { $0.name == name }) {
        found.append((one.path, one.step))
      } else {
        text.note(
          node.path,
          "there are no weights \"\(name)\".\(NearestName.question(for: name, among: known)) The block weights has: "
            + "\(known.isEmpty ? "none" : known.joined(separator: ", ")).")
      }
    }
    if !severalAllowed, names.count > 1 {
      text.note(node.path, "found \(names.count) names; expected one.")
    }
    return Matrix(
      given: [Call.Given("--weights", found.map(\.path).joined(separator: ","))], needs: found.map(\.step))
  }

  /// A call without the options for other weights that name weights of the study, and what they stand for.
  func namingWeights(of call: StudyCall) -> (call: StudyCall, others: Matrix) {
    var (rest, others) = (call, Matrix())
    for option in ["--weights-x", "--weights-error"] {
      guard let name = call.call.texts(option).last, let found = weights.first(where: { $0.name == name })
      else { continue }
      rest.replace(option, with: [])
      others = Matrix(
        given: others.given + [Call.Given(option, found.path)], needs: others.needs + [found.step])
    }
    return (rest, others)
  }
}
