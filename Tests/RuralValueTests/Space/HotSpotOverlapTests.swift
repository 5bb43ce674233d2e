import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

@Suite struct HotSpotOverlapTests {
  static let weights = OverlapReference.weights

  static func series(_ name: String, _ values: [Double], units: [String] = OverlapReference.units)
    -> SpatialSeries
  {
    SpatialSeries(
      source: "hunan", variable: name, sections: [CrossSection(period: 2022, units: units, values: values)])
  }

  static func overlap(
    _ first: [Double], _ second: [Double], weights: SpatialWeights = weights, draws: Int = 199,
    seed: UInt64 = 1
  ) throws -> HotSpotOverlapResult {
    try HotSpotOverlapEstimator.fit(
      [series("x", first, units: weights.units), series("y", second, units: weights.units)],
      names: ["x", "y"], weights: weights, draws: draws, seed: seed)
  }

  @Test func `a map overlaps with itself, and no surrogate with it as far`() throws {
    let values = OverlapReference.values("V", "2022")
    let result = try Self.overlap(values, values)
    let one = result.overlaps[0]
    #expect(result.overlaps.count == 1 && one.agreement.kappa == 1 && one.levels.kappa == 1)
    #expect(one.agreement.jaccard(of: 1) == 1 && one.pValue == 1.0 / 200 && one.plainP == 1.0 / 200)
  }

  @Test func `classes are those of the hot-spot analysis, and p depends on the seed alone`() throws {
    let (x, y) = (OverlapReference.values("V", "2022"), OverlapReference.values("P", "2022"))
    let result = try Self.overlap(x, y)
    let spots = try [x, y].map {
      try HotSpotEstimator.fit(Self.series("x", $0), weights: Self.weights).spots[0].classes
    }
    #expect(result.overlaps[0].levels == ClassAgreement(spots[0], spots[1]))
    let (again, other) = (try Self.overlap(x, y), try Self.overlap(x, y, seed: 2))
    #expect(result == again && result.overlaps[0].pValue != other.overlaps[0].pValue)
    let rescaled = try Self.overlap(x.map { 1000 * $0 + 7 }, y.map { $0 / 8 })
    #expect(result == rescaled)
  }

  @Test func `pairs stand in the order of the variables, and only shared periods are compared`() throws {
    let (x, y) = (OverlapReference.values("V", "2022"), OverlapReference.values("P", "2022"))
    let later = SpatialSeries(
      source: "hunan", variable: "z",
      sections: [CrossSection(period: 2023, units: OverlapReference.units, values: y)])
    let all = [Self.series("a", x), Self.series("b", y), Self.series("c", x), later]
    let result = try HotSpotOverlapEstimator.fit(
      all, names: ["a", "b", "c", "d"], weights: Self.weights, draws: 19)
    #expect(result.overlaps.map { $0.first + $0.second } == ["ab", "ac", "bc"])
  }

