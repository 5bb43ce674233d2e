/// What keeps bytes from being XML that is read.
struct XMLFault: Error, Equatable {
  /// What is wrong.
  enum Reason: Equatable {
    /// The bytes are not UTF-8, nor UTF-16 with its mark.
    case encoding
    /// The text ends within an element, a tag or a comment.
    case cutShort(within: String)
    /// A document type declaration: it can name files and make texts of any size.
    case documentType
    /// More elements within each other than are read.
    case depth
    /// Something stands where something else is expected.
    case unexpected(found: String, expected: String)
    /// An element is closed that is not the one that is open.
    case wrongEnd(found: String, expected: String)
    /// A reference that stands for no character: `&nbsp;`, `&#0;`.
    case reference(String)
    /// A prefix of names without a namespace.
    case prefix(String)
  }

  let reason: Reason
  /// The byte at which it is wrong, from one.
  let byte: Int

  /// What is wrong, as the end of a sentence.
  var words: String {
    switch reason {
    case .encoding: "its text is neither UTF-8 nor UTF-16 with a byte-order mark"
    case .cutShort(let within): "it ends within \(within)"
    case .documentType:
      "it declares a document type (<!DOCTYPE), which no spreadsheet writes and which is not followed"
    case .depth: "more than \(ArchiveLimits.depth) elements stand within each other"
    case .unexpected(let found, let expected): "found \(found), expected \(expected)"
    case .wrongEnd(let found, let expected): "found the end of <\(found)>, expected the end of <\(expected)>"
    case .reference(let name): "the reference \(name) stands for no character"
    case .prefix(let prefix): "the prefix \"\(prefix)\" is not declared"
    }
  }
}
