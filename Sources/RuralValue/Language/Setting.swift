/// A setting that a sentence names as the remedy or the cause, such as `collapse` or `lee-yu`.
///
/// The library does not know how a caller spells its settings. In a sentence the plain name stands between two signs
/// that nobody sees, and whoever shows the sentence puts its own spelling in the place: the command line makes
/// `--lee-yu` of it.
public struct Setting: Sendable, Equatable, CustomStringConvertible {
  /// The name, as an option or a key of a study has it.
  public let name: String

  /// The setting of this name.
  public init(_ name: String) {
    self.name = name
  }

  /// The name between its signs.
  public var description: String { "\(Self.mark)\(name)\(Self.mark)" }

  /// WORD JOINER: it has no width, and no name of a column or file is likely to hold two of them.
  private static let mark: Unicode.Scalar = "\u{2060}"

  /// A sentence in which each setting is spelled as `spelling` has it.
  public static func spelled(in sentence: String, _ spelling: (String) -> String) -> String {
    guard sentence.unicodeScalars.contains(mark) else { return sentence }
    let parts = sentence.unicodeScalars.split(separator: mark, omittingEmptySubsequences: false).map(
      String.init)
    return parts.indices.map { place in
      let isName = !place.isMultiple(of: 2) && place + 1 < parts.count
      return isName ? spelling(parts[place]) : parts[place]
    }.joined()
  }
}

extension Phrase {
  /// The phrase with other words in both languages.
  func worded(_ wording: (String) -> String) -> Phrase { Phrase(wording(english), zh: wording(chinese)) }
}
