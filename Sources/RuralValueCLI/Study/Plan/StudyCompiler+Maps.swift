import RuralValue
import RuralValueFormats

extension StudyCompiler {
  /// Graded maps, overlays, hot spots and study areas.
  mutating func compileMaps() {
    guard let node = blocks["maps"] else { return }
    for (index, block) in node.blocks(in: text, expected: "a list of maps").enumerated() {
      compileMap(block, number: index + 1)
    }
  }

  private mutating func compileMap(_ block: StudyNode, number: Int) {
    let call = StudyCall(
      block, verb: MapCommand.definition, own: ["name", "file", "table", "caption"],
      without: StudyCall.reading, in: text)
    let name = name(call, default: "\(number)")
    let named = call.own["file"]?.word(in: text, expected: "the name of a GeoJSON file")
    guard let file = named ?? polygons else {
      text.note(block.path, "there are no polygons; expected file: \"counties.geojson\".")
      return
    }
    if named != nil { requireFile(file, at: "\(block.path).file") }
    let table = table(call)
    let caption = call.own["caption"]?.word(in: text, expected: "a sentence") ?? call.value("--title")
    let title = caption.map(Phrase.init(verbatim:)) ?? Phrase("Map: \(name)", zh: "地图：\(name)")
    let slug = StudyNames.slug(name)
    add(
      "map-\(slug)", path: block.path, .maps, title, verb: MapCommand.definition, input: file,
      table.words + call.words, needs: table.needs, product: "\(slug).svg")
  }

  /// The words for the table behind a map: what the study names, the hot-spot classes or the panel of the models.
  private func table(_ call: StudyCall) -> (words: [String], needs: [String]) {
    if let node = call.own["table"] {
      guard let file = node.word(in: text, expected: "the name of a CSV file") else { return ([], []) }
      requireFile(file, at: node.path)
      return (["--table", file], [])
    }
    if call.has("--hot") {
      guard let hotspots else {
        text.note(
          call.path, "\"hot\" needs the block hotspots: { variables: [\"V\"], growth: \"2012:2022\" }.")
        return ([], [])
      }
      requireColumns(
        (call.value("--hot") ?? "").split(separator: ",").map(String.init), of: hotspots,
        at: call.places["--hot"] ?? call.path)
      return (["--table", hotspots.path], hotspots.needs)
    }
    guard call.has("--fill") || call.has("--circles") else { return ([], []) }
    for option in ["--fill", "--circles"] {
      let columns = (call.value(option) ?? "").split { $0 == "," || $0 == "+" }.map(String.init)
      requireColumns(columns, of: analysis, at: call.places[option] ?? call.path)
    }
    // A map reads a table by its keys alone, so that a panel cut by --periods or --where shows all its rows.
    var words = ["--table", analysis.path]
    for option in ["--unit", "--time"] + OptionDefinition.csv.map(\.name) {
      if let place = analysis.words.firstIndex(of: option), place + 1 < analysis.words.count {
        words += [option, analysis.words[place + 1]]
      }
    }
    return (words, analysis.needs)
  }
}
