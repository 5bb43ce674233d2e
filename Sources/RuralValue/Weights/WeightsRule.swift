/// How weights arise from places or values.
public enum WeightsRule: Sendable, Equatable {
  /// Polygons that share a vertex.
  case queen
  /// Polygons that share an edge.
  case rook
  /// Polygons so many steps of contiguity apart and no fewer.
  case steps(Contiguity, ClosedRange<Int>)
  /// The length of common borders, or its share of the whole border.
  case border(BorderMeasure)
  /// The k nearest centroids or points; as a rule not symmetric.
  case nearest(Int)
  /// Centroids or points at most so many kilometres apart, or units of planar coordinates.
  case distance(Double)
  /// Centroids or points within the smallest distance that leaves none without a neighbour.
  case smallestDistance
  /// exp(−d / scale), for pairs at most `limit` apart if there is a limit.
  case exponential(scale: Double, limit: Double?)
  /// A kernel of the distance over a bandwidth.
  case kernel(DistanceKernel, KernelBandwidth)
  /// 1 / d^power, for pairs at most `limit` apart if there is a limit.
  case inverseDistance(power: Double, limit: Double?)
  /// 1 / |v_i − v_j| of a column v, the mean over periods where there are several.
  case economic(column: String)
  /// The product, element by element, of two rules.
  indirect case product(WeightsRule, WeightsRule)

  /// Reads `queen`, `queen:2`, `rook:1-2`, `border`, `border:km`, `knn:4`, `distance:50`, `distance:min`,
  /// `inverse-distance:1,200`, `exponential:50,200`, `kernel:bisquare,60`, `kernel:gaussian,knn:8`, `economic:gdp`, or
  /// several joined by `*`; nil where the text says something else.
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
    case ("queen", _), ("rook", _):
      guard let contiguity = Contiguity(rawValue: String(parts[0])) else { return nil }
      guard let value else {
        self = contiguity == .queen ? .queen : .rook
        return
      }
      guard let orders = Self.orders(value) else { return nil }
      self = .steps(contiguity, orders)
    case ("border", _):
      guard let measure = value == nil ? .share : BorderMeasure(rawValue: value ?? "") else { return nil }
      self = .border(measure)
    case ("distance", 0) where value == "min": self = .smallestDistance
    case ("exponential", 1...2) where numbers[0] > 0 && (numbers.count == 1 || numbers[1] > 0):
      self = .exponential(scale: numbers[0], limit: numbers.count == 2 ? numbers[1] : nil)
    case ("kernel", _):
      guard words.count == 2, let kernel = DistanceKernel(name: words[0]),
        let bandwidth = KernelBandwidth(words[1])
      else { return nil }
      self = .kernel(kernel, bandwidth)
    case ("knn", 1) where numbers[0] >= 1 && numbers[0] == numbers[0].rounded() && numbers[0] < 1e9:
      self = .nearest(Int(numbers[0]))
    case ("distance", 1) where numbers[0] > 0: self = .distance(numbers[0])
    case ("inverse-distance", 1...2) where numbers[0] > 0 && (numbers.count == 1 || numbers[1] > 0):
      self = .inverseDistance(power: numbers[0], limit: numbers.count == 2 ? numbers[1] : nil)
    case ("economic", _) where value?.isEmpty == false: self = .economic(column: value ?? "")
    default: return nil
    }
  }

  /// Orders of contiguity: `2` is the second alone, `1-2` both.
  private static func orders(_ text: String) -> ClosedRange<Int>? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
      1 <= first, first <= last, last <= 99
    else { return nil }
    return first...last
  }

  /// Whether the rule needs polygons.
  public var needsPolygons: Bool {
    switch self {
    case .queen, .rook, .steps, .border: true
    case .product(let a, let b): a.needsPolygons || b.needsPolygons
    default: false
    }
  }

  /// Whether the rule measures common borders.
  public var measuresBorders: Bool {
    switch self {
    case .border: true
    case .product(let a, let b): a.measuresBorders || b.measuresBorders
    default: false
    }
  }

  /// Whether units that are too far from all others become islands.
  public var hasLimit: Bool {
    switch self {
    case .distance, .smallestDistance, .kernel(_, .distance): true
    case .inverseDistance(_, let limit), .exponential(_, let limit): limit != nil
    case .product(let a, let b): a.hasLimit || b.hasLimit
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

extension KernelBandwidth {
  /// Reads `60` or `knn:8`.
  init?(_ text: Substring) {
    if text.hasPrefix("knn:") {
      guard let count = Int(text.dropFirst(4)), 1 <= count, count < 1_000_000_000 else { return nil }
      self = .neighbours(count)
    } else {
      guard let width = PlainDecimal.value(of: text), width > 0 else { return nil }
      self = .distance(width)
    }
  }
}
