import RuralValue

/// A kind of option: how its value is read from what a call gives, and how it is recorded.
struct OptionKind<Value: Sendable>: Sendable {
  /// What drives checks and completion.
  let shape: OptionShape
  /// What stands for the value in help, or nil for a flag.
  var placeholder: String?
  /// The value behind a text; the second text is the option's name, for messages.
  var read: @Sendable (_ text: String, _ option: String) throws -> Value
  /// The value as JSON records it.
  let json: @Sendable (Value) -> JSONValue
  /// The columns, terms and files that the value names.
  var mentions: @Sendable (Value) -> [OptionMention] = { _ in [] }
  /// Puts the value behind those before it, where the option may be given more than once.
  var combine: (@Sendable (Value, Value) -> Value)? = nil
  /// Whether a flag turns off what is on without it.
  var isNegative = false

  /// The same with another word for the value in help.
  func called(_ placeholder: String) -> OptionKind {
    var kind = self
    kind.placeholder = placeholder
    return kind
  }

  /// The same for a value that may be absent.
  var optional: OptionKind<Value?> {
    OptionKind<Value?>(
      shape: shape, placeholder: placeholder, read: read, json: { $0.map(json) ?? .null },
      mentions: { $0.map(mentions) ?? [] })
  }

  /// The same for an option that may be given more than once.
  var repeated: OptionKind<[Value]> {
    OptionKind<[Value]>(
      shape: shape, placeholder: placeholder, read: { [try read($0, $1)] },
      json: { .array($0.map(json)) }, mentions: { $0.flatMap(mentions) }, combine: { $0 + $1 })
  }

  /// The same for a value of another type.
  func mapped<Other>(
    _ forward: @escaping @Sendable (Value) -> Other, _ back: @escaping @Sendable (Other) -> Value
  ) -> OptionKind<Other> {
    OptionKind<Other>(
      shape: shape, placeholder: placeholder, read: { forward(try read($0, $1)) }, json: { json(back($0)) },
      mentions: { mentions(back($0)) })
  }

  /// The same for fewer values; others are met with what was expected.
  func limited(to holds: @escaping @Sendable (Value) -> Bool, expected: String) -> OptionKind {
    var kind = self
    kind.read = { text, option in
      let value = try read(text, option)
      guard holds(value) else {
        throw UsageError.notANumber(option: option, found: text, expected: expected)
      }
      return value
    }
    return kind
  }
}

extension OptionKind where Value == Bool {
  /// On where it is given.
  static let flag = OptionKind(
    shape: .flag, placeholder: nil, read: { _, _ in true }, json: { .boolean($0) })

  /// Turns off what is on where it is not given; JSON records whether it is given.
  static let negativeFlag = OptionKind(
    shape: .flag, placeholder: nil, read: { _, _ in false }, json: { .boolean(!$0) }, isNegative: true)
}

extension OptionKind where Value == Int {
  /// A whole number within a range.
  static func integer(_ range: ClosedRange<Int>) -> OptionKind {
    OptionKind(
      shape: .integer(range), placeholder: "N",
      read: { text, option in
        guard let number = Int(text), range.contains(number) else {
          let expected =
            range.upperBound == .max && Int(text) != nil
            ? "a whole number of at least \(range.lowerBound)"
            : "a whole number from \(range.lowerBound) to \(range.upperBound)"
          throw UsageError.notANumber(option: option, found: text, expected: expected)
        }
        return number
      }, json: { .integer($0) })
  }

  /// One of a few whole numbers.
  static func choice(_ numbers: [Int]) -> OptionKind {
    OptionKind<String>.choice(among: numbers.map(String.init)).with(
      read: { Int($0) ?? 0 }, json: { .integer($0) })
  }
}

extension OptionKind where Value == UInt64 {
  /// The seed of random numbers.
  static let seed = OptionKind<Int>.integer(0...Int.max).mapped({ UInt64($0) }, { Int(clamping: $0) })
}

