extension PolygonLayer {
  /// The layer with only some of its features, and no vertex but theirs.
  public func keeping(_ isKept: (Int) -> Bool) -> PolygonLayer {
    var parts = LayerParts()
    for position in features.indices where isKept(position) { parts.add(position, of: self) }
    return parts.layer(source: source, members: members, reference: reference)
  }

  /// Layers as one, in their order: the county files of several prefectures.
  ///
  /// Of members with the same name the first counts. Throws `GeometryError.severalReferences` where the files
  /// say different things of their coordinates.
  public static func joined(_ layers: [PolygonLayer]) throws(GeometryError) -> PolygonLayer {
    guard let first = layers.first, layers.count > 1 else {
      return layers.first ?? PolygonLayer(source: "", features: [], rings: [], x: [], y: [])
    }
    var parts = LayerParts()
    var members: [Property] = []
    for layer in layers {
      guard layer.reference.agrees(with: first.reference) else {
        throw .severalReferences(
          first: first.source, says: first.reference.name, second: layer.source,
          othersName: layer.reference.name)
      }
      for position in layer.features.indices { parts.add(position, of: layer) }
      members += layer.members.filter { new in !members.contains { $0.name == new.name } }
    }
    return parts.layer(
      source: listed(layers.map(\.source), most: 3), members: members, reference: first.reference)
  }

  /// Places without features, as a table of coordinates has them: for measuring between them.
  public init(source: String, places: [Point]) {
    self.init(source: source, features: [], rings: [], x: places.map(\.x), y: places.map(\.y))
  }

  /// All vertices, ring after ring.
  public var vertices: [Point] { zip(x, y).map { Point(x: $0, y: $1) } }

  /// The layer with other coordinates.
  func withCoordinates(
    x: [Double], y: [Double], reference: CoordinateReference
  ) -> PolygonLayer {
    PolygonLayer(
      source: source, features: features, rings: rings, x: x, y: y, members: members, reference: reference)
  }
}

/// Features of one layer or of several, one after the other.
private struct LayerParts {
  private var features: [PolygonLayer.Feature] = []
  private var rings: [PolygonLayer.Ring] = []
  private var x: [Double] = []
  private var y: [Double] = []

  mutating func add(_ position: Int, of layer: PolygonLayer) {
    let feature = layer.features[position]
    let firstRing = rings.count
    for ring in layer.rings[feature.rings] {
      let start = x.count
      x += layer.x[ring.vertices]
      y += layer.y[ring.vertices]
      rings.append(.init(vertices: start..<x.count, feature: features.count, isHole: ring.isHole))
    }
    features.append(
      .init(
        id: feature.id, properties: feature.properties, rings: firstRing..<rings.count,
        origin: layer.origin(of: position), otherGeometry: feature.otherGeometry))
  }

  func layer(
    source: String, members: [PolygonLayer.Property], reference: CoordinateReference
  ) -> PolygonLayer {
    PolygonLayer(
      source: source, features: features, rings: rings, x: x, y: y, members: members, reference: reference)
  }
}
