import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

extension Tag {
  /// Tests that take seconds in release and minutes in debug: `make test-slow`.
  @Tag static var monteCarlo: Self
}

/// Bias and coverage of ρ and of the effects on the map of Hunan, with and without Lee and Yu's transformation.
///
/// With RURALVALUE_SLOW_TESTS=1; RURALVALUE_UPDATE_TABLES=1 writes the table anew.
@Suite(.tags(.monteCarlo), .enabled(if: ProcessInfo.processInfo.environment["RURALVALUE_SLOW_TESTS"] == "1"))
struct SpatialMonteCarloTests {
  /// What the draws say of one quantity.
  struct Row {
    let correction: String
    let quantity: String
    let truth: Double
    var errors: [Double] = []
    var standardErrors: [Double] = []

    var bias: Double { errors.mean }
    var deviation: Double { errors.sampleStandardDeviation }
    var meanError: Double { standardErrors.mean }
    var coverage: Double {
      Double(zip(errors, standardErrors).count { abs($0) <= 1.959963984540054 * $1 }) / Double(errors.count)
    }
  }

  static let replications = 1000

  private func hunan() throws -> SpatialWeights {
    let lines = try ProjectFiles.fixtureText("data/hunan/queen.csv").split(separator: "\n").map {
      $0.split(separator: ",").map(String.init)
    }
    return try WeightsReading(
      Table(source: "queen.csv", columnNames: lines[0], rows: Array(lines.dropFirst()))
    ).weights.standardised(.row)
  }

  @Test func `intervals cover the truth as often as they say`() throws {
    let weights = try hunan()
    let planted = PlantedPanel(rho: 0.4, beta: [1], theta: [0.5], periods: 11)
    let system = try SpatialSystem([weights], matrixOfPeriod: [0])
    let multipliers = try ImpactMultipliers(system, rho: 0.4)
    let direct = multipliers.direct.b + 0.5 * multipliers.direct.theta
    let total = 1.5 / 0.6
    var rows = ["transform", "elhorst", "none"].flatMap { correction in
      [("rho", 0.4), ("direct x1", direct), ("indirect x1", total - direct), ("sigma2", 1)].map {
        Row(correction: correction, quantity: $0.0, truth: $0.1)
      }
    }
    for replication in 0..<Self.replications {
      let panel = try planted.draw(weights, seed: UInt64(1000 + replication))
      for (block, correction) in ["transform", "elhorst", "none"].enumerated() {
        var specification = try planted.specification()
        specification.correction = .init(rawValue: correction)
        let result = try SpatialDurbinEstimator.fit(panel, weights: weights, specification)
        let estimates = [
          result.estimate("rho"), result.effects(.direct)[0].estimate, result.effects(.indirect)[0].estimate,
          result.estimate("sigma2"),
        ]
        for (position, estimate) in estimates.enumerated() {
          rows[4 * block + position].errors.append(estimate.value - rows[4 * block + position].truth)
          rows[4 * block + position].standardErrors.append(estimate.standardError)
        }
      }
    }
    let table = text(rows)
    if ProcessInfo.processInfo.environment["RURALVALUE_UPDATE_TABLES"] == "1" {
      try Data(table.utf8).write(to: ProjectFiles.fixture("reference/sdm-monte-carlo/hunan.csv"))
    }
    // Another BLAS may move the last digit.
    let kept = try ProjectFiles.fixtureText("reference/sdm-monte-carlo/hunan.csv").split(separator: "\n")
    for (line, other) in zip(table.split(separator: "\n"), kept).dropFirst() {
      for (one, number) in zip(line.split(separator: ","), other.split(separator: ",")).dropFirst(2) {
        expectClose(
          Double(one) ?? .nan, Double(number) ?? .nan, absolute: 2e-3, from: "hunan.csv", String(line))
      }
    }
    for row in rows where row.correction == "transform" {
      // Three standard errors of a share of 0.95 among 1,000 draws are 0.021; of a mean, 0.095 deviations.
      expectClose(row.coverage, 0.95, absolute: 0.021, from: "the nominal level", row.quantity)
      expectClose(row.bias, 0, absolute: 0.095 * row.deviation, from: "no bias", row.quantity)
    }
  }

  private func text(_ rows: [Row]) -> String {
    func rounded(_ x: Double) -> String { String(format: "%.4f", x) }
    return "correction,quantity,truth,bias,sd,mean_std_error,coverage_95\n"
      + rows.map { row in
        ([row.correction, row.quantity]
          + [row.truth, row.bias, row.deviation, row.meanError, row.coverage].map(rounded)).joined(
            separator: ",")
      }.joined(separator: "\n") + "\n"
  }
}
