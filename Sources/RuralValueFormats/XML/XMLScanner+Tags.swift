/// Tags, with their attributes and namespaces.
extension XMLScanner {
  mutating func readStart(_ bytes: Span<UInt8>) throws(XMLFault) {
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

  mutating func readEnd(_ bytes: Span<UInt8>) throws(XMLFault) {
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

  mutating func close() {
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

  func colon(in name: Range<Int>, _ bytes: Span<UInt8>) -> Int? {
    for place in name where bytes[place] == UInt8(ascii: ":") { return place }
    return nil
  }

  func namespace(ofPrefix prefix: Range<Int>, _ bytes: Span<UInt8>) throws(XMLFault) -> XMLNamespace {
    for (name, namespace) in prefixes.reversed() where XMLScanner.isSame(name, prefix, bytes) {
      return namespace
    }
    let text = XMLScanner.text(prefix, bytes)
    if text == "xml" { return .xml }
    throw XMLFault(reason: .prefix(text), byte: prefix.lowerBound + 1)
  }
}
