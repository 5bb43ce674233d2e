import RuralValue
import RuralValueFormats

/// The call that a block of a study makes, with the places of its options, and the keys that are the study's own.
struct StudyCall {
  /// The block's place: `models.gmm[0]`.
  let path: String
  private(set) var call: Call
  /// The values of the study's own keys.
  private(set) var own: [String: StudyNode] = [:]
  /// The places of the options that the block gives, by their names.
  private(set) var places: [String: String] = [:]

  /// A call without options, for a block that has none.
  init(path: String, verb: any Command.Type) {
    self.path = path
    call = Call(verb)
  }

  /// Reads a block, or `true` for a block without keys.
  ///
  /// What the study says once for all steps is no key, nor are the options in `hidden`. `names` are columns that
  /// the block may call otherwise than the table.
  init(
    _ node: StudyNode, verb: any Command.Type, own ownKeys: [String],
    without hidden: [OptionDefinition] = [], calling names: [String: String] = [:], in text: StudyText
  ) {
    self.init(path: node.path, verb: verb)
    if node.value == .boolean(true) { return }
    // What a verb has of its own, such as the label of `map`, is a key though every verb has one of the name.
    let verbs = Set(verb.optionDefinitions.prefix(verb.ownOptionCount).map(\.name))
    let shared = DeliveryOptions.options.map(\.definition).filter {
      $0.key != "label" || !verbs.contains($0.name)
    }
    let noKeys = Set((shared + hidden).map(\.name))
    let options = call.options.filter { !noKeys.contains($0.name) && !ownKeys.contains($0.key) }
    for (key, member) in node.members(known: ownKeys + options.map(\.key), in: text) {
      guard let option = options.first(where: { $0.key == key }) else {
        own[key] = member
        continue
      }
      places[option.name] = member.path
      guard let texts = member.texts(for: option, in: text) else { continue }
      do {
        try call.set(option.name, texts: texts.map { Self.renamed($0, option.shape, names) })
      } catch {
        text.note(member.path, error)
      }
    }
  }

  /// What the block gives, in its order.
  var given: [Call.Given] { call.given }

  /// What the options that are given name, in their order.
  var mentions: [(option: String, what: OptionMention)] {
    let all = call.mentions
    return given.map(\.name).firstAppearances.flatMap { name in all.filter { $0.option == name } }
  }

  /// The columns that the options name.
  var columns: [String] { mentions.compactMap(\.what.column) }

  /// The model's formula, where there is one that can be read.
  var formula: FormulaSpecification? {
    let option = call.options.first { $0.shape == .formula }
    return option.flatMap { call.texts($0.name).last }.flatMap { try? FormulaSpecification($0) }
  }

  /// Whether the block has the option, readable or not.
  func has(_ option: String) -> Bool { places[option] != nil }

  /// Whether the verb takes spatial weights, of which the study has some by name.
  var takesWeights: Bool {
    call.options.contains { $0.name == "--weights" && $0.shape == .weights }
  }

  /// Sets an option of the verb that the study provides where the block does not.
  mutating func setDefault(_ option: String, _ value: String?) {
    guard let value, !has(option), call.options.contains(where: { $0.name == option }) else { return }
    replace(option, with: [value])
  }

  /// Puts other values in the place of an option's; none takes it out. They must be such as can be read.
  mutating func replace(_ option: String, with texts: [String]) { try? call.set(option, texts: texts) }

  /// The call with the options of another block in the place of its own.
  func overridden(by other: StudyCall) -> StudyCall {
    var base = self
    // A flag that is false, or an empty list, takes out what the other call has.
    for option in other.places.keys where !other.call.gives(option) { base.replace(option, with: []) }
    var variant = other
    // Both have been read, and so can be read again.
    variant.call = (try? base.call.overridden(by: other.call)) ?? other.call
    return variant
  }

  /// A column, or a condition on one, with the column's name in the table.
  private static func renamed(_ text: String, _ shape: OptionShape, _ names: [String: String]) -> String {
    switch shape {
    case .column: return names[text] ?? text
    case .condition:
      guard let condition = try? RowCondition(text), let name = names[condition.column],
        let sign = text.firstIndex(where: { "=!<>".contains($0) })
      else { return text }
      return name + text[sign...]
    default: return text
    }
  }
}

extension StudyNode {
  /// The texts that an option would be given as words, one each time; notes a value that it cannot have.
  func texts(for option: OptionDefinition, in text: StudyText) -> [String]? {
    guard let valueName = option.value else {
      if case .boolean(let isOn) = value { return isOn ? [""] : [] }
      text.note(path, "found \(value.found); expected true or false.")
      return nil
    }
    let texts = texts(in: text, expected: "\(valueName): \(option.help)")
    if texts.isEmpty { return nil }
    return option.repeats ? texts : [texts.joined(separator: ",")]
  }
}

extension Call.Given {
  /// An option and its text, none for a flag.
  init(_ name: String, _ text: String = "") { self.init(name: name, text: text) }
}

extension Call {
  /// Takes over what is given elsewhere: an option that is given once at most in the place of what there was, others
  /// behind it.
  mutating func take(_ given: [Given]) throws {
    let repeating = Set(options.filter(\.repeats).map(\.name))
    for option in given {
      if repeating.contains(option.name) {
        try add(option.name, option.text)
      } else {
        try set(option.name, texts: [option.text])
      }
    }
  }
}
