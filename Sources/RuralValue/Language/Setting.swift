/// A setting that a sentence names as the remedy or the cause, such as `collapse` or `lee-yu`.
///
/// The library does not know how a caller spells its settings. In a sentence the plain name stands between two
/// signs that no text has, and whoever shows the sentence puts its own spelling in the place: the command line
/// makes `--lee-yu` of it.
public struct Setting: Sendable, Equatable, CustomStringConvertible {
  /// The name, as an option or a key of a study has it.
  public let name: String

  /// The setting of this name.
  public init(_ name: String) {
    self.name = name
  }

  /// The name between its signs.
  public var description: String { "\(Self.opening)\(name)\(Self.closing)" }

  /// Noncharacters, which Unicode sets aside for a program's own use: unlike signs that merely cannot be seen, as
  /// the WORD JOINER, they do not come with names of columns and files.
  private static let (opening, closing) = (
    Unicode.Scalar(0xFDD0 as UInt32)!, Unicode.Scalar(0xFDD1 as UInt32)!
  )

  /// A sentence in which each setting is spelled as `spelling` has it; signs around anything but a name of
  /// small letters, digits and dashes are none of ours and stay.
  public static func spelled(in sentence: String, _ spelling: (String) -> String) -> String {
    // The first byte of both signs: nearly all texts are cells of tables, and have none.
    guard sentence.utf8.contains(0xEF) else { return sentence }
    var rest = sentence.unicodeScalars[...]
    guard rest.contains(opening) else { return sentence }
    var spelled = String.UnicodeScalarView()
    while let start = rest.firstIndex(of: opening) {
      spelled += rest[..<start]
      rest = rest[rest.index(after: start)...]
      let name = rest.prefix { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" }
      guard !name.isEmpty, name.endIndex < rest.endIndex, rest[name.endIndex] == closing else {
        spelled.append(opening)
        continue
      }
      spelled += spelling(String(name)).unicodeScalars
      rest = rest[rest.index(after: name.endIndex)...]
    }
    return String(spelled + rest)
  }
}

extension Phrase {
  /// The phrase with other words in both languages.
  func worded(_ wording: (String) -> String) -> Phrase {
    Phrase(wording(signedEnglish), zh: wording(signedChinese))
  }
}
