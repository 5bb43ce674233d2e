/// Builds weights from places and values by a rule.
public struct WeightsBuilder: Sendable {
  /// The units' ids.
  public let units: [String]
  /// The polygons, where there are any, in the order of `units`.
  public let layer: PolygonLayer?
  /// The units' places: centroids or points; nil where a unit has none.
  public let points: [PolygonLayer.Point?]
  /// Whether places are longitudes and latitudes.
  public let isGeographic: Bool
  /// Values a unit, by column.
  public let values: [String: [Double]]
  /// How far vertices may be apart and still touch, in units of the coordinates.
  public let tolerance: Double

  /// A builder over polygons.
  public init(
    layer: PolygonLayer, ids: [String], values: [String: [Double]] = [:], tolerance: Double = 0,
    isGeographic: Bool? = nil
  ) {
    units = ids
    self.layer = layer
    points = layer.centroids
    self.isGeographic = isGeographic ?? layer.isGeographic
    self.values = values
    self.tolerance = tolerance
  }

  /// A builder over points.
  public init(
    points: [PolygonLayer.Point], ids: [String], values: [String: [Double]] = [:], isGeographic: Bool? = nil
  ) {
    units = ids
    layer = nil
    self.points = points
    self.isGeographic =
      isGeographic ?? points.allSatisfy { abs($0.x) <= 180 && abs($0.y) <= 90 }
    self.values = values
    tolerance = 0
  }

  /// The weights of a rule and, where a tolerance is given, the pairs that only it links.
  ///
  /// Throws `WeightsError` where a rule has no answer: too few units, points at one place, missing values.
  public func build(_ rule: WeightsRule) throws(WeightsError) -> (
    weights: SpatialWeights, healed: [(Int, Int)]
  ) {
    switch rule {
    case .queen: return try contiguity(.queen)
    case .rook: return try contiguity(.rook)
    case .nearest(let count): return (try nearest(count), [])
    case .distance(let limit):
      return (try symmetric { $0 <= limit ? 1 : 0 }, [])
    case .inverseDistance(let power, let limit):
      return (try inverseDistance(power: power, limit: limit), [])
    case .economic(let column): return (try economic(column), [])
    case .product(let first, let second):
      let (left, healed) = try build(first)
      if case .economic(let column) = second { return (try left.scaled(by: proximity(column)), healed) }
      let right = try build(second)
      return (try left.product(right.weights), healed + right.healed)
    }
  }

  private func contiguity(
    _ contiguity: Contiguity
  ) throws(WeightsError) -> (weights: SpatialWeights, healed: [(Int, Int)]) {
    guard let layer else { preconditionFailure("Contiguity needs polygons.") }
    let pairs = contiguity.pairs(in: layer)
    let healed =
      tolerance > 0 ? NearBoundaries(layer, tolerance: tolerance).pairs(contiguity, beyond: pairs) : []
    var links: [SpatialWeights.Link] = []
    links.reserveCapacity(2 * (pairs.count + healed.count))
    for (a, b) in pairs + healed {
      links.append(.init(from: a, to: b))
      links.append(.init(from: b, to: a))
    }
    return (try SpatialWeights(units: units, links: links), healed)
  }

  private func nearest(_ count: Int) throws(WeightsError) -> SpatialWeights {
    let places = places
    guard places.units.count > count else {
      throw .tooFewUnits(found: places.units.count, needed: count + 1, rule: "knn:\(count)")
    }
    var links: [SpatialWeights.Link] = []
    for i in places.units.indices {
      var best: [(chord: Double, unit: Int)] = []
      for j in places.units.indices where j != i {
        let chord = places.distances.squaredChord(i, j)
        if best.count == count, chord >= best[count - 1].chord { continue }
        // Of equal distances the earlier unit is nearer.
        let place = best.firstIndex { $0.chord > chord } ?? best.count
        best.insert((chord, j), at: place)
        if best.count > count { best.removeLast() }
      }
      links += best.map { .init(from: places.units[i], to: places.units[$0.unit]) }
    }
    return try SpatialWeights(units: units, links: links)
  }

  private func inverseDistance(power: Double, limit: Double?) throws(WeightsError) -> SpatialWeights {
    let places = places
    for i in places.units.indices {
      for j in 0..<i where places.distances.squaredChord(i, j) == 0 {
        throw .coincidentPoints(
          first: units[places.units[j]], second: units[places.units[i]], rule: "inverse-distance")
      }
    }
    return try symmetric { distance in
      limit.map { distance <= $0 } ?? true ? 1 / realPower(distance, power) : 0
    }
  }

  private func symmetric(_ weight: (_ distance: Double) -> Double) throws(WeightsError) -> SpatialWeights {
    let places = places
    var links: [SpatialWeights.Link] = []
    for i in places.units.indices {
      for j in 0..<i {
        let value = weight(places.distances.distance(i, j))
        guard value > 0 else { continue }
        links.append(.init(from: places.units[i], to: places.units[j], weight: value))
        links.append(.init(from: places.units[j], to: places.units[i], weight: value))
      }
    }
    return try SpatialWeights(units: units, links: links)
  }

  private func economic(_ column: String) throws(WeightsError) -> SpatialWeights {
    let proximity = try proximity(column)
    var links: [SpatialWeights.Link] = []
    for i in units.indices {
      for j in units.indices where j != i {
        links.append(.init(from: i, to: j, weight: try proximity(i, j)))
      }
    }
    return try SpatialWeights(units: units, links: links)
  }

  /// 1 / |v_i − v_j| of a column.
  private func proximity(
    _ column: String
  ) throws(WeightsError) -> (Int, Int) throws(WeightsError) -> Double {
    let values = values[column] ?? []
    if let unit = units.indices.first(where: { $0 >= values.count || values[$0].isNaN }) {
      throw .missingValue(unit: units[unit], column: column)
    }
    return { i, j throws(WeightsError) in
      guard values[i] != values[j] else {
        throw .equalValues(first: units[min(i, j)], second: units[max(i, j)], column: column)
      }
      return 1 / abs(values[i] - values[j])
    }
  }

  /// The units that have a place, and the distances between them.
  private var places: (units: [Int], distances: PlaceDistances) {
    let placed = points.indices.filter { points[$0] != nil }
    return (placed, PlaceDistances(placed.compactMap { points[$0] }, isGeographic: isGeographic))
  }
}

extension SpatialWeights {
  /// The weights times a factor a link.
  fileprivate func scaled(
    by factor: (Int, Int) throws(WeightsError) -> Double
  ) throws(WeightsError) -> SpatialWeights {
    var links: [Link] = []
    for link in self.links {
      let weight = try link.weight * factor(link.from, link.to)
      links.append(Link(from: link.from, to: link.to, weight: weight))
    }
    return try SpatialWeights(units: units, links: links)
  }
}
