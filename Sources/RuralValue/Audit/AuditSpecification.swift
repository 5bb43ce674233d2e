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
