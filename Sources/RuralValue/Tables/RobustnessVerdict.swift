/// What the variants say of one coefficient of the base model.
public struct RobustnessVerdict: Sendable, Equatable {
  /// The term as R names it.
  public let term: String
  /// The base model's estimate with its inference.
  public let base: CoefficientLayout.Estimate
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
}

extension RobustnessTable {
  /// A verdict for each term of the base model that has an estimate and a p value.
  public var verdicts: [RobustnessVerdict] {
    var seen: Set<String> = []
    return base.estimates.filter { $0.estimate.isFinite && !$0.pValue.isNaN && seen.insert($0.term).inserted }
      .map(verdict)
  }

  private func verdict(_ base: CoefficientLayout.Estimate) -> RobustnessVerdict {
    let others = variants.compactMap { variant in
      variant.estimates.first { $0.term == base.term && $0.estimate.isFinite && !$0.pValue.isNaN }
        .map { (name: variant.name, estimate: $0) }
    }
    let signs = others.map { ($0.estimate.estimate < 0) == (base.estimate < 0) }
    let levels = others.map { ($0.estimate.pValue < level) == (base.pValue < level) }
    let both = zip(signs, levels).map { $0 && $1 }
    let estimates = others.map(\.estimate.estimate) + [base.estimate]
    return RobustnessVerdict(
      term: base.term, base: base, lowest: estimates.min() ?? base.estimate,
      highest: estimates.max() ?? base.estimate, compared: others.count, signKept: signs.count { $0 },
      significanceKept: levels.count { $0 }, bothKept: both.count { $0 },
      differing: zip(others, both).filter { !$1 }.map(\.0.name))
  }
}
