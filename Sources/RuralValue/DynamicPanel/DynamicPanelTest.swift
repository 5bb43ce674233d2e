internal import RuralValueNumerics

/// A test of the model or its instruments, or the reason why it cannot be computed.
public struct DynamicPanelTest: Sendable, Equatable {
  /// What the statistic is held against.
  public enum Distribution: Sendable, Equatable {
    /// N(0, 1).
    case normal
    /// χ² with these degrees of freedom.
    case chiSquared(Int)
    /// F with these degrees of freedom.
    case f(Int, Int)
  }

  /// The test's name, a promise to scripts: `hansen`, `diff_hansen:gmm:n`.
  public let name: String
  /// The statistic; nil where it cannot be computed.
  public let statistic: Double?
  /// What it is held against.
  public let distribution: Distribution?
  /// The probability of a statistic at least as large where the hypothesis holds.
  public let pValue: Double?
  /// Why there is no statistic.
  public let reason: Phrase?
  /// For a difference-in-Hansen test, the test of the instruments that stay.
  public let excluding: Excluding?

  /// Hansen's test without a set of instruments.
  public struct Excluding: Sendable, Equatable {
    /// J of the instruments that stay.
    public let statistic: Double
    /// Its degrees of freedom.
    public let degreesOfFreedom: Int
    /// Its p value.
    public let pValue: Double
  }

  init(
    name: String, statistic: Double, distribution: Distribution, pValue: Double, excluding: Excluding? = nil
  ) {
    self.name = name
    self.statistic = statistic
    self.distribution = distribution
    self.pValue = pValue
    reason = nil
    self.excluding = excluding
  }

  private init(name: String, reason: Phrase) {
    self.name = name
    statistic = nil
    distribution = nil
    pValue = nil
    self.reason = reason
    excluding = nil
  }

  /// A test that cannot be computed, and why.
  static func inapplicable(_ name: String, _ reason: Phrase) -> DynamicPanelTest {
    DynamicPanelTest(name: name, reason: reason)
  }

  /// A statistic held against χ².
  static func chiSquared(
    _ name: String, _ statistic: Double, _ degreesOfFreedom: Int, excluding: Excluding? = nil
  ) -> DynamicPanelTest {
    DynamicPanelTest(
      name: name, statistic: statistic, distribution: .chiSquared(degreesOfFreedom),
      pValue: upperTail(statistic, degreesOfFreedom), excluding: excluding)
  }

  /// P(χ² > x).
  static func upperTail(_ statistic: Double, _ degreesOfFreedom: Int) -> Double {
    degreesOfFreedom == 0
      ? .nan : ChiSquared(degreesOfFreedom: Double(degreesOfFreedom)).upperTail(at: max(statistic, 0))
  }

  /// The degrees of freedom, the numerator's under F; nil for a z.
  public var degreesOfFreedom: Int? {
    switch distribution {
    case .chiSquared(let df), .f(let df, _): df
    case .normal, nil: nil
    }
  }
}
