import RuralValue
import RuralValueFormats

/// What the study asks, for the report's first page: texts, or blocks that name the numbers that answer.
enum QuestionsBlock: StudyBlock {
  static let keys = ["questions"]
  private static let ownKeys = ["ask", "of", "numbers"]

  static func compile(_ node: StudyNode, into study: inout StudyCompiler) {
    for element in node.elements() {
      if let words = element.value.word {
        study.questions.append(.init(words: Phrase(verbatim: words), model: nil, numbers: []))
      } else if let question = question(element, in: study) {
        study.questions.append(question)
      }
    }
  }

  private static func question(_ node: StudyNode, in study: StudyCompiler) -> StudyQuestion? {
    guard case .object = node.value else {
      study.text.note(
        node.path,
        "found \(node.value.found); expected a question, or { ask: \"…\", of: \"main\", numbers: [\"rho\", \"total P\"] }."
      )
      return nil
    }
    let members = Dictionary(node.members(known: ownKeys, in: study.text).map { ($0.key, $0.node) }) {
      first, _ in first
    }
    guard let ask = members["ask"]?.word(in: study.text) else {
      if members["ask"] == nil {
        study.text.noteMissing(node.path, "there is no key \"ask\"; expected the question in words.")
      }
      return nil
    }
    let numbers = members["numbers"]?.texts(
      in: study.text, expected: "names of numbers, such as [\"rho\", \"total P\"]"
    ).map(CellText.trimmed)
    var model: StudyStep.ComparedModel?
    if let of = members["of"] {
      guard let named = study.model(named: of) else { return nil }
      model = .init(name: named.name, step: named.step)
    } else if numbers != nil, let only = study.models.first, study.models.count == 1 {
      model = .init(name: only.name, step: only.step)
    } else if let place = members["numbers"] {
      study.text.note(
        place.path,
        "the block names no model; expected of: \"…\" with one of: \(study.models.map(\.name).joined(separator: ", "))."
      )
    }
    return StudyQuestion(words: Phrase(verbatim: ask), model: model, numbers: numbers ?? [])
  }
}

extension StudyCompiler {
  /// The model or variant that a text names; notes where there is none of the name.
  func model(named node: StudyNode) -> CompiledModel? {
    guard let name = node.word(in: text, expected: "the name of a model").map(CellText.trimmed) else {
      return nil
    }
    let all = models + variants
    if let model = all.first(where: { $0.name == name }) { return model }
    let known = all.map(\.name)
    text.note(
      node.path,
      "there is no model \"\(name)\".\(NearestName.question(for: name, among: known)) The models are: "
        + "\(known.isEmpty ? "none" : known.joined(separator: ", ")).")
    return nil
  }
}
