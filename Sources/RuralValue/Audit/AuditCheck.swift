internal import RuralValueNumerics

/// What an audit says of a row; the later, the worse.
public enum AuditVerdict: String, Sendable, CaseIterable, Comparable {
  /// The printed numbers agree within their rounding.
  case consistent
  /// Some do not, at any rounding.
  case inconsistent
  /// Some do not, and it decides whether the row is significant at the weakest stated level.
  case decisionError = "decision-error"

  /// From consistent to decision error.
  public static func < (one: AuditVerdict, other: AuditVerdict) -> Bool {
    allCases.firstIndex(of: one)! < allCases.firstIndex(of: other)!
  }

  /// The verdict in both languages.
  public var phrase: Phrase {
    switch self {
    case .consistent: Phrase("consistent", zh: "一致")
    case .inconsistent: Phrase("inconsistent", zh: "不一致")
    case .decisionError: Phrase("decision-error", zh: "显著性判断有误")
    }
  }
}

/// One printed cell held to what the other cells of its row allow.
public struct AuditCheck: Sendable, Equatable {
  /// What was compared.
  public let kind: Kind
  /// The cell as printed.
  public let printed: String
  /// The values that the other cells allow; for stars, their number, or the place of a mark among all.
  public let allowed: RoundingInterval
  /// What the comparison came to.
  public let verdict: AuditVerdict
  /// The decimals of the printed cell, with which people see `allowed`.
  let decimals: Int
  /// The marks of the convention, the weakest first, with which people see `allowed` of stars.
  var marks: [String] = []

  /// What is compared with what.
  public enum Kind: String, Sendable, CaseIterable {
    /// se is above zero.
    case positiveStandardError = "positive-standard-error"
    /// z has the sign of b.
    case sign
    /// z against b/se.
    case statisticFromRatio = "statistic-from-ratio"
    /// p against z.
    case pValueFromStatistic = "p-value-from-statistic"
    /// p against b/se.
    case pValueFromRatio = "p-value-from-ratio"
    /// Stars against p.
    case starsFromPValue = "stars-from-p-value"
    /// Stars against z.
    case starsFromStatistic = "stars-from-statistic"
    /// Stars against b/se.
    case starsFromRatio = "stars-from-ratio"
    /// A total effect against direct + indirect.
    case sum
    /// A total effect against (b + θ)/(1 − ρ).
    case totalFromCoefficients = "total-from-coefficients"

    /// Whether the cell that is held to the others is that of the stars.
    public var isOfStars: Bool {
      switch self {
      case .starsFromPValue, .starsFromStatistic, .starsFromRatio: true
      default: false
      }
    }

    /// The columns that take part, that of the checked cell last.
    var cells: [String] {
      switch self {
      case .positiveStandardError: ["std_error"]
      case .sign: ["estimate", "statistic"]
      case .statisticFromRatio: ["estimate", "std_error", "statistic"]
      case .pValueFromStatistic: ["statistic", "p_value"]
      case .pValueFromRatio: ["estimate", "std_error", "p_value"]
      case .starsFromPValue: ["p_value", "stars"]
      case .starsFromStatistic: ["statistic", "stars"]
      case .starsFromRatio: ["estimate", "std_error", "stars"]
      case .sum, .totalFromCoefficients: ["estimate"]
      }
    }

    /// The comparison in both languages.
    public var phrase: Phrase {
      switch self {
      case .positiveStandardError: Phrase("se above 0", zh: "标准误为正")
      case .sign: Phrase("sign of z against b", zh: "z与系数的符号")
      case .statisticFromRatio: Phrase("z against b/se", zh: "z与b/se")
      case .pValueFromStatistic: Phrase("p against z", zh: "p与z")
      case .pValueFromRatio: Phrase("p against b/se", zh: "p与b/se")
      case .starsFromPValue: Phrase("stars against p", zh: "星号与p")
      case .starsFromStatistic: Phrase("stars against z", zh: "星号与z")
      case .starsFromRatio: Phrase("stars against b/se", zh: "星号与b/se")
      case .sum: Phrase("total against direct + indirect", zh: "总效应与直接＋间接效应")
      case .totalFromCoefficients: Phrase("total against (b + θ)/(1 − ρ)", zh: "总效应与(b＋θ)/(1－ρ)")
      }
    }
  }

  /// The allowed values as people see them, with the decimals of the printed cell.
  public var allowedText: Phrase {
    if kind.isOfStars { return StarText.range(Int(allowed.lower)...Int(allowed.upper), of: marks) }
    return IntervalText.phrase(allowed, decimals: decimals)
  }
}

/// Stars inside tables.
enum StarText {
  static func stars(_ count: Int) -> String { String(repeating: "*", count: count) }

  /// `none`, `**`, `none or *`, `none to **`: marks by their places, nothing at 0.
  static func range(_ counts: ClosedRange<Int>, of marks: [String]) -> Phrase {
    func word(_ count: Int) -> Phrase {
      count == 0 ? Phrase("none", zh: "无") : Phrase(verbatim: marks[count - 1])
    }
    let (low, high) = (word(counts.lowerBound), word(counts.upperBound))
    if counts.count == 1 { return low }
    return Phrase(
      "\(low.english) \(counts.count == 2 ? "or" : "to") \(high.english)",
      zh: "\(low.chinese)\(counts.count == 2 ? "或" : "至")\(high.chinese)")
  }
}

/// Intervals inside tables.
enum IntervalText {
  /// `2.696 to 2.872`, both bounds rounded as a printed number would be.
  static func phrase(_ interval: RoundingInterval, decimals: Int) -> Phrase {
    let places = min(max(decimals, 0), 12)
    let (low, high) = (number(interval.lower, places), number(interval.upper, places))
    return low == high ? Phrase(verbatim: low) : Phrase("\(low) to \(high)", zh: "\(low)至\(high)")
  }

  static func number(_ value: Double, _ places: Int) -> String {
    if abs(value) == .infinity { return value > 0 ? "∞" : "-∞" }
    // Fifteen digits are as many as a double has; a larger number needs no decimals.
    let size = abs(value) < 1 ? 0 : Int(log10(abs(value)))
    guard size + places <= 15 else { return "\(value)" }
    return FixedDecimals.text(written: value, decimals: places)
  }
}
