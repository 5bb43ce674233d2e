internal import RuralValueNumerics

/// How a common border becomes a weight.
public enum BorderMeasure: String, Sendable, CaseIterable {
  /// The common border over the whole border of the unit whose row it is. Source: Cliff & Ord (1969).
  case share
  /// The length of the common border, in kilometres.
  case kilometres = "km"
}

extension WeightsBuilder {
  /// Weights by the common borders of polygons; those that touch in points alone are no neighbours.
  func borders(_ measure: BorderMeasure) throws(WeightsError) -> SpatialWeights {
    guard let layer else { preconditionFailure("Borders need polygons.") }
    let lengths = BorderLengths(layer, isGeographic: isGeographic)
    let links = lengths.common.flatMap { pair in
      [(pair.first, pair.second), (pair.second, pair.first)].map { from, to in
        SpatialWeights.Link(
          from: from, to: to, weight: measure == .share ? pair.length / lengths.whole[from] : pair.length)
      }
    }
    return try SpatialWeights(units: units, links: links)
  }

  /// Units so many steps of contiguity apart, and no fewer: the length of the shortest chain of links.
  func steps(
    _ contiguity: Contiguity, _ orders: ClosedRange<Int>
  ) throws(WeightsError) -> (weights: SpatialWeights, healed: [(Int, Int)]) {
    let (first, healed) = try self.contiguity(contiguity)
    let matrix = first.sparseMatrix
    var links: [SpatialWeights.Link] = []
    var steps = [Int](repeating: -1, count: units.count)
    for unit in units.indices {
      if unit.isMultiple(of: 256) {
        try SpatialWeights.requireMemory(
          links: 3 * Double(links.count), of: units.count,
          for: "The neighbours of order \(orders.upperBound) of \(grouped(units.count)) units",
          remedy: "Take a lower order")
      }
      var reached = [unit]
      steps[unit] = 0
      var next = 0
      while next < reached.count {
        let here = reached[next]
        next += 1
        if orders.contains(steps[here]) { links.append(.init(from: unit, to: here)) }
        guard steps[here] < orders.upperBound else { continue }
        for place in matrix.row(here) {
          let other = Int(matrix.columns[place])
          guard steps[other] < 0 else { continue }
          steps[other] = steps[here] + 1
          reached.append(other)
        }
      }
      for other in reached { steps[other] = -1 }
    }
    return (try SpatialWeights(units: units, links: links), healed)
  }
}

/// The lengths of polygons' borders, and of those that two have in common.
///
/// Edges are common where both ends are the same to the bit, as contiguity has it. An edge that a polygon has twice, as
/// where a unit was put together of parts, is a seam and no border.
struct BorderLengths {
  /// The length of each feature's whole border.
  let whole: [Double]
  /// The pairs with a common border, each once, in ascending order.
  let common: [(first: Int, second: Int, length: Double)]

  /// Lengths in kilometres on longitudes and latitudes, else in units of the coordinates.
  init(_ layer: PolygonLayer, isGeographic: Bool) {
    let distances = PlaceDistances(
      layer.x.indices.map { .init(x: layer.x[$0], y: layer.y[$0]) }, isGeographic: isGeographic)
    let points = Contiguity.pointNumbers(of: layer).numbers
    var numbers = DistinctKeys(capacity: layer.x.count)
    let edges = layer.edges.filter { points[Int($0.from)] != points[Int($0.to)] }
    let numberOfEdge = edges.map { edge in
      let (a, b) = (UInt64(points[Int(edge.from)]), UInt64(points[Int(edge.to)]))
      return Int(numbers.number(min(a, b), max(a, b)))
    }
    var edgesOfNumber = [[Int]](repeating: [], count: numbers.count)
    for (place, number) in numberOfEdge.enumerated() { edgesOfNumber[number].append(place) }
    var whole = [Double](repeating: 0, count: layer.features.count)
    var common: [UInt64: Double] = [:]
    for places in edgesOfNumber {
      let owners = places.map { Int(edges[$0].feature) }.sorted()
      let own = Set(owners).sorted().filter { feature in owners.count { $0 == feature } % 2 == 1 }
      guard !own.isEmpty else { continue }
      let edge = edges[places[0]]
      let length = distances.distance(Int(edge.from), Int(edge.to))
      for (place, first) in own.enumerated() {
        whole[first] += length
        for second in own[(place + 1)...] { common[PairKey.of(first, second), default: 0] += length }
      }
    }
    self.whole = whole
    let lengths = common
    self.common = PairKey.pairs(Set(common.keys)).compactMap { first, second in
      let length = lengths[PairKey.of(first, second)] ?? 0
      return length > 0 ? (first: first, second: second, length: length) : nil
    }
  }
}

extension SpatialWeights {
  /// The links that these weights or others have, each with the weight one, over the units of these.
  ///
  /// Throws `WeightsError.unitsWithoutWeights` where the others have a unit that these have not.
  public func union(_ other: SpatialWeights, source: String) throws(WeightsError) -> SpatialWeights {
    let place = units.positions
    let absent = other.units.filter { place[$0] == nil }
    guard absent.isEmpty else {
      throw .unitsWithoutWeights(
        absent, source: source, dataUnitCount: other.unitCount, weightUnits: units,
        cause: SpatialWeights.mismatchCause(dataUnits: absent, weightUnits: units))
    }
    let own = withoutSelf.links.map { Link(from: $0.from, to: $0.to) }
    let added = other.withoutSelf.links.map {
      Link(from: place[other.units[$0.from]]!, to: place[other.units[$0.to]]!)
    }
    return try SpatialWeights(units: units, links: own + added)
  }
}
