import RuralValue

/// One option of a verb, declared once: where its value goes, its name, its kind, its default, and a sentence
/// of help.
///
///     static let options: [Option<SDMCommand>] = [
///       Option(
///         \.specification.draws, "draws", .integer(0...1_000_000), default: 1000,
///         "simulated draws for the errors of effects; 0 for none"),
///       Option(\.specification.orders, "orders", .integer(0...20), "also the effects by order …"),
///       Option(\.checksOnly, "check", .flag, "say what would be run"),
///     ] + TableInput.options.lifted(\.table)
///
/// From the declaration come help with the default, parsing with its errors and the nearest name, the member
/// of `specification` in JSON (`no_tests`, typed, the value in force after the run), a study's key (`no-tests`),
/// and what `study --check` looks up (`OptionMention`). A default stands at the end of help, or where the
/// sentence has `{default}`. An option that must be given says why: `required: "the model, such as …"`. A group
/// that several verbs share is an `OptionGroup`, lifted into each.
///
/// A study makes a `Call` by setting options from its values, whatever the order, and asks it what it needs:
///
///     var call = Call(SDMCommand.self)
///     try call.set("draws", texts: ["500"])             // as --draws 500: the same errors
///     try call.set("no-tests", texts: [""])             // a flag; no text takes an option out
///     call.mentions                                     // every column, term and file inside every option
///     try call.check()                                  // what is absent or contradicts itself
///     try base.overridden(by: call).run(inputs)         // a variant: the other's options in place of its own
///     call.line                                         // words, made only to be shown
struct Option<Root>: Sendable {
  /// All about the option that does not depend on the type of its value.
  let definition: OptionDefinition
  /// Puts the default in its place.
  let reset: @Sendable (inout Root) -> Void
  /// Reads what a call gives, and puts it in its place. Throws `UsageError`, or what the value's type throws.
  let put: @Sendable (inout Root, String) throws -> Void
  /// The value in force as JSON has it.
  let json: @Sendable (Root) -> JSONValue
  /// The columns, terms and files that the value in force names.
  let mentions: @Sendable (Root) -> [OptionMention]
}

extension Option {
  /// An option whose value goes to `path`.
  init<Value>(
    _ path: OptionPlace<Root, Value>, _ name: String, _ kind: OptionKind<Value>,
    default standard: Value, required purpose: String? = nil, _ help: String
  ) {
    let definition = OptionDefinition(
      name, kind, default: kind.json(standard), required: purpose, help: help)
    self.definition = definition
    reset = { $0[keyPath: path] = standard }
    put = { root, text in
      let value = try kind.read(text, definition.name)
      root[keyPath: path] = kind.combine.map { $0(root[keyPath: path], value) } ?? value
    }
    json = { kind.json($0[keyPath: path]) }
    mentions = { kind.mentions($0[keyPath: path]) }
  }

  /// A flag, which is off unless it is given.
  init(
    _ path: OptionPlace<Root, Bool>, _ name: String, _ kind: OptionKind<Bool>, _ help: String
  ) {
    self.init(path, name, kind, default: kind.isNegative, help)
  }

  /// An option that has no default of its own: help says what holds without it.
  init<Value>(
    _ path: OptionPlace<Root, Value?>, _ name: String, _ kind: OptionKind<Value>,
    required purpose: String? = nil, _ help: String
  ) {
    self.init(path, name, kind.optional, default: nil, required: purpose, help)
  }

  /// A list that is empty unless it is given.
  init<Element>(
    _ path: OptionPlace<Root, [Element]>, _ name: String, _ kind: OptionKind<[Element]>,
    required purpose: String? = nil, _ help: String
  ) {
    self.init(path, name, kind, default: [], required: purpose, help)
  }

  /// An option that may be given more than once.
  init<Element>(
    repeating path: OptionPlace<Root, [Element]>, _ name: String, _ kind: OptionKind<Element>,
    required purpose: String? = nil, _ help: String
  ) {
    self.init(path, name, kind.repeated, default: [], required: purpose, help)
  }

  /// An option that adds to what other options add to as well, in the order of the call; `own` are the
  /// elements that it added itself.
  init<Element>(
    adding path: OptionPlace<Root, [Element]>, _ name: String, _ kind: OptionKind<Element>,
    own: @escaping @Sendable (Element) -> Bool, _ help: String
  ) {
    let kind = kind.repeated
    let definition = OptionDefinition(name, kind, default: .array([]), required: nil, help: help)
    self.definition = definition
    reset = { $0[keyPath: path] = [] }
    put = { $0[keyPath: path] += try kind.read($1, definition.name) }
    json = { kind.json($0[keyPath: path].filter(own)) }
    mentions = { kind.mentions($0[keyPath: path].filter(own)) }
  }

  /// The option of a group as the option of a verb that has the group at `path`.
  func lifted<Outer>(_ path: OptionPlace<Outer, Root>) -> Option<Outer> {
    Option<Outer>(
      definition: definition, reset: { reset(&$0[keyPath: path]) }, put: { try put(&$0[keyPath: path], $1) },
      json: { json($0[keyPath: path]) }, mentions: { mentions($0[keyPath: path]) })
  }

  /// The option of a verb that can do without it.
  var unrequired: Option {
    Option(
      definition: definition.unrequired, reset: reset, put: put, json: json, mentions: mentions)
  }

  /// The option's member of `specification`.
  func member(_ root: Root) -> JSONMember { JSONMember(definition.jsonKey, json(root)) }
}

/// Options that several verbs share, with their values.
protocol OptionGroup: Sendable {
  /// Every option at its default.
  init()
  /// The options, declared once.
  static var options: [Option<Self>] { get }
}

extension Array {
  /// A group's options as those of a verb that has the group at `path`.
  func lifted<Root, Outer>(_ path: OptionPlace<Outer, Root>) -> [Option<Outer>]
  where Element == Option<Root> {
    map { $0.lifted(path) }
  }
}

/// Where an option's value goes: `\SDMCommand.specification.draws`.
typealias OptionPlace<Root, Value> = any (WritableKeyPath<Root, Value> & Sendable)
