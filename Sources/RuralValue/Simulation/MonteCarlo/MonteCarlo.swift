/// What one replication found, and what it should have found.
public struct MonteCarloDraw: Sendable, Equatable {
  /// The estimates.
  public let estimates: [Estimate]
  /// For each estimate the true value.
  public let truth: [Double]
  /// The tests.
  public let tests: [TestResult]

  /// A draw from its estimates, with a true value for each, and its tests.
  public init(estimates: [Estimate], truth: [Double], tests: [TestResult] = []) {
    precondition(estimates.count == truth.count, "Every estimate needs its true value.")
    self.estimates = estimates
    self.truth = truth
    self.tests = tests
  }
}

/// Repeats drawing and estimating.
///
/// Replication r has a seed of its own that follows from the seed and r, so that it is the same whatever ran
/// before it. A replication whose estimate fails for its numbers is counted, with the reason, and left out.
public enum MonteCarlo {
  /// The results of replications 1 to `count` with intervals of a level.
  ///
  /// Rethrows what is not the numbers' fault, and `SimulationError.allFailed` where nothing was estimated.
  public static func run(
    replications count: Int, confidenceLevel: Double = 0.95, _ replicate: (Int) throws -> MonteCarloDraw
  ) throws -> MonteCarloResult {
    var draws: [MonteCarloDraw] = []
    var failures: [MonteCarloResult.Failure] = []
    let progress = ProgressReport.steps(count, Phrase("replications", zh: "次重复"))
    for replication in stride(from: 1, through: count, by: 1) {
      do {
        // The replications are what is counted, not the steps of each.
        draws.append(try ProgressReport.$current.withValue(nil) { try replicate(replication) })
      } catch let fault as any Fault where fault.kind == .numerical {
        failures.append(.init(replication: replication, reason: fault.description))
      }
      progress.done(replication)
    }
    guard let first = draws.first else {
      throw SimulationError.allFailed(count: count, reason: failures.first?.reason ?? "")
    }
    return MonteCarloResult(
      replications: count, confidenceLevel: confidenceLevel,
      terms: zip(first.estimates.map(\.parameter), first.truth).map { parameter, truth in
        MonteCarloTerm(
          parameter: parameter, truth: truth,
          estimates: draws.compactMap { $0.estimates.first { $0.parameter == parameter } },
          confidenceLevel: confidenceLevel)
      },
      tests: first.tests.map { test in
        MonteCarloTest(
          name: test.key, pValues: draws.compactMap { $0.tests.first { $0.key == test.key }?.pValue })
      }, failures: failures)
  }
}
