internal import RuralValueNumerics

/// The outcome of a test, or the reason why it could not be computed.
public struct SpatialTest: Sendable, Equatable {
  /// The name in JSON and CSV: `lr_sar`.
  public let name: String
  /// What is tested against what.
  public let title: Phrase
  /// The statistic, χ² under the null hypothesis; nil where there is none.
  public let statistic: Double?
  /// The degrees of freedom.
  public let degreesOfFreedom: Int?
  /// Why there is no statistic.
  public let reason: Phrase?

  /// A test that was computed.
  init(_ name: String, _ title: Phrase, statistic: Double, degreesOfFreedom: Int) {
    self.name = name
    self.title = title
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    reason = nil
  }

  /// A test that could not be computed.
  init(_ name: String, _ title: Phrase, reason: Phrase) {
    self.name = name
    self.title = title
    statistic = nil
    degreesOfFreedom = nil
    self.reason = reason
  }

  /// P(χ² > statistic).
  public var pValue: Double? {
    guard let statistic, let degreesOfFreedom else { return nil }
    return ChiSquared(degreesOfFreedom: Double(degreesOfFreedom)).upperTail(at: max(0, statistic))
  }

  /// Whether the null hypothesis is rejected at 5 per cent.
  public var rejects: Bool? { pValue.map { $0 < 0.05 } }
}
