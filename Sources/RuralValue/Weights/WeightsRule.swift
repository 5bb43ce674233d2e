/// How weights arise from places or values.
public enum WeightsRule: Sendable, Equatable {
  /// Polygons that share a vertex.
  case queen
  /// Polygons that share an edge.
  case rook
  /// The k nearest centroids or points; as a rule not symmetric.
  case nearest(Int)
  /// Centroids or points at most so many kilometres apart, or units of planar coordinates.
  case distance(Double)
  /// 1 / d^power, for pairs at most `limit` apart if there is a limit.
  case inverseDistance(power: Double, limit: Double?)
  /// 1 / |v_i − v_j| of a column v, the mean over periods where there are several.
  case economic(column: String)
  /// The product, element by element, of two rules.
  indirect case product(WeightsRule, WeightsRule)

  /// Reads `queen`, `knn:4`, `distance:50`, `inverse-distance:1,200`, `economic:gdp`, or several joined by `*`;
  /// nil where the text says something else.
  public init?(_ text: String) {
    let factors = text.split(separator: "*", omittingEmptySubsequences: false)
    guard let first = factors.first, var rule = WeightsRule(factor: first) else { return nil }
    for factor in factors.dropFirst() {
      guard let other = WeightsRule(factor: factor) else { return nil }
      rule = .product(rule, other)
    }
    self = rule
  }

  private init?(factor text: Substring) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let value = parts.count == 2 ? String(parts[1]) : nil
    let words = (value ?? "").split(separator: ",", omittingEmptySubsequences: false)
    let read = words.map { PlainDecimal.value(of: $0) }
    // None where one of them is no number, which would otherwise be left out without a word.
    let numbers = read.contains(nil) ? [] : read.compactMap(\.self)
    switch (String(parts[0]), numbers.count) {
    case ("queen", 0) where value == nil: self = .queen
    case ("rook", 0) where value == nil: self = .rook
    case ("knn", 1) where numbers[0] >= 1 && numbers[0] == numbers[0].rounded() && numbers[0] < 1e9:
      self = .nearest(Int(numbers[0]))
    case ("distance", 1) where numbers[0] > 0: self = .distance(numbers[0])
    case ("inverse-distance", 1...2) where numbers[0] > 0 && (numbers.count == 1 || numbers[1] > 0):
      self = .inverseDistance(power: numbers[0], limit: numbers.count == 2 ? numbers[1] : nil)
    case ("economic", _) where value?.isEmpty == false: self = .economic(column: value ?? "")
    default: return nil
    }
  }

  /// Whether the rule needs polygons.
  public var needsPolygons: Bool {
    switch self {
    case .queen, .rook: true
    case .product(let a, let b): a.needsPolygons || b.needsPolygons
    default: false
    }
  }

  /// The columns of values that the rule needs.
  public var columns: [String] {
    switch self {
    case .economic(let column): [column]
    case .product(let a, let b): a.columns + b.columns
    default: []
    }
  }
}