extension OptionKind where Value == Double {
  /// A finite number.
  static let number = OptionKind(
    shape: .number, placeholder: "X",
    read: { text, option in
      guard let number = PlainDecimal.value(of: text) else {
        throw UsageError.notANumber(option: option, found: text, expected: "a number")
      }
      return number
    }, json: { .number($0) })
}

extension OptionKind where Value == [Double] {
  /// Numbers separated by commas that hold what is expected of all of them.
  static func numbers(
    expected: String, where holds: @escaping @Sendable ([Double]) -> Bool
  ) -> OptionKind {
    OptionKind(
      shape: .list, placeholder: "LIST",
      read: { text, option in
        let words = listed(text)
        let numbers = words.compactMap { PlainDecimal.value(of: $0) }
        guard numbers.count == words.count, holds(numbers) else {
          throw UsageError.notANumber(option: option, found: text, expected: expected)
        }
        return numbers
      }, json: { .array($0.map(JSONValue.number)) })
  }
}

extension OptionKind where Value: RawRepresentable<String> & CaseIterable {
  /// One of the cases of an enumeration.
  static var choice: OptionKind {
    OptionKind<String>.choice(among: Value.allCases.map(\.rawValue)).with(
      read: { Value(rawValue: $0) ?? Value.allCases.first! }, json: { .string($0.rawValue) })
  }
}

extension OptionKind {
  /// Several of the cases of an enumeration, separated by commas, each once.
  static func choices<Choice: RawRepresentable<String> & CaseIterable>() -> OptionKind
  where Value == [Choice] {
    OptionKind(
      shape: .list, placeholder: "LIST",
      read: { text, option in
        var values: [Choice] = []
        for word in listed(text) {
          guard let value = Choice(rawValue: word) else {
            throw UsageError.notAChoice(
              option: option, found: word, choices: Choice.allCases.map(\.rawValue))
          }
          if !values.contains(where: { $0.rawValue == word }) { values.append(value) }
        }
        return values
      }, json: { .array($0.map { .string($0.rawValue) }) })
  }

  /// One of the cases of an enumeration, or `none`.
  static func choiceOrNone<Choice: RawRepresentable<String> & CaseIterable>() -> OptionKind
  where Value == Choice? {
    OptionKind<String>.choice(among: Choice.allCases.map(\.rawValue) + ["none"]).with(
      read: Choice.init(rawValue:), json: { $0.map { .string($0.rawValue) } ?? .null })
  }
}

extension OptionKind where Value == String {
  /// One of a few words.
  static func choice(among choices: [String]) -> OptionKind {
    OptionKind(
      shape: .choice(choices), placeholder: choices.joined(separator: "|"),
      read: { text, option in
        guard choices.contains(text) else {
          throw UsageError.notAChoice(option: option, found: text, choices: choices)
        }
        return text
      }, json: { .string($0) })
  }

  /// Words that name nothing.
  static let text = word(.text, "TEXT")
  /// A column of the call's table.
  static let column = word(.column, "COL", OptionMention.column)
  /// A property of polygons.
  static let property = word(.property, "PROP", OptionMention.property)
  /// A file that is read.
  static let file = word(.file, "FILE", OptionMention.file)
  /// A file of weights.
  static let weights = word(.weights, "W", OptionMention.file)
  /// A file that is written.
  static let output = word(.output, "FILE").limited(to: { !$0.isEmpty }, expected: "the name of a file")
  /// A CSV file that is written, or - for standard output.
  static let csvOutput = output.limited(
    to: { $0 == "-" || $0.lowercased().hasSuffix(".csv") }, expected: "a file name that ends in .csv")
  /// A folder that is written into; `remark` follows what was expected.
  static func folder(_ remark: String = "") -> OptionKind {
    word(.folder, "DIR").limited(
      to: { !$0.isEmpty && $0 != "-" }, expected: "the name of a folder" + remark)
  }

