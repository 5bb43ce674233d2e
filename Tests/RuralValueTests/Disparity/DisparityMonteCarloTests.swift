import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// How often the sigma test rejects where dispersion is the same in both periods and counties are neighbours: the figures
/// that its caution names.
///
/// With RURALVALUE_SLOW_TESTS=1. Bands are three Monte Carlo standard errors of 4,000 draws around 20,000 of numpy's.
@Suite(.tags(.monteCarlo), .enabled(if: ProcessInfo.processInfo.environment["RURALVALUE_SLOW_TESTS"] == "1"))
struct DisparityMonteCarloTests {
  @Test(arguments: [(0.0, 0.05), (0.3, 0.063), (0.6, 0.137), (0.8, 0.307)])
  func `at a nominal 5 % the sigma test rejects the more often the closer neighbours are`(
    rho: Double, expected: Double
  ) {
    let weights = OverlapReference.weights
    let count = weights.units.count
    let degrees = weights.spatialLag([Double](repeating: 1, count: count))
    var generator = CounterBasedGenerator(seed: 18)
    // (I − ρW)⁻¹e as a series, which ends once its terms are nothing beside the first.
    func field() -> [Double] {
      var term = (0..<count).map { _ in generator.normal() }
      var sum = term
      for _ in 0..<(rho == 0 ? 0 : Int(log(1e-6) / log(rho))) {
        term = zip(weights.spatialLag(term), degrees).map { rho * $0 / $1 }
        sum = sum.plus(term)
      }
      return sum
    }
    let draws = 4000
    var rejected = 0
    for _ in 0..<draws {
      let (first, other) = (field(), field())
      let last = zip(first, other).map { 0.9 * $0 + 0.19.squareRoot() * $1 }
      if let test = PitmanMorganTest(first: first, last: last), test.pValue < 0.05 { rejected += 1 }
    }
    let share = Double(rejected) / Double(draws)
    let error = 3 * (expected * (1 - expected) / Double(draws)).squareRoot()
    expectClose(share, expected, absolute: error, from: "20,000 draws of numpy", "ρ = \(rho)")
  }
}
