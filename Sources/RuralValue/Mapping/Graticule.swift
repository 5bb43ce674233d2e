/// Meridians and parallels at round degrees over an extent.
struct Graticule {
  let lines: [MapFigure.GridLine]

  /// Three to six lines in the longer direction, reaching beyond the layer on all sides.
  init(_ layer: PolygonLayer, _ projection: MapProjection) {
    guard projection != .plane, let extent = GeographicExtent(layer) else {
      lines = []
      return
    }
    let span = max(extent.width, extent.height)
    let step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60].first { span / $0 <= 6 } ?? 60
    func multiples(_ low: Double, _ high: Double) -> [Double] {
      let (first, last) = (Int((low / step).rounded(.up)), Int((high / step).rounded(.down)))
      return first <= last ? (first...last).map { Double($0) * step } : []
    }
    let margin = span / 4
    func along(_ low: Double, _ high: Double) -> [Double] {
      (0...720).map { low - margin + (high - low + 2 * margin) * Double($0) / 720 }
    }
    // No line goes around the globe twice.
    let seam = projection.meridian - 180...projection.meridian + 180
    let west = projection.meridian + MapProjection.offset(of: extent.west, from: projection.meridian)
    let east = west + extent.width
    func line(_ label: String, _ isMeridian: Bool, _ x: [Double], _ y: [Double]) -> MapFigure.GridLine {
      let plane = projection.project(x: x, y: y.map { min(89.9, max(-89.9, $0)) })
      return MapFigure.GridLine(
        label: label, isMeridian: isMeridian,
        points: zip(plane.x, plane.y).map { PolygonLayer.Point(x: $0, y: $1) })
    }
    let latitudes = along(extent.south, extent.north)
    let longitudes = along(west, east).filter { seam.contains($0) }
    lines =
      multiples(west - step, east + step).filter { seam.contains($0) }.map { degrees in
        let name = MapProjection.degrees(MapProjection.offset(of: degrees, from: 0), "E", "W")
        return line(name, true, latitudes.map { _ in degrees }, latitudes)
      }
      + multiples(extent.south - step, extent.north + step).filter { abs($0) <= 90 }.map { degrees in
        line(MapProjection.degrees(degrees, "N", "S"), false, longitudes, longitudes.map { _ in degrees })
      }
  }
}

extension MapProjection {
  /// The meridian that runs straight up; zero in a plane.
  fileprivate var meridian: Double {
    switch self {
    case .plane: 0
    case .albers(let cone), .lambert(let cone): cone.meridian
    case .equalEarth(let meridian): meridian
    }
  }
}
