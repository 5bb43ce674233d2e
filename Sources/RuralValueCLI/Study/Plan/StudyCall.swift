import RuralValue
import RuralValueFormats

/// The options that a block of a study gives to a verb, and the keys that are the study's own.
struct StudyCall {
  /// The block's place: `models.gmm[0]`.
  let path: String
  /// The words for the verb: `--formula`, `V ~ P`, `--center`.
  private(set) var words: [String] = []
  /// The values of the study's own keys.
  private(set) var own: [String: StudyNode] = [:]
  /// The places of the options, by their names with dashes.
  private(set) var places: [String: String] = [:]
  /// The verb whose options these are.
  let verb: CommandDefinition

  /// Options that a study sets itself, from its blocks `output` and `panel`.
  private static let reserved: Set<String> = [
    "--out", "--format", "--json", "--lang", "--digits", "--stars", "--quiet", "--help",
  ]
  /// How a file is read: known for the panel, and nothing to choose for tables that the study makes.
  static let reading: Set<String> = [
    "--unit", "--time", "--encoding", "--separator", "--header-rows", "--skip-lines", "--skip-footer",
  ]

  /// An empty call, for a block that is not there.
  init(path: String, verb: CommandDefinition) {
    self.path = path
    self.verb = verb
  }

  /// Reads a block, or `true` for a block without keys.
  init(
    _ node: StudyNode, verb: CommandDefinition, own ownKeys: [String], without hidden: Set<String> = [],
    in text: StudyText
  ) {
    self.init(path: node.path, verb: verb)
    if node.value == .boolean(true) { return }
    let options = verb.allOptions.filter { option in
      !Self.reserved.contains(option.name) && !hidden.contains(option.name)
    }
    let names = options.map { String($0.name.dropFirst(2)) }.filter { !ownKeys.contains($0) }
    for (key, member) in node.members(known: ownKeys + names, in: text) {
      if ownKeys.contains(key) {
        own[key] = member
      } else if let option = options.first(where: { $0.name == "--\(key)" }) {
        add(option, member, in: text)
      }
    }
  }

  /// Whether an option is given.
  func has(_ option: String) -> Bool { places[option] != nil }

  /// An option's first value.
  func value(_ option: String) -> String? {
    guard let place = words.firstIndex(of: option), place + 1 < words.count else { return nil }
    return words[place + 1]
  }

  /// Adds words that the study itself provides, unless the block gives the option.
  mutating func addDefault(_ option: String, _ value: String?) {
    guard let value, !has(option), verb.options.contains(where: { $0.name == option }) else { return }
    words += [option, value]
  }

  /// Takes an option out, or puts other values in its place.
  mutating func replace(_ option: String, with values: [String]) {
    let takesValue = verb.allOptions.first { $0.name == option }?.value != nil
    while let place = words.firstIndex(of: option) {
      words.removeSubrange(place..<min(place + (takesValue ? 2 : 1), words.count))
    }
    words.removeAll { $0.hasPrefix("\(option)=") }
    for value in values { words += [option, value] }
  }

  /// The call with the options of another block in the place of its own.
  func overridden(by other: StudyCall) -> StudyCall {
    var call = StudyCall(path: other.path, verb: verb)
    call.words = words
    call.places = places
    for option in other.places.keys.sorted() { call.replace(option, with: []) }
    call.words += other.words
    call.places.merge(other.places) { $1 }
    return call
  }

  /// Calls columns otherwise where conditions and clusters name them.
  mutating func rename(_ names: [String: String]) {
    for place in words.indices.dropFirst() {
      let value = words[place]
      if words[place - 1] == "--where", let condition = try? RowCondition(value),
        let name = names[condition.column], let sign = value.firstIndex(where: { "=!<>".contains($0) })
      {
        words[place] = name + value[sign...]
      } else if words[place - 1] == "--cluster", let name = names[value] {
        words[place] = name
      }
    }
  }

  /// Adds one option as the block has it: a flag, a value, or a list.
  mutating func add(_ option: OptionDefinition, _ node: StudyNode, in text: StudyText) {
    places[option.name] = node.path
    guard let valueName = option.value else {
      switch node.value {
      case .boolean(true): words.append(option.name)
      case .boolean(false): break
      default: text.note(node.path, "found \(node.value.found); expected true or false.")
      }
      return
    }
    let values = node.texts(in: text, expected: "\(valueName): \(option.help)")
    guard !values.isEmpty else { return }
    // A value that begins with dashes would be read as an option.
    for value in option.repeats ? values : [values.joined(separator: ",")] {
      words += value.hasPrefix("--") ? ["\(option.name)=\(value)"] : [option.name, value]
    }
  }
}
