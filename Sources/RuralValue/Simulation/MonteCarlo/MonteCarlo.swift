/// What one replication found, and what it should have found.
public struct MonteCarloDraw: Sendable, Equatable {
  /// Estimates beside their true values.
  public var estimates: [Estimate]
  /// p values of tests; nil where a test could not be computed.
  public var tests: [Test] = []

  /// One estimate.
  public struct Estimate: Sendable, Equatable {
    /// The name: `P`, `rho`, `total P`.
    public let name: String
    /// The true value.
    public let truth: Double
    /// The estimate.
    public let estimate: Double
    /// Its standard error.
    public let standardError: Double
    /// The lower end of its confidence interval.
    public let low: Double
    /// The upper end.
    public let high: Double
    /// The p value of the hypothesis that the parameter is zero.
    public let pValue: Double

    /// An estimate beside its true value.
    public init(
      name: String, truth: Double, estimate: Double, standardError: Double, low: Double, high: Double,
      pValue: Double
    ) {
      self.name = name
      self.truth = truth
      self.estimate = estimate
      self.standardError = standardError
      self.low = low
      self.high = high
      self.pValue = pValue
    }
  }

  /// One test.
  public struct Test: Sendable, Equatable {
    /// The name: `hansen`.
    public let name: String
    /// The p value, if there is one.
    public let pValue: Double?

    /// A test from its name and p value.
    public init(name: String, pValue: Double?) {
      self.name = name
      self.pValue = pValue
    }
  }
}

/// Repeats drawing and estimating.
///
/// Replication r has a seed of its own that follows from the seed and r, so that it is the same whatever ran
/// before it. A replication whose estimate fails for its numbers is counted, with the reason, and left out.
public enum MonteCarlo {
  /// The results of replications 1 to `count`; `progress` is told how many are done.
  ///
  /// Rethrows what is not the numbers' fault, and `SimulationError.allFailed` where nothing was estimated.
  public static func run(
    replications count: Int, progress: (Int) -> Void = { _ in }, _ replicate: (Int) throws -> MonteCarloDraw
  ) throws -> MonteCarloResult {
    var draws: [MonteCarloDraw] = []
    var failures: [MonteCarloResult.Failure] = []
    for replication in stride(from: 1, through: count, by: 1) {
      do {
        draws.append(try replicate(replication))
      } catch let fault as any Fault where fault.kind == .numerical {
        failures.append(.init(replication: replication, reason: fault.description))
      }
      progress(replication)
    }
    guard let first = draws.first else {
      throw SimulationError.allFailed(count: count, reason: failures.first?.reason ?? "")
    }
    let names = first.estimates.map(\.name)
    return MonteCarloResult(
      replications: count,
      terms: names.map { name in
        MonteCarloTerm(name: name, draws: draws.compactMap { $0.estimates.first { $0.name == name } })
      },
      tests: first.tests.map { test in
        MonteCarloTest(
          name: test.name, pValues: draws.compactMap { $0.tests.first { $0.name == test.name }?.pValue })
      }, failures: failures)
  }
}
