internal import RuralValueNumerics

/// A test of a model: its statistic, or the reason why there is none.
public struct TestResult: Sendable, Equatable, Codable {
  /// The key, a promise to scripts: `hansen`, `lr_sar`, `diff_hansen:gmm:n`.
  public let key: String
  /// What is tested.
  public let hypothesis: Phrase
  /// What came of it.
  public let outcome: Outcome
  /// For a test of a set of instruments, the test of those that stay without it.
  public let excluding: Statistic?

  /// What a statistic is held against where the hypothesis holds.
  public enum Distribution: Sendable, Equatable, Codable {
    /// N(0, 1), on both sides.
    case normal
    /// Student's t with these degrees of freedom, on both sides.
    case t(Int)
    /// χ² with these degrees of freedom.
    case chiSquared(Int)
    /// F with these degrees of freedom.
    case f(Int, Int)
    /// Assignments at random, among which this is the share of those that are no smaller.
    case permutations(share: Double)
    /// Nothing but tables or a rule of thumb, so that there is no p value.
    case ruleOfThumb
  }

  /// What came of a test.
  public enum Outcome: Sendable, Equatable, Codable {
    /// It was computed.
    case statistic(Statistic)
    /// It could not be computed.
    case notComputed(Phrase)
  }

  /// A statistic with what it is held against.
  public struct Statistic: Sendable, Equatable, Codable {
    /// The statistic.
    public let value: Double
    /// What it is held against.
    public let distribution: Distribution

    /// A statistic from its number.
    public init(_ value: Double, _ distribution: Distribution) {
      self.value = value
      self.distribution = distribution
    }

    /// The degrees of freedom, the numerator's under F; nil for a z.
    public var degreesOfFreedom: Int? {
      switch distribution {
      case .t(let degrees), .chiSquared(let degrees), .f(let degrees, _): degrees
      case .normal, .ruleOfThumb, .permutations: nil
      }
    }

    /// The probability of a statistic at least as large where the hypothesis holds; NaN without degrees of freedom.
    public var pValue: Double {
      switch distribution {
      case .normal: Normal().twoSidedTail(at: value)
      case .permutations(let share): share
      case .chiSquared(0), .ruleOfThumb: .nan
      case .t(let degrees): 2 * StudentT(degreesOfFreedom: Double(degrees)).upperTail(at: abs(value))
      case .chiSquared(let degrees):
        ChiSquared(degreesOfFreedom: Double(degrees)).upperTail(at: max(value, 0))
      case .f(let numerator, let denominator):
        FDistribution(
          numeratorDegreesOfFreedom: Double(numerator), denominatorDegreesOfFreedom: Double(denominator)
        ).upperTail(at: value)
      }
    }
  }

  /// A test that was computed.
  public init(
    _ key: String, _ hypothesis: Phrase, _ statistic: Double, _ distribution: Distribution,
    excluding: Statistic? = nil
  ) {
    self.init(key, hypothesis, Statistic(statistic, distribution), excluding: excluding)
  }

  /// A test that was computed.
  public init(_ key: String, _ hypothesis: Phrase, _ statistic: Statistic, excluding: Statistic? = nil) {
    self.key = key
    self.hypothesis = hypothesis
    outcome = .statistic(statistic)
    self.excluding = excluding
  }

  /// A test that could not be computed, and why.
  public init(
    _ key: String, _ hypothesis: Phrase, notComputed reason: Phrase, excluding: Statistic? = nil
  ) {
    self.key = key
    self.hypothesis = hypothesis
    outcome = .notComputed(reason)
    self.excluding = excluding
  }

  private var computed: Statistic? {
    if case .statistic(let statistic) = outcome { statistic } else { nil }
  }

  /// The statistic; nil where there is none.
  public var statistic: Double? { computed?.value }
  /// The degrees of freedom, the numerator's under F; nil for a z.
  public var degreesOfFreedom: Int? { computed?.degreesOfFreedom }
  /// The p value; nil where there is no statistic.
  public var pValue: Double? { computed?.pValue }
  /// Why there is no statistic.
  public var reason: Phrase? {
    if case .notComputed(let reason) = outcome { reason } else { nil }
  }
  /// Whether the hypothesis is rejected at 5 per cent.
  public var rejects: Bool? { pValue.map { $0 < 0.05 } }

  /// That the hypothesis is rejected, as a sentence; nil where it is not.
  var rejection: Phrase? {
    guard rejects == true, let pValue else { return nil }
    let clause = ProbabilityText.clause(pValue)
    return Phrase(
      "\(hypothesis.signedEnglish): rejected (\(key), \(clause)).",
      zh: "\(hypothesis.signedChinese)：检验拒绝原假设（\(key)，\(clause)）。")
  }
}
