internal import RuralValueNumerics

/// A layer as distances are measured on it.
public struct MeasuredLayer: Sendable, Equatable {
  /// The layer, in degrees or in kilometres of a plane, or as it was where nothing says its unit.
  public let layer: PolygonLayer
  /// Whether its coordinates are longitudes and latitudes.
  public let isGeographic: Bool
  /// How many of its units were one unit before.
  public let scale: Double
  /// What had to be decided.
  public let notes: [Phrase]

  /// Whether distances on it are kilometres, where it was measured with this metric and unit.
  public func isInKilometres(_ metric: DistanceMetric?, unit: CoordinateUnit?) -> Bool {
    if isGeographic || unit != nil { return true }
    guard metric == nil, case .projected = layer.reference else { return false }
    return true
  }
}

/// How distances are to be measured, where a call says so.
public enum DistanceMetric: String, Sendable, CaseIterable {
  /// On the globe.
  case greatCircle = "great-circle"
  /// In the plane of the coordinates.
  case planar
}

extension PolygonLayer {
  /// The layer for a rule of distances: in degrees, or in kilometres of a plane.
  ///
  /// Coordinates that can be longitudes and latitudes are. Those of web maps are turned back into degrees, for
  /// their metres are too long by one over the cosine of the latitude. Those of a plane whose unit the file or
  /// the call names are made kilometres. `needsUnit` says whether the rule holds a number of kilometres; the
  /// nearest neighbours are the same in any unit.
  ///
  /// Throws `GeometryError` where the unit is unknown, where longitude and latitude look swapped, and where the
  /// file contradicts itself.
  public func measured(
    _ metric: DistanceMetric? = nil, unit: CoordinateUnit? = nil, needsUnit: Bool
  ) throws(GeometryError) -> MeasuredLayer {
    if let unit { return planar(kilometres: unit.kilometres, notes: []) }
    if metric == .planar { return asItIs(isGeographic: false) }
    if looksSwapped, metric == nil { throw .swappedAxes(source: source, pointX: x[0], pointY: y[0]) }
    switch reference {
    case .webMercator(let name) where !isGeographic: return onGlobe(name)
    case .projected(let name, let metres) where !isGeographic && metric == nil:
      return planar(
        kilometres: metres / 1000,
        notes: [
          Phrase(
            "\(source): distances are kilometres in the plane of \(name), whose unit is \(RoundTripNumber.text(metres)) m.",
            zh: "\(source)：距离按 \(name) 平面坐标计算，单位为公里（坐标单位为 \(RoundTripNumber.text(metres)) 米）。")
        ])
    case .webMercator(let name), .projected(let name, _):
      guard metric == nil else { break }
      throw .contradictoryReference(source: source, name: name, isInDegrees: true)
    case .geographic(let name) where !isGeographic:
      throw .contradictoryReference(source: source, name: name, isInDegrees: false)
    default: break
    }
    if isGeographic { return asItIs(isGeographic: true) }
    guard metric != .greatCircle else { throw .notDegrees(source: source, pointX: x[0], pointY: y[0]) }
    guard !needsUnit else { throw .unknownUnit(source: source, pointX: x[0], pointY: y[0]) }
    return asItIs(isGeographic: false)
  }

  private func asItIs(isGeographic: Bool) -> MeasuredLayer {
    MeasuredLayer(layer: self, isGeographic: isGeographic, scale: 1, notes: [])
  }

  private func planar(kilometres: Double, notes: [Phrase]) -> MeasuredLayer {
    guard kilometres != 1 else {
      return MeasuredLayer(layer: self, isGeographic: false, scale: 1, notes: notes)
    }
    return MeasuredLayer(
      layer: withCoordinates(
        x: x.map { $0 * kilometres }, y: y.map { $0 * kilometres }, reference: reference),
      isGeographic: false, scale: kilometres, notes: notes)
  }

  private func onGlobe(_ name: String) -> MeasuredLayer {
    MeasuredLayer(
      layer: inDegrees, isGeographic: true, scale: 180 / (.pi * PolygonLayer.webMercatorRadius),
      notes: [
        Phrase(
          "\(source): \(name) is Web Mercator, whose metres are too long; its coordinates were turned back into"
            + " longitudes and latitudes.",
          zh: "\(source)：\(name) 为 Web 墨卡托投影，其长度失真；坐标已换算回经纬度。")
      ])
  }

  /// The radius of the sphere of web maps in metres.
  private static let webMercatorRadius = 6_378_137.0

  /// Coordinates of web maps as longitudes and latitudes.
  ///
  /// λ = x / R, φ = π/2 − 2 arctan e^(−y/R). Source: Snyder (1987), eqs. 7-4 and 7-5.
  public var inDegrees: PolygonLayer {
    let (radius, degrees) = (PolygonLayer.webMercatorRadius, 180 / Double.pi)
    return withCoordinates(
      x: x.map { $0 / radius * degrees },
      y: y.map { (.pi / 2 - 2 * atan(exp(-$0 / radius))) * degrees }, reference: .undeclared)
  }

  /// Whether the second coordinates cannot be latitudes and both could be, the other way round.
  public var looksSwapped: Bool {
    !isGeographic && x.allSatisfy { abs($0) <= 90 } && y.allSatisfy { abs($0) <= 180 }
  }

  /// The layer with its coordinates the other way round.
  public var swapped: PolygonLayer { withCoordinates(x: y, y: x, reference: reference) }

  /// What is odd about the coordinates without making them useless.
  public var coordinateNotes: [Phrase] {
    guard !looksSwapped else {
      return [
        Phrase(
          "\(source): are the coordinates swapped? The second ones go beyond ±90, so they are no latitudes, and the"
            + " first ones could be; GeoJSON has longitude first. \(Setting("swap-coordinates")) turns them round.",
          zh: "\(source)：坐标顺序是否颠倒？第二个坐标超出 ±90，不可能是纬度，而第一个坐标可以是；"
            + "GeoJSON 规定经度在前。可用 \(Setting("swap-coordinates")) 交换。")
      ]
    }
    switch reference {
    case .projected(let name, _) where isGeographic, .webMercator(let name) where isGeographic:
      return [
        Phrase(
          "\(source) declares the coordinate system \(name), which is in metres, but its coordinates lie within"
            + " ±180 and ±90, as degrees do; one of the two is wrong.",
          zh: "\(source) 声明的坐标系 \(name) 以米为单位，但坐标在 ±180 与 ±90 以内，像是经纬度；二者必有一误。")
      ]
    case .geographic(let name) where !isGeographic:
      return [
        Phrase(
          "\(source) declares the coordinate system \(name), which is in degrees, but its coordinates go beyond"
            + " ±180 or ±90; one of the two is wrong.",
          zh: "\(source) 声明的坐标系 \(name) 以度为单位，但坐标超出 ±180 或 ±90；二者必有一误。")
      ]
    default: return []
    }
  }
}

extension WeightsRule {
  /// Whether the rule measures distances between places.
  public var measuresDistances: Bool {
    switch self {
    case .nearest, .distance, .smallestDistance, .inverseDistance, .exponential, .kernel, .border: true
    case .product(let a, let b): a.measuresDistances || b.measuresDistances
    default: false
    }
  }

  /// Whether the rule rests on kilometres: a limit, or weights that are their inverse.
  public var measuresKilometres: Bool {
    switch self {
    case .distance, .inverseDistance, .exponential, .kernel(_, .distance), .border(.kilometres): true
    case .product(let a, let b): a.measuresKilometres || b.measuresKilometres
    default: false
    }
  }
}
