import RuralValue

/// What is to be known of an option without its value: for help, studies and completion.
struct OptionDefinition: Sendable, Equatable {
  /// The name with its dashes: `--lee-yu`.
  let name: String
  /// What stands for the value in help, or nil for a flag.
  let value: String?
  /// One sentence, with the default.
  let help: String
  /// What kind of value it is.
  let shape: OptionShape
  /// Whether a call may give it more than once.
  let repeats: Bool
  /// The default as help states it, where there is one to state.
  let standard: String?
  /// Why a call must give it, where it must.
  var purpose: String?

  /// The same where a call can do without the option.
  var unrequired: OptionDefinition {
    var definition = self
    definition.purpose = nil
    return definition
  }

  /// The key in a study: `lee-yu`.
  var key: String { String(name.dropFirst(2)) }
  /// The key in the JSON document's `specification`: `lee_yu`.
  var jsonKey: String { String(key.map { $0 == "-" ? "_" : $0 }) }

  /// The facts of an option of this kind.
  init<Value>(
    _ name: String, _ kind: OptionKind<Value>, default standard: JSONValue, required purpose: String?,
    help: String
  ) {
    self.name = "--" + name
    value = kind.placeholder
    shape = kind.shape
    repeats = kind.combine != nil
    self.purpose = purpose
    // What must be given, and what is on or off, has no default to state.
    let text =
      kind.placeholder == nil || purpose != nil
      ? nil : standard.optionText(separator: shape == .periods ? ":" : ",")
    self.standard = text
    let marked = help.split(separator: "{default}", omittingEmptySubsequences: false).map(String.init)
    let clause = text.map { "(default \($0))" } ?? ""
    self.help =
      marked.count > 1 ? marked.joined(separator: clause) : help + (text == nil ? "" : " \(clause)")
  }

  /// What a message calls the option where it is absent: `--weights W`, `--with`.
  var call: String { repeats ? name : value.map { "\(name) \($0.prefix { $0 != "[" })" } ?? name }
}

/// What kind of value an option takes.
enum OptionShape: Sendable, Equatable {
  case flag
  case integer(ClosedRange<Int>)
  case number
  case choice([String])
  /// Words that name nothing: a title.
  case text
  /// Several words, numbers or names that are no columns, separated by commas.
  case list
  case formula
  /// Terms or coefficients of a model.
  case terms
  /// Terms with their coefficients: `P=0.2,C=-0.05`.
  case coefficients
  case column
  case columns
  /// A property of polygons, or a column of the file as it stands.
  case property
  case file
  case folder
  /// A file that the call writes.
  case output
  /// Spatial weights.
  case weights
  case periods
  /// A condition on rows.
  case condition
  /// The words of another verb's call, which may begin with dashes.
  case call
}

/// What an option's value names that must be somewhere.
enum OptionMention: Sendable, Equatable {
  /// A column of the table that the call reads.
  case column(String)
  /// A property of the polygons that the call reads, or a column of its file as it stands.
  case property(String)
  /// A term of the model, or a coefficient by its name: `P:C`.
  case term(String)
  /// A variable inside the terms of the model.
  case factor(String)
  /// A file that the call reads.
  case file(String)

  /// The name, where it is a column's.
  var column: String? { if case .column(let name) = self { name } else { nil } }
}

extension JSONValue {
  /// The value as one would type it after an option; nil where there is nothing to type.
  fileprivate func optionText(separator: String) -> String? {
    switch self {
    case .null, .object: return nil
    case .boolean(let value): return "\(value)"
    case .integer(let value): return "\(value)"
    case .number(let value):
      return value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    case .string(let text): return text.isEmpty ? nil : text
    case .array(let values):
      let texts = values.map { $0.optionText(separator: separator) ?? "" }
      return texts.isEmpty ? nil : texts.joined(separator: separator)
    }
  }
}
