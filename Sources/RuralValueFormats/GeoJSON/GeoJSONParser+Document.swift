import RuralValue

extension GeoJSONParser {
  /// Reads the whole document: a collection, one feature or several behind each other, or TopoJSON, of which an
  /// object may be named.
  mutating func parseDocument(object: String? = nil) throws(GeoJSONError) {
    passRecordSeparator()
    switch declaredType {
    case "Feature": try located { parser throws(JSONCursor.Obstacle) in try parser.parseSequence() }
    case "Topology": try parseTopology(object: object)
    case .some(let type) where Self.depths[type] != nil || type == "GeometryCollection":
      throw .bareGeometry(type: type, source: source)
    default: try parseCollection()
    }
    guard !features.isEmpty else { throw .empty(source: source) }
  }

  private mutating func parseCollection() throws(GeoJSONError) {
    try located { parser throws(JSONCursor.Obstacle) in
      try parser.object { parser, key throws(JSONCursor.Obstacle) in
        try parser.documentMember(key)
      }
      try parser.cursor.passEnd()
    }
    guard documentType == "FeatureCollection" else {
      throw looksLikeEsri ? .esri(source: source) : .notACollection(type: documentType, source: source)
    }
  }

  /// The type that the document gives itself before its features, nil where it gives none.
  private var declaredType: String? {
    var probe = cursor
    guard (try? probe.pass(UInt8(ascii: "{"))) != nil else { return nil }
    while let key = try? probe.string(), (try? probe.pass(UInt8(ascii: ":"))) != nil, key != "features" {
      if key == "type" { return try? probe.string() }
      guard (try? probe.skipValue()) != nil, (try? probe.passIf(UInt8(ascii: ","))) == true else {
        return nil
      }
    }
    return nil
  }

  /// Reads features one after the other, each perhaps behind a record separator. Source: RFC 8142.
  private mutating func parseSequence() throws(JSONCursor.Obstacle) {
    repeat {
      passRecordSeparator()
      try parseFeature()
    } while hasMore
    isSequence = features.count > 1
  }

  /// Whether anything but white space follows.
  private var hasMore: Bool {
    var probe = self
    probe.passRecordSeparator()
    return (try? probe.cursor.peek()) != nil
  }

  private mutating func passRecordSeparator() {
    var probe = cursor
    while probe.position < probe.bytes.count, probe.bytes[probe.position] <= 0x20 {
      if probe.bytes[probe.position] == 0x1E { cursor.position = probe.position + 1 }
      probe.position += 1
    }
  }
}
