import RuralValue

/// One pass over a GeoJSON document.
///
/// Coordinates are read by the depth of their brackets, whatever the order of a geometry's members.
struct GeoJSONParser {
  let source: String
  var cursor: JSONCursor
  var features: [PolygonLayer.Feature] = []
  var rings: [PolygonLayer.Ring] = []
  var x: [Double] = []
  var y: [Double] = []
  var members: [PolygonLayer.Property] = []
  var repairs = FeatureRepairs()
  /// What is wrong with geometries: only what is left out may be as wrong as it likes.
  var faults: [PolygonReading.FeatureFault] = []
  var coordinateSystem: String?
  /// Whether the features stand one after the other and not in a collection.
  var isSequence = false
  /// The arcs, where the document is TopoJSON.
  var topology: Topology?
  var documentType: String?
  /// Whether a feature has Esri's `attributes` or `rings`.
  var looksLikeEsri = false
  /// The id or the first properties of the feature being read, for messages.
  var currentID: String?
  private var isInFeature = false

  /// A parser of UTF-8.
  init(_ bytes: [UInt8], source: String) {
    self.source = source
    cursor = JSONCursor(bytes)
    x.reserveCapacity(bytes.count / 40)
    y.reserveCapacity(bytes.count / 40)
  }

  mutating func documentMember(_ key: String) throws(JSONCursor.Obstacle) {
    switch key {
    case "type": documentType = try cursor.string()
    case "features": try parseFeatures()
    case "crs": try parseCoordinateSystem()
    default:
      if let text = try propertyText() { members.append(.init(key, text)) }
    }
  }

  private mutating func parseFeatures() throws(JSONCursor.Obstacle) {
    try cursor.pass(UInt8(ascii: "["))
    if try cursor.passIf(UInt8(ascii: "]")) { return }
    repeat {
      try parseFeature()
      if failure != nil { throw .truncated }
    } while try cursor.passIf(UInt8(ascii: ","))
    try cursor.pass(UInt8(ascii: "]"))
  }

  mutating func parseFeature() throws(JSONCursor.Obstacle) {
    beginFeature()
    var properties: [PolygonLayer.Property] = []
    var geometry = Geometry()
    let firstRing = rings.count
    try object { parser, key throws(JSONCursor.Obstacle) in
      switch key {
      case "type": try parser.passFeatureType()
      case "id":
        parser.currentID = try parser.propertyText()
      case "properties":
        properties = try parser.parseProperties()
      case "geometry":
        geometry = try parser.parseGeometry()
      case "attributes":
        parser.looksLikeEsri = true
        try parser.cursor.skipValue()
      default: try parser.cursor.skipValue()
      }
    }
    add(properties, geometry, firstRing: firstRing)
  }

  /// Begins a feature that may have an id.
  mutating func beginFeature() {
    isInFeature = true
    currentID = nil
  }

  /// Adds the feature that was read, with its rings.
  mutating func add(_ properties: [PolygonLayer.Property], _ geometry: Geometry, firstRing: Int) {
    let feature = PolygonLayer.Feature(
      id: currentID, properties: properties, rings: firstRing..<rings.count,
      origin: .init(source: source, number: features.count + 1), otherGeometry: geometry.other)
    if currentID == nil { currentID = properties.first { $0.text != nil }?.text }
    let name = currentFeature ?? ""
    if let fault = geometry.fault {
      faults.append(.init(number: features.count + 1, error: fault.error(source: source, feature: name)))
    }
    let repaired = FeatureRepairs.Feature(number: features.count + 1, name: currentID ?? name)
    if geometry.wasOpen { repairs.closed.append(repaired) }
    if geometry.isCollected { repairs.collected.append(repaired) }
    features.append(feature)
    isInFeature = false
  }

  private mutating func passFeatureType() throws(JSONCursor.Obstacle) {
    _ = try cursor.peek()
    let start = cursor.position
    guard try cursor.string() == "Feature" else {
      cursor.position = start
      throw .unexpected(expected: "\"Feature\"")
    }
  }

  mutating func parseProperties() throws(JSONCursor.Obstacle) -> [PolygonLayer.Property] {
    var properties: [PolygonLayer.Property] = []
    guard try cursor.peek() == UInt8(ascii: "{") else {
      try passNull(expected: "the properties as an object, or null")
      return []
    }
    try object { parser, key throws(JSONCursor.Obstacle) in
      properties.append(.init(key, try parser.propertyText()))
    }
    return properties
  }

