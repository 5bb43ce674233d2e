import RuralValue

extension GeoJSONParser {
  /// Reads the arcs, as positions or as steps.
  mutating func parseArcs() throws(JSONCursor.Obstacle) {
    try cursor.pass(UInt8(ascii: "["))
    if try !cursor.passIf(UInt8(ascii: "]")) {
      repeat {
        try cursor.pass(UInt8(ascii: "["))
        if try !cursor.passIf(UInt8(ascii: "]")) {
          repeat {
            try cursor.pass(UInt8(ascii: "["))
            try parsePosition()
          } while try cursor.passIf(UInt8(ascii: ","))
          try cursor.pass(UInt8(ascii: "]"))
        }
        topology?.starts.append(x.count)
      } while try cursor.passIf(UInt8(ascii: ","))
      try cursor.pass(UInt8(ascii: "]"))
    }
    topology?.x = x
    topology?.y = y
    (x, y) = ([], [])
  }

  /// Reads what makes coordinates of steps.
  mutating func parseTransform() throws(JSONCursor.Obstacle) {
    var transform = Topology.Transform()
    try object { parser, key throws(JSONCursor.Obstacle) in
      switch key {
      case "scale": transform.scale = try parser.parsePair()
      case "translate": transform.translate = try parser.parsePair()
      default: try parser.cursor.skipValue()
      }
    }
    topology?.transform = transform
  }

  private mutating func parsePair() throws(JSONCursor.Obstacle) -> (Double, Double) {
    try cursor.pass(UInt8(ascii: "["))
    let first = try coordinate()
    try cursor.pass(UInt8(ascii: ","))
    let second = try coordinate()
    try cursor.pass(UInt8(ascii: "]"))
    return (first, second)
  }

  /// Joins arcs to a ring; ~i is arc i from its end to its beginning, and where two arcs meet their common
  /// position stands once.
  mutating func join(
    _ numbers: ArraySlice<Int>, isHole: Bool, _ geometry: inout Geometry
  ) throws(JSONCursor.Obstacle) {
    guard let topology else { return }
    let feature = currentFeature ?? ""
    let start = x.count
    var before: Int?
    for number in numbers {
      let arc = number < 0 ? ~number : number
      guard arc < topology.arcCount else {
        try fail(.noSuchArc(arc, source: source, feature: feature, arcs: topology.arcCount))
      }
      let places = topology.starts[arc]..<topology.starts[arc + 1]
      self.topology?.used += places.count
      guard (self.topology?.used ?? 0) <= 64 * topology.x.count else {
        try fail(.arcsRepeated(source: source, feature: feature))
      }
      guard let first = number < 0 ? places.last : places.first else { continue }
      if let before {
        guard topology.x[first] == x[x.count - 1], topology.y[first] == y[y.count - 1] else {
          try fail(.arcsApart(before, arc, source: source, feature: feature))
        }
      }
      let rest = before == nil ? places : number < 0 ? places.dropLast() : places.dropFirst()
      if number < 0 {
        x += topology.x[rest].reversed()
        y += topology.y[rest].reversed()
      } else {
        x += topology.x[rest]
        y += topology.y[rest]
      }
      before = arc
    }
    closeRing(from: start, isHole: isHole, &geometry)
  }
}

extension GeoJSONParser.Topology {
  /// Makes coordinates of the arcs; returns an arc of which one is none, if there is one.
  mutating func place() -> Int? {
    for arc in 0..<arcCount {
      var sum = (0.0, 0.0)
      for place in starts[arc]..<starts[arc + 1] {
        if let transform {
          // Each position but the first stands by its distance from the one before it.
          sum = (sum.0 + x[place], sum.1 + y[place])
          x[place] = sum.0 * transform.scale.0 + transform.translate.0
          y[place] = sum.1 * transform.scale.1 + transform.translate.1
        }
        guard abs(x[place]) < 1e12, abs(y[place]) < 1e12 else { return arc }
      }
    }
    return nil
  }
}
