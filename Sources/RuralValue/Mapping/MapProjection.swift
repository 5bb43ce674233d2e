internal import RuralValueNumerics

/// How longitudes and latitudes come to lie in the plane, in kilometres.
///
/// On a sphere of mean radius, which at the scale of a page nobody can tell from an ellipsoid.
/// Source: Snyder (1987), Map Projections: A Working Manual, eqs. 14-1 to 14-6 and 15-1 to 15-3.
public enum MapProjection: Sendable, Equatable {
  /// Coordinates as they are.
  case plane
  /// Equal areas on a cone that cuts two parallels: grades of colour on true areas.
  case albers(Cone)
  /// True angles on a cone that cuts two parallels.
  case lambert(Cone)

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

    /// The cone that suits an extent: parallels a sixth of its height from its edges, on half degrees;
    /// for all of China the customary 105° E, 25° and 47° N.
    public init(longitudes: ClosedRange<Double>, latitudes: ClosedRange<Double>) {
      let height = latitudes.upperBound - latitudes.lowerBound
      let width = longitudes.upperBound - longitudes.lowerBound
      if (70...140).contains(longitudes.lowerBound), (70...140).contains(longitudes.upperBound), width > 40 {
        self.init(meridian: 105, firstParallel: 25, secondParallel: 47)
        return
      }
      let step = height > 3 ? 0.5 : 0.01
      func rounded(_ degrees: Double) -> Double { (degrees / step).rounded() * step }
      self.init(
        meridian: rounded((longitudes.lowerBound + longitudes.upperBound) / 2),
        firstParallel: rounded(latitudes.lowerBound + height / 6),
        secondParallel: rounded(latitudes.upperBound - height / 6))
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

  /// The projection of a family that suits a layer; planar coordinates stay as they are.
  public init(_ family: Family, for layer: PolygonLayer) {
    guard family != .none, layer.isGeographic, let west = layer.x.min(), let east = layer.x.max(),
      let south = layer.y.min(), let north = layer.y.max()
    else {
      self = .plane
      return
    }
    let cone = Cone(longitudes: west...east, latitudes: south...north)
    self = family == .lambert ? .lambert(cone) : .albers(cone)
  }

  /// The name with its parameters, as it stands below a map.
  public var name: Phrase {
    switch self {
    case .plane: Phrase("plane coordinates as given", zh: "平面坐标（未投影）")
    case .albers(let cone):
      Phrase("Albers equal-area conic, \(cone.english)", zh: "Albers 等积圆锥投影，\(cone.chinese)")
    case .lambert(let cone):
      Phrase("Lambert conformal conic, \(cone.english)", zh: "Lambert 等角圆锥投影，\(cone.chinese)")
    }
  }

  /// The plane coordinates of all vertices, in kilometres.
  public func project(x: [Double], y: [Double]) -> (x: [Double], y: [Double]) {
    switch self {
    case .plane: return (x, y)
    case .albers(let cone): return project(x, y, cone, AlbersRadius(cone))
    case .lambert(let cone): return project(x, y, cone, LambertRadius(cone))
    }
  }

  /// The longitude and latitude of a point of the plane, as it is where nothing was projected.
  ///
  /// Source: Snyder (1987), eqs. 14-8 to 14-11 and 15-5 to 15-11.
  func inverse(x: Double, y: Double) -> PolygonLayer.Point {
    switch self {
    case .plane: PolygonLayer.Point(x: x, y: y)
    case .albers(let cone): inverse(x, y, cone, AlbersRadius(cone))
    case .lambert(let cone): inverse(x, y, cone, LambertRadius(cone))
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
      let angle = radius.constant * (x[vertex] - cone.meridian) * degree
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
    "\(FixedDecimals.text(abs(value), atMost: 2))°\(value < 0 ? negative : positive)"
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

/// Meridians and parallels at round degrees over an extent.
struct Graticule {
  let lines: [MapFigure.GridLine]

  /// Three to six lines in the longer direction, reaching beyond the layer on all sides.
  init(_ layer: PolygonLayer, _ projection: MapProjection) {
    guard projection != .plane, let west = layer.x.min(), let east = layer.x.max(), let south = layer.y.min(),
      let north = layer.y.max()
    else {
      lines = []
      return
    }
    let span = max(east - west, north - south)
    let step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30].first { span / $0 <= 6 } ?? 30
    func multiples(_ low: Double, _ high: Double) -> [Double] {
      let (first, last) = (Int((low / step).rounded(.up)), Int((high / step).rounded(.down)))
      return first <= last ? (first...last).map { Double($0) * step } : []
    }
    let margin = span / 4
    func along(_ low: Double, _ high: Double) -> [Double] {
      (0...720).map { low - margin + (high - low + 2 * margin) * Double($0) / 720 }
    }
    func line(_ label: String, _ isMeridian: Bool, _ x: [Double], _ y: [Double]) -> MapFigure.GridLine {
      let plane = projection.project(x: x, y: y.map { min(89.9, max(-89.9, $0)) })
      return MapFigure.GridLine(
        label: label, isMeridian: isMeridian,
        points: zip(plane.x, plane.y).map { PolygonLayer.Point(x: $0, y: $1) })
    }
    let latitudes = along(south, north)
    let longitudes = along(west, east)
    lines =
      multiples(west - step, east + step).map { degrees in
        line(MapProjection.degrees(degrees, "E", "W"), true, latitudes.map { _ in degrees }, latitudes)
      }
      + multiples(south - step, north + step).map { degrees in
        line(MapProjection.degrees(degrees, "N", "S"), false, longitudes, longitudes.map { _ in degrees })
      }
  }
}
