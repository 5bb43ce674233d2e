/// The namespaces that readers of this module tell apart.
///
/// Each Office namespace has two addresses, the transitional one of Microsoft and the strict one of ISO.
/// Source: ECMA-376, part 1, annex A, and part 4.
enum XMLNamespace: UInt8 {
  /// No namespace.
  case none
  /// Workbooks and sheets.
  case spreadsheet
  /// References from a part to others.
  case relationships
  /// The files of references.
  case packageRelationships
  /// The prefix `xml` itself.
  case xml
  /// Any other.
  case other

  /// The namespace of an address.
  init(_ address: some Sequence<UInt8>) {
    let text = String(decoding: Array(address), as: UTF8.self)
    self = text.isEmpty ? .none : XMLNamespace.addresses[text] ?? .other
  }

  private static let addresses: [String: XMLNamespace] = [
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": .spreadsheet,
    "http://purl.oclc.org/ooxml/spreadsheetml/main": .spreadsheet,
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": .relationships,
    "http://purl.oclc.org/ooxml/officeDocument/relationships": .relationships,
    "http://schemas.openxmlformats.org/package/2006/relationships": .packageRelationships,
  ]
}
