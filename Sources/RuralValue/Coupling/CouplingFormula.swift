internal import RuralValueNumerics

/// A formula by which papers have computed a coupling degree C, right or wrong.
///
/// Source: Wang, Kong and others (2021), who name four misuses; the forms and what they allow are algebra: methods/evaluation.md,
/// 2.5 and 2.6.
public enum CouplingFormula: String, Sendable, CaseIterable {
  /// n (∏U)^(1/n)/ΣU.
  case classical
  /// √{[1 − mean gap]·[∏ U/max U]^(1/(n−1))}.
  case corrected
  /// (∏U)^(1/n)/ΣU: at most 1/n.
  case lostCoefficient = "lost_coefficient"
  /// nⁿ ∏U/(ΣU)ⁿ: the classical to the power n.
  case lostRoot = "lost_root"
  /// {∏U/∏_{i<j}(U_i + U_j)}^(1/n).
  case pairSums = "pair_sums"
  /// n times that.
  case pairSumsTimesCount = "pair_sums_times_n"
  /// n (∏ a U)^(1/n)/Σ a U: weights inside C.
  case weightsInside = "weights_inside"

  /// The formula in a line.
  var phrase: Phrase {
    switch self {
    case .classical: Phrase("classical: n (∏U)^(1/n) / ΣU", zh: "传统：n(∏U)^(1/n)/ΣU")
    case .corrected:
      Phrase(
        "corrected: √{[1 − mean |U − U′|]·[∏ U/max U]^(1/(n−1))}",
        zh: "修正：√{[1−平均|U−U′|]·[∏U/maxU]^(1/(n−1))}")
    case .lostCoefficient: Phrase("coefficient lost: (∏U)^(1/n) / ΣU", zh: "漏系数：(∏U)^(1/n)/ΣU")
    case .lostRoot: Phrase("root lost: nⁿ ∏U / (ΣU)ⁿ", zh: "漏开方：nⁿ∏U/(ΣU)ⁿ")
    case .pairSums: Phrase("pair sums: {∏U / ∏(U + U′)}^(1/n)", zh: "两两和之积：{∏U/∏(U+U′)}^(1/n)")
    case .pairSumsTimesCount: Phrase("pair sums: n {∏U / ∏(U + U′)}^(1/n)", zh: "两两和之积：n{∏U/∏(U+U′)}^(1/n)")
    case .weightsInside: Phrase("weights inside C: n (∏aU)^(1/n) / ΣaU", zh: "权重误入C：n(∏aU)^(1/n)/ΣaU")
    }
  }

  /// The formulas that differ for systems of these weights: weights inside C only where they are unequal and none is zero.
  static func applicable(weights: [Double]) -> [CouplingFormula] {
    let isWeighted = weights.contains { $0 != weights[0] } && weights.allSatisfy { $0 > 0 }
    return allCases.filter { $0 != .weightsInside || isWeighted }
  }

  /// C of systems of zero or more; nil where all are zero.
  func value(_ systems: [Double], weights: [Double]) -> Double? {
    let count = Double(systems.count)
    guard systems.contains(where: { $0 > 0 }) else { return nil }
    switch self {
    case .classical: return CouplingDegree(systems, weights: weights).classical
    case .corrected: return CouplingDegree(systems, weights: weights).corrected
    case .lostCoefficient: return CouplingDegree(systems, weights: weights).classical.map { $0 / count }
    case .lostRoot: return CouplingDegree(systems, weights: weights).classical.map { pow($0, count) }
    case .pairSums: return Self.pairSums(systems)
    case .pairSumsTimesCount: return count * Self.pairSums(systems)
    case .weightsInside:
      return CouplingDegree(zip(systems, weights).map { $0 * $1 }, weights: weights).classical
    }
  }

  private static func pairSums(_ systems: [Double]) -> Double {
    guard systems.allSatisfy({ $0 > 0 }) else { return 0 }
    var logarithm = systems.map(portableLogarithm).compensatedSum
    for (place, one) in systems.enumerated() {
      for other in systems[..<place] { logarithm -= portableLogarithm(one + other) }
    }
    return portableExponential(logarithm / Double(systems.count))
  }
}

extension CouplingFormula {
  /// The most systems of which all corners of a box are tried.
  static let mostSystems = 10

  /// All C that systems within their roundings allow; nil where they can only be zero.
  ///
  /// Along each system every formula rises and then falls, so that the least lies at a corner of the box. The logarithm of
  /// all but the corrected one is concave in the logarithms of the systems, so that the greatest is where nothing is
  /// gained along any one of them. The corrected one's is taken from above: its two factors at their own greatest, which
  /// is exact for two systems.
  func interval(_ box: [RoundingInterval], weights: [Double]) -> RoundingInterval? {
    let box = box.map(\.nonNegative)
    guard box.contains(where: { $0.upper > 0 }) else { return nil }
    let count = box.count
    var least = Double.infinity
    for corner in 0..<(1 << count) {
      let systems = box.indices.map { corner >> $0 & 1 == 0 ? box[$0].lower : box[$0].upper }
      if let value = value(systems, weights: weights) { least = min(least, value) }
    }
    let greatest = self == .corrected ? Self.greatestCorrected(box) : greatest(box, weights: weights)
    return RoundingInterval(min(least, greatest), greatest)
  }

