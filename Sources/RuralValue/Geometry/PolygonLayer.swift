/// The polygons of a map: features with an id, properties, and rings of vertices.
///
/// All vertices stand in two arrays, ring after ring, so that a layer of a million vertices is a few
/// arrays. A ring does not repeat its first vertex at its end. A layer of points has rings of one vertex.
public struct PolygonLayer: Sendable, Equatable {
  /// What messages call the source.
  public let source: String
  /// The features, in the order of the source.
  public let features: [Feature]
  /// The rings, those of one feature together.
  public let rings: [Ring]
  /// The vertices' first coordinate, as a rule the longitude in degrees.
  public let x: [Double]
  /// The vertices' second coordinate, as a rule the latitude in degrees.
  public let y: [Double]
  /// Texts that belong to the whole layer, such as `map_approval_number`.
  public let members: [Property]

  /// A layer from its parts.
  public init(
    source: String, features: [Feature], rings: [Ring], x: [Double], y: [Double], members: [Property] = []
  ) {
    precondition(x.count == y.count, "A vertex has two coordinates.")
    self.source = source
    self.features = features
    self.rings = rings
    self.x = x
    self.y = y
    self.members = members
  }

  /// One unit of the map.
  public struct Feature: Sendable, Equatable {
    /// The member `id` of the feature, if it has one.
    public let id: String?
    /// The properties, in the order of the source.
    public let properties: [Property]
    /// The places of its rings in the layer's `rings`; empty where the feature has no geometry.
    public let rings: Range<Int>

    /// A feature from its parts.
    public init(id: String?, properties: [Property], rings: Range<Int>) {
      self.id = id
      self.properties = properties
      self.rings = rings
    }

    /// The text of a property, nil where it is absent or null.
    public func text(of name: String) -> String? {
      properties.first { $0.name == name }?.text
    }
  }

  /// A named text of a feature.
  public struct Property: Sendable, Equatable {
    /// The name.
    public let name: String
    /// The value as text, nil for null.
    public let text: String?

    /// A property from its name and value.
    public init(_ name: String, _ text: String?) {
      self.name = name
      self.text = text
    }
  }

  /// A closed line.
  public struct Ring: Sendable, Equatable {
    /// The places of its vertices, the first not repeated.
    public let vertices: Range<Int>
    /// The position of its feature.
    public let feature: Int
    /// Whether it bounds a hole.
    public let isHole: Bool

    /// A ring from its parts.
    public init(vertices: Range<Int>, feature: Int, isHole: Bool) {
      self.vertices = vertices
      self.feature = feature
      self.isHole = isHole
    }
  }

  /// The names of properties that any feature has, in the order of first appearance.
  public var propertyNames: [String] {
    features.flatMap { $0.properties.map(\.name) }.firstAppearances
  }

  /// Whether all coordinates can be longitudes and latitudes.
  public var isGeographic: Bool {
    x.allSatisfy { abs($0) <= 180 } && y.allSatisfy { abs($0) <= 90 }
  }

  /// The layer with only some of its features.
  public func keeping(_ isKept: (Int) -> Bool) -> PolygonLayer {
    var features: [Feature] = []
    var rings: [Ring] = []
    for (position, feature) in self.features.enumerated() where isKept(position) {
      let start = rings.count
      rings += self.rings[feature.rings].map {
        Ring(vertices: $0.vertices, feature: features.count, isHole: $0.isHole)
      }
      features.append(Feature(id: feature.id, properties: feature.properties, rings: start..<rings.count))
    }
    return PolygonLayer(source: source, features: features, rings: rings, x: x, y: y, members: members)
  }
}
