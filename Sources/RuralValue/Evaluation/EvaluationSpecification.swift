/// How a scorecard is applied to a panel.
public struct EvaluationSpecification: Sendable, Equatable {
  /// The indicators with their targets, thresholds and weights.
  public var scorecard: Scorecard
  /// How near a value comes to its target.
  public var attainment = Attainment.ratio
  /// What makes a score of attainments.
  public var weighting = Weighting.given
  /// The variant of TOPSIS.
  public var topsis = Topsis.inMatrix
  /// The weights inside TOPSIS.
  public var topsisWeights = TopsisWeights.given
  /// By what rule values get colours.
  public var rule = ColourRule.fixed
  /// By what rule the colours of indicators become a county's.
  public var countyRule = CountyRule.veto
  /// After how many better observations a warning falls.
  public var release = 1
  /// What becomes of a score with a missing indicator.
  public var missing = MissingIndicators.undefined
  /// The period of the list and the cards; nil for the last.
  public var period: Int?
  /// The panel's column of groups.
  public var group: GroupColumn?
  /// The panel's column of the card's regions; nil for that of the groups.
  public var region: GroupColumn?
  /// The panel's column of people, by whom means of groups are weighted.
  public var population: String?
  /// The panel's columns of town and country.
  public var sectors: Sectors?

  /// How near a value comes to its target.
  public enum Attainment: String, Sendable, CaseIterable {
    /// x/target for +, target/x for −; for targets above zero.
    case ratio
    /// (x − red)/(target − red).
    case goalpost
    /// Ratio where the target is above zero, else goalpost.
    case mixed
  }

  /// What makes a score.
  public enum Weighting: String, Sendable, CaseIterable {
    /// Σ w a with the card's weights, or equal ones.
    case given
    /// Σ w a with entropy weights.
    case entropy
    /// Closeness to the best county by TOPSIS.
    case topsis
  }

  /// The variants of TOPSIS.
  public enum Topsis: String, Sendable, CaseIterable {
    /// Pooled min–max, weights inside the matrix: √Σ w²(x′ − ideal)².
    case inMatrix = "in-matrix"
    /// Pooled min–max, weights inside the distance: √Σ w(x′ − ideal)².
    case inDistance = "in-distance"
    /// x/√Σx² within the period, weights inside the matrix.
    case vector
  }

  /// The weights inside TOPSIS.
  public enum TopsisWeights: String, Sendable, CaseIterable {
    case given, entropy
  }

  /// What becomes of a score with a missing indicator.
  public enum MissingIndicators: String, Sendable, CaseIterable {
    /// It is undefined.
    case undefined
    /// The weights present are brought to one, and the county is flagged.
    case renormalise
  }

  /// Incomes per head of town and country, and their people where these are given.
  public struct Sectors: Sendable, Equatable {
    let urban: String
    let rural: String
    let urbanPopulation: String?
    let ruralPopulation: String?

    /// The columns.
    public init(urban: String, rural: String, urbanPopulation: String? = nil, ruralPopulation: String? = nil)
    {
      (self.urban, self.rural) = (urban, rural)
      (self.urbanPopulation, self.ruralPopulation) = (urbanPopulation, ruralPopulation)
    }
  }

  /// A specification with everything but the card at its default.
  public init(scorecard: Scorecard) { self.scorecard = scorecard }

  /// The columns of the panel that it reads as numbers, each once.
  public var columns: [String] {
    let sectors = [
      sectors?.urban, sectors?.rural, sectors?.urbanPopulation, sectors?.ruralPopulation,
    ]
    return (scorecard.columns + ([population] + sectors).compactMap(\.self)).firstAppearances
  }

  /// Whether scores are sums of attainments.
  var scoresAttainment: Bool { weighting != .topsis }

  /// Throws for the first row that leaves out what the rules need, or whose weights are off.
  func requireComplete() throws(EvaluationError) {
    for index in scorecard.indices
    where weighting == .given || weighting == .topsis && topsisWeights == .given {
      _ = try scorecard.givenWeights(ofIndex: index)
    }
    for entry in scorecard.indicators {
      for thresholds in entry.allThresholds { try require(entry, thresholds) }
    }
  }

  private func require(
    _ entry: ScorecardIndicator, _ thresholds: ScorecardIndicator.Thresholds
  ) throws(EvaluationError) {
    func need(_ value: Double?, _ name: String, _ rule: String) throws(EvaluationError) {
      guard value == nil else { return }
      throw .thresholdNeeded(
        name: name, rule: rule, indicator: entry.indicator.name.english, source: scorecard.source,
        line: thresholds.line)
    }
    let ruleName = "the rule of colours \(rule.text)"
    switch rule {
    case .fixed:
      try need(thresholds.yellow, "yellow", ruleName)
      try need(thresholds.red, "red", ruleName)
    case .share: try need(thresholds.target, "target", ruleName)
    case .quantile, .control: break
    }
    // What weighs nothing may be there for its colour alone.
    guard scoresAttainment, weighting == .entropy || entry.weight != 0 else { return }
    let how = "attainment by \(attainment.rawValue)"
    try need(thresholds.target, "target", how)
    guard let target = thresholds.target, attainment == .goalpost || attainment == .mixed && target <= 0
    else { return }
    try need(thresholds.red, "red", how)
    if thresholds.red == target {
      throw .redIsTarget(
        target, indicator: entry.indicator.name.english, source: scorecard.source, line: thresholds.line)
    }
  }
}

extension EvaluationSpecification.Attainment {
  /// How near a value comes to its target, not cut to 0 … 1; NaN where undefined.
  ///
  /// Source: methods/evaluation.md, 5.2.
  func value(_ value: Double, _ thresholds: ScorecardIndicator.Thresholds, isPositive: Bool) -> Double {
    guard !value.isNaN, let target = thresholds.target else { return .nan }
    if self == .ratio || self == .mixed && target > 0 {
      guard target > 0 else { return .nan }
      return isPositive ? value / target : value <= 0 ? 1 : target / value
    }
    guard let red = thresholds.red, red != target else { return .nan }
    return (value - red) / (target - red)
  }
}
