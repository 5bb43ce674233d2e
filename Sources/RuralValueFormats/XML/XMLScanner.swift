/// Reads XML piece by piece, on demand: a pull parser over bytes.
///
/// Elements with namespaces, attributes in either quote, text, CDATA, comments, processing instructions, the five
/// entities and references by number. A document type declaration is refused, so that nothing is ever expanded or
/// opened. Names and texts are ranges of the bytes, which each call is given, so that reading makes no copies.
/// Source: XML 1.0 (fifth edition); Namespaces in XML 1.0.
struct XMLScanner {
  /// What comes next.
  enum Piece {
    /// A start tag; of an empty element the end follows.
    case start
    /// An end tag.
    case end
    /// Text, or a CDATA section; more of it may follow.
    case text
    /// The end of the document.
    case finished
  }

  /// A name or a value in the bytes.
  struct Attribute {
    var name: Range<Int>
    var value: Range<Int>
  }

  /// An element that is open.
  struct Element {
    let name: Range<Int>
    let localName: Range<Int>
    let namespace: XMLNamespace
    let defaultNamespace: XMLNamespace
    let prefixCount: Int
  }

  /// The next byte.
  var position: Int
  /// The local name of the element that was just begun or ended.
  var localName = 0..<0
  /// The namespace of that element.
  var namespace = XMLNamespace.none
  /// The attributes of the element that was just begun.
  var attributes: [Attribute] = []
  /// The text that was just read, as it stands in the bytes.
  var text = 0..<0
  /// Whether that text is a CDATA section, in which `&` is itself.
  var isLiteral = false

  var open: [Element] = []
  var defaultNamespace = XMLNamespace.none
  var prefixes: [(name: Range<Int>, namespace: XMLNamespace)] = []
  var endsAtOnce = false
  var hasRoot = false

  /// A scanner of bytes that are UTF-8, `XMLText` has seen to that; behind a byte-order mark.
  init(_ bytes: Span<UInt8>) {
    let hasMark = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    position = hasMark ? 3 : 0
  }

  /// How many elements are open.
  var depth: Int { open.count }

  /// Whether an element without a prefix is one of spreadsheets here.
  var isInSpreadsheet: Bool { defaultNamespace == .spreadsheet && !endsAtOnce }

  /// Goes on from a place up to which whole elements and nothing else stand.
  mutating func move(to place: Int) { position = place }

  // MARK: - Pieces

  /// The next piece.
  mutating func next(_ bytes: Span<UInt8>) throws(XMLFault) -> Piece {
    if endsAtOnce {
      endsAtOnce = false
      close()
      return .end
    }
    while position < bytes.count {
      if bytes[position] != UInt8(ascii: "<") {
        if try readText(bytes) { return .text }
        continue
      }
      guard position + 1 < bytes.count else { throw cutShort("a tag", at: position) }
      switch bytes[position + 1] {
      case UInt8(ascii: "/"):
        try readEnd(bytes)
        return .end
      case UInt8(ascii: "!"): if try readDeclaration(bytes) { return .text }
      case UInt8(ascii: "?"): try skip(bytes, past: "?>", what: "a processing instruction")
      default:
        try readStart(bytes)
        return .start
      }
    }
    if let element = open.last { throw cutShort(tag(element.name, bytes), at: position) }
    guard hasRoot else { throw unexpected("nothing", "an element", at: position) }
    return .finished
  }

  /// Reads on until the element that was just begun has ended.
  mutating func skipElement(_ bytes: Span<UInt8>) throws(XMLFault) {
    let outside = open.count - 1
    while open.count > outside { _ = try next(bytes) }
  }

  /// Text up to the next tag; false where it is the white space around the root.
  mutating func readText(_ bytes: Span<UInt8>) throws(XMLFault) -> Bool {
    let start = position
    var isBlank = true
    while position < bytes.count, bytes[position] != UInt8(ascii: "<") {
      if bytes[position] > 0x20 { isBlank = false }
      position &+= 1
    }
    guard open.isEmpty else {
      (text, isLiteral) = (start..<position, false)
      return true
    }
    guard isBlank else { throw unexpected("text", hasRoot ? "the end" : "an element", at: start) }
    return false
  }

  /// A comment, which is skipped, or a CDATA section, which is text.
  mutating func readDeclaration(_ bytes: Span<UInt8>) throws(XMLFault) -> Bool {
    if stands("<!--", bytes) {
      position += 4
      try skip(bytes, past: "-->", what: "a comment")
      return false
    }
    guard !stands("<!DOCTYPE", bytes) else { throw XMLFault(reason: .documentType, byte: position + 1) }
    guard stands("<![CDATA[", bytes), !open.isEmpty else {
      throw unexpected("<!", "an element, text or a comment", at: position)
    }
    let start = position + 9
    position = start
    try skip(bytes, past: "]]>", what: "a CDATA section")
    (text, isLiteral) = (start..<(position - 3), true)
    return true
  }

  mutating func skip(_ bytes: Span<UInt8>, past mark: StaticString, what: String) throws(XMLFault) {
    let start = position
    while position < bytes.count {
      if stands(mark, bytes) {
        position += mark.utf8CodeUnitCount
        return
      }
      position += 1
    }
    throw cutShort(what, at: start)
  }

  // MARK: - Faults

  func tag(_ name: Range<Int>, _ bytes: Span<UInt8>) -> String { "<\(XMLScanner.text(name, bytes))>" }

  func cutShort(_ within: String, at place: Int) -> XMLFault {
    XMLFault(reason: .cutShort(within: within), byte: place + 1)
  }

  func unexpected(_ found: String, _ expected: String, at place: Int) -> XMLFault {
    XMLFault(reason: .unexpected(found: found, expected: expected), byte: place + 1)
  }
}
