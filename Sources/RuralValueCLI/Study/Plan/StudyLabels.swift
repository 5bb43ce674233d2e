import RuralValue
import RuralValueFormats

/// What a study calls its variables in all of its steps.
struct StudyLabels {
  /// The labels as calls write them.
  private(set) var texts: [String] = []
  /// The files of labels that the study names, with their places.
  private(set) var files: [(path: String, place: String)] = []

  /// Labels of a call of `study` behind those of its file.
  mutating func take(_ labels: LabelOptions) {
    texts += labels.texts
    files += labels.files.map { ($0, "labels") }
  }

  /// Reads the block `labels`: a file or several, or words by name, as in `{ P: "Population flow", V: { label: "Value",
  /// label_zh: "价值", unit: "index" } }`.
  init(_ node: StudyNode, in text: StudyText) {
    guard case .object = node.value else {
      let names = node.texts(
        in: text, expected: "a file of labels, or a block such as { P: \"Population flow\" }")
      for (name, place) in zip(names, node.elements().map(\.path)) {
        if VariableLabels.Label(name) == nil { files.append((name, place)) } else { texts.append(name) }
      }
      return
    }
    for (name, member) in node.block(in: text) ?? [] {
      var words = ""
      var more = ""
      if case .object = member.value {
        for (key, part) in member.members(known: ["label", "label_zh", "unit"], in: text) {
          guard let word = part.word(in: text) else { continue }
          switch key {
          case "label": words = word
          case "label_zh": more += ";zh=\(word)"
          default: more += ";unit=\(word)"
          }
        }
      } else if let word = member.word(in: text, expected: "a label, such as \"Population flow\"") {
        words = word
      } else {
        continue
      }
      let quoted = name.contains("=") || name.contains(",") ? "`\(name)`" : name
      let label = "\(quoted)=\(words)\(more)"
      if VariableLabels.Label(label) == nil {
        text.note(member.path, "is empty; expected a label, such as \"Population flow\".")
      } else {
        texts.append(label)
      }
    }
  }

  /// No labels.
  init() {}

  /// What a step's call says of labels: the study's files, the indicator system where the call names one of its columns,
  /// and the words for names that the call names, or for all where it names no column.
  func given(for call: Call, system: (file: String, columns: Set<String>)?) -> [Call.Given] {
    var named: Set<String> = []
    for (_, what) in call.mentions {
      switch what {
      case .column(let name), .factor(let name), .term(let name), .property(let name): named.insert(name)
      case .file: break
      }
    }
    // An indicator system names columns and indices that the call does not.
    let hasSystem = call.gives("--indicators") || call.gives("--scorecard")
    func isNamed(_ name: String) -> Bool {
      named.isEmpty || hasSystem || [name, "ln_\(name)", "ln\(name)"].contains(where: named.contains)
        || named.contains { $0.split(separator: "+").contains { $0 == name } }
    }
    var given = files.map { Call.Given("--label-file", $0.path) }
    if let system, !hasSystem, !named.isEmpty, system.columns.contains(where: isNamed) {
      given.insert(Call.Given("--label-file", system.file), at: 0)
    }
    return given
      + texts.filter { text in
        VariableLabels.Label(text).map { isNamed($0.name) || isComposed($0.name) } ?? false
      }
      .map { Call.Given("--label", $0) }
  }

  /// Whether a name is one that no call names by itself: of a term, or of a parameter.
  private func isComposed(_ name: String) -> Bool {
    name.contains { ":*^(+".contains($0) } || ["rho", "lambda", "sigma2", "theta"].contains(name)
  }
}
