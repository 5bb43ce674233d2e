/// Where the map lies.
extension MapComposer {
  /// The map in its surroundings, in a plane that suits these; nil where none are given.
  ///
  /// Throws `MapError.locatorElsewhere` where they do not hold the map.
  func locator() throws(MapError) -> MapFigure.Locator? {
    guard let wide = surroundings else { return nil }
    let slack = 0.02
    func holds(_ outer: [Double], _ inner: [Double]) -> Bool {
      guard let low = outer.min(), let high = outer.max(), let first = inner.min(), let last = inner.max()
      else {
        return false
      }
      let margin = slack * (high - low)
      return low - margin <= first && last <= high + margin
    }
    guard holds(wide.x, layer.x), holds(wide.y, layer.y), wide.isGeographic == layer.isGeographic else {
      throw .locatorElsewhere(source: wide.source, map: layer.source)
    }
    let projection = MapProjection(specification.projection, for: wide)
    func projected(_ layer: PolygonLayer) -> PolygonLayer {
      let plane = projection.project(x: layer.x, y: layer.y)
      return PolygonLayer(
        source: layer.source, features: layer.features, rings: layer.rings, x: plane.x, y: plane.y)
    }
    return MapFigure.Locator(surroundings: projected(wide), area: projected(layer))
  }

  /// Whether the boundaries are of China, whose maps bear an approval number (审图号): degrees in its extent, and units with
  /// codes as GB/T 2260 has them or with Chinese names; in a plane both.
  public var hasChineseBoundaries: Bool {
    func isCode(_ id: String) -> Bool {
      id.count >= 6 && id.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        && (11...82).contains(Int(id.prefix(2)) ?? 0)
    }
    let hasCodes = ids.count(where: isCode) * 2 > ids.count
    let hasNames =
      layer.features.count { $0.properties.contains { $0.text?.isChinese == true } } * 2
      > layer.features.count
    guard let extent = GeographicExtent(layer) else { return hasCodes && hasNames }
    return extent.west >= 73 && extent.east <= 136 && extent.south >= 3 && extent.north <= 54
      && (hasCodes || hasNames)
  }
}

extension String {
  /// Whether it has a Chinese character.
  var isChinese: Bool { unicodeScalars.contains { 0x4E00...0x9FFF ~= $0.value } }
}
