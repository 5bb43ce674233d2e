import Foundation
import TestSupport
import Testing

@testable import RuralValue

/// Obstacle degrees against exact fractions: reference/evaluation/coupling.json, 1e-12.
@Suite struct ObstacleDegreesTests {
  @Test func `the shares are those of the reference, undefined where it says so`() throws {
    let text = try ProjectFiles.fixtureText("reference/evaluation/coupling.json")
    let reference = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let obstacle = try #require(reference["obstacle"] as? [String: Any])
    let weights = try #require(obstacle["weights"] as? [Double])
    let scaled = try #require(obstacle["scaled"] as? [[Any]])
    let shares = try #require(obstacle["shares"] as? [[Any]])
    #expect(scaled.count == 4)
    for (row, expected) in zip(scaled, shares) {
      let own = ObstacleDegrees(weights: weights, attainments: row.map { $0 as? Double })
      for (share, value) in zip(own.shares, expected) {
        guard let value = value as? Double else {
          #expect(share == nil, "the reference has no share")
          continue
        }
        expectClose(share ?? .nan, value, absolute: 1e-12, from: "coupling.json")
      }
    }
    let units = scaled.map { ObstacleDegrees(weights: weights, attainments: $0.map { $0 as? Double }) }
    #expect(units.map(\.isPartial) == [false, false, false, true])
    #expect(units.map(\.isWithoutObstacle) == [false, true, false, false])
  }

  @Test func `shares add up to one, and those of a group are the shares of summed shortfalls`() throws {
    let weights = [0.4, 0.35, 0.25]
    let units = [[0.1, 0.9, 0.5], [0.7, nil, 0.2], [1, 1, 1]].map {
      ObstacleDegrees(weights: weights, attainments: $0)
    }
    for unit in units where !unit.isWithoutObstacle {
      expectClose(unit.shares.compactMap { $0 }.reduce(0, +), 1, absolute: 1e-15, from: "the sum of shares")
    }
    let group = ObstacleDegrees(sumOf: units)
    let sums = [0.4 * 0.9 + 0.4 * 0.3, 0.35 * 0.1, 0.25 * 0.5 + 0.25 * 0.8]
    for (share, sum) in zip(group.shares, sums) {
      expectClose(share ?? .nan, sum / sums.reduce(0, +), absolute: 1e-15, from: "summed shortfalls")
    }
    let dimensions = group.shares(groupOfIndicator: [0, 1, 0], groupCount: 2)
    let all = try dimensions.map { try #require($0) }
    expectClose(all[0] + all[1], 1, absolute: 1e-15, from: "the sum of dimensions")
  }
}
