import RuralValue
import RuralValueFormats

/// Graded maps, overlays, hot spots, clusters and study areas.
enum MapBlock: StudyBlock {
  static let keys = ["maps"]

  static func compile(_ node: StudyNode, into study: inout StudyCompiler) {
    for (index, block) in node.blocks(in: study.text, expected: "a list of maps").enumerated() {
      compileMap(block, number: index + 1, into: &study)
    }
  }

  private static func compileMap(_ block: StudyNode, number: Int, into study: inout StudyCompiler) {
    let text = study.text
    let call = StudyCall(
      block, verb: MapCommand.self, own: ["name", "file", "table", "caption", "ellipses"],
      without: TableInput.reading,
      in: text)
    let name = study.name(call, default: "\(number)")
    let named = call.own["file"]?.word(in: text, expected: "the name of a file of polygons")
    guard let file = named ?? study.polygons else {
      text.note(block.path, "there are no polygons; expected file: \"counties.geojson\".")
      return
    }
    if named != nil { study.requireFile(file, at: "\(block.path).file") }
    let table = table(call, in: study)
    study.requireMentions(
      call, of: table ?? StudyTable(), file: study.attributes(of: file))
    let ellipses = call.own["ellipses"].flatMap(study.ellipses)
    let caption =
      call.own["caption"]?.word(in: text, expected: "a sentence") ?? call.call.texts("--title").last
    let slug = StudyNames.slug(name)
    study.add(
      "map-\(slug)", path: block.path, .maps,
      caption.map(Phrase.init(verbatim:)) ?? Phrase("Map: \(name)", zh: "地图：\(name)"), verb: MapCommand.self,
      input: file,
      (table.map { [Call.Given("--table", $0.path)] + $0.reading } ?? [])
        + (ellipses.map { [Call.Given("--ellipses", $0.path)] } ?? []) + call.given,
      needs: (table?.needs ?? []) + (ellipses?.needs ?? []), product: "\(slug).svg")
  }

  /// The table behind a map: what the study names, the hot-spot classes or the panel of the models, which is read by
  /// its keys alone, so that a panel cut by `periods` or `where` shows all its rows.
  private static func table(_ call: StudyCall, in study: StudyCompiler) -> StudyTable? {
    if let node = call.own["table"] {
      guard let file = node.word(in: study.text, expected: "the name of a CSV file") else { return nil }
      if let measure = study.measures.first(where: { $0.step == file }) { return measure }
      guard study.requireFile(file, at: node.path) else { return nil }
      return StudyTable(path: file, columns: study.table(file, at: node.path)?.columnNames)
    }
    if call.has("--hot") {
      if study.hotspots == nil {
        study.text.note(
          call.path, "\"hot\" needs the block hotspots: { variables: [\"V\"], growth: \"2012:2022\" }.")
      }
      return study.hotspots
    }
    if call.has("--lisa") {
      return clusters(call.call.texts("--lisa").joined(separator: ","), at: call.path, in: study)
    }
    if call.has("--warning") { return warnings(call, in: study) }
    guard call.has("--fill") || call.has("--circles") else { return nil }
    // Where the panel lacks a column, a measure that the study takes may have it.
    let names = call.columns
    let measure = study.measures.first { measure in names.allSatisfy { !measure.lacks($0) } }
    return names.contains(where: study.analysis.lacks) ? measure ?? study.analysis : study.analysis
  }

  /// The colours that a block of evaluation writes: the first that has the columns.
  private static func warnings(_ call: StudyCall, in study: StudyCompiler) -> StudyTable? {
    guard !study.warnings.isEmpty else {
      study.text.note(
        call.path,
        "\"warning\" needs the block evaluate: { scorecard: \"card.csv\" }, whose colours it shows.")
      return nil
    }
    let names = call.call.texts("--warning").flatMap { listed($0) }
    return study.warnings.first { table in !names.contains { table.lacks($0) } } ?? study.warnings.first
  }

  /// The classes of local Moran's I of one variable, which a step of `moran` writes.
  private static func clusters(
    _ variable: String, at path: String, in study: StudyCompiler
  ) -> StudyTable? {
    let known = study.clusters[variable]
    if known == nil {
      study.text.note(
        StudyNode.path(path, "lisa"),
        "there is no block moran: { variables: [\"\(variable)\"], local: true }, whose classes it would show; expected that,"
          + " or a file of classes in \"table\".")
    }
    return known
  }
}
