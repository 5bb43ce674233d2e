internal import RuralValueNumerics

/// How longitudes and latitudes come to lie in the plane, in kilometres.
///
/// On a sphere of mean radius, which at the scale of a page nobody can tell from an ellipsoid.
/// Source: Snyder (1987), Map Projections: A Working Manual, eqs. 14-1 to 14-6 and 15-1 to 15-3;
/// Šavrič, Patterson & Jenny (2018), The Equal Earth map projection.
public enum MapProjection: Sendable, Equatable {
  /// Coordinates as they are.
  case plane
  /// Equal areas on a cone that cuts two parallels: grades of colour on true areas.
  case albers(Cone)
  /// True angles on a cone that cuts two parallels.
  case lambert(Cone)
  /// Equal areas of the whole globe, upright on its central meridian.
  case equalEarth(meridian: Double)

  /// The cone of a conic projection, in degrees.
  public struct Cone: Sendable, Equatable {
    /// The meridian that runs straight up.
    public let meridian: Double
    /// The southern parallel of true scale.
    public let firstParallel: Double
    /// The northern parallel of true scale.
    public let secondParallel: Double

    /// A cone from its meridian and parallels.
    public init(meridian: Double, firstParallel: Double, secondParallel: Double) {
      self.meridian = meridian
      self.firstParallel = firstParallel
      self.secondParallel = secondParallel
    }
  }

  /// The names on the command line.
  public enum Family: String, Sendable, CaseIterable {
    /// Equal areas.
    case albers
    /// True angles.
    case lambert
    /// Coordinates as they are.
    case none
  }

  /// Whether it shows the globe, on which no scale holds everywhere and north is not straight up.
  var isGlobal: Bool { if case .equalEarth = self { true } else { false } }

  /// The name with its parameters, as it stands below a map.
  public var name: Phrase {
    switch self {
    case .plane: Phrase("plane coordinates as given", zh: "平面坐标（未投影）")
    case .albers(let cone):
      Phrase("Albers equal-area conic, \(cone.english)", zh: "Albers 等积圆锥投影，\(cone.chinese)")
    case .lambert(let cone):
      Phrase("Lambert conformal conic, \(cone.english)", zh: "Lambert 等角圆锥投影，\(cone.chinese)")
    case .equalEarth(let meridian):
      Phrase(
        "Equal Earth (equal areas), central meridian \(Self.degrees(meridian, "E", "W"))",
        zh: "Equal Earth 等积投影，中央经线 \(Self.degrees(meridian, "E", "W"))")
    }
  }

  /// The plane coordinates of all vertices, in kilometres.
  public func project(x: [Double], y: [Double]) -> (x: [Double], y: [Double]) {
    switch self {
    case .plane: return (x, y)
    case .albers(let cone): return project(x, y, cone, AlbersRadius(cone))
    case .lambert(let cone): return project(x, y, cone, LambertRadius(cone))
    case .equalEarth(let meridian):
      let points = zip(x, y).map {
        EqualEarth.point(longitude: Self.offset(of: $0, from: meridian), latitude: $1)
      }
      return (points.map(\.x), points.map(\.y))
    }
  }

  /// How many degrees a longitude lies east of a meridian, the shorter way round.
  static func offset(of longitude: Double, from meridian: Double) -> Double {
    let degrees = longitude - meridian
    return degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees
  }

  /// The longitude and latitude of a point of the plane, as it is where nothing was projected.
  ///
  /// Source: Snyder (1987), eqs. 14-8 to 14-11 and 15-5 to 15-11.
  func inverse(x: Double, y: Double) -> PolygonLayer.Point {
    switch self {
    case .plane: PolygonLayer.Point(x: x, y: y)
    case .albers(let cone): inverse(x, y, cone, AlbersRadius(cone))
    case .lambert(let cone): inverse(x, y, cone, LambertRadius(cone))
    case .equalEarth(let meridian): EqualEarth.place(x: x, y: y, meridian: meridian)
    }
  }

  private func inverse(
    _ x: Double, _ y: Double, _ cone: Cone, _ radius: some ConeRadius
  ) -> PolygonLayer.Point {
    let degree = Double.pi / 180
    let sign: Double = radius.constant < 0 ? -1 : 1
    let down = sign * (radius.radius(at: (cone.firstParallel + cone.secondParallel) / 2 * degree) - y)
    let length = sign * (x * x + down * down).squareRoot()
    let angle = atan2(sign * x, down)
    return PolygonLayer.Point(
      x: cone.meridian + angle / radius.constant / degree, y: radius.latitude(at: length) / degree)
  }

  private func project(
    _ x: [Double], _ y: [Double], _ cone: Cone, _ radius: some ConeRadius
  ) -> (x: [Double], y: [Double]) {
    let degree = Double.pi / 180
    let origin = radius.radius(at: (cone.firstParallel + cone.secondParallel) / 2 * degree)
    var (eastings, northings) = (x, y)
    for vertex in x.indices {
      let angle = radius.constant * Self.offset(of: x[vertex], from: cone.meridian) * degree
      let length = radius.radius(at: y[vertex] * degree)
      eastings[vertex] = length * sin(angle)
      northings[vertex] = origin - length * cos(angle)
    }
    return (eastings, northings)
  }
}