  /// The text of a plain value; nil for null, and for objects and arrays, which are passed over.
  mutating func propertyText() throws(JSONCursor.Obstacle) -> String? {
    switch try cursor.peek() {
    case UInt8(ascii: "\""): return try cursor.string()
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      try cursor.skipValue()
      return nil
    default:
      let text = try cursor.literal()
      if text == "null" { return nil }
      // Codes that passed through a table of doubles: 37009.0 is 37009.
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
  }

  private mutating func parseCoordinateSystem() throws(JSONCursor.Obstacle) {
    guard try cursor.peek() == UInt8(ascii: "{") else { return try cursor.skipValue() }
    try object { parser, key throws(JSONCursor.Obstacle) in
      guard key == "properties", try parser.cursor.peek() == UInt8(ascii: "{") else {
        return try parser.cursor.skipValue()
      }
      try parser.object { parser, key throws(JSONCursor.Obstacle) in
        if key == "name" {
          parser.coordinateSystem = try parser.propertyText()
        } else {
          try parser.cursor.skipValue()
        }
      }
    }
  }

  /// Passes null; anything else was meant to be an object, and would be lost.
  mutating func passNull(expected: String) throws(JSONCursor.Obstacle) {
    let start = cursor.position
    guard try cursor.literal() == "null" else {
      cursor.position = start
      throw .unexpected(expected: expected)
    }
  }

  /// Reads the members of an object, each key once: of two values one would be lost.
  mutating func object(
    _ member: (inout GeoJSONParser, String) throws(JSONCursor.Obstacle) -> Void
  ) throws(JSONCursor.Obstacle) {
    try cursor.pass(UInt8(ascii: "{"))
    if try cursor.passIf(UInt8(ascii: "}")) { return }
    var keys = KnownKeys()
    repeat {
      _ = try cursor.peek()
      let start = cursor.position
      let key = try cursor.string()
      if !keys.insert(key) {
        cursor.position = start
        try fail(.repeatedKey(key, source: source, place: cursor.textPlace, feature: currentFeature))
      }
      try cursor.pass(UInt8(ascii: ":"))
      try member(&self, key)
      if failure != nil { throw .truncated }
    } while try cursor.passIf(UInt8(ascii: ","))
    try cursor.pass(UInt8(ascii: "}"))
  }

  // What stopped the reading, where it is more than an obstacle in the text.
  private(set) var failure: GeoJSONError?

  /// The name of the feature being read.
  var currentFeature: String? {
    guard isInFeature else { return nil }
    return currentID.map { "feature \(features.count + 1) (\($0))" } ?? "feature \(features.count + 1)"
  }

  mutating func fail(_ error: GeoJSONError) throws(JSONCursor.Obstacle) -> Never {
    failure = error
    throw .truncated
  }

  mutating func located(
    _ body: (inout GeoJSONParser) throws(JSONCursor.Obstacle) -> Void
  ) throws(GeoJSONError) {
    do {
      try body(&self)
    } catch {
      if let failure { throw failure }
      switch error {
      // Strict text has no comments.
      case .truncated, .openComment:
        throw .truncated(source: source, place: cursor.textPlace, feature: currentFeature)
      case .unexpected(let expected):
        throw .unexpected(
          found: found, expected: expected, source: source, place: cursor.textPlace, feature: currentFeature)
      }
    }
  }

  /// What stands at the present place, for messages.
  var found: String {
    guard cursor.position < cursor.bytes.count else { return "the end of the file" }
    let rest = cursor.bytes[cursor.position..<min(cursor.position + 20, cursor.bytes.count)]
    return "\"\(String(decoding: rest.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self))\""
  }
}

/// The keys of an object so far.
///
/// Most objects have a few, which are compared quicker than they are hashed.
private struct KnownKeys {
  private var few: [String] = []
  private var many: Set<String> = []

  /// Adds a key; returns whether it is new.
  mutating func insert(_ key: String) -> Bool {
    if !many.isEmpty { return many.insert(key).inserted }
    guard !few.contains(key) else { return false }
    few.append(key)
    if few.count > 16 { many = Set(few) }
    return true
  }
}
