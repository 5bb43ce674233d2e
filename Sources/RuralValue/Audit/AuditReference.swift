internal import RuralValueNumerics

/// The distribution of a coefficient's statistic where the coefficient is zero: normal, or Student's t.
public struct AuditReference: Sendable, Equatable {
  /// The degrees of freedom of Student's t; infinite for the normal distribution.
  public let degreesOfFreedom: Double

  /// The distribution with these degrees of freedom.
  public init(degreesOfFreedom: Double = .infinity) {
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The two-sided p value of a statistic.
  public func pValue(of statistic: Double) -> Double {
    if abs(statistic) == .infinity { return 0 }
    return StudentT(degreesOfFreedom: degreesOfFreedom).twoSidedTail(at: statistic)
  }

  /// The two-sided p values of all statistics within an interval.
  public func pValues(of statistic: RoundingInterval) -> RoundingInterval {
    let size = statistic.magnitude
    let (low, high) = (pValue(of: size.upper), pValue(of: size.lower))
    return RoundingInterval(min(low, high), max(low, high))
  }

  /// How the distribution is written: `N(0,1)` or `t(20)`.
  public var name: String {
    guard degreesOfFreedom.isFinite else { return "N(0,1)" }
    let whole = Int(exactly: degreesOfFreedom)
    return "t(\(whole.map { "\($0)" } ?? "\(degreesOfFreedom)"))"
  }
}