  private static func word(
    _ shape: OptionShape, _ placeholder: String,
    _ mention: (@Sendable (String) -> OptionMention)? = nil
  ) -> OptionKind {
    OptionKind(
      shape: shape, placeholder: placeholder, read: { text, _ in text },
      json: { .string(FileName.written($0)) },
      mentions: { text in text.isEmpty ? [] : mention.map { [$0(text)] } ?? [] })
  }
}

extension OptionKind where Value == [String] {
  /// Names that are no columns, separated by commas.
  static let list = names(.list) { _ in [] }
  /// Columns of the call's table, separated by commas.
  static let columns = names(.columns) { $0.map(OptionMention.column) }
  /// Columns of the file as it stands, separated by commas.
  static let properties = names(.property) { $0.map(OptionMention.property) }
  /// Names of terms or coefficients, separated by commas.
  static let terms = OptionKind(
    shape: .terms, placeholder: "LIST", read: { text, _ in elements(of: text).filter { !$0.isEmpty } },
    json: { JSONValue($0.map(FileName.written)) }, mentions: { $0.map(OptionMention.term) })
  /// Files of weights, separated by commas.
  static let severalWeights = names(.weights) { $0.map(OptionMention.file) }

  private static func names(
    _ shape: OptionShape, _ mentions: @escaping @Sendable ([String]) -> [OptionMention]
  ) -> OptionKind {
    OptionKind(
      shape: shape, placeholder: "LIST", read: { text, _ in listed(text) },
      json: { JSONValue($0.map(FileName.written)) }, mentions: mentions)
  }
}

extension OptionKind where Value == ClosedRange<Int> {
  /// A range of periods, `2016:2020`, with either end open.
  static let periods = OptionKind(
    shape: .periods, placeholder: "A:B",
    read: { text, option in
      let ends = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      let first = ends[0].isEmpty ? Int.min : PeriodReading.bound(ends[0])
      let last = ends[ends.count - 1].isEmpty ? Int.max : PeriodReading.bound(ends[ends.count - 1])
      guard ends.count <= 2, text != ":", !text.isEmpty, let first, let last, first <= last else {
        throw UsageError.notANumber(
          option: option, found: text, expected: "periods such as 2016:2020, 2016: or :2020")
      }
      return first...last
    },
    json: {
      .array([$0.lowerBound, $0.upperBound].map { [.min, .max].contains($0) ? .null : .integer($0) })
    }
  )
}

extension OptionKind {
  /// The same choice of words for a value of another type, read from an allowed word.
  fileprivate func with<Other>(
    read convert: @escaping @Sendable (Value) -> Other, json: @escaping @Sendable (Other) -> JSONValue
  ) -> OptionKind<Other> {
    OptionKind<Other>(
      shape: shape, placeholder: placeholder, read: { convert(try read($0, $1)) }, json: json)
  }
}

/// The names in a list separated by commas, without the white space around them.
func listed(_ text: String) -> [String] {
  elements(of: text).map(unquoted).filter { !$0.isEmpty }
}

/// The parts of a list separated by a sign, none of which splits a name in backticks.
func elements(of text: String, separator: Character = ",") -> [String] {
  var parts = [""]
  var isQuoted = false
  for letter in text {
    if letter == "`" { isQuoted.toggle() }
    if letter == separator, !isQuoted { parts.append("") } else { parts[parts.count - 1].append(letter) }
  }
  // An open backtick is a letter like any other.
  guard !isQuoted else {
    return text.split(separator: separator, omittingEmptySubsequences: false).map {
      CellText.trimmed(String($0))
    }
  }
  return parts.map(CellText.trimmed)
}

/// A name without the backticks around it.
func unquoted(_ name: String) -> String {
  let inner = name.dropFirst().dropLast()
  return name.count > 2 && name.hasPrefix("`") && name.hasSuffix("`") && !inner.contains("`")
    ? String(inner) : name
}
