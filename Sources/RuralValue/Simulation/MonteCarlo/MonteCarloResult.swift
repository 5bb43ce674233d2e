internal import RuralValueNumerics

/// What many replications found.
public struct MonteCarloResult: Sendable, Equatable {
  /// The replications asked for.
  public let replications: Int
  /// The level of the intervals.
  public let confidenceLevel: Double
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

  /// The first term of this name: `P`, `rho`, `total P`.
  public func term(_ name: String) -> MonteCarloTerm? { terms.first { $0.name == name } }

  /// The test of this name.
  public func test(_ name: String) -> MonteCarloTest? { tests.first { $0.name == name } }
}

/// One parameter over the replications.
public struct MonteCarloTerm: Sendable, Equatable {
  /// The parameter.
  public let parameter: Parameter
  /// The true value, the same in all replications.
  public let truth: Double
  /// What the replications found.
  public let estimates: [Estimate]
  /// The level of the intervals.
  public let confidenceLevel: Double

  /// The parameter's name: `P`, `rho`, `total P`.
  public var name: String { parameter.fullName }
  private var values: [Double] { estimates.map(\.value) }
  /// The mean of the estimates.
  public var mean: Double { values.mean }
  /// The mean less the true value.
  public var bias: Double { values.map { $0 - truth }.mean }
  /// The standard deviation of the estimates; NaN for a single one.
  public var deviation: Double { estimates.count > 1 ? values.sampleStandardDeviation : .nan }
  /// The root of the mean squared error.
  public var rootMeanSquaredError: Double {
    values.map { ($0 - truth) * ($0 - truth) }.mean.squareRoot()
  }
  /// The mean of the standard errors.
  public var meanStandardError: Double { estimates.map(\.standardError).mean }
  /// The share of confidence intervals that cover the true value.
  public var coverage: Double { Double(covering) / Double(estimates.count) }
  /// Wilson's 95 % interval for it: what as many replications again may well have found.
  public var coverageInterval: WilsonInterval {
    WilsonInterval(successes: covering, trials: estimates.count)
  }

  private var covering: Int {
    estimates.count { estimate in
      let interval = estimate.interval(confidenceLevel)
      return interval.low <= truth && truth <= interval.high
    }
  }

  /// The share of replications that reject the hypothesis of zero: power, or size where the truth is zero.
  ///
  /// NaN for a parameter of which zero is no hypothesis, such as a variance.
  public func rejectionRate(level: Double) -> Double {
    let pValues = estimates.map(\.significance)
    return pValues.contains { $0.isNaN }
      ? .nan : Double(pValues.count { $0 < level }) / Double(pValues.count)
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
