/// What a file says of its coordinates.
public enum CoordinateReference: Sendable, Equatable {
  /// Nothing: by the standard of GeoJSON longitudes and latitudes.
  case undeclared
  /// Longitudes and latitudes in degrees.
  case geographic(String)
  /// A plane whose unit has so many metres.
  case projected(String, metresPerUnit: Double)
  /// The plane of web maps, whose metres are stretched by one over the cosine of the latitude.
  case webMercator(String)
  /// A system of which this program knows nothing but the name.
  case unknown(String)

  /// A system by the name that a `crs` member gives it: `urn:ogc:def:crs:EPSG::3857`, `EPSG:4490`, `CRS84`.
  public init(name: String) {
    let code = Int(String(name.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()))
    switch code {
    case _ where name.uppercased().hasSuffix("CRS84"): self = .geographic(name)
    case .some(let code) where Self.geographicCodes.contains(code): self = .geographic(name)
    case 3857, 900_913, 3785, 102_100, 102_113: self = .webMercator(name)
    case .some(let code) where Self.metreCodes.contains { $0.contains(code) }:
      self = .projected(name, metresPerUnit: 1)
    default: self = .unknown(name)
    }
  }

  /// The system's name; nil where there is none.
  public var name: String? {
    switch self {
    case .undeclared: nil
    case .geographic(let name), .projected(let name, _), .webMercator(let name), .unknown(let name): name
    }
  }

  /// Whether coordinates of both can lie in one layer.
  func agrees(with other: CoordinateReference) -> Bool {
    switch (self, other) {
    case (.undeclared, .geographic), (.geographic, .undeclared), (.geographic, .geographic),
      (.webMercator, .webMercator):
      true
    default: self == other
    }
  }

  /// WGS 84, CGCS2000, ETRS89, NAD 83 and 27, Beijing 1954 and New Beijing, Xi'an 1980.
  private static let geographicCodes: Set<Int> = [4326, 4979, 4490, 4258, 4269, 4267, 4214, 4555, 4610]

  /// Planes in metres: the Gauss–Krüger zones of CGCS2000, Xi'an 1980 and Beijing 1954, and UTM on WGS 84.
  /// Source: the EPSG registry.
  private static let metreCodes: [ClosedRange<Int>] = [
    4491...4554, 2327...2390, 2401...2442, 21413...21423, 21453...21463, 32601...32660, 32701...32760,
    3395...3395,
  ]
}

/// What one unit of planar coordinates is.
public enum CoordinateUnit: String, Sendable, CaseIterable {
  /// A metre.
  case metre = "m"
  /// A kilometre.
  case kilometre = "km"

  /// Its length in kilometres.
  public var kilometres: Double { self == .metre ? 0.001 : 1 }
}
