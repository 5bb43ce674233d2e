internal import RuralValueNumerics

/// What a table is held to: its note's significance levels and its reference distribution.
public struct AuditSpecification: Sendable, Equatable {
  /// What the marks behind estimates mean.
  public let convention: StarConvention
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
    convention = StarConvention(levels: levels)
    reference = AuditReference(degreesOfFreedom: degreesOfFreedom ?? .infinity)
  }

  /// A specification of a convention that was found, and of what p values are taken from.
  init(_ convention: StarConvention, _ reference: AuditReference) {
    (self.convention, self.reference) = (convention, reference)
  }

  /// The significance levels, falling; of plain stars those of *, **, ***.
  public var levels: [Double] { convention.levels }

  /// The levels 0.1, 0.05 and 0.01 with the normal distribution.
  public static let standard = AuditSpecification()

  private init() {
    convention = .economics
    reference = AuditReference()
  }

  /// The level below which a result carries a star at all; crossing it is a decision error.
  public var weakestLevel: Double { levels[0] }

  /// How many stars a p value within the interval may earn, fewest to most.
  public func stars(of pValue: RoundingInterval) -> ClosedRange<Int> { convention.ranks(of: pValue) }

  /// Whether two p values lie on different sides of the weakest level, whatever their rounding.
  func differInDecision(_ one: RoundingInterval, _ other: RoundingInterval) -> Bool {
    (one.upper < weakestLevel && other.lower >= weakestLevel)
      || (other.upper < weakestLevel && one.lower >= weakestLevel)
  }
}

/// The distribution of a coefficient's statistic where the coefficient is zero: normal, or Student's t; or any of
/// Student's t from so many degrees of freedom on, where a table leaves open which.
public struct AuditReference: Sendable, Equatable {
  /// The degrees of freedom of Student's t; infinite for the normal distribution. Of several the most.
  public let degreesOfFreedom: Double
  /// Of several distributions the fewest degrees of freedom.
  public let leastDegrees: Double

  /// The distribution with these degrees of freedom.
  public init(degreesOfFreedom: Double = .infinity) {
    (self.degreesOfFreedom, leastDegrees) = (degreesOfFreedom, degreesOfFreedom)
  }

  private init(from least: Double, to most: Double) {
    (degreesOfFreedom, leastDegrees) = (most, least)
  }

  /// The normal distribution, and Student's t from these degrees of freedom on; a t that is known stays what it is.
  func reaching(_ least: Double?) -> AuditReference {
    guard let least, degreesOfFreedom == .infinity, least < leastDegrees else { return self }
    return AuditReference(from: least, to: .infinity)
  }

  /// Student's t with degrees of freedom within a range; without an upper bound up to the normal distribution.
  static func within(_ first: Int, _ last: Int?) -> AuditReference {
    AuditReference(from: Double(first), to: last.map(Double.init) ?? .infinity)
  }

  /// The two-sided p value of a statistic.
  public func pValue(of statistic: Double) -> Double {
    if abs(statistic) == .infinity { return 0 }
    return StudentT(degreesOfFreedom: degreesOfFreedom).twoSidedTail(at: statistic)
  }

  /// The two-sided p values of all statistics within an interval.
  public func pValues(of statistic: RoundingInterval) -> RoundingInterval {
    let size = statistic.magnitude
    let (low, most) = (pValue(of: size.upper), pValue(of: size.lower))
    // With fewer degrees of freedom p is larger.
    let high =
      leastDegrees == degreesOfFreedom
      ? most : AuditReference(degreesOfFreedom: leastDegrees).pValue(of: size.lower)
    return RoundingInterval(min(low, high), max(low, high))
  }

  /// How the distribution is written: `N(0,1)`, `t(20)`, `t(18–22)`.
  public var name: String {
    if leastDegrees < degreesOfFreedom {
      let least = FixedDecimals.text(leastDegrees, atMost: 1)
      return degreesOfFreedom.isFinite
        ? "t(\(least)–\(FixedDecimals.text(degreesOfFreedom, atMost: 1)))" : "t(≥ \(least))"
    }
    guard degreesOfFreedom.isFinite else { return "N(0,1)" }
    let whole = Int(exactly: degreesOfFreedom)
    return "t(\(whole.map { "\($0)" } ?? "\(degreesOfFreedom)"))"
  }
}