extension MapProjection.Cone {
  fileprivate var english: String {
    "central meridian \(MapProjection.degrees(meridian, "E", "W")), standard parallels"
      + " \(MapProjection.degrees(firstParallel, "N", "S")) and \(MapProjection.degrees(secondParallel, "N", "S"))"
  }

  fileprivate var chinese: String {
    "中央经线 \(MapProjection.degrees(meridian, "E", "W"))，标准纬线 \(MapProjection.degrees(firstParallel, "N", "S"))、"
      + MapProjection.degrees(secondParallel, "N", "S")
  }
}

extension MapProjection {
  static func degrees(_ value: Double, _ positive: String, _ negative: String) -> String {
    "\(FixedDecimals.text(abs(value), atMost: 2))°\(value < 0 ? negative : value > 0 ? positive : "")"
  }
}

/// How far a parallel lies from the tip of the cone.
private protocol ConeRadius {
  /// The cone constant n.
  var constant: Double { get }
  /// The distance ρ of a latitude in radians, in kilometres.
  func radius(at latitude: Double) -> Double
  /// The latitude in radians at a distance ρ.
  func latitude(at radius: Double) -> Double
}

private struct AlbersRadius: ConeRadius {
  let constant: Double
  private let c: Double

  init(_ cone: MapProjection.Cone) {
    let (first, second) = (cone.firstParallel * .pi / 180, cone.secondParallel * .pi / 180)
    let n = (sin(first) + sin(second)) / 2
    // Around the equator the cone is a cylinder; one of a huge cone will do.
    constant = abs(n) < 1e-4 ? 1e-4 : n
    c = cos(first) * cos(first) + 2 * constant * sin(first)
  }

  func radius(at latitude: Double) -> Double {
    PlaceDistances.earthRadius * max(0, c - 2 * constant * sin(latitude)).squareRoot() / constant
  }

  func latitude(at radius: Double) -> Double {
    let length = radius * constant / PlaceDistances.earthRadius
    return asin(min(1, max(-1, (c - length * length) / (2 * constant))))
  }
}

private struct LambertRadius: ConeRadius {
  let constant: Double
  private let f: Double

  init(_ cone: MapProjection.Cone) {
    let (first, second) = (cone.firstParallel * .pi / 180, cone.secondParallel * .pi / 180)
    let n =
      abs(first - second) < 1e-9
      ? sin(first)
      : log(cos(first) / cos(second)) / log(tan(.pi / 4 + second / 2) / tan(.pi / 4 + first / 2))
    constant = abs(n) < 1e-4 ? 1e-4 : n
    f = cos(first) * pow(tan(.pi / 4 + first / 2), constant) / constant
  }

  func radius(at latitude: Double) -> Double {
    PlaceDistances.earthRadius * f / pow(tan(.pi / 4 + min(max(latitude, -1.57), 1.57) / 2), constant)
  }

  func latitude(at radius: Double) -> Double {
    2 * atan(pow(PlaceDistances.earthRadius * f / radius, 1 / constant)) - .pi / 2
  }
}

/// The whole globe on equal areas: x = 2√3 λ cos θ / 3(9A₄θ⁸ + 7A₃θ⁶ + 3A₂θ² + A₁), y = A₄θ⁹ + A₃θ⁷ + A₂θ³ + A₁θ with
/// sin θ = √3/2 sin φ.
private enum EqualEarth {
  private static let (a1, a2, a3, a4) = (1.340264, -0.081106, 0.000893, 0.003796)

  private static func height(_ t: Double) -> Double {
    let square = t * t
    let sixth = square * square * square
    return t * (a1 + a2 * square + sixth * (a3 + a4 * square))
  }

  /// dy/dθ.
  private static func slope(_ t: Double) -> Double {
    let square = t * t
    let sixth = square * square * square
    return a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square)
  }

  static func point(longitude: Double, latitude: Double) -> PolygonLayer.Point {
    let degree = Double.pi / 180
    let t = asin(3.0.squareRoot() / 2 * sin(latitude * degree))
    return PolygonLayer.Point(
      x: PlaceDistances.earthRadius * 2 * longitude * degree * cos(t) / (3.0.squareRoot() * slope(t)),
      y: PlaceDistances.earthRadius * height(t))
  }

  static func place(x: Double, y: Double, meridian: Double) -> PolygonLayer.Point {
    let (degree, aim) = (Double.pi / 180, y / PlaceDistances.earthRadius)
    var t = aim / a1
    for _ in 0..<20 { t -= (height(t) - aim) / slope(t) }
    let longitude = x / PlaceDistances.earthRadius * 3.0.squareRoot() * slope(t) / (2 * cos(t)) / degree
    return PolygonLayer.Point(
      x: meridian + longitude, y: asin(min(1, max(-1, 2 / 3.0.squareRoot() * sin(t)))) / degree)
  }
}
