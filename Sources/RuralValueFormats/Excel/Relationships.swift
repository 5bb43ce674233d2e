/// The references of a part of a workbook to others, by id.
struct Relationships {
  /// A reference.
  struct Reference {
    let id: String
    /// What it is: the last word of its type's address, such as `worksheet`.
    let kind: String
    /// The part's name in the archive; nil where it lies outside, which is never followed.
    let part: String?
    /// The target as it is written.
    let target: String
  }

  let references: [Reference]

  /// None.
  static let none = Relationships(references: [])

  private init(references: [Reference]) { self.references = references }

  /// The references in a part's file, which belong to the part of this name.
  init(_ bytes: Span<UInt8>, of owner: String) throws(XMLFault) {
    var references: [Reference] = []
    var scanner = XMLScanner(bytes)
    while true {
      let piece = try scanner.next(bytes)
      if piece == .finished { break }
      guard piece == .start, scanner.namespace == .packageRelationships,
        XMLScanner.stands("Relationship", at: scanner.localName, bytes)
      else { continue }
      func value(_ name: StaticString) throws(XMLFault) -> String? {
        guard let range = scanner.attribute(name, bytes) else { return nil }
        return try XMLText.value(range, bytes)
      }
      guard let id = try value("Id"), let type = try value("Type"), let target = try value("Target") else {
        continue
      }
      let isExternal = try value("TargetMode") == "External"
      references.append(
        Reference(
          id: id, kind: type.split(separator: "/").last.map(String.init) ?? type,
          part: isExternal ? nil : Relationships.part(target, from: owner), target: target))
    }
    self.references = references
  }

  /// The first reference of a kind.
  func first(_ kind: String) -> Reference? { references.first { $0.kind == kind } }

  /// The name of the file with the references of a part.
  static func file(of part: String) -> String {
    let folder = part.lastIndex(of: "/").map { part[...$0] } ?? ""
    return "\(folder)_rels/\(part.dropFirst(folder.count)).rels"
  }

  /// The part to which a target leads, from `/` or from the owner's folder; nil where it would leave the archive.
  private static func part(_ target: String, from owner: String) -> String? {
    let path = unescaped(target)
    var folders = path.hasPrefix("/") ? [] : owner.split(separator: "/").dropLast().map(String.init)
    for step in path.split(separator: "/") {
      switch step {
      case ".": continue
      case "..": if folders.popLast() == nil { return nil }
      default: folders.append(String(step))
      }
    }
    return folders.joined(separator: "/")
  }

  /// A target without the escapes of addresses: `%20` is a space.
  private static func unescaped(_ target: String) -> String {
    guard target.contains("%") else { return target }
    var bytes: [UInt8] = []
    var rest = Array(target.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
