import TestSupport
import Testing

@testable import RuralValue

@Suite struct ConditionalPermutationsTests {
  /// A ring of n units with chords, so that numbers of neighbours differ.
  static func ring(_ n: Int, weight: (Int, Int) -> Double = { _, _ in 1 }) throws -> SpatialWeights {
    var links: [SpatialWeights.Link] = []
    for i in 0..<n {
      for step in 1...(i % 3 + 1) {
        links.append(.init(from: i, to: (i + step) % n, weight: weight(i, (i + step) % n)))
      }
    }
    return try SpatialWeights(units: (0..<n).map(String.init), links: links)
  }

  static let values = (0..<40).map { Double(($0 * 37) % 23) - 7.5 }

  @Test func `prefix sums count what adding up every draw counts`() throws {
    let weights = try Self.ring(40)
    let short = ConditionalPermutations(Self.values, weights, permutations: 500, seed: 3, period: 2012)
    // A weight that differs by less than rounding takes the long way over the same draws.
    let uneven = try Self.ring(40) { $1 % 2 == 0 ? 1 : 1 + 1e-15 }
    let long = ConditionalPermutations(Self.values, uneven, permutations: 500, seed: 3, period: 2012)
    #expect(short.counts() == long.counts())
  }

  @Test func `a seed and a period decide the draws`() throws {
    let weights = try Self.ring(40)
    func p(_ seed: UInt64, _ period: Int) -> [Double] {
      ConditionalPermutations(Self.values, weights, permutations: 99, seed: seed, period: period).twoSidedP()
    }
    #expect(p(1, 2012) == p(1, 2012))
    #expect(p(1, 2012) != p(2, 2012))
    #expect(p(1, 2012) != p(1, 2013))
  }

  @Test func `with one neighbour each the p value is a rank among the others`() throws {
    let n = 30
    let links = (0..<n).map { SpatialWeights.Link(from: $0, to: ($0 + 1) % n) }
    let weights = try SpatialWeights(units: (0..<n).map(String.init), links: links)
    let x = (0..<n).map(Double.init)
    let counts = ConditionalPermutations(x, weights, permutations: 20_000, seed: 1, period: nil).counts()
    // Of the 29 others than unit 9, those not below its neighbour 10 are 20.
    let share = 20.0 / 29
    expectClose(
      Double(counts[9].atLeast) / 20_000, share, absolute: 5 * (share * (1 - share) / 20_000).squareRoot(),
      from: "the uniform distribution over the others")
  }

  @Test func `islands have no p value`() throws {
    let weights = try SpatialWeights(
      units: ["a", "b", "c"], links: [.init(from: 0, to: 1), .init(from: 1, to: 0)])
    let p = ConditionalPermutations([1, 2, 3], weights, permutations: 9, seed: 1, period: nil).twoSidedP()
    #expect(p[2].isNaN && !p[0].isNaN)
  }
}
