import RuralValue
import RuralValueFormats

/// A value of a study file with its place.
struct StudyNode {
  let value: JSONNode.Value
  /// Its place: `models.gmm[0]`.
  let path: String

  /// The path of a member: `models.gmm`.
  static func path(_ parent: String, _ key: String) -> String { parent.isEmpty ? key : "\(parent).\(key)" }

  /// The members of a block by name, in the order of the text.
  ///
  /// Notes a problem for a value that is no block, and for every key that is not among `known`.
  func members(known: [String], in text: StudyText) -> [(key: String, node: StudyNode)] {
    guard let members = block(in: text) else { return [] }
    for (key, node) in members where !known.contains(key) {
      text.note(
        node.path,
        "there is no key \"\(key)\"\(path.isEmpty ? "" : " here").\(NearestName.question(for: key, among: known))"
          + " The keys are: \(known.joined(separator: ", ")).")
    }
    return members.filter { known.contains($0.key) }
  }

  /// The members of a block whose keys are names of the user's own.
  func block(in text: StudyText) -> [(key: String, node: StudyNode)]? {
    guard case .object(let members) = value else {
      text.note(path, "found \(value.found); expected a block { key: value, … }.")
      return nil
    }
    var names: Set<String> = []
    return members.filter { names.insert($0.key).inserted }.map {
      ($0.key, StudyNode(value: $0.node.value, path: Self.path(path, $0.key)))
    }
  }

  /// The elements of a list; one that stands alone is a list of one.
  func elements() -> [StudyNode] {
    guard case .list(let values) = value else { return [self] }
    return values.enumerated().map { StudyNode(value: $1.value, path: "\(path)[\($0)]") }
  }

  /// The elements of a list of blocks.
  func blocks(in text: StudyText, expected: String) -> [StudyNode] {
    if case .list = value { return elements() }
    if case .object = value { return [self] }
    text.note(path, "found \(value.found); expected \(expected).")
    return []
  }

  /// A text, or a number as text.
  func word(in text: StudyText, expected: String = "a text") -> String? {
    guard let word = value.word else {
      text.note(path, "found \(value.found); expected \(expected).")
      return nil
    }
    return word
  }

  /// Names: a list of texts, or a text with commas.
  func words(in text: StudyText, expected: String = "names, such as [\"V\", \"P\"]") -> [String] {
    elements().flatMap { node -> [String] in
      guard let word = node.word(in: text, expected: expected) else { return [] }
      return listed(word)
    }
  }

  /// Texts that may hold commas, one or a list.
  func texts(in text: StudyText, expected: String) -> [String] {
    elements().compactMap { $0.word(in: text, expected: expected) }
  }

  /// A whole number within a range.
  func integer(in range: ClosedRange<Int>, _ text: StudyText) -> Int? {
    if case .integer(let number) = value, range.contains(number) { return number }
    let bounds =
      range.upperBound == .max
      ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
    text.note(path, "found \(value.found); expected a whole number \(bounds).")
    return nil
  }

  /// A number.
  func number(in text: StudyText, expected: String = "a number") -> Double? {
    switch value {
    case .integer(let number): return Double(number)
    case .number(let number) where number.isFinite: return number
    default:
      text.note(path, "found \(value.found); expected \(expected).")
      return nil
    }
  }
}

extension JSONNode.Value {
  /// What an error message calls the value.
  var found: String {
    switch self {
    case .null: "nothing (null)"
    case .boolean(let value): "\(value)"
    case .integer(let value): "the number \(value)"
    case .number(let value): "the number \(value)"
    case .text(let text): "the text \"\(text)\""
    case .list(let values): "a list of \(values.count)"
    case .object: "a block { … }"
    }
  }

  /// A text, or a number as one would type it; nil for every other kind.
  var word: String? {
    switch self {
    case .text(let text): text
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .null, .boolean, .list, .object: nil
    }
  }
}
