/// A JSON value whose objects keep the order of their members.
public enum JSONValue: Sendable, Equatable {
  case null
  case boolean(Bool)
  case integer(Int)
  /// A number; one that is not finite is written as null, for JSON has no NaN.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([JSONMember])

  /// A number, or null where there is none.
  public init(_ value: Double?) {
    self = value.map(JSONValue.number) ?? .null
  }

  /// A text, or null where there is none.
  public init(_ value: String?) {
    self = value.map(JSONValue.string) ?? .null
  }

  /// An array of texts.
  public init(_ values: [String]) {
    self = .array(values.map(JSONValue.string))
  }
}

extension JSONValue {
  /// The value with other words in its texts.
  func worded(_ wording: (String) -> String) -> JSONValue {
    switch self {
    case .string(let text): .string(wording(text))
    case .array(let values): .array(values.map { $0.worded(wording) })
    case .object(let members): .object(members.map { JSONMember($0.key, $0.value.worded(wording)) })
    case .null, .boolean, .integer, .number: self
    }
  }
}

/// One member of a JSON object.
public struct JSONMember: Sendable, Equatable {
  /// The key, a promise to scripts.
  public let key: String
  /// The value.
  public let value: JSONValue

  /// A member from its key and value.
  public init(_ key: String, _ value: JSONValue) {
    self.key = key
    self.value = value
  }
}
