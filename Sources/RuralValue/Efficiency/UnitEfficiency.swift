/// How efficient one unit is in one period.
public struct UnitEfficiency: Sendable, Equatable {
  /// The unit.
  public let unit: String
  /// The period.
  public let period: Int
  /// The model's score, 1 for an efficient unit, exactly.
  public let score: Double
  /// How much worse an efficient unit could become and still be efficient; nil for others and where there is none.
  public let superScore: Double?
  /// Why an efficient unit has no super-score.
  public let superReason: Phrase?
  /// Whether all slacks of an efficient unit are zero; a radial score of 1 alone does not say so.
  public let isStronglyEfficient: Bool
  /// The radial scores under constant and variable returns, of inputs and good outputs.
  public let constantScore: Double, variableScore: Double
  /// What more of the same scale would bring.
  public let returns: ReturnsToScale
  /// The largest duality gap of the unit's programmes.
  public let dualityGap: Double
  /// A column each: what is too much or too little, and what it should be.
  public let slacks: [Slack]
  /// The units that it is compared with.
  public let peers: [Peer]

  /// CCR/BCC: 1 for a unit of the best scale.
  public var scaleEfficiency: Double { constantScore / variableScore }
  /// Whether the score is 1.
  public var isEfficient: Bool { score == 1 }
  /// The super-score where there is one, else the score: what units are ranked by.
  public var rankedScore: Double { superScore ?? score }

  /// A unit is efficient from here on, and its score is then 1.
  static let threshold = 1 - 1e-7

  /// A score that is 1 but for rounding is 1.
  static func score(_ value: Double) -> Double { value >= threshold ? 1 : value }

  /// What a unit has too much of, or too little.
  public struct Slack: Sendable, Equatable {
    /// The column.
    public let column: String
    /// What the column is to production.
    public let role: ProductionRole
    /// What the unit has.
    public let value: Double
    /// The excess of an input or a bad output, or the shortfall of a good one, beyond what a radial factor changes.
    public let slack: Double
    /// What an efficient unit in its place would have.
    public let target: Double
  }

  /// A unit on the frontier with which another is compared.
  public struct Peer: Sendable, Equatable {
    /// The unit.
    public let unit: String
    /// λ.
    public let weight: Double
  }
}

/// Whether a larger unit would be more productive.
public enum ReturnsToScale: String, Sendable, CaseIterable {
  case increasing
  case constant
  case decreasing

  /// By the radial scores under constant, variable and non-increasing returns: where they differ, returns increase if the
  /// last is the first, else they decrease. `nonIncreasing` is asked for only then.
  ///
  /// Source: Färe, Grosskopf and Lovell (1985); Σλ, which need not be unique, is not asked.
  static func of(constant: Double, variable: Double, nonIncreasing: Double?) -> ReturnsToScale {
    guard let nonIncreasing, differ(constant, variable) else { return .constant }
    return abs(nonIncreasing - constant) <= abs(nonIncreasing - variable) ? .increasing : .decreasing
  }

  /// Whether two scores differ by more than an efficient one may from 1.
  static func differ(_ one: Double, _ other: Double) -> Bool { abs(one - other) > 1e-7 * max(one, other) }

  /// The word for people.
  var phrase: Phrase {
    switch self {
    case .increasing: Phrase("increasing", zh: "递增")
    case .constant: Phrase("constant", zh: "不变")
    case .decreasing: Phrase("decreasing", zh: "递减")
    }
  }
}