  @Test func `islands are left out and named, and several components are told`() throws {
    let cut = try SpatialWeights(
      units: OverlapReference.units,
      links: Self.weights.links.filter { ($0.from < 60) == ($0.to < 60) && $0.from != 5 && $0.to != 5 })
    let (x, y) = (OverlapReference.values("V", "2022"), OverlapReference.values("P", "2022"))
    let result = try Self.overlap(x, y, weights: cut)
    let islands = cut.islands
    #expect(islands.contains(OverlapReference.units[5]))
    #expect(result.overlaps[0].agreement.unitCount == 121 - islands.count)
    #expect(
      result.notes.contains {
        $0.english.contains(OverlapReference.units[5]) && $0.english.contains("not compared")
      })
    #expect(result.notes.contains { $0.english.contains("components") })
    #expect(result.overlaps[0].pValue! > 0)
  }

  @Test func `units that one variable lacks are not compared`() throws {
    let (x, y) = (OverlapReference.values("V", "2022"), OverlapReference.values("P", "2022"))
    let units = OverlapReference.units
    let short = Self.series("y", Array(y.dropFirst(3)), units: Array(units.dropFirst(3)))
    let result = try HotSpotOverlapEstimator.fit(
      [Self.series("x", x), short], names: ["x", "y"], weights: Self.weights, draws: 19)
    #expect(result.overlaps[0].agreement.unitCount == 118)
  }

  @Test func `maps without any spot have no kappa, no p and a reason`() throws {
    let ring = try SpatialWeights(
      units: (0..<8).map { "\($0)" },
      links: (0..<8).flatMap {
        [.init(from: $0, to: ($0 + 1) % 8), SpatialWeights.Link(from: ($0 + 1) % 8, to: $0)]
      })
    let flat = (0..<8).map { Double($0 % 2) }
    let result = try Self.overlap(flat, flat.map { 1 - $0 }, weights: ring, draws: 19)
    let one = result.overlaps[0]
    #expect(one.agreement.kappa == nil && one.pValue == nil && one.plainP == nil && one.reason != nil)
    #expect(result.table.columns.contains { $0.name == "reason" })
  }

  @Test func `too many units for the memory are refused before anything is computed`() {
    let units = (0..<3000).map { "\($0)" }
    let links = (0..<3000).map { SpatialWeights.Link(from: $0, to: ($0 + 1) % 3000) }
    #expect(throws: MemoryLimitError.self) {
      try MemoryLimit.$current.withValue(MemoryLimit(bytes: 1e8)) {
        try Self.overlap(
          units.indices.map { Double($0 % 7) }, units.indices.map { Double($0 % 5) },
          weights: try SpatialWeights(units: units, links: links), draws: 19)
      }
    }
  }

  private static let environment = ProcessInfo.processInfo.environment

  /// Simulates independent fields (I − ρW)⁻¹ ε, and with `isSkewed` their exponentials.
  static func rejections(
    rho: Double, isSkewed: Bool, replications: Int, draws: Int
  ) throws -> (plain: Double, space: Double) {
    let row = weights.standardised(.row)
    var generator = CounterBasedGenerator(seed: 20_26)
    func field() -> [Double] {
      let noise = (0..<121).map { _ in generator.normal() }
      var (sum, term) = (noise, noise)
      // The series of (I − ρW)⁻¹ ends where its terms no longer count.
      for _ in 0..<(rho == 0 ? 0 : 400) {
        term = row.spatialLag(term).map { rho * $0 }
        for i in sum.indices { sum[i] += term[i] }
      }
      return isSkewed ? sum.map { exp($0) } : sum
    }
    var (plain, space, count) = (0, 0, 0)
    for number in 0..<replications {
      let overlap = try overlap(field(), field(), draws: draws, seed: UInt64(number)).overlaps[0]
      guard let p = overlap.pValue, let plainP = overlap.plainP else { continue }
      count += 1
      if p <= 0.05 { space += 1 }
      if plainP <= 0.05 { plain += 1 }
    }
    return (Double(plain) / Double(count), Double(space) / Double(count))
  }

  /// The shares of 1,000 pairs of unrelated fields that the plain p and the p that keeps space reject at 5 %, by a
  /// program in numpy: Hunan's links, 199 draws each.
  private static let sizes: [(rho: Double, isSkewed: Bool, plain: Double, space: Double)] = [
    (0, false, 0.049, 0.037), (0.6, false, 0.131, 0.051), (0.9, false, 0.215, 0.069),
    (0, true, 0.081, 0.040), (0.6, true, 0.139, 0.056), (0.9, true, 0.136, 0.064),
  ]

  @Test(.enabled(if: environment["RURALVALUE_SLOW_TESTS"] == "1"))
  func `the p that keeps space rejects unrelated maps about as often as it says, the plain one too often`()
    throws
  {
    for (rho, isSkewed, plain, space) in Self.sizes {
      let rates = try Self.rejections(rho: rho, isSkewed: isSkewed, replications: 600, draws: 199)
      print("overlap, rho \(rho), skewed \(isSkewed): plain \(rates.plain), keeping space \(rates.space)")
      for (rate, theirs) in [(rates.plain, plain), (rates.space, space)] {
        // Four standard errors of the difference of two shares, of 600 and of 1,000.
        let error = (theirs * (1 - theirs) * (1.0 / 600 + 1.0 / 1000)).squareRoot()
        expectClose(rate, theirs, absolute: 4 * error, from: "numpy", "rho \(rho), skewed \(isSkewed)")
      }
    }
  }

  @Test(.enabled(if: environment["RURALVALUE_SLOW_TESTS"] == "1"))
  func `the z of general G holds its level for values that have nothing to do with space`() throws {
    var generator = CounterBasedGenerator(seed: 4)
    for (name, draw) in [
      ("uniform", { $0.uniform() }), ("log-normal", { exp($0.normal()) }),
      ("heavier", { exp(1.5 * $0.normal()) }),
    ] as [(String, (inout CounterBasedGenerator) -> Double)] {
      var (rejected, upper) = (0, 0)
      for _ in 0..<2000 {
        let values = (0..<121).map { _ in draw(&generator) }
        let general = try HotSpotEstimator.fit(Self.series("x", values), weights: Self.weights).general[0]
        if general.pValue < 0.05 { rejected += 1 }
        if general.pValue < 0.05, general.z > 0 { upper += 1 }
      }
      print("general G, \(name): rejects \(Double(rejected) / 2000), above \(Double(upper) / 2000)")
      #expect(Double(rejected) / 2000 < 0.05 + 3 * (0.05 * 0.95 / 2000).squareRoot())
    }
  }
}
