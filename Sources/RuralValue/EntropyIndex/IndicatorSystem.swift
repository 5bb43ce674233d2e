/// The indicators of one or more composite indices, in the order in which the researcher wrote them.
public struct IndicatorSystem: Sendable, Equatable {
  /// The indicators.
  public let indicators: [Indicator]

  /// A system from its indicators.
  ///
  /// Throws `EntropyError.noIndicators` for an empty one.
  public init(_ indicators: [Indicator]) throws(EntropyError) {
    guard !indicators.isEmpty else { throw .noIndicators(source: "the indicator system") }
    self.indicators = indicators
  }

  /// The names of the indices, in the order of their first appearance.
  public var indices: [String] { indicators.map(\.index).firstAppearances }

  /// The positions of an index's indicators.
  public func positions(ofIndex index: String) -> [Int] {
    indicators.indices.filter { indicators[$0].index == index }
  }

  /// An index's dimensions, in the order of their first appearance.
  public func dimensions(ofIndex index: String) -> [String] {
    indicators.filter { $0.index == index }.map(\.dimension).firstAppearances
  }

  /// The system without one of its indicators, or nil where its index would be left with none.
  public func without(_ position: Int) -> IndicatorSystem? {
    guard positions(ofIndex: indicators[position].index).count > 1 else { return nil }
    var rest = indicators
    rest.remove(at: position)
    return try? IndicatorSystem(rest)
  }
}

/// One indicator: a column of the panel, its place in an index, and the direction in which it counts.
public struct Indicator: Sendable, Equatable {
  /// The index to which it belongs: `V`.
  public let index: String
  /// The dimension within the index: `economic`.
  public let dimension: String
  /// Its name in tables.
  public let name: Phrase
  /// The panel's column that holds it.
  public let column: String
  /// Whether more is better.
  public let direction: Direction

  /// Whether more of an indicator raises or lowers the index.
  public enum Direction: String, Sendable, Equatable {
    case positive = "+"
    case negative = "-"
  }

  /// An indicator from its parts.
  public init(index: String, dimension: String, name: Phrase, column: String, direction: Direction) {
    self.index = index
    self.dimension = dimension
    self.name = name
    self.column = column
    self.direction = direction
  }
}
