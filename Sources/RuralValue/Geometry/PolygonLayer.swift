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
  /// What the source says of its coordinates.
  public let reference: CoordinateReference

  /// A layer from its parts.
  public init(
    source: String, features: [Feature], rings: [Ring], x: [Double], y: [Double], members: [Property] = [],
    reference: CoordinateReference = .undeclared
  ) {
    precondition(x.count == y.count, "A vertex has two coordinates.")
    self.reference = reference
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
    /// Where it stands; nil where the layer was not read from a file.
    public let origin: Origin?
    /// The type of a geometry that is neither polygon nor point, such as `LineString`; nil as a rule.
    public let otherGeometry: String?

    /// A feature from its parts.
    public init(
      id: String?, properties: [Property], rings: Range<Int>, origin: Origin? = nil,
      otherGeometry: String? = nil
    ) {
      self.id = id
      self.properties = properties
      self.rings = rings
      self.origin = origin
      self.otherGeometry = otherGeometry
    }

    /// The text of a property, nil where it is absent or null.
    public func text(of name: String) -> String? {
      properties.first { $0.name == name }?.text
    }
  }

  /// The file in which a feature stands, and its number there.
  public struct Origin: Sendable, Equatable, CustomStringConvertible {
    /// What messages call the file.
    public let source: String
    /// Its number among the file's features, counted from one.
    public let number: Int

    /// A place from its parts.
    public init(source: String, number: Int) {
      self.source = source
      self.number = number
    }

    /// The place as a message names it: `map.geojson, feature 9`.
    public var description: String { "\(source), feature \(number)" }
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

  /// Where a feature stands.
  func origin(of feature: Int) -> Origin {
    features[feature].origin ?? Origin(source: source, number: feature + 1)
  }
}
