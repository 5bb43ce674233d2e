/// Where units lie, by their ids: as a file of points or polygons has it, or two columns of the panel itself.
public struct UnitPlaces: Sendable, Equatable {
  /// What messages call the source of the places.
  public let source: String
  /// What had to be decided.
  public let notes: [Phrase]
  private let units: [String]
  private let points: [PolygonLayer.Point]
  /// Whether places are longitudes and latitudes; else they lie in a plane.
  let isGeographic: Bool
  /// Opposite corners of the whole layer, which decide about a projection whatever units are asked for.
  var corners: [PolygonLayer.Point]

  /// The places of a layer: its centroids, or its points where it has no features.
  ///
  /// Coordinates are longitudes and latitudes, or those of a plane whose unit the layer declares.
  /// Throws `UnitPlacesError` where they can be neither, and for a unit without geometry.
  public init(_ layer: PolygonLayer, ids: [String]) throws(UnitPlacesError) {
    try self.init(layer, ids: ids, isPlane: false)
  }

  /// The same; with `isPlane` coordinates are those of a plane as they are, whatever they look like.
  public init(_ layer: PolygonLayer, ids: [String], isPlane: Bool) throws(UnitPlacesError) {
    let measured: MeasuredLayer
    do {
      measured = try layer.measured(isPlane ? .planar : nil, needsUnit: true)
    } catch {
      throw .notDegrees(
        source: layer.source, x: layer.x.first ?? .nan, y: layer.y.first ?? .nan,
        isSwapped: layer.looksSwapped)
    }
    var points: [PolygonLayer.Point] = []
    let places = layer.features.isEmpty ? measured.layer.vertices : measured.layer.centroids
    for (id, place) in zip(ids, places) {
      guard let place else { throw .noPlace(unit: id, source: layer.source) }
      points.append(place)
    }
    source = layer.source
    units = ids
    self.points = points
    isGeographic = measured.isGeographic
    notes = measured.notes
    let (x, y) = (measured.layer.x, measured.layer.y)
    corners = [
      .init(x: x.min() ?? 0, y: y.min() ?? 0), .init(x: x.max() ?? 0, y: y.max() ?? 0),
    ]
  }

  /// The places that two columns of a panel hold, longitude and latitude, the same in all periods.
  ///
  /// Throws `PanelError.noSuchVariable`, and `UnitPlacesError` for a unit that moves or has no place.
  public init(_ panel: Panel, longitude: String, latitude: String, isPlane: Bool = false) throws {
    let columns = try [longitude, latitude].map { (name: $0, values: try panel.values(of: $0)) }
    var points: [PolygonLayer.Point] = []
    for unit in panel.units.indices {
      let found = try columns.map { column throws(UnitPlacesError) in
        let rows = panel.rows(ofUnit: unit).filter { !column.values[$0].isNaN }
        guard let first = rows.first else {
          throw .noValue(unit: panel.units[unit], column: column.name, source: panel.source)
        }
        if let other = rows.first(where: { column.values[$0] != column.values[first] }) {
          func place(_ row: Int) -> UnitPlacesError.Value {
            .init(
              value: column.values[row], period: panel.frequency.label(panel.period(ofRow: row)),
              line: panel.lines[row])
          }
          throw .moving(
            unit: panel.units[unit], column: column.name, source: panel.source, from: place(first),
            to: place(other))
        }
        return column.values[first]
      }
      points.append(PolygonLayer.Point(x: found[0], y: found[1]))
    }
    try self.init(
      PolygonLayer(source: panel.source, places: points), ids: panel.units, isPlane: isPlane)
  }

  /// The distances in kilometres between units, in their order.
  ///
  /// Throws `UnitPlacesError.unitsWithoutPlace` where some have none, and guesses the cause.
  func distances(of dataUnits: [String], in data: String) throws(UnitPlacesError) -> PlaceDistances {
    PlaceDistances(try points(of: dataUnits, in: data), isGeographic: isGeographic)
  }

  /// The places of units, in their order.
  ///
  /// Throws `UnitPlacesError.unitsWithoutPlace` where some have none, and guesses the cause.
  func points(of dataUnits: [String], in data: String) throws(UnitPlacesError) -> [PolygonLayer.Point] {
    let positions = units.positions
    let absent = dataUnits.filter { positions[$0] == nil }
    guard absent.isEmpty else {
      throw .unitsWithoutPlace(
        absent, data: data, count: dataUnits.count, known: units, source: source,
        cause: SpatialWeights.mismatchCause(dataUnits: absent, weightUnits: units))
    }
    return dataUnits.map { points[positions[$0]!] }
  }
}

/// What can keep units from having a place.
public enum UnitPlacesError: Fault {
  /// Coordinates are no longitudes and latitudes.
  case notDegrees(source: String, x: Double, y: Double, isSwapped: Bool)
  /// A feature has no geometry.
  case noPlace(unit: String, source: String)
  /// A unit has no value of a coordinate in any period.
  case noValue(unit: String, column: String, source: String)
  /// A unit has different coordinates in different periods.
  case moving(unit: String, column: String, source: String, from: Value, to: Value)
  /// Units of the data are not among those that have places.
  case unitsWithoutPlace(
    [String], data: String, count: Int, known: [String], source: String, cause: String?)

  /// A coordinate in a period.
  public struct Value: Sendable, Equatable {
    let value: Double
    let period: String
    let line: Int

    var words: String { "\(RoundTripNumber.text(value)) in \(period) (line \(line))" }
  }

  /// The input is off.
  public var kind: FaultKind { .data }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .notDegrees(let source, let x, let y, let isSwapped):
      return "\(source): Conley's errors need places in kilometres; the first is (\(RoundTripNumber.text(x)),"
        + " \(RoundTripNumber.text(y))), where a longitude within ±180 and a latitude within ±90 were expected."
        + (isSwapped
          ? " The two look swapped: give longitude first, or \(Setting("swap-coordinates"))."
          : " Convert the coordinates to degrees.")
    case .noPlace(let unit, let source):
      return
        "\(source): \"\(unit)\" has no geometry, and so no place. Give it one, or leave it out."
    case .noValue(let unit, let column, let source):
      return
        "\(source): \"\(unit)\" has no value of \(column) in any period; every unit needs a place."
        + " Fill it in, or leave the unit out with \(Setting("where"))."
    case .moving(let unit, let column, let source, let first, let second):
      return
        "\(source): \"\(unit)\" has \(column) \(first.words) and \(second.words); expected one place for all"
        + " periods. Name columns with the place of the unit in \(Setting("coordinates")), or a file of places in"
        + " \(Setting("places"))."
    case .unitsWithoutPlace(let units, let data, let count, let known, let source, let cause):
      let nearest = units.count <= 3 ? NearestName.question(for: units[0], among: known) : ""
      return
        "\(units.count) of \(count) units of \(data) have no place in \(source): \(listed(units, most: 10))."
        + (cause.map { " \($0)" } ?? nearest)
        + " Places are matched by id, never by order; \(source) knows \(listed(known, most: 5))."
    }
  }
}
