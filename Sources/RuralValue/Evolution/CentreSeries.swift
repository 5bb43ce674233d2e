internal import RuralValueNumerics

/// The weighted mean centre and the standard deviational ellipse of a variable, period by period.
public struct CentreSeries: Sendable, Equatable {
  /// One period.
  public struct Period: Sendable, Equatable {
    /// The period.
    public let period: Int
    /// The centre and the ellipse in the plane.
    public let ellipse: WeightedEllipse
    /// The centre in degrees; nil of plane coordinates.
    public let degrees: PolygonLayer.Point?
    /// Points around the ellipse, in the plane and, where there are degrees, in these.
    public let outline: [(plane: PolygonLayer.Point, degrees: PolygonLayer.Point?)]
    /// The distance from the centre a period earlier; nil in the first.
    public let move: Double?
    /// The way from there, in degrees clockwise from north; nil where it did not move.
    public let bearing: Double?

    /// Whether two periods are the same.
    public static func == (one: Period, other: Period) -> Bool {
      one.period == other.period && one.ellipse == other.ellipse && one.degrees == other.degrees
        && one.move == other.move && one.bearing == other.bearing
    }
  }

  /// The periods in which a unit has a value.
  public let periods: [Period]
  /// The projection.
  public let projection: MapProjection
  /// How axes are scaled.
  public let convention: EllipseConvention
  /// What reading the places had to decide.
  public let notes: [Phrase]

  /// The points of an outline.
  static let outlineCount = 72

  /// Centres of a variable, whose values are totals and weigh the places of their units.
  ///
  /// Throws `UnitPlacesError` for a unit without place, and `EvolutionError` for a total that is negative and for a period
  /// whose totals are all zero.
  init(
    _ panel: Panel, variable: String, places: UnitPlaces, _ specification: EvolutionSpecification
  ) throws {
    let values = try panel.values(of: variable)
    let plane = try places.plane(of: panel.units, in: panel.source, specification.projection)
    projection = plane.projection
    convention = specification.ellipse
    notes = places.notes
    var periods: [Period] = []
    for (position, period) in panel.periods.enumerated() {
      let label = panel.frequency.label(period)
      let rows = panel.rows(ofPeriod: position).filter { !values[$0].isNaN }
      guard !rows.isEmpty else { continue }
      if let row = rows.first(where: { values[$0] < 0 }) {
        throw EvolutionError.negativeTotal(
          variable: variable, value: values[row], unit: panel.unit(ofRow: row), period: label,
          source: panel.source)
      }
      guard rows.contains(where: { values[$0] > 0 }) else {
        throw EvolutionError.noTotal(variable: variable, period: label, source: panel.source)
      }
      let units = rows.map { panel.unitOfRow[$0] }
      let ellipse = WeightedEllipse(
        x: units.map { plane.x[$0] }, y: units.map { plane.y[$0] }, weights: rows.map { values[$0] },
        convention)
      let outline = ellipse.outline(Self.outlineCount)
      let back = projection.unproject([PolygonLayer.Point(x: ellipse.x, y: ellipse.y)] + outline)
      let last = periods.last?.ellipse
      let (dx, dy) = (ellipse.x - (last?.x ?? ellipse.x), ellipse.y - (last?.y ?? ellipse.y))
      let move = (dx * dx + dy * dy).squareRoot()
      let turn = atan2(dx, dy) * 180 / .pi
      periods.append(
        Period(
          period: period, ellipse: ellipse, degrees: back?[0],
          outline: outline.enumerated().map { ($0.element, back?[$0.offset + 1]) },
          move: last == nil ? nil : move, bearing: move > 0 ? (turn < 0 ? turn + 360 : turn) : nil))
    }
    guard !periods.isEmpty else { throw EvolutionError.noValues(variable: variable, source: panel.source) }
    self.periods = periods
  }

  /// Whether lengths are kilometres for certain.
  public var isInKilometres: Bool { projection != .plane }
}

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
