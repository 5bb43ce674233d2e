/// A value of a JSON text with the line where it stands.
public struct JSONNode: Sendable, Equatable {
  /// What stands there.
  public let value: Value
  /// Its line, counted from one.
  public let line: Int

  /// A value of whatever kind.
  public enum Value: Sendable, Equatable {
    case null
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list([JSONNode])
    /// The members in the order of the text; a key that a study gives twice is there twice.
    case object([Member])

    /// The members of an object; none of any other value.
    public var members: [Member] {
      if case .object(let members) = self { members } else { [] }
    }

    /// The elements of a list; none of any other value.
    public var elements: [JSONNode] {
      if case .list(let elements) = self { elements } else { [] }
    }
  }

  /// A key and its value.
  public struct Member: Sendable, Equatable {
    /// The key.
    public let key: String
    /// The key's line.
    public let line: Int
    /// The value.
    public let node: JSONNode
  }

  /// A text; nil for any other value.
  public var text: String? {
    if case .text(let text) = value { text } else { nil }
  }

  /// An object's member by its key.
  public subscript(key: String) -> JSONNode? { value.members.first { $0.key == key }?.node }
}

/// Where JSON text cannot be read on, and why.
public struct JSONMisreading: Error, Equatable {
  /// The line, counted from one.
  public let line: Int
  /// The column, counted from one; nil where the characters themselves are wrong.
  public let column: Int?
  /// What was found and what was expected, without a full stop where there is a column.
  public let message: String
}
