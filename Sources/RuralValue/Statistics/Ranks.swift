internal import RuralValueNumerics

/// Ranks and the correlation of ranks.
public enum Ranks {
  /// Rank 1 for the smallest value; equal values share the mean of their ranks.
  public static func ascending(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var first = 0
    while first < order.count {
      var last = first
      while last + 1 < order.count, values[order[last + 1]] == values[order[first]] { last += 1 }
      for place in first...last { ranks[order[place]] = Double(first + last) / 2 + 1 }
      first = last + 1
    }
    return ranks
  }

  /// Rank 1 for the largest value; equal values share the mean of their ranks.
  public static func descending(_ values: [Double]) -> [Double] {
    ascending(values).map { Double(values.count + 1) - $0 }
  }

  /// Normal scores Φ⁻¹((r − ½) / n) of ascending ranks r: equal values have the same.
  static func normalScores(_ values: [Double]) -> [Double] {
    ascending(values).map { Normal().quantile(lowerTail: ($0 - 0.5) / Double(values.count)) }
  }

  /// Spearman's rank correlation: Pearson's correlation of the ranks; NaN where either side is constant.
  public static func spearman(_ a: [Double], _ b: [Double]) -> Double {
    precondition(a.count == b.count)
    let mean = Double(a.count + 1) / 2
    var (aa, bb, ab) = (0.0, 0.0, 0.0)
    for (x, y) in zip(ascending(a), ascending(b)) {
      aa += (x - mean) * (x - mean)
      bb += (y - mean) * (y - mean)
      ab += (x - mean) * (y - mean)
    }
    return aa > 0 && bb > 0 ? ab / (aa.squareRoot() * bb.squareRoot()) : .nan
  }
}
