/// Places of units in a plane.
struct PlanePlaces: Sendable, Equatable {
  let x: [Double]
  let y: [Double]
  let projection: MapProjection
}

extension UnitPlaces {
  /// The places of units in a plane, in their order: degrees projected, northings from the equator on, or coordinates of
  /// a plane as they are.
  ///
  /// The cone is the one that suits the extent of the whole layer: on polygons that of `map`. Throws `UnitPlacesError.unitsWithoutPlace`.
  func plane(
    of dataUnits: [String], in data: String, _ family: MapProjection.Family
  ) throws(UnitPlacesError) -> PlanePlaces {
    let points = try points(of: dataUnits, in: data)
    let (x, y) = (points.map(\.x), points.map(\.y))
    let layer = PolygonLayer(source: source, places: corners)
    let projection = isGeographic ? MapProjection(family, for: layer) : .plane
    let plane = projection.projectFromEquator(x: x, y: y)
    return PlanePlaces(x: plane.x, y: plane.y, projection: projection)
  }
}
