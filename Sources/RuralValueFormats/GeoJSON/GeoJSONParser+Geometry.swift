import RuralValue

extension GeoJSONParser {
  /// What a geometry says of itself.
  struct Geometry {
    /// Its type; nil where there is no geometry.
    var type: String?
    /// How deep its coordinates are nested: 1 for a point, 3 for a polygon, 4 for a multipolygon.
    var depth = 0
    /// Whether a ring had to be closed.
    var wasOpen = false
  }

  /// Reads a geometry and appends its rings.
  mutating func parseGeometry() throws(JSONCursor.Obstacle) -> Geometry {
    var geometry = Geometry()
    guard try cursor.peek() == UInt8(ascii: "{") else {
      try passNull(expected: "the geometry as an object, or null")
      return geometry
    }
    try object { parser, key throws(JSONCursor.Obstacle) in
      switch key {
      case "type": geometry.type = try parser.cursor.string()
      case "coordinates": try parser.parseCoordinates(depth: 1, isHole: false, &geometry)
      case "geometries":
        geometry.type = geometry.type ?? "GeometryCollection"
        try parser.cursor.skipValue()
      default: try parser.cursor.skipValue()
      }
    }
    return geometry
  }

  /// Reads an array of coordinates whose bracket is next; `depth` counts the brackets including it.
  private mutating func parseCoordinates(
    depth: Int, isHole: Bool, _ geometry: inout Geometry
  ) throws(JSONCursor.Obstacle) {
    guard depth <= 4 else { throw .unexpected(expected: "coordinates nested at most four deep") }
    try cursor.pass(UInt8(ascii: "["))
    if try cursor.passIf(UInt8(ascii: "]")) { return }
    guard try cursor.peek() == UInt8(ascii: "[") else {
      // A single position: a point.
      let start = x.count
      try parsePosition()
      geometry.depth = max(geometry.depth, depth)
      rings.append(.init(vertices: start..<x.count, feature: features.count, isHole: false))
      return
    }
    if try holdsPositions() {
      geometry.depth = max(geometry.depth, depth + 1)
      try parseRing(isHole: isHole, &geometry)
      return
    }
    var member = 0
    repeat {
      // Of a polygon's rings all but the first are holes.
      try parseCoordinates(depth: depth + 1, isHole: member > 0, &geometry)
      member += 1
    } while try cursor.passIf(UInt8(ascii: ","))
    try cursor.pass(UInt8(ascii: "]"))
  }

  /// Whether the array whose bracket is next holds numbers.
  private mutating func holdsPositions() throws(JSONCursor.Obstacle) -> Bool {
    let start = cursor.position
    try cursor.pass(UInt8(ascii: "["))
    let byte = try cursor.peek()
    cursor.position = start
    return byte != UInt8(ascii: "[") && byte != UInt8(ascii: "]")
  }

  /// Reads positions up to the bracket that closes the ring.
  private mutating func parseRing(isHole: Bool, _ geometry: inout Geometry) throws(JSONCursor.Obstacle) {
    let start = x.count
    repeat {
      try cursor.pass(UInt8(ascii: "["))
      try parsePosition()
    } while try cursor.passIf(UInt8(ascii: ","))
    try cursor.pass(UInt8(ascii: "]"))
    if x.count - start > 1, x[start] == x[x.count - 1], y[start] == y[y.count - 1] {
      x.removeLast()
      y.removeLast()
    } else {
      geometry.wasOpen = true
    }
    rings.append(.init(vertices: start..<x.count, feature: features.count, isHole: isHole))
  }

  /// Reads the numbers of a position and the bracket that closes it.
  @inline(__always)
  private mutating func parsePosition() throws(JSONCursor.Obstacle) {
    let first = try coordinate()
    try cursor.pass(UInt8(ascii: ","))
    let second = try coordinate()
    while try cursor.passIf(UInt8(ascii: ",")) { _ = try coordinate() }
    try cursor.pass(UInt8(ascii: "]"))
    x.append(first)
    y.append(second)
  }

  @inline(__always)
  private mutating func coordinate() throws(JSONCursor.Obstacle) -> Double {
    let start = cursor.position
    if let value = try cursor.number(), abs(value) < 1e12 { return value }
    cursor.position = start
    return try refuseCoordinate()
  }

  private mutating func refuseCoordinate() throws(JSONCursor.Obstacle) -> Double {
    let line = cursor.line
    let word = cursor.word()
    try fail(
      .badCoordinate(found: word.isEmpty ? found : word, source: source, line: line, feature: currentFeature))
  }

  /// Holds a feature's geometry against its type.
  mutating func check(
    _ geometry: Geometry, rings range: Range<Int>
  ) throws(JSONCursor.Obstacle) {
    let name = currentFeature ?? "feature \(features.count + 1)"
    guard let type = geometry.type else {
      guard range.isEmpty else {
        try fail(.wrongGeometry(type: "thing without a type", source: source, feature: name))
      }
      return
    }
    let depths = ["Point": 1, "Polygon": 3, "MultiPolygon": 4]
    guard let depth = depths[type] else {
      try fail(.wrongGeometry(type: type, source: source, feature: name))
    }
    guard range.isEmpty || geometry.depth == depth else {
      try fail(
        .wrongGeometry(
          type: "\(type) with coordinates nested \(geometry.depth) deep instead of \(depth)", source: source,
          feature: name))
    }
    guard depth > 1 else { return }
    for ring in rings[range] where ring.vertices.count < 3 {
      try fail(.shortRing(vertices: ring.vertices.count, source: source, feature: name))
    }
    if geometry.wasOpen { closedFeatures.append(currentID ?? name) }
  }
}
