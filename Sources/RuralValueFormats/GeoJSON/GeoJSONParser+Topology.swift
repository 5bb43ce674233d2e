import RuralValue

extension GeoJSONParser {
  /// What TopoJSON keeps apart from its features: lines that several borders share.
  struct Topology {
    /// The positions of all arcs.
    var (x, y): ([Double], [Double]) = ([], [])
    /// Arc i has the positions `starts[i]..<starts[i + 1]`.
    var starts = [0]
    /// What makes coordinates of whole numbers; nil where they are coordinates.
    var transform: Transform?
    /// The objects, and where in the text each stands.
    var objects: [(name: String, place: Int)] = []

    var arcCount: Int { starts.count - 1 }

    /// Arcs joined to rings so far, in positions.
    var used = 0

    struct Transform {
      var scale = (1.0, 1.0)
      var translate = (0.0, 0.0)
    }
  }

  /// Rings as arcs, before it is known what they are.
  private struct ArcRings {
    var arcs: [Int] = []
    var rings: [(arcs: Range<Int>, isHole: Bool)] = []
  }

  /// Reads TopoJSON, of which an object is named unless there is but one.
  mutating func parseTopology(object name: String?) throws(GeoJSONError) {
    topology = Topology()
    try located { parser throws(JSONCursor.Obstacle) in
      try parser.object { parser, key throws(JSONCursor.Obstacle) in
        switch key {
        case "arcs": try parser.parseArcs()
        case "transform": try parser.parseTransform()
        case "objects": try parser.findObjects()
        default: try parser.documentMember(key)
        }
      }
      try parser.cursor.passEnd()
    }
    if let arc = topology?.place() { throw .badArc(arc, source: source) }
    let objects = topology?.objects ?? []
    let chosen = name == nil && objects.count == 1 ? objects[0] : objects.first { $0.name == name }
    guard let chosen else { throw .object(named: name, source: source, objects: objects.map(\.name)) }
    cursor.position = chosen.place
    try located { parser throws(JSONCursor.Obstacle) in try parser.parseObject() }
  }

  private mutating func findObjects() throws(JSONCursor.Obstacle) {
    try object { parser, name throws(JSONCursor.Obstacle) in
      _ = try parser.cursor.peek()
      parser.topology?.objects.append((name, parser.cursor.position))
      try parser.cursor.skipValue()
    }
  }

  /// Reads an object: a collection with a feature a member, or one feature.
  private mutating func parseObject() throws(JSONCursor.Obstacle) {
    let start = cursor.position
    var isCollection = false
    var members = 0
    try object { parser, key throws(JSONCursor.Obstacle) in
      guard key == "geometries" else { return try parser.cursor.skipValue() }
      isCollection = true
      try parser.cursor.pass(UInt8(ascii: "["))
      if try parser.cursor.passIf(UInt8(ascii: "]")) { return }
      repeat {
        try parser.parseMember()
        members += 1
      } while try parser.cursor.passIf(UInt8(ascii: ","))
      try parser.cursor.pass(UInt8(ascii: "]"))
    }
    guard !isCollection else { return }
    cursor.position = start
    try parseMember()
  }

  /// Reads a geometry of an object as a feature.
  private mutating func parseMember() throws(JSONCursor.Obstacle) {
    beginFeature()
    var properties: [PolygonLayer.Property] = []
    let firstRing = rings.count
    let geometry = try parseArcGeometry(within: 0) { parser, key throws(JSONCursor.Obstacle) in
      switch key {
      case "id": parser.currentID = try parser.propertyText()
      case "properties": properties = try parser.parseProperties()
      default: try parser.cursor.skipValue()
      }
    }
    add(properties, geometry, firstRing: firstRing)
  }

  private mutating func parseArcGeometry(
    within nesting: Int, _ other: (inout GeoJSONParser, String) throws(JSONCursor.Obstacle) -> Void
  ) throws(JSONCursor.Obstacle) -> Geometry {
    var geometry = Geometry()
    var arcs = ArcRings()
    let (firstRing, firstVertex) = (rings.count, x.count)
    try object { parser, key throws(JSONCursor.Obstacle) in
      switch key {
      case "type":
        if try parser.cursor.peek() == UInt8(ascii: "\"") {
          geometry.type = try parser.cursor.string()
        } else {
          try parser.passNull(expected: "the type as a text, or null")
        }
      case "arcs": try parser.parseArcNumbers(depth: 1, isHole: false, &geometry, &arcs)
      case "coordinates": try parser.parseCoordinates(depth: 1, isHole: false, &geometry)
      case "geometries":
        try parser.parseMembers(of: &geometry, within: nesting) { parser throws(JSONCursor.Obstacle) in
          try parser.parseArcGeometry(within: nesting + 1) { parser, _ throws(JSONCursor.Obstacle) in
            try parser.cursor.skipValue()
          }
        }
      default: try other(&parser, key)
      }
    }
    if geometry.type == "Point" { placePoints(from: firstVertex) }
    for ring in arcs.rings where geometry.type?.hasSuffix("Polygon") == true {
      try join(arcs.arcs[ring.arcs], isHole: ring.isHole, &geometry)
    }
    if !arcs.rings.isEmpty,
      geometry.type.map({ $0.hasSuffix("Polygon") || $0.hasSuffix("LineString") }) != true
    {
      geometry.fault = .wrongType("\(geometry.type ?? "thing without a type") with arcs")
    }
    settle(&geometry, firstRing: firstRing, firstVertex: firstVertex)
    return geometry
  }

  private mutating func placePoints(from first: Int) {
    guard let transform = topology?.transform else { return }
    for vertex in first..<x.count {
      x[vertex] = x[vertex] * transform.scale.0 + transform.translate.0
      y[vertex] = y[vertex] * transform.scale.1 + transform.translate.1
    }
  }

  /// Reads the numbers of arcs, nested as deep as the type has it.
  private mutating func parseArcNumbers(
    depth: Int, isHole: Bool, _ geometry: inout Geometry, _ arcs: inout ArcRings
  ) throws(JSONCursor.Obstacle) {
    guard depth <= 3 else { throw .unexpected(expected: "arcs nested at most three deep") }
    try cursor.pass(UInt8(ascii: "["))
    if try cursor.passIf(UInt8(ascii: "]")) { return }
    let start = arcs.arcs.count
    var member = 0
    repeat {
      if try cursor.peek() == UInt8(ascii: "[") {
        try parseArcNumbers(depth: depth + 1, isHole: member > 0, &geometry, &arcs)
      } else {
        arcs.arcs.append(try arcNumber())
      }
      member += 1
    } while try cursor.passIf(UInt8(ascii: ","))
    try cursor.pass(UInt8(ascii: "]"))
    guard arcs.arcs.count > start, arcs.rings.last.map({ $0.arcs.upperBound <= start }) ?? true else {
      return
    }
    arcs.rings.append((start..<arcs.arcs.count, isHole))
    // A ring of arcs is a list, one of positions a list of lists.
    geometry.depth = max(geometry.depth, depth + 1)
  }

  private mutating func arcNumber() throws(JSONCursor.Obstacle) -> Int {
    let start = cursor.position
    guard let number = try cursor.number(), number == number.rounded(), abs(number) < 1e9 else {
      cursor.position = start
      throw .unexpected(expected: "the whole number of an arc")
    }
    return Int(number)
  }
}
