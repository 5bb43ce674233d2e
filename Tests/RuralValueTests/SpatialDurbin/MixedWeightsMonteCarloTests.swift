import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Coverage of ρ, λ and the effects where Wy, WX and Wu have weights of their own, and what noise makes of such an SAC:
/// 60 units, eight periods, effects of units and periods. With RURALVALUE_SLOW_TESTS=1.
@Suite(.tags(.monteCarlo), .enabled(if: ProcessInfo.processInfo.environment["RURALVALUE_SLOW_TESTS"] == "1"))
struct MixedWeightsMonteCarloTests {
  static let replications = 400

  private func share(
    _ planted: PlantedPanel, _ quantity: (SpatialDurbinResult) throws -> [Bool]
  ) throws -> [Double] {
    let (grid, ring) = (try TestWeights.grid(6, 10), try TestWeights.ring(60, ahead: [1, 4, 11]))
    var planted = planted
    planted.errorWeights = ring
    let specification = try planted.specification(.sac)
    var counts: [Int] = []
    var fitted = 0
    for seed in 1...Self.replications {
      let panel = try planted.draw(grid, seed: UInt64(seed))
      guard
        let result = try? SpatialDurbinEstimator.fit(
          panel, WeightRoles(outcome: .constant(grid), errors: .constant(ring)), specification)
      else { continue }
      fitted += 1
      let found = try quantity(result)
      if counts.isEmpty { counts = [Int](repeating: 0, count: found.count) }
      for (place, holds) in found.enumerated() where holds { counts[place] += 1 }
    }
    #expect(fitted > Self.replications * 95 / 100)
    return counts.map { Double($0) / Double(fitted) }
  }

  @Test func `intervals of ρ, λ and the total effect cover the truth`() throws {
    let planted = PlantedPanel(rho: 0.3, lambda: 0.4, beta: [1, -0.5], theta: [0, 0], periods: 8)
    let shares = try share(planted) { result in
      func covers(_ estimate: Estimate, _ truth: Double) -> Bool {
        abs(estimate.value - truth) <= 1.959963984540054 * estimate.standardError
      }
      return [
        covers(try #require(result.estimates.first { $0.name == "rho" }), 0.3),
        covers(try #require(result.estimates.first { $0.name == "lambda" }), 0.4),
        covers(try #require(result.effects.first { $0.kind == .total }).estimate, 1 / 0.7),
      ]
    }
    print("coverage of rho, lambda, total: \(shares)")
    for share in shares { #expect(share > 0.91 && share < 0.985) }
  }

  @Test func `noise finds neither ρ nor λ more often than it says`() throws {
    let planted = PlantedPanel(rho: 0, lambda: 0, beta: [0, 0], theta: [0, 0], periods: 8)
    let shares = try share(planted) { result in
      try ["rho", "lambda"].map { name in
        try #require(result.estimates.first { $0.name == name }).pValue < 0.05
      }
    }
    print("found in noise, rho, lambda: \(shares)")
    for share in shares { #expect(share < 0.09) }
  }
}
