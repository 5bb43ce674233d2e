import TestSupport
import Testing

@testable import RuralValue

/// The tree against a look at all pairs, which was the program's way before there was a tree: the same links and
/// the same weights to the last bit.
@Suite struct PlaceTreeTests {
  struct Places: CustomTestStringConvertible, Sendable {
    let name: String
    let points: [PolygonLayer.Point]
    var isGeographic = true
    var testDescription: String { name }
  }

  static let places: [Places] = {
    var random = SplitMix64(state: 7)
    func uniform(_ low: Double, _ high: Double) -> Double { Double.random(in: low...high, using: &random) }
    func some(_ count: Int, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>) -> [PolygonLayer.Point] {
      (0..<count).map { _ in
        .init(x: uniform(x.lowerBound, x.upperBound), y: uniform(y.lowerBound, y.upperBound))
      }
    }
    let lattice = (0..<15).flatMap { x in (0..<15).map { PolygonLayer.Point(x: Double(x), y: Double($0)) } }
    return [
      Places(name: "random", points: some(300, -180...180, -90...90)),
      Places(name: "a county's worth of random", points: some(300, 112...113, 27...28)),
      Places(name: "a lattice", points: lattice),
      Places(name: "a lattice, planar", points: lattice, isGeographic: false),
      Places(name: "a lattice, shuffled", points: lattice.shuffled(using: &random), isGeographic: false),
      Places(
        name: "each point three times", points: (0..<3).flatMap { _ in lattice }.shuffled(using: &random)),
      Places(
        name: "one point, many times", points: [PolygonLayer.Point](repeating: .init(x: 3, y: 4), count: 150)),
      Places(
        name: "on a line", points: (0..<250).map { .init(x: Double($0 * 37 % 250), y: 0) },
        isGeographic: false),
      Places(
        name: "on a slanted line", points: (0..<250).map { .init(x: Double($0) / 3, y: Double($0) / 7) }),
      Places(name: "around a pole", points: some(200, -180...180, 89.9...90) + some(9, 0...0, 90...90)),
      Places(
        name: "across the date line",
        points: some(150, 179.5...180, -1...1) + some(150, -180 ... -179.5, -1...1)),
      Places(
        name: "a cluster and one far away",
        points: some(200, 0...1e-9, 0...1e-9) + [.init(x: 1e12, y: -1e12)],
        isGeographic: false),
      Places(name: "few", points: some(3, 0...1, 0...1)),
    ]
  }()

  /// The k nearest by looking at all.
  static func nearest(_ count: Int, _ distances: PlaceDistances) -> [Int32] {
    (0..<distances.count).flatMap { i in
      (0..<distances.count).filter { $0 != i }
        .sorted { (distances.squaredChord(i, $0), $0) < (distances.squaredChord(i, $1), $1) }
        .prefix(count).sorted().map { Int32($0) }
    }
  }

  @Test(arguments: places, [1, 2, 4, 17, 100])
  func `the nearest places are those that a look at all of them finds`(places: Places, count: Int) {
    guard count < places.points.count else { return }
    let distances = PlaceDistances(places.points, isGeographic: places.isGeographic)
    #expect(PlaceTree(distances).nearest(count) == Self.nearest(count, distances))
  }

  @Test(arguments: places)
  func `weights within a distance are those of all pairs, to the last bit`(places: Places) throws {
    let distances = PlaceDistances(places.points, isGeographic: places.isGeographic)
    let count = distances.count
    let all = (0..<count).flatMap { i in (0..<i).map { distances.distance(i, $0) } }.sorted()
    // Limits that are distances themselves fall on the border; the others lie beyond all and below all.
    for limit in [all[0], all[all.count / 50], all[all.count / 3], all[all.count - 1], 1e9, 1e-12]
    where limit > 0 {
      let builder = WeightsBuilder(
        points: places.points, ids: (0..<count).map(String.init), isGeographic: places.isGeographic)
      let band = try builder.build(.distance(limit)).weights
      var links: [SpatialWeights.Link] = []
      for i in 0..<count {
        for j in 0..<count where i != j && distances.distance(i, j) <= limit {
          links.append(.init(from: i, to: j))
        }
      }
      #expect(band.links == links)
      #expect(PlaceTree(distances).pairCount(within: distances.reach(limit)) == links.count)
      guard all[0] > distances.coincidence else {
        #expect(throws: WeightsError.self) { try builder.build(.inverseDistance(power: 1.5, limit: limit)) }
        continue
      }
      let inverse = try builder.build(.inverseDistance(power: 1.5, limit: limit)).weights
      #expect(
        inverse.links
          == links.map {
            .init(from: $0.from, to: $0.to, weight: 1 / realPower(distances.distance($0.from, $0.to), 1.5))
          })
    }
  }

  @Test func `of points at one place the first two in the order of units are named`() {
    let points = [(0.0, 0.0), (5, 5), (1, 1), (5, 5), (0, 0)].map { PolygonLayer.Point(x: $0.0, y: $0.1) }
    let pair = PlaceTree(PlaceDistances(points, isGeographic: false)).firstCoincidence()
    #expect(pair?.first == 1 && pair?.second == 3)
    #expect(PlaceTree(PlaceDistances(Array(points.prefix(3)), isGeographic: false)).firstCoincidence() == nil)
  }

  @Test(arguments: [1e300, 1e-300])
  func `coordinates near the ends of the range of numbers have the same neighbours`(unit: Double) throws {
    let points = [(0.0, 0.0), (1, 0), (3, 0), (7, 1)].map {
      PolygonLayer.Point(x: $0.0 * unit, y: $0.1 * unit)
    }
    let builder = WeightsBuilder(points: points, ids: ["a", "b", "c", "d"], isGeographic: false)
    #expect(try builder.build(.nearest(1)).weights.links.map(\.to) == [1, 0, 1, 2])
    #expect(try builder.build(.distance(2.5 * unit)).weights.links.map(\.to) == [1, 0, 2, 1])
    expectClose(
      try builder.build(.inverseDistance(power: 1, limit: nil)).weights.weight(from: 0, to: 2) * unit,
      1 / 3.0,
      relative: 1e-14, from: "1 / d")
  }

  @Test func `a weight too small for a number is refused and not left out`() {
    let points = [(0.0, 0.0), (1, 0), (1e100, 0)].map { PolygonLayer.Point(x: $0.0, y: $0.1) }
    let builder = WeightsBuilder(points: points, ids: ["a", "b", "c"], isGeographic: false)
    #expect(throws: WeightsError.vanishing(first: "a", second: "c")) {
      try builder.build(.inverseDistance(power: 4, limit: nil))
    }
    #expect(throws: Never.self) { try builder.build(.inverseDistance(power: 4, limit: 10)) }
  }
}

