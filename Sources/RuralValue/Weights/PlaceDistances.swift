internal import RuralValueNumerics

/// Distances between units' places: great-circle kilometres on longitude and latitude, or planar.
public struct PlaceDistances: Sendable, Equatable {
  /// The mean radius of the Earth in kilometres (IUGG).
  public static let earthRadius = 6371.0088

  /// Whether the coordinates are longitudes and latitudes in degrees.
  public let isGeographic: Bool
  /// Points on the unit sphere, or in the plane with z = 0.
  private let x: [Double]
  private let y: [Double]
  private let z: [Double]

  /// Distances between points.
  public init(_ points: [PolygonLayer.Point], isGeographic: Bool) {
    self.isGeographic = isGeographic
    guard isGeographic else {
      (x, y, z) = (points.map(\.x), points.map(\.y), points.map { _ in 0 })
      return
    }
    let degree = Double.pi / 180
    x = points.map { cos($0.y * degree) * cos($0.x * degree) }
    y = points.map { cos($0.y * degree) * sin($0.x * degree) }
    z = points.map { sin($0.y * degree) }
  }

  /// The number of points.
  public var count: Int { x.count }

  /// The squared straight line between two points, which orders pairs as their distance does.
  @inline(__always)
  func squaredChord(_ i: Int, _ j: Int) -> Double {
    let (dx, dy, dz) = (x[i] - x[j], y[i] - y[j], z[i] - z[j])
    return dx * dx + dy * dy + dz * dz
  }

  /// The distance between two points.
  public func distance(_ i: Int, _ j: Int) -> Double {
    distance(squaredChord: squaredChord(i, j))
  }

  func distance(squaredChord: Double) -> Double {
    let chord = squaredChord.squareRoot()
    return isGeographic ? 2 * PlaceDistances.earthRadius * asin(min(1, chord / 2)) : chord
  }
}

/// base^exponent, exactly the product where the exponent is 1 or 2.
func realPower(_ base: Double, _ exponent: Double) -> Double {
  switch exponent {
  case 1: base
  case 2: base * base
  default: pow(base, exponent)
  }
}
