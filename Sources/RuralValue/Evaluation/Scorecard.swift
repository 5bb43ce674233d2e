/// A table of indicators with targets and thresholds that an official edits.
///
/// A row is an indicator of an index; a row with a region puts its own thresholds in the place of the row without.
public struct Scorecard: Sendable, Equatable {
  /// What messages call the file.
  public let source: String
  /// The indicators, in the order of their first rows.
  public let indicators: [ScorecardIndicator]

  /// A scorecard from its indicators.
  public init(source: String, indicators: [ScorecardIndicator]) {
    self.source = source
    self.indicators = indicators
  }

  /// The names of the indices, in the order of their first appearance.
  public var indices: [String] { indicators.map(\.indicator.index).firstAppearances }

  /// The columns of the panel that it names, each once.
  public var columns: [String] { indicators.map(\.indicator.column).firstAppearances }

  /// The regions that have thresholds of their own, in the order of the rows.
  public var regions: [String] {
    indicators.flatMap(\.regional).sorted { $0.thresholds.line < $1.thresholds.line }.map(\.region)
      .firstAppearances
  }

  /// The places of an index's indicators.
  public func positions(ofIndex index: String) -> [Int] {
    indicators.indices.filter { indicators[$0].indicator.index == index }
  }

  /// The columns of the table of colours besides its keys: one an index, then one an indicator.
  public var colourColumns: [String] {
    let taken = Set(indices)
    return indices
      + indicators.indices.map { position in
        let name = columnName(position)
        return taken.contains(name) ? "\(name)_indicator" : name
      }
  }

  /// What an indicator is called where it stands among those of other indices: its column, with the index where two
  /// have the column.
  func columnName(_ position: Int) -> String {
    let indicator = indicators[position].indicator
    let isShared = indicators.count { $0.indicator.column == indicator.column } > 1
    return isShared ? "\(indicator.index)_\(indicator.column)" : indicator.column
  }
}

/// An indicator of a scorecard with its weight and its thresholds.
public struct ScorecardIndicator: Sendable, Equatable {
  /// Its index, dimension, name, column and direction.
  public let indicator: Indicator
  /// The weight as the card gives it; nil where its cell is empty.
  public let weight: Double?
  /// The thresholds of the row without a region; nil where there is none.
  public let general: Thresholds?
  /// Thresholds of regions, what they leave out taken from the general row.
  public let regional: [Regional]
  /// The line of its first row.
  public let line: Int

  /// A region's thresholds.
  public struct Regional: Sendable, Equatable {
    /// The region as the card writes it.
    public let region: String
    /// What holds there.
    public let thresholds: Thresholds
  }

  /// What a value is held to.
  public struct Thresholds: Sendable, Equatable {
    /// What is to be reached.
    public var target: Double?
    /// What is not to be missed for a green light.
    public var yellow: Double?
    /// Beyond it the light is red.
    public var red: Double?
    /// The line of the card.
    public let line: Int

    /// Thresholds from their numbers.
    public init(target: Double?, yellow: Double? = nil, red: Double? = nil, line: Int = 0) {
      (self.target, self.yellow, self.red, self.line) = (target, yellow, red, line)
    }
  }

  /// An indicator from its parts.
  public init(
    _ indicator: Indicator, weight: Double?, general: Thresholds?, regional: [Regional] = [], line: Int = 0
  ) {
    self.indicator = indicator
    self.weight = weight
    self.general = general
    self.regional = regional
    self.line = line
  }

  /// All thresholds that the indicator has anywhere.
  var allThresholds: [Thresholds] { (general.map { [$0] } ?? []) + regional.map(\.thresholds) }

  /// What holds in a region.
  func thresholds(in region: String?) -> Thresholds? {
    regional.first { $0.region == region }?.thresholds ?? general
  }

  /// Whether more is better.
  var isPositive: Bool { indicator.direction == .positive }
}

extension Scorecard {
  /// The weights that an index's indicators have by the card: those given, or equal ones where none is.
  ///
  /// Throws `EvaluationError` where only some are given, one is negative or they do not add up to one.
  func givenWeights(ofIndex index: String) throws(EvaluationError) -> [Double] {
    let members = positions(ofIndex: index).map { indicators[$0] }
    let empty = members.filter { $0.weight == nil }
    if empty.count == members.count { return members.map { _ in 1 / Double(members.count) } }
    guard empty.isEmpty else {
      throw .partlyWeighted(index: index, source: source, lines: empty.map(\.line))
    }
    let weights = members.compactMap(\.weight)
    let sum = weights.reduce(0, +)
    guard abs(sum - 1) <= 1e-9 else {
      throw .weightsDoNotAdd(index: index, source: source, sum: sum)
    }
    return weights
  }

  /// Whether no indicator of an index has a weight of its own.
  func hasEqualWeights(ofIndex index: String) -> Bool {
    positions(ofIndex: index).allSatisfy { indicators[$0].weight == nil }
  }
}
