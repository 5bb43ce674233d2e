import RuralValue
import RuralValueFormats

/// The paper's tables and figures in its order and with its numbers; without the block those that a paper would show.
enum PaperBlock: StudyBlock {
  static let keys = ["paper"]
  private static let ownKeys = ["table", "figure", "of", "rows", "title"]
  private static let expected =
    "a list such as [{ table: 4, of: \"gmm-products\" }, { figure: 3, of: \"map-overlay\" }], or false for none"

  static func compile(_ node: StudyNode, into study: inout StudyCompiler) {
    if node.value == .boolean(false) { return }
    if node.value == .boolean(true) { return compileStandard(into: &study) }
    var places: [StudyExhibit.Kind: Set<Int?>] = [:]
    for block in node.blocks(in: study.text, expected: expected) {
      guard let exhibit = exhibit(block, in: study) else { continue }
      guard places[exhibit.kind, default: []].insert(exhibit.number).inserted else {
        study.text.note(block.path, "its number stands there already; expected a number of its own.")
        continue
      }
      study.exhibits.append(exhibit)
    }
  }

  private static func exhibit(_ node: StudyNode, in study: StudyCompiler) -> StudyExhibit? {
    let text = study.text
    let members = Dictionary(node.members(known: ownKeys, in: text).map { ($0.key, $0.node) }) { first, _ in
      first
    }
    let (kind, number): (StudyExhibit.Kind, Int)
    switch (members["table"], members["figure"]) {
    case (let table?, nil):
      guard let found = table.integer(in: 1...999, text) else { return nil }
      (kind, number) = (.table, found)
    case (nil, let figure?):
      guard let found = figure.integer(in: 1...999, text) else { return nil }
      (kind, number) = (.figure, found)
    default:
      if case .object = node.value {
        text.note(node.path, "expected one of table: 4 and figure: 3, the number in the paper.")
      }
      return nil
    }
    guard let of = members["of"] else {
      text.noteMissing(
        node.path, "there is no key \"of\"; expected the name of a step, such as of: \"gmm-products\".")
      return nil
    }
    guard let source = source(of, in: study) else { return nil }
    var exhibit = StudyExhibit(kind: kind, number: number, source: source)
    exhibit.title = members["title"]?.word(in: text).map { Phrase(verbatim: $0) }
    for (column, values) in members["rows"]?.block(in: text) ?? [] {
      exhibit.rows.append((column, values.texts(in: text, expected: "a value, or a list of values")))
    }
    return exhibit
  }

  /// `gmm-products`, `entropy/weight_summary`, or `variables`.
  private static func source(_ node: StudyNode, in study: StudyCompiler) -> StudyExhibit.Source? {
    guard let word = node.word(in: study.text, expected: "the name of a step") else { return nil }
    if word == "variables" { return .variables }
    let parts = word.split(separator: "/", maxSplits: 1).map { CellText.trimmed(String($0)) }
    let known = study.steps.map(\.name)
    guard let step = parts.first, known.contains(step) else {
      study.text.note(
        node.path,
        "there is no step \"\(parts.first ?? "")\".\(NearestName.question(for: parts.first ?? "", among: known)) The steps"
          + " are: \(known.joined(separator: ", ")); and variables, what the models' variables are.")
      return nil
    }
    return .step(step, name: parts.count > 1 ? parts[1] : nil)
  }

  /// Study area, indices, variables, models of panels, maps, models of space with their effects, models side by side.
  static func compileStandard(into study: inout StudyCompiler) {
    func add(_ kind: StudyExhibit.Kind, _ source: StudyExhibit.Source) {
      study.exhibits.append(.init(kind: kind, number: nil, source: source))
    }
    func table(_ step: StudyStep, _ name: String? = nil) { add(.table, .step(step.name, name: name)) }
    func figure(_ step: StudyStep) { add(.figure, .step(step.name, name: nil)) }
    let maps = study.steps.filter { $0.command == MapCommand.definition.name }
    let areas = maps.filter { $0.call?.gives("--regions") ?? false }
    areas.forEach(figure)
    study.steps.filter { $0.command == EntropyCommand.definition.name }.forEach {
      table($0, "weight_summary")
    }
    if !study.models.isEmpty { add(.table, .variables) }
    let models = study.models.compactMap { model in study.steps.first { $0.name == model.step } }
    models.filter { $0.chapter != .spatialModel }.forEach { table($0) }
    maps.filter { map in !areas.contains { $0.name == map.name } }.forEach(figure)
    for model in models where model.chapter == .spatialModel {
      table(model)
      table(model, "effects_wide")
    }
    study.steps.filter { $0.chapter == .comparison }.forEach { table($0) }
  }
}
