/// A centre and the ellipse around it, of one period, as `evolve` writes them into ellipses.csv.
public struct MapEllipse: Sendable, Equatable {
  /// The variable whose centre it is; empty where the table does not say.
  public let variable: String
  /// The period.
  public let period: Int
  /// The centre and the points around it in degrees; none where they lie in a plane only.
  public let degrees: [PolygonLayer.Point]
  /// The same in the plane of `evolve`.
  public let plane: [PolygonLayer.Point]

  /// The ellipses of a table with the columns `time, point, longitude, latitude, x, y`, where point 0 is the centre.
  ///
  /// Throws `MapError.notEllipses` for another table, and `TableError` for a cell that is no number.
  public static func read(_ table: Table) throws -> [MapEllipse] {
    let names = ["time", "point", "longitude", "latitude", "x", "y"]
    if let missing = names.first(where: { !table.columnNames.contains($0) }) {
      throw MapError.notEllipses(source: table.source, column: missing)
    }
    let columns = try names.map { try table.numbers(column: try table.column(named: $0)) }
    let variables =
      try table.columnNames.contains("variable")
      ? table.texts(column: table.column(named: "variable")) : []
    var ellipses: [MapEllipse] = []
    let rows = (0..<table.rowCount).filter { !columns[0][$0].isNaN && !columns[1][$0].isNaN }
    for (time, own) in Dictionary(grouping: rows, by: { columns[0][$0] }).sorted(by: { $0.key < $1.key }) {
      let ordered = own.sorted { columns[1][$0] < columns[1][$1] }
      guard let period = Int(exactly: time), columns[1][ordered[0]] == 0 else {
        throw MapError.notEllipses(source: table.source, column: "point")
      }
      func points(_ x: [Double], _ y: [Double]) -> [PolygonLayer.Point] {
        let points = ordered.map { PolygonLayer.Point(x: x[$0], y: y[$0]) }
        return points.contains { $0.x.isNaN || $0.y.isNaN } ? [] : points
      }
      ellipses.append(
        MapEllipse(
          variable: variables.isEmpty ? "" : variables[ordered[0]], period: period,
          degrees: points(columns[2], columns[3]), plane: points(columns[4], columns[5])))
    }
    guard !ellipses.isEmpty else { throw MapError.notEllipses(source: table.source, column: "time") }
    return ellipses
  }
}

extension MapComposer {
  /// Ellipses in the plane of the map.
  ///
  /// Throws `MapError.ellipsesElsewhere` where these lie in a plane and the map in degrees.
  func drawn(
    _ ellipses: [MapEllipse], _ projection: MapProjection
  ) throws(MapError) -> [MapFigure.Ellipse] {
    var drawn: [MapFigure.Ellipse] = []
    for ellipse in ellipses {
      let points = layer.isGeographic ? ellipse.degrees : ellipse.plane
      guard let first = points.first else {
        throw .ellipsesElsewhere(source: layer.source, isMapInDegrees: layer.isGeographic)
      }
      let (x, y) = (points.map(\.x), points.map(\.y))
      let plane = projection.project(x: x, y: y)
      let all = zip(plane.x, plane.y).map { PolygonLayer.Point(x: $0, y: $1) }
      drawn.append(
        MapFigure.Ellipse(
          period: ellipse.period, label: "\(ellipse.period)", centre: all.first ?? first,
          outline: Array(all.dropFirst())))
    }
    return drawn
  }

  /// What the legend calls ellipses.
  func ellipseTitle(_ ellipses: [MapEllipse]) -> Phrase? {
    guard let variable = ellipses.first?.variable else { return nil }
    let name = label(of: variable)
    return variable.isEmpty
      ? Phrase("Mean centre, ellipse", zh: "重心与标准差椭圆")
      : Phrase("\(name.english): mean centre, ellipse", zh: "\(name.chinese)：重心与标准差椭圆")
  }

  /// Which ellipses stand on a map: that of its period, else the first and the last.
  static func shown(_ ellipses: [MapFigure.Ellipse], period: Int?) -> [Int] {
    guard let last = ellipses.indices.last else { return [] }
    if let period, let own = ellipses.firstIndex(where: { $0.period == period }) { return [own] }
    return last == 0 ? [0] : [0, last]
  }
}
