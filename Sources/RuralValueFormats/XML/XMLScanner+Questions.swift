/// What can be asked of the element that was just begun or ended.
extension XMLScanner {
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

  func stands(_ mark: StaticString, _ bytes: Span<UInt8>) -> Bool {
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

  static func isSame(_ one: Range<Int>, _ other: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
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
}
