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
    fileprivate(set) var name: Range<Int>
    fileprivate(set) var value: Range<Int>
  }

  /// An element that is open.
  private struct Element {
    let name: Range<Int>
    let localName: Range<Int>
    let namespace: XMLNamespace
    let defaultNamespace: XMLNamespace
    let prefixCount: Int
  }

  /// The next byte.
  private(set) var position: Int
  /// The local name of the element that was just begun or ended.
  private(set) var localName = 0..<0
  /// The namespace of that element.
  private(set) var namespace = XMLNamespace.none
  /// The attributes of the element that was just begun.
  private(set) var attributes: [Attribute] = []
  /// The text that was just read, as it stands in the bytes.
  private(set) var text = 0..<0
  /// Whether that text is a CDATA section, in which `&` is itself.
  private(set) var isLiteral = false

  private var open: [Element] = []
  private var defaultNamespace = XMLNamespace.none
  private var prefixes: [(name: Range<Int>, namespace: XMLNamespace)] = []
  private var endsAtOnce = false
  private var hasRoot = false

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
  private mutating func readText(_ bytes: Span<UInt8>) throws(XMLFault) -> Bool {
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
  private mutating func readDeclaration(_ bytes: Span<UInt8>) throws(XMLFault) -> Bool {
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

  private mutating func skip(_ bytes: Span<UInt8>, past mark: StaticString, what: String) throws(XMLFault) {
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

  // MARK: - Tags

  private mutating func readStart(_ bytes: Span<UInt8>) throws(XMLFault) {
    let start = position
    guard !hasRoot || !open.isEmpty else { throw unexpected("a second element", "the end", at: start) }
    guard open.count < ArchiveLimits.depth else { throw XMLFault(reason: .depth, byte: start + 1) }
    hasRoot = true
    position &+= 1
    let name = try readName(bytes)
    let (outerDefault, outerPrefixes) = (defaultNamespace, prefixes.count)
    attributes.removeAll(keepingCapacity: true)
    try readAttributes(bytes, of: name)
    localName = name
    namespace = defaultNamespace
    if let colon = colon(in: name, bytes) {
      localName = (colon + 1)..<name.upperBound
      namespace = try namespace(ofPrefix: name.lowerBound..<colon, bytes)
    }
    open.append(
      Element(
        name: name, localName: localName, namespace: namespace, defaultNamespace: outerDefault,
        prefixCount: outerPrefixes))
  }

  /// The attributes up to the end of the tag, among them those that declare namespaces.
  private mutating func readAttributes(_ bytes: Span<UInt8>, of element: Range<Int>) throws(XMLFault) {
    while true {
      let before = position
      skipSpace(bytes)
      guard position < bytes.count else { throw cutShort(tag(element, bytes), at: position) }
      if bytes[position] == UInt8(ascii: ">") {
        position &+= 1
        return
      }
      if bytes[position] == UInt8(ascii: "/") {
        guard position + 1 < bytes.count else { throw cutShort(tag(element, bytes), at: position) }
        guard bytes[position + 1] == UInt8(ascii: ">") else {
          throw unexpected("/", "the end of \(tag(element, bytes))", at: position)
        }
        position += 2
        endsAtOnce = true
        return
      }
      guard position > before else {
        throw unexpected("no space", "a space before an attribute", at: position)
      }
      try readAttribute(bytes, of: element)
    }
  }

  private mutating func readAttribute(_ bytes: Span<UInt8>, of element: Range<Int>) throws(XMLFault) {
    let name = try readName(bytes)
    skipSpace(bytes)
    guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else {
      throw position < bytes.count
        ? unexpected("an attribute without a value", "=", at: position)
        : cutShort(tag(element, bytes), at: position)
    }
    position &+= 1
    skipSpace(bytes)
    guard position < bytes.count else { throw cutShort(tag(element, bytes), at: position) }
    let quote = bytes[position]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      throw unexpected("a value without quotes", "\" or '", at: position)
    }
    position &+= 1
    let start = position
    while position < bytes.count, bytes[position] != quote {
      if bytes[position] == UInt8(ascii: "<") { throw unexpected("<", "&lt; in a value", at: position) }
      position &+= 1
    }
    guard position < bytes.count else { throw cutShort(tag(element, bytes), at: start) }
    let attribute = Attribute(name: name, value: start..<position)
    position &+= 1
    if bytes[name.lowerBound] == UInt8(ascii: "x"), declares(attribute, bytes) { return }
    attributes.append(attribute)
  }

  /// Takes a declaration of a namespace; false where the attribute is none.
  private mutating func declares(_ attribute: Attribute, _ bytes: Span<UInt8>) -> Bool {
    let name = attribute.name
    guard name.count >= 5, XMLScanner.text(name.lowerBound..<(name.lowerBound + 5), bytes) == "xmlns" else {
      return false
    }
    let address = XMLNamespace(attribute.value.map { bytes[$0] })
    if name.count == 5 {
      defaultNamespace = address
    } else if bytes[name.lowerBound + 5] == UInt8(ascii: ":") {
      prefixes.append(((name.lowerBound + 6)..<name.upperBound, address))
    } else {
      return false
    }
    return true
  }

  private mutating func readEnd(_ bytes: Span<UInt8>) throws(XMLFault) {
    let start = position
    position &+= 2
    let name = try readName(bytes)
    guard let element = open.last else {
      throw unexpected("the end of \(tag(name, bytes))", hasRoot ? "the end" : "an element", at: start)
    }
    guard XMLScanner.isSame(element.name, name, bytes) else {
      let (found, expected) = (XMLScanner.text(name, bytes), XMLScanner.text(element.name, bytes))
      throw XMLFault(reason: .wrongEnd(found: found, expected: expected), byte: start + 1)
    }
    skipSpace(bytes)
    guard position < bytes.count else { throw cutShort(tag(name, bytes), at: start) }
    guard bytes[position] == UInt8(ascii: ">") else { throw unexpected("no >", ">", at: position) }
    position &+= 1
    close()
  }

  private mutating func close() {
    guard let element = open.popLast() else { return }
    (localName, namespace) = (element.localName, element.namespace)
    defaultNamespace = element.defaultNamespace
    if prefixes.count > element.prefixCount { prefixes.removeSubrange(element.prefixCount...) }
  }

  // MARK: - Names

  @inline(__always)
  private mutating func readName(_ bytes: Span<UInt8>) throws(XMLFault) -> Range<Int> {
    let start = position
    while position < bytes.count {
      // Letters are above all that can end a name.
      let byte = bytes[position]
      if byte < 0x40, XMLScanner.endsName(byte) { break }
      position &+= 1
    }
    guard position > start else {
      throw start < bytes.count
        ? unexpected("\"\(Character(Unicode.Scalar(bytes[start])))\"", "a name", at: start)
        : cutShort("a tag", at: start)
    }
    return start..<position
  }

  private static func endsName(_ byte: UInt8) -> Bool {
    switch byte {
    case ...0x20, UInt8(ascii: "/"), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "<"),
      UInt8(ascii: "\""),
      UInt8(ascii: "'"), UInt8(ascii: "&"):
      true
    default: false
    }
  }

  @inline(__always)
  private mutating func skipSpace(_ bytes: Span<UInt8>) {
    while position < bytes.count, bytes[position] <= 0x20 { position &+= 1 }
  }

  private func colon(in name: Range<Int>, _ bytes: Span<UInt8>) -> Int? {
    for place in name where bytes[place] == UInt8(ascii: ":") { return place }
    return nil
  }

  private func namespace(ofPrefix prefix: Range<Int>, _ bytes: Span<UInt8>) throws(XMLFault) -> XMLNamespace {
    for (name, namespace) in prefixes.reversed() where XMLScanner.isSame(name, prefix, bytes) {
      return namespace
    }
    let text = XMLScanner.text(prefix, bytes)
    if text == "xml" { return .xml }
    throw XMLFault(reason: .prefix(text), byte: prefix.lowerBound + 1)
  }

  // MARK: - Questions

  /// Whether the element that was just begun or ended is this one of spreadsheets.
  func isElement(_ name: StaticString, _ bytes: Span<UInt8>) -> Bool {
    namespace == .spreadsheet && XMLScanner.stands(name, at: localName, bytes)
  }

  /// The value of the attribute of this name, as it stands in the bytes; one without a prefix has no namespace.
  func attribute(_ name: StaticString, _ bytes: Span<UInt8>) -> Range<Int>? {
    for attribute in attributes where XMLScanner.stands(name, at: attribute.name, bytes) {
      return attribute.value
    }
    return nil
  }

  /// The value of the attribute of this name in another namespace.
  func attribute(
    _ name: StaticString, in namespace: XMLNamespace, _ bytes: Span<UInt8>
  ) throws(XMLFault) -> Range<Int>? {
    for attribute in attributes {
      guard let colon = colon(in: attribute.name, bytes),
        XMLScanner.stands(name, at: (colon + 1)..<attribute.name.upperBound, bytes),
        try self.namespace(ofPrefix: attribute.name.lowerBound..<colon, bytes) == namespace
      else { continue }
      return attribute.value
    }
    return nil
  }

  private func stands(_ mark: StaticString, _ bytes: Span<UInt8>) -> Bool {
    let end = position + mark.utf8CodeUnitCount
    return end <= bytes.count && XMLScanner.stands(mark, at: position..<end, bytes)
  }

  /// Whether a range of the bytes is this text.
  static func stands(_ text: StaticString, at range: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
    guard range.count == text.utf8CodeUnitCount else { return false }
    var place = range.lowerBound
    for byte in text.description.utf8 {
      guard bytes[place] == byte else { return false }
      place += 1
    }
    return true
  }

  private static func isSame(_ one: Range<Int>, _ other: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
    guard one.count == other.count else { return false }
    for offset in 0..<one.count where bytes[one.lowerBound + offset] != bytes[other.lowerBound + offset] {
      return false
    }
    return true
  }

  /// A range of the bytes as text, verbatim.
  static func text(_ range: Range<Int>, _ bytes: Span<UInt8>) -> String {
    String(decoding: range.map { bytes[$0] }, as: UTF8.self)
  }

  // MARK: - Faults

  private func tag(_ name: Range<Int>, _ bytes: Span<UInt8>) -> String { "<\(XMLScanner.text(name, bytes))>" }

  private func cutShort(_ within: String, at place: Int) -> XMLFault {
    XMLFault(reason: .cutShort(within: within), byte: place + 1)
  }

  private func unexpected(_ found: String, _ expected: String, at place: Int) -> XMLFault {
    XMLFault(reason: .unexpected(found: found, expected: expected), byte: place + 1)
  }
}
