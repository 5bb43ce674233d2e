internal import RuralValueNumerics

/// What a table is held to: its note's significance levels and its reference distribution.
public struct AuditSpecification: Sendable, Equatable {
  /// The significance levels of *, **, ***, falling.
  public let levels: [Double]
  /// What p values are taken from.
  public let reference: AuditReference

  /// A specification from its parts.
  ///
  /// Throws `AuditError` where the levels do not fall between 0 and 1, or the degrees of freedom are not above 0.
  public init(levels: [Double], degreesOfFreedom: Double? = nil) throws(AuditError) {
    guard (1...3).contains(levels.count), levels.allSatisfy({ $0 > 0 && $0 < 1 }),
      zip(levels, levels.dropFirst()).allSatisfy({ $0 > $1 })
    else { throw .levels(levels) }
    if let degreesOfFreedom {
      guard degreesOfFreedom > 0 else { throw .degreesOfFreedom(degreesOfFreedom) }
    }
    self.levels = levels
    reference = AuditReference(degreesOfFreedom: degreesOfFreedom ?? .infinity)
  }

  /// The levels 0.1, 0.05 and 0.01 with the normal distribution.
  public static let standard = AuditSpecification()

  private init() {
    levels = [0.1, 0.05, 0.01]
    reference = AuditReference()
  }

  /// The level below which a result carries a star at all; crossing it is a decision error.
  public var weakestLevel: Double { levels[0] }

  /// How many stars a p value within the interval may earn, fewest to most.
  public func stars(of pValue: RoundingInterval) -> ClosedRange<Int> {
    levels.count { pValue.upper < $0 }...levels.count { pValue.lower < $0 }
  }

  /// Whether two p values lie on different sides of the weakest level, whatever their rounding.
  func differInDecision(_ one: RoundingInterval, _ other: RoundingInterval) -> Bool {
    (one.upper < weakestLevel && other.lower >= weakestLevel)
      || (other.upper < weakestLevel && one.lower >= weakestLevel)
  }
}

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
