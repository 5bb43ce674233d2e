/// What the variants say of one coefficient of the base model.
public struct RobustnessVerdict: Sendable, Equatable {
  /// The base model's estimate.
  public let base: Estimate
  /// The lowest estimate over the base model and its variants.
  public let lowest: Double
  /// The highest estimate over the base model and its variants.
  public let highest: Double
  /// How many variants have the term.
  public let compared: Int
  /// How many of them give it the base model's sign.
  public let signKept: Int
  /// How many of them stand on the same side of the significance level.
  public let significanceKept: Int
  /// How many of them do both.
  public let bothKept: Int
  /// The variants that do not, in their order.
  public let differing: [Phrase]

  /// The term as R names it.
  public var term: String { base.name }
}

extension Estimate {
  /// Whether there are a number and a p value to compare.
  fileprivate var isComparable: Bool { value.isFinite && !significance.isNaN }
}

extension RobustnessTable {
  /// A verdict for each term of the base model that has an estimate and a p value.
  public var verdicts: [RobustnessVerdict] {
    var seen: Set<Parameter> = []
    return base.estimates.filter { $0.isComparable && seen.insert($0.parameter).inserted }.map(verdict)
  }

  private func verdict(_ base: Estimate) -> RobustnessVerdict {
    let others = variants.compactMap { variant in
      variant.estimates.first { $0.parameter == base.parameter && $0.isComparable }
        .map { (name: variant.name, estimate: $0) }
    }
    let signs = others.map { ($0.estimate.value < 0) == (base.value < 0) }
    let levels = others.map { ($0.estimate.significance < level) == (base.significance < level) }
    let both = zip(signs, levels).map { $0 && $1 }
    let values = others.map(\.estimate.value) + [base.value]
    return RobustnessVerdict(
      base: base, lowest: values.min() ?? base.value, highest: values.max() ?? base.value,
      compared: others.count, signKept: signs.count { $0 },
      significanceKept: levels.count { $0 }, bothKept: both.count { $0 },
      differing: zip(others, both).filter { !$1 }.map(\.0.name))
  }
}
