extension MapProjection {
  /// The plane coordinates of points, northings counted from the equator on the central meridian, in kilometres.
  ///
  /// `project` counts from the middle of the two parallels, which no other program knows.
  func projectFromEquator(x: [Double], y: [Double]) -> (x: [Double], y: [Double]) {
    let origin = equatorNorthing
    let plane = project(x: x, y: y)
    return (plane.x, origin == 0 ? plane.y : plane.y.map { $0 - origin })
  }

  /// Longitudes and latitudes of points whose northings are counted from the equator; nil of plane coordinates.
  func unproject(_ points: [PolygonLayer.Point]) -> [PolygonLayer.Point]? {
    guard self != .plane else { return nil }
    let origin = equatorNorthing
    return points.map { inverse(x: $0.x, y: $0.y + origin) }
  }

  /// What `project` gives for the equator on the central meridian.
  private var equatorNorthing: Double {
    switch self {
    case .plane, .equalEarth: 0
    case .albers(let cone), .lambert(let cone): project(x: [cone.meridian], y: [0]).y[0]
    }
  }
}
