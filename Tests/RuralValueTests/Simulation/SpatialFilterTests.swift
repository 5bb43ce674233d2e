import TestSupport
import Testing

@testable import RuralValue

@Suite struct SpatialFilterTests {
  @Test(arguments: [0, 0.3, 0.8])
  func `what it returns solves (I − ρW)y = ε`(dependence: Double) throws {
    let network = try HunanFixture.network()
    let shocks = (0..<(2 * 121)).map { Double(($0 * 37) % 101) - 50 }
    let filter = SpatialFilter(neighbours: network.neighbours, dependence: dependence)
    let field = filter(shocks, fields: 2)
    for (unit, neighbours) in network.neighbours.enumerated() {
      for k in 0..<2 {
        let spatialLag = neighbours.reduce(0) { $0 + field[$1 * 2 + k] } / Double(neighbours.count)
        expectClose(
          field[unit * 2 + k] - dependence * spatialLag, shocks[unit * 2 + k], absolute: 1e-4,
          from: "the definition")
      }
    }
  }
}

@Suite struct CountyStreamTests {
  @Test(arguments: [0.3, 4, 50])
  func `Poisson draws have the mean and the variance of the distribution`(mean: Double) {
    let count = 4_000
    let draws = (0..<count).map { draw -> Double in
      var stream = CountyStream(seed: 1, code: "\(draw)", column: "c", purpose: "test")
      return Double(stream.poisson(mean: mean))
    }
    let average = draws.reduce(0, +) / Double(count)
    let variance = draws.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(count)
    // Five standard errors: √(λ/n) of the mean, √((λ + 2λ²)/n) of the variance.
    expectClose(average, mean, absolute: 5 * (mean / Double(count)).squareRoot(), from: "the Poisson mean")
    expectClose(
      variance, mean, absolute: 5 * ((mean + 2 * mean * mean) / Double(count)).squareRoot(),
      from: "the Poisson variance")
  }

  @Test func `counties, columns and purposes have streams of their own`() {
    func first(_ code: String, _ column: String, _ purpose: String) -> Double {
      var stream = CountyStream(seed: 1, code: code, column: column, purpose: purpose)
      return stream.normal()
    }
    let draws = [first("1", "ab", "c"), first("1a", "b", "c"), first("1", "a", "bc"), first("1", "b", "c")]
    #expect(Set(draws).count == 4)
    #expect(first("1", "ab", "c") == draws[0])
  }
}