  /// The greatest C of a box by ascent along one system after the other.
  private func greatest(_ box: [RoundingInterval], weights: [Double]) -> Double {
    let scale = self == .weightsInside ? weights : [Double](repeating: 1, count: box.count)
    var systems = zip(box, scale).map { $0.upper * $1 }
    guard systems.allSatisfy({ $0 > 0 }) else { return 0 }
    let bounds = zip(box, scale).map { RoundingInterval($0.lower * $1, $0.upper * $1) }
    for _ in 0..<200 {
      var change = 0.0
      for place in systems.indices {
        let best = bestValue(of: place, systems, within: bounds[place])
        change = max(change, abs(best - systems[place]) / best)
        systems[place] = best
      }
      if change < 1e-15 { break }
    }
    return value(zip(systems, scale).map { $0 / $1 }, weights: weights) ?? 0
  }

  /// Where the slope along one system vanishes, or the end of its interval towards which C rises.
  private func bestValue(of place: Int, _ systems: [Double], within bounds: RoundingInterval) -> Double {
    let others = systems.indices.filter { $0 != place }.map { systems[$0] }
    // The derivative of log C by log U, which falls as U rises.
    func slope(_ value: Double) -> Double {
      switch self {
      case .pairSums, .pairSumsTimesCount: 1 - others.reduce(0) { $0 + value / (value + $1) }
      default: 1 / Double(systems.count) - value / (value + others.reduce(0, +))
      }
    }
    if slope(bounds.upper) >= 0 { return bounds.upper }
    if bounds.lower > 0, slope(bounds.lower) <= 0 { return bounds.lower }
    var (low, high) = (bounds.lower, bounds.upper)
    for _ in 0..<100 where low < high {
      let middle = 0.5 * (low + high)
      if middle == low || middle == high { break }
      if slope(middle) >= 0 { low = middle } else { high = middle }
    }
    return high
  }

  /// The corrected C from above: the least mean gap, and the product of ratios at a largest system that is as low as it can
  /// be with all others as close to it as they can.
  private static func greatestCorrected(_ box: [RoundingInterval]) -> Double {
    let largest = box.map(\.lower).max() ?? 0
    guard box.allSatisfy({ $0.upper > 0 }) else { return 0 }
    // All can be equal.
    if box.allSatisfy({ $0.upper >= largest }) { return 1 }
    let logarithm = box.map { portableLogarithm(min($0.upper, largest) / largest) }.compensatedSum
    let ends = box.flatMap { [$0.lower, $0.upper] }
    // The sum of gaps is least where all systems are as close as they can be to one number among the ends.
    let gap =
      ends.map { centre in
        CouplingDegree.meanGap(box.map { min(max(centre, $0.lower), $0.upper) })
      }.min() ?? 0
    return min(
      (max(1 - gap, 0) * portableExponential(logarithm / Double(box.count - 1))).squareRoot(), 1)
  }

  /// All C that systems in [0, 1] allow at all, whatever they are; with T of two systems of equal weight, those whose sum is
  /// 2T.
  func possible(count: Int, level: RoundingInterval?) -> RoundingInterval {
    let n = Double(count)
    let level =
      count == 2 ? level.map { RoundingInterval(min(max($0.lower, 0), 1), min(max($0.upper, 0), 1)) } : nil
    // The least product of two systems in [0, 1] whose sum is 2T is 2T − 1, or zero.
    let least = level.map { max(0, 2 * $0.lower - 1) } ?? 0
    let leastClassical = level.map { $0.lower > 0 ? least.squareRoot() / $0.lower : 0 } ?? 0
    switch self {
    case .classical, .weightsInside: return RoundingInterval(self == .classical ? leastClassical : 0, 1)
    case .corrected: return RoundingInterval(least, 1)
    case .lostCoefficient: return RoundingInterval(leastClassical / n, 1 / n)
    case .lostRoot: return RoundingInterval(pow(leastClassical, n), 1)
    case .pairSums, .pairSumsTimesCount:
      let factor = self == .pairSums ? 1 : n
      let low = level.map { $0.lower > 0 ? (least / (2 * $0.lower)).squareRoot() : 0 } ?? 0
      let high: Double =
        switch count {
        case 2: ((level?.upper ?? 1) / 2).squareRoot()
        case 3: 0.5
        default: .infinity
        }
      return RoundingInterval(factor * min(low, high), factor * high)
    }
  }
}