/// What would need more memory than it may have says how much before it is begun.
@Suite struct WeightsMemoryTests {
  static let builder: WeightsBuilder = {
    let points = (0..<400).map { PolygonLayer.Point(x: Double($0 % 20), y: Double($0 / 20)) }
    return WeightsBuilder(
      points: points, ids: points.indices.map(String.init), values: ["v": points.indices.map(Double.init)],
      isGeographic: false)
  }()

  static let rules: [(rule: String, links: String)] = [
    ("distance:5", "25,376"), ("distance:99", "159,600"), ("inverse-distance:1", "159,600"),
    ("inverse-distance:1,1", "1,520"), ("knn:300", "120,000"), ("economic:v", "159,600"),
    ("knn:2*distance:5", "800"),
  ]

  @Test(arguments: rules)
  func `weights beyond the limit are refused with their number of links`(rule: String, links: String) throws {
    let rule = try #require(WeightsRule(rule))
    let error = #expect(throws: WeightsError.self) {
      try MemoryLimit.$current.withValue(MemoryLimit(gigabytes: 0.0001)) { try Self.builder.build(rule) }
    }
    let sentence = error.map { "\($0)" } ?? ""
    #expect(sentence.contains("\(links) links"))
    #expect(sentence.contains("of memory; the limit is 0.1 MB."))
    #expect(error?.kind == .data)
    #expect(throws: Never.self) { try Self.builder.build(rule) }
  }

  @Test func `what weights would take grows with their limit`() {
    let sizes = (1...20).map { limit -> Double in
      let error = #expect(throws: WeightsError.self) {
        try MemoryLimit.$current.withValue(MemoryLimit(bytes: 1)) {
          try Self.builder.build(.distance(Double(limit)))
        }
      }
      if case .tooLarge(let error) = error { return error.bytes }
      return .nan
    }
    #expect(zip(sizes, sizes.dropFirst()).allSatisfy { $0 < $1 })
  }
}

/// Fourth powers of values near the ends of the range of numbers: what has no unit does not depend on it.
@Suite struct AutocorrelationScaleTests {
  @Test(arguments: [300, 520, 1000, -300, -530, -1000])
  func `Moran's I, local and global, and Gi* are those of the same values in another unit`(exponent: Int)
    throws
  {
    var random = SplitMix64(state: 3)
    let values = (0..<30).map { _ in Double.random(in: -1...9, using: &random) }
    let units = values.indices.map(String.init)
    let weights = try SpatialWeights(
      units: units,
      links: values.indices.flatMap { i in [1, 2].map { .init(from: i, to: (i + $0) % 30) } })
    func measures(_ values: [Double]) throws -> [Double] {
      let series = SpatialSeries(
        source: "s", variable: "x", sections: [CrossSection(period: nil, units: units, values: values)])
      let moran = try MoranEstimator.fit(series, weights: weights, .init(permutations: 99, isLocal: true))
      let spots = try HotSpotEstimator.fit(series, weights: weights, .init(permutations: 99)).spots[0]
      let (global, local) = (moran.global[0], moran.local[0])
      return [global.i, global.z, global.normalZ, global.geary, global.gearyZ, global.permutationP ?? .nan]
        + local.i + local.z + (local.permutationP ?? []) + spots.gi + (spots.permutationP ?? [])
    }
    let unit = Double(sign: .plus, exponent: exponent, significand: 1)
    let (found, wanted) = (try measures(values.map { $0 * unit }), try measures(values))
    #expect(found.count == wanted.count)
    for (a, b) in zip(found, wanted) {
      expectClose(a, b, relative: 1e-12, from: "values times 2^\(exponent)")
    }
  }
}
