internal import RuralValueNumerics

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
    case .steps(let contiguity, let orders): return try steps(contiguity, orders)
    case .border(let measure): return (try borders(measure), [])
    case .nearest(let count): return (try nearest(count), [])
    case .smallestDistance:
      guard let limit = smallestDistance else {
        throw .tooFewUnits(found: points.count { $0 != nil }, needed: 2, rule: "distance:min")
      }
      return try build(.distance(limit))
    case .exponential(let scale, let limit): return (try exponential(scale: scale, limit: limit), [])
    case .kernel(let kernel, let bandwidth): return (try self.kernel(kernel, bandwidth), [])
    case .distance(let limit):
      let (placed, distances) = places
      return (try symmetric(PlaceTree(distances), placed, within: limit) { _ in 1 }, [])
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

  func contiguity(
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
    let (placed, distances) = places
    guard placed.count > count else {
      throw .tooFewUnits(found: placed.count, needed: count + 1, rule: "knn:\(count)")
    }
    var rows = try rows(
      linkCount: Double(placed.count) * Double(count),
      "The \(grouped(count)) nearest of \(grouped(placed.count)) units", remedy: "Take fewer neighbours")
    let neighbours = PlaceTree(distances).nearest(count)
    for place in placed.indices {
      rows.begin(placed[place])
      for other in neighbours[place * count..<(place + 1) * count] { rows.add(placed[Int(other)], 1) }
    }
    return SpatialWeights(units: units, sparseMatrix: rows.matrix)
  }

  private func inverseDistance(power: Double, limit: Double?) throws(WeightsError) -> SpatialWeights {
    let (placed, distances) = places
    let tree = PlaceTree(distances)
    // Centroids that differ by rounding errors alone would have a weight that drowns all others.
    if let (first, second) = tree.firstCoincidence(within: distances.coincidence) {
      throw .coincidentPoints(
        first: units[placed[first]], second: units[placed[second]], rule: "inverse-distance")
    }
    return try symmetric(tree, placed, within: limit) { 1 / realPower($0, power) }
  }

  /// Weights of pairs within a distance of each other, or of all pairs, by a function of their distance.
  private func symmetric(
    _ tree: PlaceTree, _ placed: [Int], within limit: Double?, _ weight: (_ distance: Double) -> Double
  ) throws(WeightsError) -> SpatialWeights {
    let reach = tree.distances.reach(limit ?? .infinity)
    let count = limit == nil ? placed.count * (placed.count - 1) : tree.pairCount(within: reach)
    let range = limit.map { "within \(RoundTripNumber.text($0))\(isGeographic ? " km" : "")" }
    var rows = try rows(
      linkCount: Double(count), "The weights of \(grouped(placed.count)) units \(range ?? "without a limit")",
      remedy: limit == nil
        ? "Give a limit, as in inverse-distance:1,200, or take knn:K" : "Take a nearer limit, or knn:K")
    let progress = ProgressReport.steps(placed.count, Phrase("units", zh: "个单元"))
    for place in placed.indices {
      progress.done(place)
      rows.begin(placed[place])
      var refused: (other: Int, weight: Double)?
      tree.others(of: place, within: reach) { other, chord in
        let value = weight(tree.distances.distance(squaredChord: chord))
        rows.add(placed[Int(other)], value)
        if !(value > 0 && value < .infinity) { refused = (placed[Int(other)], value) }
      }
      if let refused {
        let (first, second) = (units[placed[place]], units[refused.other])
        guard refused.weight == 0 else { throw .notFinite(from: first, to: second, weight: refused.weight) }
        throw .vanishing(first: first, second: second)
      }
    }
    // What is symmetric is its own transpose, and the rows of a transpose are in order.
    return SpatialWeights(units: units, sparseMatrix: rows.matrix.transposed)
  }

  private func economic(_ column: String) throws(WeightsError) -> SpatialWeights {
    let proximity = try proximity(column)
    var rows = try rows(
      linkCount: Double(units.count) * Double(units.count - 1),
      "The economic distances between all pairs of \(grouped(units.count)) units",
      remedy:
        "Multiply a rule with few links by them, as in queen*economic:\(column) or knn:8*economic:\(column)")
    for i in units.indices {
      rows.begin(i)
      for j in units.indices where j != i {
        let weight = try proximity(i, j)
        guard weight.isFinite else { throw .notFinite(from: units[i], to: units[j], weight: weight) }
        rows.add(j, weight)
      }
    }
    return SpatialWeights(units: units, sparseMatrix: rows.matrix)
  }

  /// Rows for so many links. Throws where a unit stands twice, and where the links would not fit the memory.
  func rows(
    linkCount: Double, _ what: String, remedy: String
  ) throws(WeightsError) -> LinkRows {
    if let repeated = units.firstRepetition { throw .duplicateUnit(repeated) }
    try SpatialWeights.requireMemory(links: linkCount, of: units.count, for: what, remedy: remedy)
    return LinkRows(unitCount: units.count, linkCount: Int(linkCount))
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
      let difference = abs(values[i] - values[j])
      // A difference beyond the range of numbers still has an inverse.
      return difference.isFinite ? 1 / difference : 0.5 / abs(values[i] / 2 - values[j] / 2)
    }
  }

  /// The units that have a place, and the distances between them.
  var places: (placed: [Int], distances: PlaceDistances) {
    let placed = points.indices.filter { points[$0] != nil }
    return (placed, PlaceDistances(placed.compactMap { points[$0] }, isGeographic: isGeographic))
  }
}

/// Rows of weights that are filled one after the other; units between them stay islands.
struct LinkRows {
  private let unitCount: Int
  private var starts: [Int] = []
  private var columns: [Int32] = []
  private var values: [Double] = []

  init(unitCount: Int, linkCount: Int) {
    self.unitCount = unitCount
    starts.reserveCapacity(unitCount + 1)
    columns.reserveCapacity(linkCount)
    values.reserveCapacity(linkCount)
  }

  /// Begins the row of a unit that is later than the one before.
  mutating func begin(_ unit: Int) {
    while starts.count <= unit { starts.append(columns.count) }
  }

  mutating func add(_ other: Int, _ weight: Double) {
    columns.append(Int32(other))
    values.append(weight)
  }

  var matrix: SparseMatrix {
    let rest = repeatElement(columns.count, count: unitCount + 1 - starts.count)
    return SparseMatrix(rowStarts: starts + rest, columns: columns, values: values)
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
