import RuralValue

/// A call of a verb: its inputs, the options that are given, in their order, and the verb with their values.
struct Call: Sendable {
  /// The verb.
  let verb: any Command.Type
  /// What is given, in the order of the call.
  private(set) var given: [Given] = []
  /// The verb with every option's value: what is given, else the default.
  private(set) var command: any Command

  /// One option as a call gives it.
  struct Given: Sendable, Equatable {
    /// The name with its dashes.
    let name: String
    /// What is given; empty for a flag.
    let text: String
  }

  /// A call without options.
  init(_ verb: any Command.Type, inputs: [String] = []) {
    self.verb = verb
    command = verb.standard()
    self.inputs = inputs
  }

  /// The words of the call that are no options: files.
  var inputs: [String] {
    get { command.call.inputs }
    set { command.call.inputs = newValue }
  }

  /// How wide pictures are on paper, which a study says for all of its calls.
  var figureWidth: PictureWidth? {
    get { command.call.studyWidth }
    set { command.call.studyWidth = newValue }
  }

  /// The call as a step of a study makes it: without new columns that the data do not allow, and with what the steps
  /// before it say of columns.
  func inStudy(saying meanings: [ColumnMeaning]) -> Call {
    var call = self
    (call.command.call.leavesOutImpossibleColumns, call.command.call.meanings) = (true, meanings)
    return call
  }

  /// The options that the verb has, its own and those of every verb.
  var options: [OptionDefinition] { verb.optionDefinitions }

  /// Reads the words after the verb.
  ///
  /// An option's value follows it, or stands behind `=`; what follows `--` is an input.
  /// Throws `UsageError` for an unknown option, a value that is absent or not allowed, or too many inputs.
  init(_ words: [String], of verb: any Command.Type) throws {
    self.init(verb)
    let options = verb.optionDefinitions
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        inputs += rest
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        inputs.append(word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let option = try definition(parts[0], among: options)
      guard let valueName = option.value else {
        guard parts.count == 1 else {
          throw UsageError.unexpectedValue(option: option.name, value: parts[1])
        }
        if !gives(option.name) { try put(option.name, "") }
        continue
      }
      guard let value = parts.count == 2 ? parts[1] : rest.popFirst(),
        parts.count == 2 || option.shape == .call || !value.hasPrefix("--")
      else { throw UsageError.missingValue(option: option.name, value: valueName) }
      guard option.repeats || !gives(option.name) else {
        throw UsageError.givenTwice(option: option.name)
      }
      try put(option.name, value)
    }
    let definition = verb.definition
    guard definition.inputs.contains(inputs.count) else {
      throw UsageError.wrongInputCount(
        command: definition.name, found: inputs.count, usage: definition.usage)
    }
  }

  /// Sets an option, by its key or its name, to the texts that words would give, one each time it is given and an
  /// empty one for a flag; none takes it out. What the call had for it before goes.
  ///
  /// Throws the errors that the same words would have.
  mutating func set(_ key: String, texts: [String]) throws {
    let name = try definition(key).name
    let new = texts.map { Given(name: name, text: $0) }
    if gives(name) { return try rebuild(given.filter { $0.name != name } + new) }
    var call = self
    for option in new { try call.put(option.name, option.text) }
    self = call
  }

  /// Adds an option once more, behind what is given already: a step of preparation.
  mutating func add(_ key: String, _ text: String) throws { try put(try definition(key).name, text) }

  /// Whether an option is given.
  func gives(_ key: String) -> Bool { given.contains { $0.name == Self.name(key) } }

  /// What is given for an option, each time it is.
  func texts(_ key: String) -> [String] { given.filter { $0.name == Self.name(key) }.map(\.text) }

  /// The call with the options that another call of the verb gives in the place of its own.
  func overridden(by other: Call) throws -> Call {
    var call = self
    try call.rebuild(given.filter { !other.gives($0.name) } + other.given)
    return call
  }

  /// The columns, terms and files that the options name.
  var mentions: [(option: String, what: OptionMention)] { command.mentions }

  /// Throws for what is absent or contradicts itself.
  func check() throws { try command.checkAll() }

  /// Checks the call and carries it out.
  func run(_ inputs: InputReader) throws -> CommandAnswer {
    try check()
    return try command.run(inputs)
  }

  /// The words after the verb: inputs, then what is given.
  var words: [String] {
    let flags = Set(options.filter { $0.value == nil }.map(\.name))
    // A file whose name begins with a dash would be read as an option.
    return inputs.map { $0.hasPrefix("-") && $0 != "-" ? "./\($0)" : $0 }
      + given.flatMap { option in
        if flags.contains(option.name) { return [option.name] }
        // A value that begins with dashes would be read as an option, and -h as a question.
        return option.text.hasPrefix("--") || option.text == "-h"
          ? ["\(option.name)=\(option.text)"] : [option.name, option.text]
      }
  }

  /// The call as one would type it.
  var line: String {
    (["ruralvalue", verb.definition.name] + words).map(ShellText.quoted).joined(separator: " ")
  }

  private mutating func put(_ name: String, _ text: String) throws {
    command = try command.with(name, text)
    given.append(Given(name: name, text: text))
  }

  private mutating func rebuild(_ given: [Given]) throws {
    var call = Call(verb, inputs: inputs)
    for option in given { try call.put(option.name, option.text) }
    self = call
  }

  private func definition(_ key: String, among known: [OptionDefinition]? = nil) throws(UsageError)
    -> OptionDefinition
  {
    let options = known ?? self.options
    guard let option = options.first(where: { $0.name == Self.name(key) }) else {
      throw .unknownOption(key, command: verb.definition.name, options: options.map(\.name) + ["--help"])
    }
    return option
  }

  private static func name(_ key: String) -> String { key.hasPrefix("-") ? key : "--" + key }
}
