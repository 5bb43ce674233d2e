internal import RuralValueNumerics

/// Distances between units' places: great-circle kilometres on longitude and latitude, or planar.
public struct PlaceDistances: Sendable, Equatable {
  /// The mean radius of the Earth in kilometres (IUGG).
  public static let earthRadius = 6371.0088

  /// Whether the coordinates are longitudes and latitudes in degrees.
  public let isGeographic: Bool
  /// Points on the unit sphere, or in the plane with z = 0.
  private let points: [SIMD3<Double>]
  /// How long a straight line of length one is: one on the sphere, and in the plane unless coordinates are so
  /// large or so small that squares would leave the range of numbers.
  private let unit: Double

  /// Distances between points.
  public init(_ points: [PolygonLayer.Point], isGeographic: Bool) {
    self.isGeographic = isGeographic
    guard isGeographic else {
      let largest = points.reduce(0) { max($0, abs($1.x), abs($1.y)) }
      let unit = PowerOfTwo.below(largest, unlessWithin: 400)
      self.unit = unit
      self.points = points.map { SIMD3($0.x / unit, $0.y / unit, 0) }
      return
    }
    unit = 1
    let degree = Double.pi / 180
    self.points = points.map {
      SIMD3(
        cos($0.y * degree) * cos($0.x * degree), cos($0.y * degree) * sin($0.x * degree), sin($0.y * degree))
    }
  }

  /// The number of points.
  public var count: Int { points.count }

  /// A point on the unit sphere, or in the plane with z = 0.
  func point(_ i: Int) -> SIMD3<Double> { points[i] }

  /// The squared straight line between two points, which orders pairs as their distance does.
  @inline(__always)
  func squaredChord(_ i: Int, _ j: Int) -> Double {
    let d = points[i] - points[j]
    return d.x * d.x + d.y * d.y + d.z * d.z
  }

  /// The distance between two points.
  public func distance(_ i: Int, _ j: Int) -> Double {
    distance(squaredChord: squaredChord(i, j))
  }

  /// The distance below which two places are one: a millimetre (1e-6 km), and in a plane that is smaller than a
  /// thousand units a billionth of its extent.
  var coincidence: Double {
    guard !isGeographic else { return 1e-6 }
    let sides = points.dropFirst().reduce((low: points.first ?? .zero, high: points.first ?? .zero)) {
      (pointwiseMin($0.low, $1), pointwiseMax($0.high, $1))
    }
    let extent = (sides.high - sides.low).max() * unit
    return min(1e-6, extent * 1e-9)
  }

  func distance(squaredChord: Double) -> Double {
    let chord = squaredChord.squareRoot()
    return isGeographic ? 2 * PlaceDistances.earthRadius * asin(min(1, chord / 2)) : chord * unit
  }
}

extension PlaceDistances {
  /// A largest distance, and the squared straight lines that are within it or beyond it for certain: between
  /// them only the distance itself decides.
  struct Reach {
    let limit: Double
    let certain: Double
    let possible: Double
  }

  /// The reach of a distance.
  func reach(_ limit: Double) -> Reach {
    let angle = limit / (2 * PlaceDistances.earthRadius)
    let chord = isGeographic ? 2 * sin(min(angle, .pi / 2)) : limit / unit
    let square = chord * chord
    // No two points are farther apart than half the Earth.
    let isEverywhere = isGeographic && angle > 1.6
    return Reach(
      limit: limit, certain: isEverywhere ? .infinity : square * (1 - 1e-9) - 0x1p-1000,
      possible: square * (1 + 1e-9) + 0x1p-1000)
  }

  /// Whether two points with such a straight line between them are within reach.
  @inline(__always)
  func isWithin(_ reach: Reach, squaredChord: Double) -> Bool {
    squaredChord <= reach.certain
      || squaredChord <= reach.possible && distance(squaredChord: squaredChord) <= reach.limit
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

/// e^x.
func realExponential(_ x: Double) -> Double { exp(x) }
