/// By what rule a value becomes green, yellow or red.
///
/// Source: methods/evaluation.md, 5.4.
public enum ColourRule: Sendable, Equatable {
  /// The card's thresholds: red beyond red, yellow beyond yellow, else green; reaching one counts as the better side.
  case fixed
  /// Shares of the target: green from g·target on, yellow from h·target on.
  case share(green: Double, yellow: Double)
  /// The worst share of the units in each period, whatever their values are.
  case quantile(red: Double, yellow: Double)
  /// Limits of an individuals chart of yearly changes, from the periods of a baseline.
  case control(from: Int, to: Int)

  /// A rule as a call writes it: `fixed`, `share:1,0.8`, `quantile:0.2,0.4`, `control:2012:2018`; nil for another text.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let numbers = parts.count == 2 ? parts[1].split(separator: ",").map { PlainDecimal.value(of: $0) } : nil
    switch parts[0] {
    case "fixed":
      guard parts.count == 1 else { return nil }
      self = .fixed
    case "share":
      let pair = numbers ?? [1, 0.8]
      guard pair.count == 2, let green = pair[0], let yellow = pair[1], yellow > 0, yellow <= green else {
        return nil
      }
      self = .share(green: green, yellow: yellow)
    case "quantile":
      let pair = numbers ?? [0.2, 0.4]
      guard pair.count == 2, let red = pair[0], let yellow = pair[1], red > 0, red <= yellow, yellow < 1
      else { return nil }
      self = .quantile(red: red, yellow: yellow)
    case "control":
      let ends = (parts.count == 2 ? parts[1] : "").split(separator: ":").map {
        PeriodReading.bound(String($0))
      }
      guard ends.count == 2, let from = ends[0], let to = ends[1], from < to else { return nil }
      self = .control(from: from, to: to)
    default: return nil
    }
  }

  /// The rule as a call writes it.
  public var text: String {
    func number(_ value: Double) -> String { RoundTripNumber.text(value) }
    return switch self {
    case .fixed: "fixed"
    case .share(let green, let yellow): "share:\(number(green)),\(number(yellow))"
    case .quantile(let red, let yellow): "quantile:\(number(red)),\(number(yellow))"
    case .control(let from, let to): "control:\(from):\(to)"
    }
  }
}

extension ColourRule {
  /// The colour of a value by the card's thresholds.
  static func fixed(_ value: Double, isPositive: Bool, yellow: Double, red: Double) -> WarningColour {
    func isWorse(_ threshold: Double) -> Bool { isPositive ? value < threshold : value > threshold }
    return isWorse(red) ? .red : isWorse(yellow) ? .yellow : .green
  }

  /// The colour of a value by shares of its target, compared as products; nil where the target is not above zero.
  ///
  /// A product of written decimals may miss by a rounding what it is, 0.8 · 0.75 = 0.6000000000000001: within four units
  /// in the last place a share is reached.
  static func share(
    _ value: Double, isPositive: Bool, target: Double, green: Double, yellow: Double
  ) -> WarningColour? {
    guard target > 0 else { return nil }
    func reaches(_ share: Double) -> Bool {
      let (good, least) = isPositive ? (value, share * target) : (target, value * share)
      return good >= least - 4 * least.ulp
    }
    return reaches(green) ? .green : reaches(yellow) ? .yellow : .red
  }

  /// The colours of one period's values by their quantiles from the bad side.
  ///
  /// A value is below the quantile of type 7 exactly where it is below the order statistic next to or at h = (n − 1)p, so
  /// that nothing is interpolated and an increasing transformation changes no colour. Ties never add reds.
  static func quantile(_ values: [Double], isPositive: Bool, red: Double, yellow: Double) -> [WarningColour?]
  {
    let signed = values.map { isPositive ? $0 : -$0 }
    let sorted = signed.filter { !$0.isNaN }.sorted()
    guard !sorted.isEmpty else { return values.map { _ in nil } }
    func cut(_ share: Double) -> Double {
      let place = share * Double(sorted.count - 1)
      // A product such as 0.55 · 100 misses the whole number that it is by a rounding.
      let nearest = place.rounded()
      return sorted[Int(abs(place - nearest) < 1e-9 ? nearest : place.rounded(.up))]
    }
    let (redCut, yellowCut) = (cut(red), cut(yellow))
    return signed.map { $0.isNaN ? nil : $0 < redCut ? .red : $0 < yellowCut ? .yellow : .green }
  }
}

/// By what rule the colours of its indicators become a county's.
public enum CountyRule: Sendable, Equatable {
  /// The worst of them: one red is red.
  case veto
  /// Red from so many reds on; else yellow where any is not green.
  case reds(Int)

  /// A rule as a call writes it: `veto`, `reds=2`; nil for another text.
  public init?(_ text: String) {
    if text == "veto" {
      self = .veto
    } else if text.hasPrefix("reds="), let count = Int(text.dropFirst(5)), count > 0 {
      self = .reds(count)
    } else {
      return nil
    }
  }

  /// The rule as a call writes it.
  public var text: String {
    switch self {
    case .veto: "veto"
    case .reds(let count): "reds=\(count)"
    }
  }

  /// A county's colour by the numbers of its indicators; nil where none has a colour.
  func colour(reds: Int, yellows: Int, greens: Int) -> WarningColour? {
    guard reds + yellows + greens > 0 else { return nil }
    let least = if case .reds(let count) = self { count } else { 1 }
    return reds >= least ? .red : reds + yellows > 0 ? .yellow : .green
  }
}
