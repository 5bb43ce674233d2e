internal import RuralValueNumerics

/// What many replications found.
public struct MonteCarloResult: Sendable, Equatable {
  /// The replications asked for.
  public let replications: Int
  /// The parameters.
  public let terms: [MonteCarloTerm]
  /// The tests of the model and its instruments.
  public let tests: [MonteCarloTest]
  /// The replications that gave no estimate.
  public let failures: [Failure]

  /// A replication that gave no estimate.
  public struct Failure: Sendable, Equatable {
    /// Its number.
    public let replication: Int
    /// Why.
    public let reason: String
  }

  /// The replications that gave an estimate.
  public var estimated: Int { replications - failures.count }

  /// The term of this name.
  public func term(_ name: String) -> MonteCarloTerm? { terms.first { $0.name == name } }

  /// The test of this name.
  public func test(_ name: String) -> MonteCarloTest? { tests.first { $0.name == name } }
}

/// One parameter over the replications.
public struct MonteCarloTerm: Sendable, Equatable {
  /// The parameter's name.
  public let name: String
  /// What the replications found.
  public let draws: [MonteCarloDraw.Estimate]

  private var estimates: [Double] { draws.map(\.estimate) }
  /// The true value, the same in all replications.
  public var truth: Double { draws.first?.truth ?? .nan }
  /// The mean of the estimates.
  public var mean: Double { estimates.mean }
  /// The mean less the true value.
  public var bias: Double { draws.map { $0.estimate - $0.truth }.mean }
  /// The standard deviation of the estimates; NaN for a single one.
  public var deviation: Double { draws.count > 1 ? estimates.sampleStandardDeviation : .nan }
  /// The root of the mean squared error.
  public var rootMeanSquaredError: Double {
    draws.map { ($0.estimate - $0.truth) * ($0.estimate - $0.truth) }.mean.squareRoot()
  }
  /// The mean of the standard errors.
  public var meanStandardError: Double { draws.map(\.standardError).mean }
  /// The share of confidence intervals that cover the true value.
  public var coverage: Double { share { $0.low <= $0.truth && $0.truth <= $0.high } }
  /// Wilson's 95 % interval for it: what as many replications again may well have found.
  public var coverageInterval: WilsonInterval {
    WilsonInterval(
      successes: draws.count { $0.low <= $0.truth && $0.truth <= $0.high }, trials: draws.count)
  }

  /// The share of replications that reject the hypothesis of zero: power, or size where the truth is zero.
  ///
  /// NaN for a parameter of which zero is no hypothesis, such as a variance.
  public func rejectionRate(level: Double) -> Double {
    draws.contains { $0.pValue.isNaN } ? .nan : share { $0.pValue < level }
  }

  private func share(_ holds: (MonteCarloDraw.Estimate) -> Bool) -> Double {
    Double(draws.count(where: holds)) / Double(draws.count)
  }
}

/// One test over the replications.
public struct MonteCarloTest: Sendable, Equatable {
  /// The test's name.
  public let name: String
  /// The p values of the replications in which it could be computed.
  public let pValues: [Double]

  /// The share of them that reject; NaN where there are none.
  public func rejectionRate(level: Double) -> Double {
    pValues.isEmpty ? .nan : Double(pValues.count { $0 < level }) / Double(pValues.count)
  }
}
