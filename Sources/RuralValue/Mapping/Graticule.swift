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
