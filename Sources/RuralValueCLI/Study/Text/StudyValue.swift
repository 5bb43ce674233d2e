/// A value of a study file, of whatever kind.
enum StudyValue: Equatable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([StudyValue])
  case object([String: StudyValue])

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

extension StudyValue: Decodable {
  /// Takes whatever stands there; only text that is no JSON at all throws.
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let values = try? container.decode([StudyValue].self) {
      self = .list(values)
    } else {
      self = .object(try container.decode([String: StudyValue].self))
    }
  }
}
