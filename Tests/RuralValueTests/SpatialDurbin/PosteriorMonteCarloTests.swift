import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// How often the model that made the data has the highest posterior probability, on grids of 30 and 100 units over eight
/// periods with effects of units and periods. With RURALVALUE_SLOW_TESTS=1.
@Suite(.tags(.monteCarlo), .enabled(if: ProcessInfo.processInfo.environment["RURALVALUE_SLOW_TESTS"] == "1"))
struct PosteriorMonteCarloTests {
  /// A model that makes data, how often it must win, and how often any model with Wy may.
  struct Truth: Sendable, CustomTestStringConvertible {
    let kind: CandidateModels.Kind
    let rows: Int
    let columns: Int
    let least: Double
    var testDescription: String { "\(kind) on \(rows) × \(columns)" }
  }

  static let replications = 200

  static let truths: [Truth] = [
    Truth(kind: .ols, rows: 5, columns: 6, least: 0.8), Truth(kind: .ols, rows: 10, columns: 10, least: 0.8),
    Truth(kind: .sar, rows: 5, columns: 6, least: 0.6), Truth(kind: .sar, rows: 10, columns: 10, least: 0.8),
    Truth(kind: .sem, rows: 5, columns: 6, least: 0.6), Truth(kind: .sem, rows: 10, columns: 10, least: 0.8),
    Truth(kind: .slx, rows: 10, columns: 10, least: 0.8),
    Truth(kind: .sdm, rows: 10, columns: 10, least: 0.8),
    Truth(kind: .sdem, rows: 10, columns: 10, least: 0.5),
  ]

  @Test(arguments: truths) func `the model that made the data wins, and noise makes no spatial model`(
    truth: Truth
  )
    throws
  {
    let grid = try TestWeights.grid(truth.rows, truth.columns)
    let planted = PlantedPanel(
      rho: truth.kind.process.hasLag ? 0.4 : 0, lambda: truth.kind.process.hasError ? 0.4 : 0,
      theta: truth.kind.hasDurbinTerms ? [0.5, 0.5] : [0, 0], periods: 8)
    var specification = try planted.specification(.slx)
    specification.prior = .g
    var wins: [CandidateModels.Kind: Int] = [:]
    for seed in 1...Self.replications {
      let panel = try planted.draw(grid, seed: UInt64(seed))
      let result = try SpatialDurbinEstimator.fit(panel, weights: grid, specification)
      let models = try #require(result.candidates).models
      let best = try #require(models.max { $0.logMarginal! < $1.logMarginal! })
      wins[best.kind, default: 0] += 1
    }
    let shares = wins.mapValues { Double($0) / Double(Self.replications) }
    print("\(truth): \(shares.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" })")
    #expect(shares[truth.kind, default: 0] >= truth.least)
    if truth.kind == .ols {
      #expect(shares[.sar, default: 0] + shares[.sdm, default: 0] <= 0.1)
    }
  }
}
