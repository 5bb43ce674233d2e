import RuralValue
import RuralValueFormats

// What stands between the verbs that are declared and the words that other verbs, and studies, still use.

/// A verb as its words make it.
protocol Command {
  static var definition: CommandDefinition { get }
  init(_ arguments: ParsedArguments) throws
  func run(_ inputs: InputReader) throws -> CommandAnswer
}

extension OptionCommand {
  init(_ arguments: ParsedArguments) throws {
    let call = try Call(arguments.words, of: Self.self)
    try call.check()
    guard let verb = call.command as? Self else { throw UsageError.conflict("") }
    self = verb
  }
}

extension OptionGroup {
  init(_ arguments: ParsedArguments) throws {
    self.init()
    for option in Self.options {
      option.reset(&self)
      let name = option.definition.name
      if name == "--out", arguments.command.writesOneFile { continue }
      let texts = option.definition.value == nil ? (arguments.has(name) ? [""] : []) : arguments.texts(name)
      for text in texts { try option.put(&self, text) }
    }
  }
}

extension TableInput {
  init(words arguments: ParsedArguments) throws {
    try self.init(arguments)
    path = arguments.inputs[0]
  }
}

extension DeliveryOptions {
  init(words arguments: ParsedArguments) throws {
    try self.init(arguments)
    try check(given: Set(arguments.text("--format") == nil ? [] : ["--format"]))
  }
}

extension OptionDefinition {
  static let shared: [OptionDefinition] =
    DeliveryOptions.options.map(\.definition) + [OptionDefinition("--help", help: "this page")]
  static let table: [OptionDefinition] = TableInput.options.map(\.definition)
  static let csv: [OptionDefinition] = CSVOptions.options.map(\.definition)

  var holdsWords: Bool { shape == .call }

  init(_ name: String, _ value: String, repeats: Bool = false, _ help: String) {
    self.init(name, value: value, shape: value == "WORDS" ? .call : .text, repeats: repeats, help: help)
  }

  init(_ name: String, choices: [String], _ help: String) {
    self.init(
      name, value: choices.joined(separator: "|"), shape: .choice(choices), repeats: false, help: help)
  }

  init(_ name: String, help: String) {
    self.init(name, value: nil, shape: .flag, repeats: false, help: help)
  }

  private init(_ name: String, value: String?, shape: OptionShape, repeats: Bool, help: String) {
    self.name = name
    self.value = value
    self.shape = shape
    self.repeats = repeats
    self.help = help
    standard = nil
    purpose = nil
  }
}
