internal import RuralValueNumerics

/// The part of the globe that a layer covers, in degrees; across the date line where that is the shorter way.
struct GeographicExtent: Equatable {
  /// The western end, within ±180°.
  let west: Double
  /// How many degrees of longitude it covers.
  let width: Double
  let south: Double
  let north: Double

  /// The eastern end, beyond 180° where the date line lies between.
  var east: Double { west + width }
  var height: Double { north - south }

  /// The extent of a layer in degrees; nil for one without vertices or in a plane.
  init?(_ layer: PolygonLayer) {
    guard layer.isGeographic, let west = layer.x.min(), let east = layer.x.max(), let south = layer.y.min(),
      let north = layer.y.max()
    else { return nil }
    (self.south, self.north) = (south, north)
    // Only what seems to reach around the globe can be shorter across the date line.
    guard east - west > 180 else {
      (self.west, width) = (west, east - west)
      return
    }
    let longitudes = layer.x.sorted()
    var (widest, start) = (west + 360 - east, west)
    for (first, second) in zip(longitudes, longitudes.dropFirst()) where second - first > widest {
      (widest, start) = (second - first, second)
    }
    (self.west, width) = (start, 360 - widest)
  }

  /// Whether it is China's, for which 105° E, 25° N and 47° N are customary.
  var isAllOfChina: Bool {
    west >= 70 && east <= 140 && width > 40 && south >= 0 && north <= 58 && north > 40
  }
}

extension MapProjection {
  /// The projection of a family that suits a layer; planar coordinates stay as they are.
  ///
  /// A cone stands upright in the middle of the extent; where that is wider than 60°, as that of the United States with
  /// Alaska and Hawaii, where the bulk of the land lies. No cone suits the globe, on which areas are kept by Equal Earth.
  public init(_ family: Family, for layer: PolygonLayer) {
    guard family != .none, let extent = GeographicExtent(layer) else {
      self = .plane
      return
    }
    let cone = Cone(extent, layer)
    let straight = abs(sin(cone.firstParallel * .pi / 180) + sin(cone.secondParallel * .pi / 180)) / 2
    if extent.width > 180 || extent.height > 100 || extent.width > 120 && straight < 0.25 {
      // The seam lies where nothing is.
      let middle = MapProjection.offset(of: (extent.west + extent.width / 2).rounded(), from: 0)
      self = .equalEarth(meridian: extent.width > 300 ? 0 : middle)
      return
    }
    self = family == .lambert ? .lambert(cone) : .albers(cone)
  }
}

extension MapProjection.Cone {
  /// The cone that suits an extent: parallels a sixth of its height from its edges, on half degrees; for all of China the
  /// customary 105° E, 25° and 47° N.
  init(_ extent: GeographicExtent, _ layer: PolygonLayer) {
    guard !extent.isAllOfChina else {
      self.init(meridian: 105, firstParallel: 25, secondParallel: 47)
      return
    }
    let step = extent.height > 3 ? 0.5 : 0.01
    func rounded(_ degrees: Double) -> Double { (degrees / step).rounded() * step }
    let middle = extent.width > 60 ? extent.bulk(of: layer) : extent.west + extent.width / 2
    self.init(
      meridian: rounded(MapProjection.offset(of: middle, from: 0)),
      firstParallel: rounded(extent.south + extent.height / 6),
      secondParallel: rounded(extent.north - extent.height / 6))
  }
}

extension GeographicExtent {
  /// The longitude east and west of which there is as much land: the median of rings, each as heavy as its area.
  fileprivate func bulk(of layer: PolygonLayer) -> Double {
    let rings = layer.rings.filter { !$0.isHole && !$0.vertices.isEmpty }.map { ring in
      let centre = west + width / 2
      let x = ring.vertices.map { MapProjection.offset(of: layer.x[$0], from: centre) }
      let y = layer.y[ring.vertices]
      let middle = y.reduce(0, +) / Double(y.count)
      var (area, moment) = (0.0, 0.0)
      var last = x.count - 1
      for vertex in x.indices {
        let (below, above) = (y[y.startIndex + last] - middle, y[y.startIndex + vertex] - middle)
        let cross = x[last] * above - x[vertex] * below
        area += cross
        moment += (x[last] + x[vertex]) * cross
        last = vertex
      }
      return (
        longitude: centre + (area == 0 ? x[0] : moment / (3 * area)),
        area: abs(area) * cos(middle * .pi / 180)
      )
    }.sorted { $0.longitude < $1.longitude }
    var left = rings.reduce(0) { $0 + $1.area } / 2
    for ring in rings {
      left -= ring.area
      if left <= 0 { return ring.longitude }
    }
    return west + width / 2
  }
}
