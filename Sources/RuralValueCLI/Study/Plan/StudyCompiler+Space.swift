import RuralValue
import RuralValueFormats

extension StudyCompiler {
  /// Spatial weights, each under the name that the study gives it.
  mutating func compileWeights() {
    guard let block = blocks["weights"], let members = block.block(in: text) else { return }
    for (name, node) in members {
      var call = StudyCall(path: node.path, verb: WeightsCommand.definition)
      var file = node.value.word
      if file == nil {
        call = StudyCall(
          node, verb: WeightsCommand.definition, own: ["file", "title"], without: ["--out"], in: text)
        file = call.own["file"]?.word(in: text, expected: "the name of a file")
      }
      guard let file else {
        if call.own["file"] == nil {
          text.noteMissing(
            node.path, "there is no key \"file\"; expected polygons (GeoJSON), points or a weights file.")
        }
        continue
      }
      requireFile(file, at: "\(node.path).file")
      if let values = call.value("--values") { requireFile(values, at: "\(node.path).values") }
      if polygons == nil, file.lowercased().hasSuffix("json") { polygons = file }
      let slug = StudyNames.slug(name)
      let step = add(
        "weights-\(slug)", path: node.path, .space,
        title(call, Phrase("Spatial weights: \(name)", zh: "空间权重矩阵：\(name)")),
        verb: WeightsCommand.definition, input: file, call.words, product: "\(slug).csv")
      weights.append((name, "\(folder(step))/\(slug).csv", step))
    }
  }

  /// Moran's I of each variable, year by year.
  mutating func compileMoran() {
    guard let block = blocks["moran"] else { return }
    let (call, matrix) = spatialCall(block, verb: MoranCommand.definition)
    for variable in variables(call) {
      add(
        StudyNames.step("moran", variable), path: block.path, .space,
        Phrase("Spatial autocorrelation of \(variable) by year", zh: "\(variable)的历年空间自相关"),
        verb: MoranCommand.definition, input: analysis.path,
        analysis.words + ["--variable", variable] + matrix.words + call.words,
        needs: analysis.needs + matrix.needs)
    }
  }

  /// Hot and cold spots of all variables, in one table that a map can show.
  mutating func compileHotspots() {
    guard let block = blocks["hotspots"] else { return }
    let (call, matrix) = spatialCall(block, verb: HotspotCommand.definition)
    let names = variables(call)
    guard !names.isEmpty else { return }
    let years = call.value("--growth")
    let title = years.map {
      Phrase("Hot and cold spots of growth rates, \($0)", zh: "增长率热点与冷点（\($0)）")
    }
    let step = add(
      "hotspots", path: block.path, .space, title ?? Phrase("Hot and cold spots", zh: "热点与冷点"),
      verb: HotspotCommand.definition, input: analysis.path,
      analysis.words + ["--variable", names.joined(separator: ",")] + matrix.words + call.words,
      needs: analysis.needs + matrix.needs, feeds: true)
    hotspots = StudyTable(
      path: "\(folder(step))/hotspot_classes.csv", step: step, words: [], columns: names)
  }

  /// The call of a block about variables on one weights matrix, with the study's seed, and the matrix's words.
  private func spatialCall(
    _ block: StudyNode, verb: CommandDefinition
  ) -> (call: StudyCall, matrix: (words: [String], needs: [String])) {
    var call = modelCall(
      block, verb: verb, own: ["variables", "weights"], without: ["--variable", "--weights", "--id"])
    requireOptionColumns(call, of: analysis)
    let matrix = weightsWords(call, severalAllowed: false)
    call.addDefault("--seed", output.seed.map { "\($0)" })
    return (call, matrix)
  }

  /// The variables of a block, by default the indices.
  private func variables(_ call: StudyCall) -> [String] {
    guard let node = call.own["variables"] else {
      guard let indices = system?.indices else {
        text.noteMissing(call.path, "there is no key \"variables\"; expected variables: [\"V\"].")
        return []
      }
      return indices
    }
    let names = node.words(in: text).firstAppearances
    requireColumns(names, of: analysis, at: node.path)
    return names
  }

  /// The words for the weights of a block, by default the first of the study, and the steps they need.
  func weightsWords(_ call: StudyCall, severalAllowed: Bool) -> (words: [String], needs: [String]) {
    let known = weights.map(\.name)
    guard let node = call.own["weights"] else {
      guard let main = weights.first else {
        text.noteMissing(
          call.path,
          "there are no weights; expected a block weights: { queen: { file: \"counties.geojson\", rule: \"queen\" } }."
        )
        return ([], [])
      }
      return (["--weights", main.path], [main.step])
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
    return (["--weights", found.map(\.path).joined(separator: ",")], found.map(\.step))
  }
}
