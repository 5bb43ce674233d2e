import RuralValue

/// The words of a call, sorted into inputs and options.
struct ParsedArguments {
  let command: CommandDefinition
  let inputs: [String]
  let words: [String]
  /// The options that have a value, in the order of the call.
  private(set) var occurrences: [(option: String, value: String)] = []
  private var values: [String: [String]] = [:]
  private var flags: Set<String> = []

  /// Sorts the words after the verb.
  ///
  /// An option's value follows it, or stands behind `=`; what follows `--` is an input.
  /// Throws `UsageError` for an unknown option, a value that is absent or not allowed, or too many inputs.
  init(_ words: [String], command: CommandDefinition) throws(UsageError) {
    self.command = command
    self.words = words
    let options = Dictionary(uniqueKeysWithValues: command.allOptions.map { ($0.name, $0) })
    var inputs: [String] = []
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
      guard let option = options[parts[0]] else {
        throw .unknownOption(parts[0], command: command.name, options: command.allOptions.map(\.name))
      }
      guard let valueName = option.value else {
        guard parts.count == 1 else { throw .unexpectedValue(option: option.name, value: parts[1]) }
        flags.insert(option.name)
        continue
      }
      guard let value = parts.count == 2 ? parts[1] : rest.popFirst(),
        parts.count == 2 || option.holdsWords || !value.hasPrefix("--")
      else { throw .missingValue(option: option.name, value: valueName) }
      guard option.choices.isEmpty || option.choices.contains(value) else {
        throw .notAChoice(option: option.name, found: value, choices: option.choices)
      }
      guard option.repeats || values[option.name] == nil else { throw .givenTwice(option: option.name) }
      values[option.name, default: []].append(value)
      occurrences.append((option.name, value))
    }
    guard command.inputs.contains(inputs.count) else {
      throw .wrongInputCount(command: command.name, found: inputs.count, usage: command.usage)
    }
    self.inputs = inputs
  }

  /// Whether the answer becomes a JSON document, so that tables that only stand there are worth making.
  var wantsJSON: Bool { has("--json") || list("--format").contains("json") }

  /// Whether a flag is given.
  func has(_ flag: String) -> Bool { flags.contains(flag) }

  /// An option's value, or nil.
  func text(_ option: String) -> String? { values[option]?.last }

  /// All values of an option that may be given more than once.
  func texts(_ option: String) -> [String] { values[option] ?? [] }

  /// A list of names separated by commas, over all times that the option is given.
  func list(_ option: String) -> [String] {
    texts(option).flatMap { $0.split(separator: ",") }.map { CellText.trimmed(String($0)) }.filter {
      !$0.isEmpty
    }
  }

  /// An option's value as one of the cases of an enumeration.
  func choice<Choice: RawRepresentable<String>>(_ option: String, default standard: Choice) -> Choice {
    text(option).flatMap(Choice.init) ?? standard
  }

  /// A whole number within a range.
  func integer(_ option: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
    guard let text = text(option) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      let expected =
        range.upperBound == .max && Int(text) != nil
        ? "a whole number of at least \(range.lowerBound)"
        : "a whole number from \(range.lowerBound) to \(range.upperBound)"
      throw .notANumber(option: option, found: text, expected: expected)
    }
    return number
  }

  /// A finite number.
  func number(_ option: String) throws(UsageError) -> Double? {
    guard let text = text(option) else { return nil }
    guard let number = PlainDecimal.value(of: text) else {
      throw .notANumber(option: option, found: text, expected: "a number")
    }
    return number
  }

  /// A range of periods, `2016:2020`, with either end open.
  func periods(_ option: String) throws(UsageError) -> ClosedRange<Int>? {
    guard let text = text(option) else { return nil }
    let ends = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let first = ends[0].isEmpty ? Int.min : Int(ends[0])
    let last = ends[ends.count - 1].isEmpty ? Int.max : Int(ends[ends.count - 1])
    guard ends.count <= 2, text != ":", !text.isEmpty, let first, let last, first <= last else {
      throw .notANumber(option: option, found: text, expected: "periods such as 2016:2020, 2016: or :2020")
    }
    return first...last
  }
}
