internal import RuralValueNumerics

/// How wide the kernel of a density is.
public enum BandwidthRule: Sendable, Equatable {
  /// 0.9 min(s, IQR/1.34) n^(−1/5), R's bw.nrd0. Source: Silverman (1986), eq. 3.31.
  case silverman
  /// 1.06 s n^(−1/5), which suits a normal density. Source: Silverman (1986), eq. 3.28.
  case normal
  /// s n^(−1/5), as scipy's rule of Scott has it.
  case scott
  /// A number.
  case fixed(Double)

  /// Those that have a name.
  public static let named: [(name: String, rule: BandwidthRule)] = [
    ("silverman", .silverman), ("normal", .normal), ("scott", .scott),
  ]

  /// The rule as a call has it.
  public var text: String {
    if case .fixed(let width) = self { return RoundTripNumber.text(width) }
    return Self.named.first { $0.rule == self }?.name ?? ""
  }

  /// The rule in a sentence.
  var phrase: Phrase {
    switch self {
    case .silverman:
      Phrase(
        "h = 0.9 min(s, IQR/1.34) n^(−1/5) (Silverman's rule, R's bw.nrd0)",
        zh: "h＝0.9 min(s, IQR/1.34) n^(−1/5)（Silverman规则，即R的bw.nrd0）")
    case .normal: Phrase("h = 1.06 s n^(−1/5) (normal reference)", zh: "h＝1.06 s n^(−1/5)（正态参照规则）")
    case .scott: Phrase("h = s n^(−1/5) (Scott's rule)", zh: "h＝s n^(−1/5)（Scott规则）")
    case .fixed(let width):
      Phrase("h = \(RoundTripNumber.text(width)), as given", zh: "h＝\(RoundTripNumber.text(width))（指定）")
    }
  }

  /// h of ascending values, s with n − 1 and quartiles of type 7; zero or NaN where they do not spread.
  func width(ofSorted values: [Double]) -> Double {
    if case .fixed(let width) = self { return width }
    let spread = values.sampleStandardDeviation
    let factor = pow(Double(values.count), -0.2)
    switch self {
    case .silverman:
      let range = Quantile.value(at: 0.75, ofSorted: values) - Quantile.value(at: 0.25, ofSorted: values)
      return 0.9 * (range > 0 ? min(spread, range / 1.34) : spread) * factor
    case .normal: return 1.06 * spread * factor
    case .scott, .fixed: return spread * factor
    }
  }
}
