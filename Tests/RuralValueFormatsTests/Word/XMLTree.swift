import RuralValue
import Testing

@testable import RuralValueFormats

/// An element of a part, read by the project's own pull parser.
final class XMLTree {
  let name: String
  let attributes: [String: String]
  private(set) var children: [XMLTree] = []
  /// The text of the element itself.
  private(set) var text = ""

  private init(_ name: String, _ attributes: [String: String]) {
    (self.name, self.attributes) = (name, attributes)
  }

  /// The root of a document. Throws `XMLFault` for what is no XML.
  static func parse(_ document: [UInt8]) throws -> XMLTree {
    let bytes = try XMLText.utf8(document)
    let span = bytes.span
    var scanner = XMLScanner(span)
    var open: [XMLTree] = []
    var root: XMLTree?
    while true {
      switch try scanner.next(span) {
      case .start:
        var attributes: [String: String] = [:]
        for attribute in scanner.attributes {
          attributes[XMLScanner.text(attribute.name, span)] = try XMLText.value(attribute.value, span)
        }
        let element = XMLTree(XMLScanner.text(scanner.localName, span), attributes)
        open.last?.children.append(element)
        if root == nil { root = element }
        open.append(element)
      case .end: open.removeLast()
      case .text:
        var text: [UInt8] = []
        try XMLText.append(scanner.text, of: span, isLiteral: scanner.isLiteral, to: &text)
        open.last?.text += String(decoding: text, as: UTF8.self)
      case .finished: return try #require(root)
      }
    }
  }

  /// All elements of a name within this one, in the document's order.
  func all(_ name: String) -> [XMLTree] {
    children.flatMap { ($0.name == name ? [$0] : []) + $0.all(name) }
  }

  func child(_ name: String) -> XMLTree? { children.first { $0.name == name } }

  /// The value that the element has in `w:val`.
  var value: String? { attributes["w:val"] }

  /// What a reader sees: the texts of all runs, a line break as one, a paragraph's end as nothing.
  var words: String {
    switch name {
    case "t": text
    case "br": "\n"
    default: children.map(\.words).joined()
    }
  }
}

/// A Word file taken apart by the project's own readers.
struct WordParts {
  let names: [String]
  let parts: [String: XMLTree]
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) throws {
    self.bytes = bytes
    var archive = try ZipArchive(bytes, source: "x.docx")
    names = archive.entries.map(\.name)
    var parts: [String: XMLTree] = [:]
    for entry in archive.entries { parts[entry.name] = try XMLTree.parse(try archive.unpack(entry)) }
    self.parts = parts
  }

  init(_ tables: [ResultTable], _ options: RenderOptions = .init()) throws {
    try self.init(WordDocument(tables, options).bytes)
  }

  var body: XMLTree {
    get throws { try #require(parts["word/document.xml"]?.child("body")) }
  }
}
