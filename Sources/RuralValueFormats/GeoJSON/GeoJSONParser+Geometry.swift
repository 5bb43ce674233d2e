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
    /// The type, where that is neither polygon nor point.
    var other: String?
    /// Whether it is a collection that holds polygons and is therefore taken for them.
    var isCollected = false
    /// What makes it useless.
    var fault: Fault?

    /// What can be wrong with a geometry.
    enum Fault {
      case wrongType(String)
      case shortRing(vertices: Int)

      func error(source: String, feature: String) -> GeoJSONError {
        switch self {
        case .wrongType(let type): .wrongGeometry(type: type, source: source, feature: feature)
        case .shortRing(let vertices): .shortRing(vertices: vertices, source: source, feature: feature)
        }
      }
    }
  }

  /// How deep the coordinates of each type are nested.
  static let depths = [
    "Point": 1, "MultiPoint": 2, "LineString": 2, "MultiLineString": 3, "Polygon": 3, "MultiPolygon": 4,
  ]

  /// Deeper collections no program writes.
  private static let deepestCollection = 8

  /// Reads a geometry and appends its rings.
  mutating func parseGeometry(within nesting: Int = 0) throws(JSONCursor.Obstacle) -> Geometry {
    var geometry = Geometry()
    let (firstRing, firstVertex) = (rings.count, x.count)
    guard try cursor.peek() == UInt8(ascii: "{") else {
      try passNull(expected: "the geometry as an object, or null")
      return geometry
    }
    try object { parser, key throws(JSONCursor.Obstacle) in
      switch key {
      case "type": geometry.type = try parser.cursor.string()
      case "coordinates": try parser.parseCoordinates(depth: 1, isHole: false, &geometry)
      case "geometries":
        try parser.parseMembers(of: &geometry, within: nesting) { parser throws(JSONCursor.Obstacle) in
          try parser.parseGeometry(within: nesting + 1)
        }
      case "rings":
        parser.looksLikeEsri = true
        try parser.cursor.skipValue()
      default: try parser.cursor.skipValue()
      }
    }
    settle(&geometry, firstRing: firstRing, firstVertex: firstVertex)
    return geometry
  }

  /// Reads the members of a geometry collection, whose polygons become the collection's.
  mutating func parseMembers(
    of geometry: inout Geometry, within nesting: Int,
    _ member: (inout GeoJSONParser) throws(JSONCursor.Obstacle) -> Geometry
  ) throws(JSONCursor.Obstacle) {
    geometry.type = geometry.type ?? "GeometryCollection"
    guard nesting < Self.deepestCollection else {
      throw .unexpected(expected: "geometry collections nested at most \(Self.deepestCollection) deep")
    }
    try cursor.pass(UInt8(ascii: "["))
    if try cursor.passIf(UInt8(ascii: "]")) { return }
    repeat {
      let firstVertex = x.count
      let read = try member(&self)
      if read.type == "Point" {
        // A point in a collection is a label, or part of no area.
        while let ring = rings.last, ring.vertices.lowerBound >= firstVertex { rings.removeLast() }
        dropVertices(from: firstVertex)
      }
      geometry.wasOpen = geometry.wasOpen || read.wasOpen
      geometry.fault = geometry.fault ?? read.fault
    } while try cursor.passIf(UInt8(ascii: ","))
    try cursor.pass(UInt8(ascii: "]"))
  }

  /// Reads an array of coordinates whose bracket is next; `depth` counts the brackets including it.
  mutating func parseCoordinates(
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
    closeRing(from: start, isHole: isHole, &geometry)
  }

  /// Makes a ring of the vertices from a place on, without a last one that repeats the first.
  mutating func closeRing(from start: Int, isHole: Bool, _ geometry: inout Geometry) {
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
  mutating func parsePosition() throws(JSONCursor.Obstacle) {
    let first = try coordinate()
    try cursor.pass(UInt8(ascii: ","))
    let second = try coordinate()
    while try cursor.passIf(UInt8(ascii: ",")) { _ = try coordinate() }
    try cursor.pass(UInt8(ascii: "]"))
    x.append(first)
    y.append(second)
  }

  @inline(__always)
  mutating func coordinate() throws(JSONCursor.Obstacle) -> Double {
    let start = cursor.position
    if let value = try cursor.number(), abs(value) < 1e12 { return value }
    cursor.position = start
    return try refuseCoordinate()
  }

  private mutating func refuseCoordinate() throws(JSONCursor.Obstacle) -> Double {
    let place = cursor.textPlace
    let word = cursor.word()
    try fail(
      .badCoordinate(
        found: word.isEmpty ? found : word, source: source, place: place, feature: currentFeature))
  }

  /// Holds a geometry against its type, and drops what is no polygon and no point.
  mutating func settle(_ geometry: inout Geometry, firstRing: Int, firstVertex: Int) {
    let isEmpty = rings.count == firstRing
    if geometry.type == "GeometryCollection" {
      geometry.isCollected = !isEmpty
      if isEmpty, geometry.fault == nil { geometry.other = geometry.type }
    } else if let type = geometry.type, let depth = Self.depths[type] {
      if !isEmpty, geometry.depth != depth {
        geometry.fault = .wrongType(
          "\(type) with coordinates nested \(geometry.depth) deep instead of \(depth)")
      } else if type.hasSuffix("LineString") || type == "MultiPoint" {
        (geometry.other, geometry.wasOpen) = (type, false)
      } else if type == "Point" {
        geometry.wasOpen = false
      } else if let short = rings[firstRing...].first(where: { $0.vertices.count < 3 }) {
        geometry.fault = .shortRing(vertices: short.vertices.count)
      }
    } else if let type = geometry.type {
      geometry.fault = .wrongType(type)
    } else if !isEmpty {
      geometry.fault = .wrongType("thing without a type")
    }
    guard geometry.other != nil || geometry.fault != nil else { return }
    geometry.wasOpen = false
    rings.removeLast(rings.count - firstRing)
    dropVertices(from: firstVertex)
  }

  private mutating func dropVertices(from first: Int) {
    x.removeLast(x.count - first)
    y.removeLast(y.count - first)
  }
}
